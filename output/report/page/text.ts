// Names and numbers as people read them.
import { data } from "./data";

const groupNames: Record<string, string> = {
  asia: "East and South-East Asia", north_america: "North America", total: "all exports", manufacturing: "manufactures",
  motor_vehicles_and_parts: "motor vehicles and parts",
};
const words = (key: string): string => key.replace(/_/g, " ");
/** The home region's name as an adjective, where English has one. */
export const homeAdjective = (): string => (data.home === "US" ? "U.S." : `${region(data.home)}'s`);

export const region = (key: string): string => (data.names.regions[key] ?? groupNames[key] ?? words(key)).replace(/ \(.*\)$/, "");
/** Texts of the targets name regions by their codes: "US value added in exports of MX" becomes "U.S. value added in exports of Mexico". */
export function namedRegions(text: string): string {
  return text.replace(/\bexports of (\w+)/g, (all, key: string) => (data.groups[key] ? `exports of ${region(key)}` : all)).replace(/\b[A-Z]{2}\b/g, (code, at: number) => {
    if (!data.names.regions[code]) return code;
    return text.startsWith(" value added", at + code.length) && code === "US" ? "U.S." : region(code);
  });
}
/** "exports", "exports of manufactures". */
export const exportsOf = (key: string): string => (key === "total" ? "exports" : `exports of ${sector(key).toLowerCase()}`);
export const sector = (key: string): string => data.names.sectors[key] ?? groupNames[key] ?? words(key);
export const authority = (key: string): string => (key === "recording" ? "What statistics record" : data.names.authorities[key] ?? words(key));
export const inWords = words;
export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
export const monthName = (month: string): string => `${months[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
export const shortMonth = (month: string): string => `${months[Number(month.slice(5, 7)) - 1]!.slice(0, 3)} ${month.slice(0, 4)}`;

/** "2024", "January to July 2026", "January 2024 to June 2025". */
export function monthSpan(first: string, last: string): string {
  const [year, end] = [first.slice(0, 4), last.slice(0, 4)];
  if (first === last) return monthName(first);
  if (year !== end) return `${monthName(first)} to ${monthName(last)}`;
  return first.endsWith("-01") && last.endsWith("-12") ? year : `${monthName(first).replace(` ${year}`, "")} to ${monthName(last)}`;
}

/** Keeps a number and its per cent sign on one line. */
export const unbroken = (text: string): string => text.replace(/(\d) %/g, "$1\u00a0%");

const missing = "–";
/** A number with so many decimals, with a true minus sign. */
export function fixed(value: number | null | undefined, decimals = 0): string {
  if (value == null) return missing;
  const text = value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace("-", "−");
}
/** Three significant digits, not in powers. */
export function figures(value: number | null | undefined): string {
  if (value == null) return missing;
  const size = Math.abs(value);
  return fixed(value, size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
export const percent = (share: number | null | undefined, decimals = 0): string => (share == null ? missing : `${fixed(share * 100, decimals)} %`);
export const signed = (value: number | null | undefined, decimals = 1): string => (value == null ? missing : (value > 0 ? "+" : "") + fixed(value, decimals));
/** Million USD as billion. */
export const billion = (million: number | null | undefined): string => (million == null ? missing : `${figures(million / 1000)} billion USD`);

/** "rose from 46 to 91 %", "fell from …", "stayed at 46 %": shares of 1; a point is no change. */
export function moved(from: number | null, to: number | null): string {
  if (from == null || to == null) return to == null ? "have no value" : `are at ${percent(to)}`;
  if (Math.abs(to - from) < 0.01) return `stayed at ${percent(to)}`;
  return `${to > from ? "rose" : "fell"} from ${fixed(from * 100)} to ${percent(to)}`;
}
/** The same by how much: "rose by 46 points to 93 %". */
export function movedBy(from: number | null, to: number | null): string {
  if (from == null || to == null || Math.abs(to - from) < 0.01) return moved(from, to);
  return `${to > from ? "rose" : "fell"} by ${fixed(Math.abs(to - from) * 100)} points to ${percent(to)}`;
}
/** As its title page names it; it gives neither author nor date. */
export const theBrief = "the policy brief “North America: vertical integration to increase manufacturing production and employment, develop resilient supply chains and diversify from Asia”";
/** Whole numbers that sum to the rounded sum, or to `whole`: those that lose most by rounding down are rounded up. */
export function wholes(values: number[], whole = Math.round(values.reduce((a, b) => a + b, 0))): number[] {
  const out = values.map(Math.floor), missing = whole - out.reduce((a, b) => a + b, 0);
  const order = values.map((_, i) => i).sort((a, b) => values[b]! - out[b]! - (values[a]! - out[a]!));
  for (let k = 0; k < Math.abs(missing); k++) out[missing > 0 ? order[k % order.length]! : order[order.length - 1 - (k % order.length)]!]! += Math.sign(missing);
  return out;
}
export const list = (items: string[]): string => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`);
