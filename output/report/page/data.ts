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
  low: number | null; high: number | null; data: number | null; headline: boolean; kind: "calibrated" | "predicted" | "identity" | "bound";
  verdict: string; median: number | null; p05: number | null; p95: number | null; source: string; footnote: string;
}
export interface Parameter { key: string; /** Of a figure of one sector; else empty. */ sector: string; unit: string; value: number; default: number; calibrated: boolean; meaning: string; source: string }
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
  validation: Row[]; parameters: Parameter[]; by_hand: string; comparison: Comparison | null; no_comparison: string;
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
/** First and last month of the data a variable was fitted to; of a scenario, as far as it is the base. */
export function fittedSpan(variable: string, select: Record<string, string>, s = data.scenarios[0]!): [string, string] | null {
  const windows = rowsOn(variable, select).filter((r) => r.kind === "calibrated" && r.data != null && r.window.length === 2).map((r) => r.window), from = departure(s);
  if (!windows.length) return null;
  const first = windows.map((w) => w[0]!).sort()[0]!, end = windows.map((w) => w[1]!).sort().pop()!, last = from && from <= end ? monthBefore(from) : end;
  return first <= last ? [first, last] : null;
}
/** The first month in which any monthly series of a scenario is another than the base's, to the digits embedded; null where none is. Before it the scenario is the base. */
export function departure(s: Scenario): string | null {
  const base = data.scenarios[0]!, known = departures.get(s);
  if (known !== undefined) return known;
  const values = (of: Scenario): (number | null)[][] => Object.keys(base.bands).flatMap((k) => [of.bands[k]?.p05 ?? [], of.bands[k]?.p50 ?? [], of.bands[k]?.p95 ?? []]).concat(Object.keys(base.means).map((k) => of.means[k] ?? []));
  const own = values(s), theirs = values(base), monthly = theirs.map((v) => v.length === base.months.length);
  const found = s === base ? null : s.months.find((month, i) => { const k = base.months.indexOf(month); return k < 0 || theirs.some((v, j) => monthly[j] && v[k] !== (own[j]![i] ?? null)); }) ?? null;
  departures.set(s, found);
  return found;
}
const departures = new Map<Scenario, string | null>();
/** Is a month, or a whole year, of a scenario still the base's? */
export function asBase(s: Scenario, month: string): boolean {
  const from = departure(s);
  return from == null || (month.length === 4 ? `${month}-12` : month) < from;
}
export function monthBefore(month: string): string {
  const d = monthDate(month);
  d.setUTCMonth(d.getUTCMonth() - 1);
  return d.toISOString().slice(0, 7);
}
/** What data say of a figure that none shows: a bound that others set. */
export const boundOn = (variable: string, select: Record<string, string>): Row | undefined => rowsOn(variable, select).find((r) => r.kind === "bound");
export interface Part { exporter: string; source: string }
/** Shares of value added to which the base year was balanced and that are a part of this one, or it: of one exporter in a group, or of one source. */
export function fittedParts(exporter: string, sector: string, source: string): { whole: boolean; parts: Part[] } {
  const members = (key: string): string[] => data.groups[key] ?? [key], equal = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));
  const named = (keys: string[]): string => Object.keys(data.groups).find((g) => equal(data.groups[g]!, keys)) ?? keys.join();
  const rows = data.validation.filter((r) => r.variable === "value_added_content" && r.kind === "calibrated" && r.data != null && r.unit === "%" && r.select["export_sector"]?.join() === sector)
    .map((r) => ({ from: r.select["exporter"] ?? [], of: r.select["source"] ?? [] })).filter((r) => r.from.every((x) => members(exporter).includes(x)) && r.of.every((x) => members(source).includes(x)));
  const is = (r: { from: string[]; of: string[] }): boolean => equal(r.from, members(exporter)) && equal(r.of, members(source));
  return { whole: rows.some(is), parts: rows.filter((r) => !is(r)).map((r) => ({ exporter: named(r.from), source: named(r.of) })) };
}
/** Duty collected on the goods of an exporter over their value, where a rate is published. */
export const dutyRate = (exporter: string): Row | undefined => data.validation.find((r) => r.variable === "duty_collected" && r.data != null && r.median != null && r.select["origin"]?.join() === exporter);
/** What a figure is: parameters were fitted to it; predicted; assumed, of a scenario or a month whose law is. Words, not signs: shapes belong to the charts. */
export const marks = { calibrated: "fitted", predicted: "predicted", scenario: "assumed" } as const;
export type Mark = keyof typeof marks;
/** What each word means, said once, near the top of the page. */
export const meanings: Record<Mark, string> = {
  calibrated: "parameters or base year set to meet data", predicted: "the model's own, fitted to nothing", scenario: "a scenario, or law that is not yet known",
};
export function markOf(s: Scenario, variable: string, select: Record<string, string>, month: string): Mark {
  const span = fittedSpan(variable, select, s);
  if (!asBase(s, month) || isAssumed(s, month)) return "scenario";
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
