// What the page finds, in two sentences above the charts; they follow the selectors.
import { at, data, yearMean, years } from "../data";
import { monthIndex, onChange, scenario, state } from "../state";
import { fixed, monthName, moved, region, signed } from "../text";
import { askedExemption, effectInWords, periodInWords, priceInWords } from "./effects";

/** "Recorded claims of origin on goods from Mexico rose from 46 to 90 %; of the 33 points by which firms' own rose, 32 are paperwork, 0.5 changed suppliers". */
function rise(): string {
  const s = scenario(), x = state.exporter, m = monthIndex(), values = s.bands[`claim_share_recorded/${x}`]?.p50;
  const cause = (key: string): number => (at(s.means[`claim_change/${x}/${key}`], m) ?? 0) * 100;
  const causes = Object.keys(s.means).filter((k) => k.startsWith(`claim_change/${x}/`) && at(s.means[k], m) != null).map((k) => cause(k.split("/")[2]!));
  const total = causes.reduce((a, b) => a + b, 0), part = (key: string, decimals: number): string => fixed(cause(key) * Math.sign(total), decimals);
  const why = !causes.length ? ""
    : Math.abs(total) < 1 ? `; firms' own changed by ${signed(total)} points`
    : `; of the ${fixed(Math.abs(total))} points by which firms' own ${total > 0 ? "rose" : "fell"}, ${part("paperwork", 0)} are paperwork, ${part("resourcing", 1)} changed suppliers`;
  return `Recorded claims of origin on goods from ${region(x)} ${moved(yearMean(s, values, years(s)[0] ?? ""), at(values, m))}${why}`;
}

function policy(): string {
  if (!data.comparison) return "";
  const exemption = askedExemption(), words = exemption ? priceInWords(exemption) : effectInWords();
  return words ? `${words} (${periodInWords()}, against the base).` : "";
}

export function headline(): void {
  const finding = document.getElementById("finding")!, standfirst = document.getElementById("standfirst")!;
  const update = (): void => {
    const s = scenario(), year = years(s)[0];
    const where = `${s === data.scenarios[0] ? "In the base" : `Under “${s.title}”`}, ${year ? `${year} to ` : ""}${monthName(state.month)}.`;
    for (const [element, text] of [[finding, rise()], [standfirst, `${where} ${policy()}`]] as const) element.textContent = text.replace(/(\d) %/g, "$1\u00a0%");
  };
  onChange(update);
  update();
}
