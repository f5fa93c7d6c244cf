// What the page finds, in three sentences above the charts; they follow the selectors.
import { at, data, yearMean, years } from "../data";
import { monthIndex, onChange, scenario, state } from "../state";
import { fixed, monthName, moved, region, signed, unbroken } from "../text";
import { askedExemption, effectInWords, periodInWords, priceInWords } from "./effects";

/** "Recorded claims of origin on goods from Mexico rose from 46 to 90 %" */
function rise(): string {
  const s = scenario(), x = state.exporter, values = s.bands[`claim_share_recorded/${x}`]?.p50;
  return `Recorded claims of origin on goods from ${region(x)} ${moved(yearMean(s, values, years(s)[0] ?? ""), at(values, monthIndex()))}`;
}

/** "In the base, 2024 to December 2025; of the 34 points by which firms' own claims rose since December 2024, 32 are paperwork and 0.4 changed suppliers." */
function why(): string {
  const s = scenario(), m = monthIndex(), year = years(s)[0], prefix = `claim_change/${state.exporter}/`;
  const when = `${s === data.scenarios[0] ? "In the base" : `Under “${s.title}”`}, ${year ? `${year} to ` : ""}${monthName(state.month)}`;
  const cause = (key: string): number => (at(s.means[prefix + key], m) ?? 0) * 100;
  const causes = Object.keys(s.means).filter((k) => k.startsWith(prefix) && at(s.means[k], m) != null).map((k) => cause(k.slice(prefix.length)));
  const total = causes.reduce((a, b) => a + b, 0), part = (key: string, decimals: number): string => fixed(cause(key) * Math.sign(total), decimals);
  if (!causes.length) return `${when}.`;
  const since = `since ${monthName(s.reference)}`;
  return Math.abs(total) < 1 ? `${when}; firms' own claims changed by ${signed(total)} points ${since}.`
    : `${when}; of the ${fixed(Math.abs(total))} points by which firms' own claims ${total > 0 ? "rose" : "fell"} ${since}, ${part("paperwork", 0)} are paperwork and ${part("resourcing", 1)} changed suppliers.`;
}

function policy(): string {
  if (!data.comparison) return "";
  const exemption = askedExemption(), words = exemption ? priceInWords(exemption, scenario() === data.scenarios[0] ? undefined : "It") : effectInWords();
  return words ? `${words} (${periodInWords()}, against the base).` : "";
}

export function headline(): void {
  const finding = document.getElementById("finding")!, standfirst = document.getElementById("standfirst")!;
  const update = (): void => {
    for (const [element, text] of [[finding, rise()], [standfirst, `${why()} ${policy()}`]] as const) element.textContent = unbroken(text);
  };
  onChange(update);
  update();
}
