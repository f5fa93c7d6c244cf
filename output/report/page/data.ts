// What the program embeds (output/report/*_data.cpp), and access to it.

export interface Band { p05: (number | null)[]; p50: (number | null)[]; p95: (number | null)[] }
export interface PolicyEvent {
  date: string; authority: string; group: string; what: "begins" | "changes" | "ends"; measure: string; origins: string[]; source: string; assumption: boolean;
}
export interface Scenario {
  title: string; description: string; file: string; runs: number; seeds: number[]; members: number; firms: number; closure: string;
  reference: string; commit: string; version: string; known_until: string; assumption: string;
  assumed: { name: string; from: string; source: string }[];
  events: PolicyEvent[]; months: string[]; bands: Record<string, Band>; means: Record<string, (number | null)[]>;
}
export interface Row {
  section: string; says: string; variable: string; select: Record<string, string[]>; window: string[]; unit: string;
  low: number | null; high: number | null; data: number | null; headline: boolean; kind: "calibrated" | "predicted" | "identity";
  verdict: string; median: number | null; p05: number | null; p95: number | null; source: string; footnote: string;
}
export interface Parameter { key: string; unit: string; value: number; default: number; calibrated: boolean; meaning: string; source: string }
export type Estimate = [number | null, number | null, number | null];
export interface EffectKey { what: string; variable: string; region: string; partner: string; sector: string; detail: string; unit: string; headline: boolean }
export interface Exemption {
  policy: number; closure: string; period: number; exporter: string; sector: string;
  forgone: Estimate; to_qualifying: Estimate; to_new: Estimate; revenue: Estimate; content: Estimate; content_deeper: Estimate;
  home_content: Estimate; per_dollar: Estimate; deeper_per_dollar: Estimate; home_per_dollar: Estimate;
  by_authority: { authority: string; forgone: Estimate }[];
}
/** [policy, closure, key, period, base, other, mean, lower, upper] */
export type Effect = [number, number, number, number, number | null, number | null, number | null, number | null, number | null];
export interface Comparison {
  policies: { name: string; title: string; description: string }[]; seeds: number[]; firms: number; home: string; bloc: string;
  closures: string[]; periods: { label: string; first: string; last: string }[]; keys: EffectKey[]; effects: Effect[];
  exemptions: Exemption[]; notes: string[];
}
export interface ReportData {
  title: string; version: string; commit: string; home: string; exporters: string[]; regions: string[];
  groups: Record<string, string[]>; goods: string[]; content_exporters: string[]; content_sectors: string[];
  names: { regions: Record<string, string>; sectors: Record<string, string>; authorities: Record<string, string> };
  scenarios: Scenario[];
  facts: {
    claims: { month: string; exporter: string; sector: string; basis: "recorded" | "dutiable"; share: number }[];
    content: { exporter: string; sector: string; value: number; kind: "calibrated" | "predicted"; reference: string }[];
  };
  validation: Row[]; parameters: Parameter[]; comparison: Comparison | null; no_comparison: string;
}

export const data: ReportData = JSON.parse(document.getElementById("data")!.textContent!);

/** A published share of claims in a month, all sectors; or the published mean of a calendar year that `validate` compares. */
export const publishedShare = (exporter: string, basis: "recorded" | "dutiable", month: string): number | null =>
  data.facts.claims.find((f) => f.exporter === exporter && !f.sector && f.basis === basis && f.month === month)?.share ?? null;
export function publishedYear(exporter: string, variable: string, year: string): number | null {
  const row = data.validation.find((r) => r.variable === variable && matches(r, { exporter }) && r.data != null && r.unit === "%" && r.window[0] === `${year}-01` && r.window[1] === `${year}-12`);
  return row ? row.data! / 100 : null;
}
const matches = (row: Row, select: Record<string, string>): boolean => Object.entries(select).every(([axis, label]) => !row.select[axis] || row.select[axis]!.includes(label));
/** Rows of `validate` on a variable, all or part of whose selection is this one. */
export const rowsOn = (variable: string, select: Record<string, string>): Row[] => data.validation.filter((r) => r.variable === variable && matches(r, select));
/** First and last month of the data a variable was fitted to. */
export function fittedSpan(variable: string, select: Record<string, string>): [string, string] | null {
  const windows = rowsOn(variable, select).filter((r) => r.kind === "calibrated" && r.data != null && r.window.length === 2).map((r) => r.window);
  return windows.length ? [windows.map((w) => w[0]!).sort()[0]!, windows.map((w) => w[1]!).sort().pop()!] : null;
}
/** What a figure is: parameters were fitted to it; predicted; assumed, of a scenario or a month whose law is. Words, not signs: shapes belong to the charts. */
export const marks = { calibrated: "fitted", predicted: "predicted", scenario: "assumed" } as const;
export type Mark = keyof typeof marks;
/** What each word means, said once, near the top of the page. */
export const meanings: Record<Mark, string> = {
  calibrated: "parameters or base year set to meet data", predicted: "the model's own, fitted to nothing", scenario: "a scenario, or law that is not yet known",
};
export function markOf(s: Scenario, variable: string, select: Record<string, string>, month: string): Mark {
  const span = fittedSpan(variable, select);
  if (s !== data.scenarios[0] || isAssumed(s, month)) return "scenario";
  return span && month >= span[0] && month <= span[1] ? "calibrated" : "predicted";
}
/** Is the law of a month, or of a part of a year, assumed? */
export const isAssumed = (s: Scenario, month: string): boolean => !!s.known_until && month > s.known_until.slice(0, month.length);

/** Mean of the numbers of a calendar year; null where the run does not hold it whole. */
export function yearMean(s: Scenario, values: (number | null)[] | undefined, year: string): number | null {
  if (!values) return null;
  const inside = s.months.map((m, i) => (m.startsWith(year) ? values[i] : null)).filter((v): v is number => v != null);
  return inside.length === 12 ? inside.reduce((a, b) => a + b, 0) / 12 : null;
}
export function years(s: Scenario): string[] {
  const all = [...new Set(s.months.map((m) => m.slice(0, 4)))];
  return all.filter((y) => s.months.filter((m) => m.startsWith(y)).length === 12);
}
export const at = (values: (number | null)[] | undefined, month: number): number | null => values?.[month] ?? null;
export const sum = (values: (number | null | undefined)[]): number => values.reduce<number>((a, b) => a + (b ?? 0), 0);
export const monthDate = (month: string): Date => new Date(`${month}-01T00:00:00Z`);
