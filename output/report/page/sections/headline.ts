// What the page finds, above the charts; it follows the selectors. A word at each figure says what it is.
import { asBase, at, data, Mark, markOf, marks, publishedShare, publishedYear, yearMean, years } from "../data";
import { h } from "../dom";
import { monthIndex, onChange, scenario, state } from "../state";
import { fixed, list, monthName, movedBy, percent, region, unbroken } from "../text";
import { sameUntil } from "../plot";
import { bridge, paperworkInWords, unidentified } from "./bridge";
import { askedExemption, askedName, deeperInWords, dutyWarning, effectInWords, periodInWords, priceInShort } from "./effects";
import { bought, Bought, flowsMark } from "./flows";

const recorded = "claim_share_recorded";
/** `wide`: words that narrow windows leave out. */
type Part = string | { mark: Mark } | { wide: Part[] };
/** " (published: 50 to 89 %)" of the base, and of a scenario while it is the base; nothing where nothing is published. */
export function publishedRise(variable: string, basis: "recorded" | "dutiable"): string {
  const s = scenario(), from = publishedYear(state.exporter, variable, years(s)[0] ?? ""), to = publishedShare(state.exporter, basis, state.month);
  if (!asBase(s, state.month) || to == null) return "";
  return ` (published: ${from == null ? "" : `${fixed(from * 100)} to `}${percent(to)})`;
}

/** "In the model recorded origin claims on goods from Mexico rose by 46 points to 93 % [fitted] (published: 50 to 89 %)" */
function rise(): Part[] {
  const s = scenario(), x = state.exporter, values = s.bands[`${recorded}/${x}`]?.p50, year = years(s)[0];
  return [`In the model${s === data.scenarios[0] ? "" : `, under “${s.title}”${sameUntil(s) ? ` (${sameUntil(s)})` : ""},`} recorded origin claims on goods from ${region(x)} ${movedBy(yearMean(s, values, year ?? ""), at(values, monthIndex()))}`,
    { mark: markOf(s, recorded, { exporter: x }, state.month) }, `${publishedRise(recorded, "recorded")}, ${year ? `${year} to ` : ""}${monthName(state.month)}`];
}

/** "Yes, nearly all of what firms did: 31 of the 33 points since December 2024. The other 13 of the 46 points recorded are claims made before, recorded only since July 2025 [predicted]." */
function why(): Part[] {
  const s = scenario(), b = bridge();
  if (!b) return [];
  const [first, second] = paperworkInWords(s, b);
  const mark = markOf(s, "claim_change", { exporter: state.exporter }, state.month);
  return [second ? `${first}. ${second}` : first, { mark }, mark === "predicted" && Math.abs(b.firms) >= 1 ? `; ${unidentified()}.` : "."];
}

/** "In December 2025 41 % from its own members, 23 % from East and South-East Asia and 36 % from others (Europe, …) [predicted] (2024: 42, 22 and 36 % [fitted])" */
function inputs(from: Bought): Part[] {
  const s = scenario(), before = bought(years(s)[0]);
  return [`In ${monthName(state.month)} ${list([`${from.within} from its own members`, ...from.others.map((o) => `${o.share} from ${o.name}`)])}`, ...from.others.filter((o) => o.who).map((o) => ({ wide: [` (${o.who})`] })), { mark: flowsMark(s, state.month) },
    ...(before ? [{ wide: [` (${years(s)[0]}: ${list([before.within, ...before.others.map((o) => o.share)].map((p) => p.replace(" %", "")))} %`, { mark: flowsMark(s, years(s)[0]!) }, ")"] }] : []), "."];
}

/** Intervals, places and months in brackets, which narrow windows leave out. */
const bracketsWide = (text: string, brackets: RegExp): Part[] => text.split(new RegExp(`(${brackets.source})`)).filter(Boolean).map((part) => (brackets.test(part) ? { wide: [part] } : part));
/** What the policy asked about does, per dollar of duty. */
function policy(): Part[] {
  const exemption = askedExemption(), words = exemption ? priceInShort(exemption) : effectInWords();
  return words ? [...bracketsWide(words, / \([\d.]+ to [\d.]+\)/), ...(exemption ? [deeperInWords(exemption)] : []), { mark: "scenario" as const }, ` (${periodInWords()}). `, ...(exemption ? bracketsWide(dutyWarning(), / \([^)]*\)/) : [])] : [];
}

const rendered = (parts: Part[]): (Node | string)[] => parts.flatMap((p) => (typeof p === "string" ? [unbroken(p)] : "wide" in p ? [h("span", { class: "wide-words" }, ...rendered(p.wide))] : ["\u00a0", h("span", { class: `mark ${p.mark}` }, marks[p.mark])]));

/** Each line a question, opening with its answer. */
export function headline(): void {
  const finding = document.getElementById("finding")!, standfirst = document.getElementById("standfirst")!;
  const update = (): void => {
    finding.replaceChildren(...rendered(rise()));
    const from = bought();
    const lines: [string, Part[]][] = [["Was it paperwork?", why()], ...(data.comparison ? [[`${askedName()}?`, policy()] as [string, Part[]]] : []), ...(from ? [[`Where does ${from.buyer} buy imported inputs?`, inputs(from)] as [string, Part[]]] : [])];
    standfirst.replaceChildren(...lines.filter(([, parts]) => parts.length).map(([question, parts]) => h("li", {}, h("b", {}, question), " ", ...rendered(parts))));
  };
  onChange(update);
  update();
}
