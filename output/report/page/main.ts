// The page: selectors on top, then the sections in the order in which questions are asked.
import { data, Mark, marks, meanings, years } from "./data";
import { h, markLong } from "./dom";
import { figure } from "./figure";
import { assumptions } from "./sections/assumptions";
import { claims } from "./sections/claims";
import { content, contentByMonth } from "./sections/content";
import { decomposition, decompositionByMonth } from "./sections/decomposition";
import { deficits } from "./sections/deficits";
import { duties } from "./sections/duties";
import { effects, effectsTable, exemptionPrice, noEffects } from "./sections/effects";
import { flowsFigure } from "./sections/flows";
import { headline } from "./sections/headline";
import { sectors } from "./sections/sectors";
import { change, onChange, scenario, state } from "./state";
import { monthName, region } from "./text";

const sections: { id: string; name: string; words: string; body(): HTMLElement[] }[] = [
  { id: "section-claims", name: "Claims of origin", body: () => [figure(claims)],
    words: "Origin claimed spares ordinary (MFN) duty. On duty-free lines claims were hardly recorded before July 2025." },
  { id: "section-causes", name: "Causes of the change", body: () => [figure(decomposition), figure(decompositionByMonth)],
    words: `Only changed suppliers bring new regional content; paperwork claims what already qualified. Causes ${data.scenarios[0]!.runs > 1 ? "are means over seeds and " : ""}count from ${monthName(data.scenarios[0]!.reference)}; the rises above ${data.scenarios[0]!.runs > 1 ? "are of medians and " : ""}count from the mean of ${years(data.scenarios[0]!)[0] ?? "the first year"}.` },
  { id: "section-effects", name: "Effects of policies", body: () => (data.comparison ? [figure(effects), effectsTable(), figure(exemptionPrice)] : [noEffects()]),
    words: !data.comparison ? "" : "Each policy is run with the same seeds as the base; an effect is the difference, seed by seed. A closure is what is assumed of costs when production grows: they rise with the use of labour and capital (labour supply), stay (fixed wage), or move until each region's trade balance is that of the base year (balanced trade)." },
  { id: "section-flows", name: "Trade between regions", body: () => [figure(flowsFigure)], words: "" },
  { id: "section-content", name: "Value added in exports", body: () => [figure(content), figure(contentByMonth)], words: "" },
  { id: "section-deficits", name: "Deficits", body: () => [figure(deficits)], words: "" },
  { id: "section-sectors", name: "Sectors", body: () => [figure(sectors)], words: "" },
  { id: "section-duties", name: "Duties", body: () => [figure(duties)], words: "" },
  { id: "section-assumptions", name: "Assumptions, fit, validation", body: assumptions, words: "" },
];

/** A title up to its colon, where no other scenario begins so: "History" of "History: the tariffs actually taken". Narrow selectors cut long ones. */
function shortTitle(title: string): string {
  const short = title.split(": ")[0]!;
  return data.scenarios.some((s) => s.title !== title && s.title.startsWith(short)) ? title : short;
}

function controls(): void {
  const form = document.getElementById("controls")!;
  form.addEventListener("submit", (e) => e.preventDefault());
  const option = (value: string, label: string): HTMLElement => h("option", { value }, label);
  const scenarios = h("select", { name: "scenario" }, ...data.scenarios.map((s, i) => option(String(i), shortTitle(s.title) + (i || data.scenarios.length === 1 ? "" : " (base)")))) as HTMLSelectElement;
  scenarios.addEventListener("change", () => change({ scenario: Number(scenarios.value) }));
  const exporters = h("select", { name: "exporter" }, ...data.exporters.map((x) => option(x, region(x)))) as HTMLSelectElement;
  exporters.addEventListener("change", () => change({ exporter: exporters.value }));
  const months = h("input", { type: "range", name: "month", min: 0, step: 1 }) as HTMLInputElement, said = h("output", {});
  months.addEventListener("input", () => change({ month: scenario().months[Number(months.value)]! }));
  const update = (): void => {
    months.max = String(scenario().months.length - 1);
    months.value = String(scenario().months.indexOf(state.month));
    months.setAttribute("aria-valuetext", monthName(state.month));
    said.textContent = monthName(state.month);
    markLong(scenarios, 26);
  };
  onChange(update);
  update();
  form.append(
    h("label", { class: "control wide" }, "Scenario", scenarios), h("label", { class: "control" }, "Goods from", exporters),
    h("label", { class: "control wide" }, h("span", {}, "Month: ", said), months), themeButton());
}

function themeButton(): HTMLElement {
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = "";
  const button = h("button", { type: "button", name: "theme" });
  const apply = (): void => {
    root.dataset["theme"] = chosen || (dark.matches ? "dark" : "light");
    button.textContent = root.dataset["theme"] === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Change to ${root.dataset["theme"] === "dark" ? "light" : "dark"} colours`);
  };
  button.addEventListener("click", () => { chosen = root.dataset["theme"] === "dark" ? "light" : "dark"; apply(); });
  dark.addEventListener("change", apply);
  apply();
  return button;
}

/** The sections, folded where the window is narrow: the first chart is to be seen without them. */
function foldSections(): void {
  const wide = matchMedia("(min-width: 48rem)"), sectionsBox = document.getElementById("sections") as HTMLDetailsElement;
  const apply = (): void => { sectionsBox.open = wide.matches; };
  wide.addEventListener("change", apply);
  apply();
}

document.getElementById("title")!.textContent = data.title;
foldSections();
headline();
document.getElementById("lead")!.append(...(Object.keys(marks) as Mark[]).map((m) => h("li", {}, h("span", { class: `mark ${m}` }, marks[m]), ` ${meanings[m]}`)));
document.getElementById("contents")!.append(...sections.filter((s) => data.comparison || s.id !== "section-effects").map((s) => h("li", {}, h("a", { href: `#${s.id}` }, s.name))));
controls();
document.getElementById("content")!.append(...sections.map((s) => h("section", { id: s.id, "aria-labelledby": `${s.id}-h` }, h("h2", { id: `${s.id}-h` }, s.name), s.words ? h("p", {}, s.words) : "", ...s.body())));
document.getElementById("colophon")!.textContent = `${data.scenarios.length === 1 ? "One scenario" : `${data.scenarios.length} scenarios`} of an agent-based model. Made by nearshore ${data.version}, commit ${data.commit}. Charts: Observable Plot and d3-sankey. This file asks nothing of the network.`;
// Microtasks have drawn every chart by the time this one is reached.
setTimeout(() => { performance.mark("drawn"); document.documentElement.dataset["drawn"] = String(Math.round(performance.now())); });
