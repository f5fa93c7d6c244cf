// What the selectors say, and who is told when it changes.
import { data, Scenario } from "./data";

export interface State { scenario: number; exporter: string; month: string; local: Record<string, string> }

const base = data.scenarios[0]!;
/** The month a year after the reference: what the titles speak of at first. */
function firstMonth(): string {
  const year = String(Number(base.reference.slice(0, 4)) + 1);
  const wanted = year + base.reference.slice(4);
  return base.months.includes(wanted) ? wanted : base.months[base.months.length - 1]!;
}

export const state: State = { scenario: 0, exporter: data.exporters[0]!, month: firstMonth(), local: {} };

const listeners: (() => void)[] = [];
export const onChange = (listener: () => void): void => void listeners.push(listener);
export function change(update: Partial<State>): void {
  Object.assign(state, update);
  const months = scenario().months; // scenarios may have other months
  if (!months.includes(state.month)) state.month = state.month < months[0]! ? months[0]! : months[months.length - 1]!;
  for (const listener of listeners) listener();
}
export const scenario = (): Scenario => data.scenarios[state.scenario]!;
export const baseScenario = (): Scenario => base;
export const monthIndex = (s: Scenario = scenario()): number => s.months.indexOf(state.month);
/** A selector of one chart. */
export const local = (key: string, otherwise: string): string => state.local[key] ?? otherwise;
