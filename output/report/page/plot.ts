// Observable Plot with the house's defaults, and the badges that say what a figure is.
import * as Plot from "@observablehq/plot";
import { asBase, data, departure, isAssumed, monthBefore, monthDate, Row, rowsOn, Scenario } from "./data";
import { Badge, Cursor, LegendItem } from "./figure";
import { state } from "./state";
import { monthName, monthSpan, region, upper } from "./text";

export { Plot };
export const colours = ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)", "var(--c7)", "var(--c8)"];

/** Of parts that stand on each other. */
export const stackColours = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)", "var(--s6)", "var(--s7)"];

/** A chart as an SVG of that width. Legends are the frame's. */
export function plot(width: number, options: Plot.PlotOptions): (SVGSVGElement & Plot.Plot) {
  return Plot.plot({
    width, marginLeft: 46, marginRight: 16, marginTop: 22, marginBottom: 34,
    style: { fontSize: width < 480 ? "11px" : "12px", background: "none", color: "inherit", fontFamily: "inherit" },
    ...options,
  }) as SVGSVGElement & Plot.Plot;
}

export const narrow = (width: number): boolean => width < 520;
/** An axis of months that is not crowded at any width. */
export const monthAxis = (width: number): Plot.ScaleOptions => ({ type: "utc", ticks: Math.max(3, Math.floor(width / 110)), label: null });
export const shareAxis = { label: null, grid: true, tickFormat: (v: number): string => `${Math.round(v * 100)} %` };

/** The month chosen above, with a rim so that it is seen over bars; and its place in the legend. */
export const monthRule = (): Plot.Markish[] => [
  Plot.ruleX([monthDate(state.month)], { stroke: "var(--card)", strokeWidth: 4 }), Plot.ruleX([monthDate(state.month)], { stroke: "var(--accent)", strokeWidth: 1.5 }),
];
export const monthLegend = (): LegendItem => ({ label: monthName(state.month), color: "var(--accent)", kind: "upright", width: 1.5 });

/** Months whose law is assumed, shaded over the height of a chart; and their place in the legend. */
export function assumedSpan(s: Scenario): { from: Date; to: Date }[] {
  const first = s.months.find((m) => isAssumed(s, m)), last = s.months[s.months.length - 1]!;
  return first ? [{ from: monthDate(first), to: monthDate(last) }] : [];
}
export const assumedShade = (s: Scenario): Plot.Markish => Plot.rect(assumedSpan(s), { x1: "from", x2: "to", fill: "var(--fit3)", fillOpacity: 0.45 });
export const assumedLegend = (s: Scenario): LegendItem[] => (assumedSpan(s).length ? [{ label: "law assumed", color: "var(--fit3)", kind: "square" }] : []);

/** Where arrow keys stop, from points in the units of the chart's scales. */
export function cursorOf(chart: SVGSVGElement & Plot.Plot, points: { x: unknown; y: unknown; text: string }[]): Cursor[] {
  const x = chart.scale("x"), y = chart.scale("y");
  const place = (scale: Plot.Scale | undefined, value: unknown): number => {
    const to = scale?.apply(value) ?? 0;
    return Number.isFinite(to) ? to + (scale?.bandwidth ?? 0) / 2 : 0;
  };
  return points.map((p) => ({ x: place(x, p.x), y: place(y, p.y), text: p.text }));
}

/** Which of the figures shown were fitted, by the targets of `validate`; and what a scenario is. `only`: the one month or year that the chart shows. */
export function badges(s: Scenario, shown: { variable: string; name: string; select: Record<string, string> }[], only = ""): Badge[] {
  if (only ? !asBase(s, only) : departure(s) === s.months[0]) return [...departed(s, only), ...horizon(s, only)];
  const out: Badge[] = [];
  for (const { variable, name, select } of shown) {
    const rows = rowsOn(variable, select);
    const fitted = rows.filter((r) => r.kind === "calibrated" && r.data != null && r.window.every((m) => asBase(s, m)));
    out.push(fitted.length
      ? { kind: "calibrated", text: `${name}${fittedMonths(fitted)}` }
      : { kind: "predicted", text: `${name}: nothing was fitted` });
  }
  return [...out, ...departed(s, only), ...horizon(s, only)];
}
/** From when a scenario is no longer the base; `only`: the one month or year that the chart shows. */
export function departed(s: Scenario, only = ""): Badge[] {
  const from = departure(s);
  if (!from || (only && asBase(s, only))) return [];
  const rules = "the rules of this scenario: what the model computes under them; no data exist";
  return [{ kind: "scenario", text: from === s.months[0] ? upper(rules) : `From ${monthName(from)} ${rules}. ${upper(sameUntil(s))}` }];
}
/** "the same as the base until July 2026"; nothing of the base, or of what is never the same. */
export function sameUntil(s: Scenario): string {
  const from = departure(s);
  if (s === data.scenarios[0] || from === s.months[0]) return "";
  return from ? `the same as the base until ${monthName(monthBefore(from))}` : "the same as the base in all months";
}
/** What is drawn stems from a base year that was balanced to data; changes since are the model's. `only`: the one month or year that the chart shows. */
export function balanced(s: Scenario, year: string, fitted: string, predicted: string, only = ""): Badge[] {
  if (!year || !asBase(s, only || year)) return badges(s, [], only);
  return [{ kind: "calibrated", text: `${fitted} of ${year}: the base year was balanced to published data` }, ...(only === year ? [] : [{ kind: "predicted" as const, text: predicted }]), ...departed(s, only), ...horizon(s, only)];
}
function fittedMonths(rows: Row[]): string {
  const windows = rows.map((r) => r.window).filter((w) => w.length === 2);
  if (windows.length === 0) return "";
  const first = windows.map((w) => w[0]!).sort()[0]!, last = windows.map((w) => w[1]!).sort().pop()!;
  return `: to data of ${monthSpan(first, last)}, otherwise predicted`;
}
/** Where a chart shows months whose law is assumed; `only`: the one month or year it shows. */
export function horizon(s: Scenario, only = ""): Badge[] {
  const month = s.known_until.slice(0, 7);
  return isAssumed(s, only || s.months[s.months.length - 1]!) ? [{ kind: "scenario", text: `The law after ${monthName(month)}, which is not known` }] : [];
}

/** What is drawn of several runs ("; means over seeds"); nothing of one. */
export const ofRuns = (s: Scenario, words: string): string => (s.runs === 1 ? "" : words);
/** "92 % (90 % to 94 %)"; of one run the value alone. */
export const withBand = (s: Scenario, show: (v: number | null) => string, p: { p05: number | null; median: number | null; p95: number | null }): string =>
  show(p.median) + ofRuns(s, ` (${show(p.p05)} to ${show(p.p95)})`);
/** Columns of a table of medians and bands, by their keys; of one run the value alone. */
export const bandColumns = (s: Scenario, names: Record<string, string>): [string, string][] =>
  Object.entries(names).filter(([key]) => s.runs > 1 || !/^(p05|p95|low|high)$/.test(key)).map(([key, name]) => [key, s.runs === 1 ? name.replace("Median", "Model").replace(", median", "") : name]);
export const runsText = (s: Scenario): string =>
  `${s.title}: ${s.runs === 1 ? "one run" : `${s.runs} runs (seeds ${seedText(s.seeds)}${s.members ? `, ${s.members} parameter vectors` : ""})`}, ${s.firms.toLocaleString("en-US")} firms, nearshore ${s.version}, commit ${s.commit.slice(0, 8)}`;
function seedText(seeds: number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < seeds.length;) {
    let k = i;
    while (k + 1 < seeds.length && seeds[k + 1] === seeds[k]! + 1) k++;
    parts.push(k > i + 1 ? `${seeds[i]} to ${seeds[k]}` : seeds.slice(i, k + 1).join(", "));
    i = k + 1;
  }
  return parts.join(", ");
}
export const goodsFrom = (exporter: string): string => `${data.home === "US" ? "U.S." : region(data.home)} imports from ${region(exporter)}`;
