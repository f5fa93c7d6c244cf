// How what statistics show and what firms do belong together: the recorded change is what firms do and claims that were made before, unrecorded.
import { at, boundOn, fittedSpan, Scenario, sum } from "../data";
import { scenario, state } from "../state";
import { fixed, monthName, signed, wholes } from "../text";

/** Points since the reference month. Recorded = firms + seen; firms = paper + all else. */
export interface Bridge { recorded: number; firms: number; paper: number; seen: number; recording: number }
export function bridge(s: Scenario = scenario(), month = state.month): Bridge | null {
  const m = s.months.indexOf(month), of = (basis: string): [string, number | null][] => Object.keys(s.means).filter((k) => k.startsWith(`${basis}/${state.exporter}/`)).map((k) => [k.split("/")[2]!, at(s.means[k], m)]);
  const firm = of("claim_change"), shown = of("claim_change_recorded"), cause = (all: [string, number | null][], c: string): number => 100 * (all.find(([name]) => name === c)?.[1] ?? 0);
  if (!firm.some(([, v]) => v != null) || !shown.some(([, v]) => v != null)) return null;
  const recorded = 100 * sum(shown.map(([, v]) => v)), firms = 100 * sum(firm.map(([, v]) => v));
  return { recorded, firms, paper: cause(firm, "paperwork"), seen: recorded - firms, recording: cause(shown, "recording") };
}
/** The same in whole points, each part as large as the sums say: firms and seen sum to recorded, paper and else to firms. */
export function wholeBridge(b: Bridge): { recorded: number; firms: number; paper: number; rest: number; seen: number; fresh: number; recording: number } {
  const [firms, seen] = wholes([b.firms, b.seen]) as [number, number], [paper, rest] = wholes([b.paper, b.firms - b.paper], firms) as [number, number], recording = Math.round(b.recording);
  return { recorded: firms + seen, firms, paper, rest, seen, recording, fresh: recording - seen };
}
/** "recorded only since July 2025": the latest change in what statistics record, up to the month chosen. */
export function onlySince(s: Scenario): string {
  const months = s.events.filter((e) => e.authority === "recording" && e.date.slice(0, 7) <= state.month).map((e) => e.date.slice(0, 7)).sort();
  return months.length ? `recorded only since ${monthName(months[months.length - 1]!)}` : "recorded only now";
}

const amounts: [number, string][] = [[1.005, "Yes, more than all"], [0.9, "Yes, nearly all"], [0.6, "Yes, most"], [0.4, "In part, about half"], [0.1, "Little, a smaller part"], [-Infinity, "No, hardly any"]];
/** Was it paperwork? In a sentence on what firms do, and one on what statistics show besides. */
export function paperworkInWords(s: Scenario, b: Bridge): [string, string] {
  const w = wholeBridge(b), since = `since ${monthName(s.reference)}`, part = b.paper / b.firms, amount = amounts.find(([least]) => part >= least)![1];
  if (Math.abs(b.firms) < 1) return [`What firms do changed little: ${signed(b.firms)} points ${since}`, w.seen > 0 ? `${w.firms === 0 ? `The ${fixed(w.seen)} points that statistics show` : `Of the ${fixed(w.recorded)} points that statistics show ${fixed(w.seen)}`} are claims made before, ${onlySince(s)}` : ""];
  const of = b.firms > 0 ? `of the ${fixed(w.firms)} points` : `of the ${fixed(-w.firms)} points by which claims fell`;
  const first = `${amount} of what firms did: ${fixed(w.paper * Math.sign(b.firms))} ${of} ${since}`;
  if (w.seen === 0) return [first, ""];
  if (b.firms < 0) return [first, `Statistics show ${signed(w.recorded, 0)}: ${fixed(Math.abs(w.seen))} points ${w.seen > 0 ? `are claims made before, ${onlySince(s)}` : "of claims are not recorded"}`];
  return [first, w.seen > 0 ? `The other ${fixed(w.seen)} of the ${fixed(w.recorded)} points recorded are claims made before, ${onlySince(s)}` : `Statistics do not record ${fixed(-w.seen)} of them`];
}
/** Of the rise of what firms do: its end may be fitted, its start is in no data, and so the rise is not. The same words wherever it is shown. */
export function unidentified(): string {
  const bound = boundOn("claim_share", { exporter: state.exporter });
  return `no data identify this change${bound?.low != null ? `, only a floor of ${bound.low} points` : ""}`;
}
/** And why. */
export function unseen(): string {
  const span = fittedSpan("claim_share", { exporter: state.exporter });
  return `none show what firms do ${span ? `before ${monthName(span[0])}` : "in any month"}`;
}
/** Under the causes: how the change that is divided there belongs to the other one. */
export function bridgeInWords(s: Scenario, basis: string): string {
  const b = bridge(s), w = b && wholeBridge(b);
  if (!b || !w || w.seen === 0) return "";
  if (basis === "claim_change") {
    const rise = `Statistics show ${w.recorded < 0 ? `a fall of ${fixed(-w.recorded)}` : `a rise of ${fixed(w.recorded)}`} points`;
    return w.seen > 0 ? `${rise}: ${w.firms === 0 ? "" : `the ${signed(w.firms, 0).replace("+", "")} of what firms do, and `}${fixed(w.seen)} of claims made before, ${onlySince(s)}.` : `${rise}: ${fixed(-w.seen)} of the ${fixed(w.firms)} points of what firms do are not recorded.`;
  }
  if (w.seen < 0 || w.recording <= 0 || w.firms === 0) return "";
  return `Change of recording: ${fixed(w.seen)} of its ${fixed(w.recording)} points are claims made before, ${fixed(w.fresh)} are new claims that statistics would not have shown before; so paperwork is ${fixed(w.paper)} of the ${fixed(w.firms)} points of what firms do.`;
}
