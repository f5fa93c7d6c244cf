// What the page finds, above the charts; it follows the selectors. Marks say of each figure what it is.
import { at, data, markOf, publishedShare, publishedYear, yearMean, years } from "../data";
import { monthIndex, onChange, scenario, state } from "../state";
import { fixed, list, monthName, moved, percent, region, signed, unbroken } from "../text";
import { askedExemption, effectInWords, periodInWords, priceInWords } from "./effects";
import { bought } from "./flows";

const recorded = "claim_share_recorded";
/** " (published: 50 to 89 %)" of the base; nothing where nothing is published. */
export function publishedRise(variable: string, basis: "recorded" | "dutiable"): string {
  const s = scenario(), from = publishedYear(state.exporter, variable, years(s)[0] ?? ""), to = publishedShare(state.exporter, basis, state.month);
  if (s !== data.scenarios[0] || to == null) return "";
  return ` (published: ${from == null ? "" : `${fixed(from * 100)} to `}${percent(to)})`;
}

/** "In the model recorded claims of origin on goods from Mexico rose from 46 to 93 % ● (published: 50 to 89 %)" */
function rise(): string {
  const s = scenario(), x = state.exporter, values = s.bands[`${recorded}/${x}`]?.p50;
  return `In the model recorded claims of origin on goods from ${region(x)} ${moved(yearMean(s, values, years(s)[0] ?? ""), at(values, monthIndex()))}`
    + `${markOf(s, recorded, { exporter: x }, state.month)}${publishedRise(recorded, "recorded")}`;
}

interface Causes { total: number; of(cause: string, decimals?: number): string }
function causes(variable: string): Causes | null {
  const s = scenario(), m = monthIndex(), prefix = `${variable}/${state.exporter}/`;
  const keys = Object.keys(s.means).filter((k) => k.startsWith(prefix) && at(s.means[k], m) != null), value = (k: string): number => (at(s.means[k], m) ?? 0) * 100;
  if (!keys.length) return null;
  const total = keys.reduce((a, k) => a + value(k), 0);
  return { total, of: (cause, decimals = 0) => fixed(value(prefix + cause) * Math.sign(total), decimals) };
}

/** "In the base, 2024 to December 2025. Of the 46 points since December 2024, 26 are a change in what statistics record ◆; of the 33 by which firms' own claims rose, 31 are paperwork and 0.5 changed suppliers ◆." */
function why(): string {
  const s = scenario(), year = years(s)[0], when = `${s === data.scenarios[0] ? "In the base" : `Under “${s.title}”`}, ${year ? `${year} to ` : ""}${monthName(state.month)}`;
  const seen = causes("claim_change_recorded"), done = causes("claim_change"), since = `since ${monthName(s.reference)}`;
  if (!done || !seen) return `${when}.`;
  const mark = (variable: string): string => markOf(s, variable, { exporter: state.exporter }, state.month);
  const statistics = Math.abs(seen.total) < 1 ? "" : `Of ${fixed(Math.abs(seen.total))} points ${since}, ${seen.of("recording")} are a change in what statistics record${mark("claim_change_recorded")}. `;
  return `${when}. ${statistics}` + (Math.abs(done.total) < 1 ? `Firms' own claims changed by ${signed(done.total)} points${mark("claim_change")}${statistics ? "" : ` ${since}`}.`
    : `Of the ${fixed(Math.abs(done.total))} points by which firms' own claims ${done.total > 0 ? "rose" : "fell"}, ${done.of("paperwork")} are paperwork and ${done.of("resourcing", 1)} changed suppliers${mark("claim_change")}.`);
}

/** "North America buys 41 % of its imported inputs from its own members, 23 % from East and South-East Asia and 36 % from others ◆." */
function inputs(): string {
  const from = bought(), s = scenario();
  return from ? `${from.buyer} buys ${list([`${from.within} of its imported inputs from its own members`, ...from.others.map((o) => `${o.share} from ${o.name}`)])}${markOf(s, "flows", {}, state.month)}.` : "";
}

function policy(): string {
  if (!data.comparison) return "";
  const exemption = askedExemption(), words = exemption ? priceInWords(exemption, scenario() === data.scenarios[0] ? undefined : "It") : effectInWords();
  return words ? `${words}\u00a0▲ (${periodInWords()}, against the base).` : "";
}

export function headline(): void {
  const finding = document.getElementById("finding")!, standfirst = document.getElementById("standfirst")!;
  const update = (): void => {
    for (const [element, text] of [[finding, rise()], [standfirst, [why(), inputs(), policy()].filter(Boolean).join(" ")]] as const) element.textContent = unbroken(text);
  };
  onChange(update);
  update();
}
