// How much trade claims origin: as statistics record it, on dutiable lines, and as firms do.
import { asBase, at, data, departure, fittedSpan, isAssumed, monthBefore, monthDate, PolicyEvent, publishedShare, publishedYear, Scenario, yearMean, years } from "../data";
import { Badge, Drawing, FigureSpec, LegendItem } from "../figure";
import { badges, bandColumns, colours, cursorOf, departed, goodsFrom, horizon, monthAxis, monthLegend, monthRule, narrow, ofRuns, Plot, plot, runsText, shareAxis, withBand } from "../plot";
import { baseScenario, monthIndex, scenario, state } from "../state";
import { authority, fixed, inWords, list, monthName, monthSpan, moved, percent, region, shortMonth } from "../text";
import { publishedRise } from "./headline";

const bases = [
  { key: "claim_share_recorded", name: "Recorded by statistics", fact: "recorded", color: colours[0]!, dash: "", kind: "line" },
  { key: "claim_share_dutiable", name: "On MFN-dutiable lines", fact: "dutiable", color: colours[1]!, dash: "7 3", kind: "dash" },
  { key: "claim_share", name: "What firms do", fact: "", color: colours[6]!, dash: "2 3", kind: "dots" },
] as const;

const shortAuthority = (key: string): string => authority(key).split(",")[0]!;
/** "metals_232" of Section 232: " on metals"; parts, which have dates of their own, by the measure: " on auto parts". */
function groupOf(e: PolicyEvent): string {
  const own = new Set(e.authority.split("_")), name = /_parts(_|$)/.test(e.measure) ? e.measure.replace(/_\d.*$/, "") : e.group;
  const words = name.split("_").filter((w) => !own.has(w) && !/\d|new|other/.test(w)), group = words.join("_");
  if (!group || authority(e.authority).toLowerCase().includes(inWords(group))) return "";
  return ` on ${data.groups[group] ? region(group) : inWords(group)}`;
}

interface Marked { month: string; number: number; text: string }
/** Months in which duties on the exporter's goods begin or end; changes of rates are in the assumptions. */
export function markedEvents(s: Scenario, exporter: string): Marked[] {
  const months = new Map<string, Map<string, Set<string>>>();
  const counts = (e: PolicyEvent): boolean => e.authority === "recording" || (e.what !== "changes" && e.origins.includes(exporter));
  for (const e of s.events.filter(counts)) {
    const month = months.get(e.date.slice(0, 7)) ?? new Map<string, Set<string>>();
    const what = e.authority === "recording" ? "statistics begin to record claims on duty-free lines" : `${shortAuthority(e.authority)}${groupOf(e)}`;
    const whats = month.get(what) ?? new Set<string>();
    months.set(e.date.slice(0, 7), month.set(what, e.authority === "recording" ? whats : whats.add(e.what)));
  }
  const words = (what: Set<string>): string => (what.size === 0 ? "" : what.has("begins") && what.has("ends") ? " replaced" : what.has("begins") ? " begins" : " ends");
  return [...months].sort().map(([month, all], i) => ({ month, number: i + 1, text: list([...all].map(([name, what]) => name + words(what))) }));
}

function title(s: Scenario): string {
  const x = state.exporter, year = years(s)[0] ?? "", band = (key: string): (number | null)[] | undefined => s.bands[`${key}/${x}`]?.p50;
  const m = monthIndex();
  const from = (key: string): number | null => yearMean(s, band(key), year);
  return `${region(x)}, ${year} to ${monthName(state.month)}: in the model recorded claims ${moved(from("claim_share_recorded"), at(band("claim_share_recorded"), m))}${publishedRise("claim_share_recorded", "recorded")}; `
    + `what firms do (model, ${asBase(s, state.month) ? `no data of ${year}` : "no data"}): ${moved(from("claim_share"), at(band("claim_share"), m)).replace(/^(rose|fell) from /, "")}`;
}

interface Point { month: string; basis: string; share: number; fitted: boolean }
/** Published points, and whether parameters were fitted to them; of a scenario while it is the base. */
function publishedPoints(s: Scenario, exporter: string): Point[] {
  return data.facts.claims.filter((f) => f.exporter === exporter && !f.sector && s.months.includes(f.month) && asBase(s, f.month)).map((f) => {
    const span = fittedSpan(bases.find((b) => b.fact === f.basis)!.key, { exporter }, s);
    return { month: f.month, basis: f.basis, share: f.share, fitted: !!span && f.month >= span[0] && f.month <= span[1] };
  });
}

/** "In the months fitted the model's median lies on average 3.1 points above the published recorded shares (9 of 12 below its band) …" */
function distance(s: Scenario, exporter: string, points: Point[]): string {
  const said = (fitted: boolean): string[] => bases.filter((b) => b.fact).flatMap((b) => {
    const band = s.bands[`${b.key}/${exporter}`], own = points.filter((p) => p.basis === b.fact && p.fitted === fitted).map((p) => ({ p, i: s.months.indexOf(p.month) }));
    if (!band || !own.length) return [];
    const off = own.reduce((a, { p, i }) => a + (at(band.p50, i) ?? 0) - p.share, 0) / own.length * 100;
    const outside = own.filter(({ p, i }) => p.share < (at(band.p05, i) ?? 0) || p.share > (at(band.p95, i) ?? 1)).length;
    return [`${fixed(Math.abs(off), 1)} points ${off >= 0 ? "above" : "below"} the ${own.length} published ${b.fact === "recorded" ? "recorded shares" : "shares on dutiable lines"}${s.runs > 1 ? ` (${outside} outside its band)` : ""}`];
  });
  const fitted = said(true), tested = said(false), model = s.runs > 1 ? "the model's median" : "the model";
  const mean = meanOnly(s, exporter), own = s.bands[`claim_share_recorded/${exporter}`]?.p50, before = mean ? yearMean(s, own, mean.year) : null, now = at(own, monthIndex()), published = asBase(s, state.month) ? publishedShare(exporter, "recorded", state.month) : null;
  const missed = mean && before != null
    ? `For ${mean.year} the model's mean of the recorded share is ${percent(before, 1)}, the published one ${percent(mean.share, 1)}${now != null && published != null ? `; to ${monthName(state.month)} it rises by ${fixed((now - before) * 100, 1)} points, the published one by ${fixed((published - mean.share) * 100, 1)}` : ""}.` : "";
  return [missed, fitted.length ? `In the months fitted ${model} lies on average ${list(fitted)}.` : "", tested.length ? `${fitted.length ? "In the months predicted it" : `No point was fitted: ${model}`} lies on average ${list(tested)}.` : ""].filter(Boolean).join(" ");
}

/** What each line was fitted to, counted in the points drawn. */
function fits(s: Scenario, exporter: string, published: Point[]): Badge[] {
  const from = departure(s);
  if (from === s.months[0]) return badges(s, []);
  return [...bases.map((b): Badge => {
    const span = fittedSpan(b.key, { exporter }, s), own = published.filter((p) => p.basis === b.fact), inside = own.filter((p) => p.fitted), points = own.length === 1 ? "the point drawn" : `${inside.length} of the ${own.length} points drawn`;
    if (!span) return { kind: "predicted", text: `${b.name}: ${from ? `until ${monthName(monthBefore(from))}` : "all months"}, nothing was fitted to it` };
    if (!b.fact) return { kind: "calibrated", text: `${b.name}: to the recorded shares of ${monthSpan(span[0], span[1])}; before, no data identify it` };
    const mean = inside.every((p) => p.month.slice(0, 4) > span[0].slice(0, 4)) ? ` and the mean of ${span[0].slice(0, 4)}` : "";
    return { kind: "calibrated", text: `${b.name}: to ${points}${mean}` };
  }), ...predictedMonths(s, exporter), ...departed(s), ...horizon(s)];
}
/** Of lines that were fitted in some months: in which others, of known law, they are predicted. */
function predictedMonths(s: Scenario, exporter: string): Badge[] {
  const known = s.months.filter((m) => !isAssumed(s, m) && asBase(s, m)), said = (part: string[]): string[] => (part.length ? [monthSpan(part[0]!, part[part.length - 1]!)] : []);
  const lines = bases.flatMap((b) => {
    const span = fittedSpan(b.key, { exporter }, s), stretch = span ? [...said(known.filter((m) => m < span[0])), ...said(known.filter((m) => m > span[1]))] : [];
    return stretch.length ? [`${b.name}: ${list(stretch)}`] : [];
  });
  return lines.length ? [{ kind: "predicted", text: lines.join("; ") }] : [];
}

/** The first year, where its mean is published and none of its months is; and whether the mean was fitted. */
function meanOnly(s: Scenario, exporter: string): { year: string; share: number; from: Date; to: Date; fitted: boolean } | null {
  const year = years(s)[0], share = year ? publishedYear(exporter, "claim_share_recorded", year) : null;
  if (!year || share == null || !asBase(s, year) || data.facts.claims.some((f) => f.exporter === exporter && f.month.startsWith(year))) return null;
  const span = fittedSpan("claim_share_recorded", { exporter });
  return { year, share, from: monthDate(`${year}-01`), to: monthDate(`${year}-12`), fitted: !!span && span[0].startsWith(year) };
}
interface Stretch { name: string; short: string; from: Date; to: Date; color: string }
const nextMonth = (month: string): Date => { const d = monthDate(month); d.setUTCMonth(d.getUTCMonth() + 1); return d; };
/** Months fitted, months predicted, months whose law is assumed: a strip under the lines. */
function stretches(s: Scenario, exporter: string): Stretch[] {
  const first = s.months[0]!, last = s.months[s.months.length - 1]!, spans = bases.map((b) => fittedSpan(b.key, { exporter }, s)).filter((x): x is [string, string] => !!x);
  const fitted = spans.map((x) => x[1]).sort().pop(), mean = meanOnly(s, exporter), year = mean?.fitted ? mean.year : "", from = year ? `${Number(year) + 1}-01` : first, known = s.known_until.slice(0, 7), out: Stretch[] = [];
  const until = known && known < last ? known : last, leaves = departure(s), base = leaves && leaves <= until ? monthBefore(leaves) : until, so = (): Date => out[out.length - 1]?.to ?? monthDate(first);
  if (year) out.push({ name: `${year}: mean only (recorded), fitted`, short: "mean only", from: monthDate(first), to: monthDate(from), color: "var(--fit0)" });
  if (fitted && fitted >= from) out.push({ name: "months fitted: the lines that the tags name", short: "fitted", from: monthDate(from), to: nextMonth(fitted < last ? fitted : last), color: "var(--fit1)" });
  if ((!fitted || fitted < base) && base >= first) out.push({ name: "months predicted", short: "predicted", from: so(), to: nextMonth(base), color: "var(--fit2)" });
  if (base < until) out.push({ name: "scenario’s rules, law known", short: "scenario", from: so(), to: nextMonth(until), color: "var(--fit3)" });
  if (until < last) out.push({ name: "law assumed", short: "law assumed", from: nextMonth(until), to: monthDate(last), color: "var(--fit3)" });
  return out;
}
/** Months of the latest stretch in which all runs record what firms do: the two lines are one. */
function coincide(s: Scenario, exporter: string): string {
  const a = s.bands[`claim_share_recorded/${exporter}`]?.p50, b = s.bands[`claim_share/${exporter}`]?.p50;
  let i = s.months.length - 1;
  while (i >= 0 && at(a, i) != null && Math.abs(at(a, i)! - (at(b, i) ?? 9)) < 0.002) i--;
  return i < s.months.length - 2 ? `From ${monthName(s.months[i + 1]!)} statistics record what firms do: the two lines are one.` : "";
}

function make(): Drawing {
  const s = scenario(), x = state.exporter, base = baseScenario(), events = markedEvents(s, x);
  const facts = publishedPoints(s, x), strip = stretches(s, x);
  const points = bases.flatMap((b) => s.months.map((month, i) => {
    const band = s.bands[`${b.key}/${x}`]!;
    return { series: b.name, key: b.key, month, date: monthDate(month), p05: at(band.p05, i), median: at(band.p50, i), p95: at(band.p95, i) };
  })).map((p) => ({ ...p, published: bases.find((b) => b.key === p.key)!.fact ? publishedShare(x, bases.find((b) => b.key === p.key)!.fact as "recorded" | "dutiable", p.month) : null })).map((p) => (asBase(s, p.month) ? p : { ...p, published: null }));
  const ghost = s === base ? [] : base.months.map((month, i) => ({ date: monthDate(month), value: at(base.bands[`claim_share/${x}`]?.p50, i) })).filter((g) => g.value != null);
  const legend: LegendItem[] = bases.map((b) => ({ label: b.name, color: b.color, kind: b.kind }));
  if (ghost.length) legend.push({ label: `What firms do in the base: ${base.title}`, color: colours[7]!, kind: "line", width: 1.5 });
  for (const fitted of [true, false]) for (const basis of ["recorded", "dutiable"] as const) {
    if (!facts.some((f) => f.basis === basis && f.fitted === fitted)) continue;
    const recorded = basis === "recorded";
    legend.push({ label: `Published${recorded ? ": recorded" : ": dutiable lines"}; model ${fitted ? "fitted" : "predicted"}`, color: colours[recorded ? 0 : 1]!, kind: recorded ? (fitted ? "circle" : "ring") : fitted ? "solid" : "diamond", width: 2 });
  }
  const yearly = meanOnly(s, x);
  if (yearly) legend.push({ label: `Published: recorded, mean of ${yearly.year}; model ${yearly.fitted ? "fitted" : "predicted"}`, color: colours[0]!, kind: "span", width: 2 });
  legend.push(...strip.map((t): LegendItem => ({ label: t.name, color: t.color, kind: "square" })), monthLegend());
  return {
    title: title(s),
    subtitle: `Share of the value of ${goodsFrom(x)} for which origin under the agreement is claimed, %, by month${ofRuns(s, "; lines: median over seeds, bands: 5 to 95 %")}`,
    source: `Sources: model, ${runsText(s)}.${facts.length ? " Published points: USITC DataWeb by HTS10, through Budget-Lab-Yale/tariff-rate-tracker." : ""}`,
    badges: fits(s, x, facts),
    legend,
    notes: [[distance(s, x, facts), coincide(s, x)].filter(Boolean).join(" "), ...(events.length ? [`Policy: ${events.map((e) => `(${e.number}) ${shortMonth(e.month)}: ${e.text}`).join("; ")}.`] : [])].filter(Boolean),
    columns: [{ key: "series", label: "Series" }, { key: "month", label: "Month" },
      ...bandColumns(s, { median: "Median", p05: "5 %", p95: "95 %", published: "Published" }).map(([key, label]) => ({ key, label, number: true, format: (v: number) => percent(v, 1) }))],
    rows: points.map(({ series, month, median, p05, p95, published }) => ({ series, month, median, p05, p95, published })),
    draw: (width) => {
      const bandOf = (key: string): typeof points => points.filter((p) => p.key === key && p.median != null);
      const small = narrow(width), unit = small ? 5.2 : 6.3, whole = +monthDate(s.months[s.months.length - 1]!) - +monthDate(s.months[0]!);
      const wide = (t: Stretch): number => ((+t.to - +t.from) / whole) * (width - 62), nameOf = (t: Stretch): string => (wide(t) > t.name.length * unit ? t.name : t.short);
      // Dots a little to the left, diamonds to the right, as large as a month is wide: both are seen where their values are one.
      const month = (width - 62) / Math.max(1, s.months.length - 1), size = (part: number, least: number, most: number): number => Math.min(most, Math.max(least, part * month));
      const aside = size(0.23, 1.05, 2.5), rim = month < 6 ? "none" : "var(--card)", edge = month < 12 ? 0.7 : 1.2;
      const chart = plot(width, {
        height: small ? 330 : 430, marginTop: 34, x: monthAxis(width), y: { ...shareAxis, domain: [0, 1] },
        marks: [
          Plot.rect(strip, { x1: "from", x2: "to", y1: 0, y2: 0.045, fill: (t: Stretch) => t.color }),
          Plot.rect(strip.filter((t) => t.name === "law assumed"), { x1: "from", x2: "to", y1: 0, y2: 1, fill: "var(--fit3)", fillOpacity: 0.45 }),
          Plot.ruleX(events, { x: (e: Marked) => monthDate(e.month), stroke: "var(--c8)", strokeOpacity: 0.55, strokeDasharray: "1 3" }),
          // Where months are narrow, odd and even numbers stand in two rows.
          ...[0, 1].map((odd) => Plot.text(events.filter((e) => e.number % 2 === odd), {
            x: (e: Marked) => monthDate(e.month), text: (e: Marked) => `${e.number}`, frameAnchor: "top", dy: small ? -16 - 10 * odd : -14, fontSize: small ? 9 : 11,
          })),
          monthRule(),
          // Names that are wider than their stretch stand a row higher, short.
          ...[true, false].map((fits) => Plot.text(strip.filter((t) => (wide(t) > nameOf(t).length * unit) === fits), { x: (t: Stretch) => new Date((+t.from + +t.to) / 2), y: fits ? 0.075 : 0.125, text: nameOf, fontSize: small ? 10 : 12, stroke: "var(--card)", strokeWidth: 3, fill: "currentColor" })),
          ...(ghost.length ? [Plot.line(ghost, { x: "date", y: "value", stroke: "var(--c8)", strokeWidth: 1.5 })] : []),
          ...bases.flatMap((b) => [
            Plot.areaY(bandOf(b.key), { x: "date", y1: "p05", y2: "p95", fill: b.color, fillOpacity: 0.2 }),
            Plot.line(bandOf(b.key), { x: "date", y: "median", stroke: b.color, strokeWidth: 2.5, strokeDasharray: b.dash }),
          ]),
          // Filled: fitted; hollow: not. Smaller where months are narrow, so that neighbours stay apart.
          ...(yearly ? [
            Plot.ruleY([yearly], { x1: "from", x2: "to", y: "share", stroke: "var(--card)", strokeWidth: 5 }),
            Plot.ruleY([yearly], { x1: "from", x2: "to", y: "share", stroke: colours[0], strokeWidth: 2 }),
            Plot.text([yearly.from, yearly.to], { x: (d: Date) => d, y: yearly.share, text: () => "|", fill: colours[0], fontWeight: 700 }),
            Plot.text([yearly], { x: (d: { from: Date; to: Date }) => new Date((+d.from + +d.to) / 2), y: "share", text: (d: { share: number }) => (11 * month < 140 ? percent(d.share) : `published mean: ${percent(d.share)}`), dy: -9, fontSize: small ? 10 : 12, stroke: "var(--card)", strokeWidth: 3, fill: "currentColor" }),
          ] : []),
          Plot.dot(facts.filter((f) => f.basis === "dutiable"), { x: (f) => monthDate(f.month), y: "share", symbol: "diamond", stroke: (f) => (!f.fitted ? colours[1]! : rim), fill: (f) => (f.fitted ? colours[1]! : "var(--card)"), strokeWidth: edge, r: size(0.34, 1.5, 4.8), dx: aside }),
          Plot.dot(facts.filter((f) => f.basis === "recorded"), { x: (f) => monthDate(f.month), y: "share", stroke: (f) => (!f.fitted ? colours[0]! : rim), fill: (f) => (f.fitted ? colours[0]! : "var(--card)"), strokeWidth: edge, r: size(0.29, 1.2, 3.2), dx: -aside }),
          Plot.tip(points.filter((p) => p.median != null), Plot.pointer({
            x: "date", y: "median",
            title: (p: (typeof points)[number]) => `${p.series}\n${monthName(p.month)}: ${withBand(s, (v) => percent(v, 1), p)}${p.published != null ? `\npublished: ${percent(p.published, 1)}` : ""}`,
          })),
        ],
      });
      const shown = bandOf("claim_share_recorded");
      return {
        svg: chart,
        cursor: cursorOf(chart, shown.map((p) => ({
          x: p.date, y: p.median,
          text: `${monthName(p.month)}: ${bases.map((b) => `${b.name} ${percent(bandOf(b.key).find((q) => q.month === p.month)?.median)}`).join(", ")}`,
        }))),
      };
    },
  };
}

export const claims: FigureSpec = { id: "claims", make };
