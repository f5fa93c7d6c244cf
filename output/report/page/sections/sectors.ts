// One small chart a sector, all on the same scale.
import { asBase, at, data, departure, monthDate, Scenario, yearMean, years } from "../data";
import { chosen, Drawing, FigureSpec, Selector } from "../figure";
import { assumedLegend, assumedShade, badges, bandColumns, colours, cursorOf, departed, goodsFrom, horizon, monthLegend, monthRule, narrow, ofRuns, Plot, plot, runsText, withBand } from "../plot";
import { baseScenario, scenario, state } from "../state";
import { fixed, figures, monthName, monthSpan, percent, region, sector } from "../text";

interface Metric { value: string; label: string; unit: string; variable: string; fact?: "recorded" | "dutiable"; share: boolean; home?: boolean; indexed?: boolean }
const metrics: Metric[] = [
  { value: "actual", label: "share claimed, what firms do", unit: "% of value", variable: "claim_share_by_sector", share: true },
  { value: "recorded", label: "share claimed, recorded by statistics", unit: "% of value", variable: "claim_share_recorded_by_sector", fact: "recorded", share: true },
  { value: "dutiable", label: "share claimed on MFN-dutiable lines", unit: "% of value", variable: "claim_share_dutiable_by_sector", fact: "dutiable", share: true },
  { value: "trade", label: "imports", unit: "first year = 100", variable: "goods_traded", share: false, indexed: true },
  { value: "output", label: "the exporter's output", unit: "first year = 100", variable: "gross_output", share: false, indexed: true },
  { value: "employment", label: "the exporter's employment", unit: "base year = 100", variable: "employment", share: false },
  { value: "home_output", label: "output at home", unit: "first year = 100", variable: "gross_output", share: false, indexed: true, home: true },
  { value: "home_employment", label: "employment at home", unit: "base year = 100", variable: "employment", share: false, home: true },
];
const metricSelector: Selector = {
  key: "sectors-metric", label: "Show", initial: () => "actual",
  options: () => metrics.map(({ value, label }) => ({ value, label: label.replace("the exporter", region(state.exporter)).replace("at home", `in the ${region(data.home)}`) })),
};

/** The name over a panel: two lines where it is too long for one. */
function overPanel(text: string, length: number): string {
  if (text.length <= length) return text;
  const at = text.lastIndexOf(" ", length), [first, rest] = at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text.slice(0, length), text.slice(length)];
  return `${first}\n${rest.length > length ? `${rest.slice(0, length - 1)}…` : rest}`;
}
interface Point { sector: string; key: string; month: string; date: Date; p05: number | null; median: number | null; p95: number | null }
function pointsOf(s: Scenario, metric: Metric): Point[] {
  return data.goods.flatMap((key) => {
    const band = s.bands[`${metric.variable}/${metric.home ? data.home : state.exporter}/${key}`];
    if (!band) return [];
    const first = metric.indexed ? yearMean(s, band.p50, years(s)[0] ?? "") : null;
    const scale = metric.share ? 1 : metric.indexed ? (first ? 100 / first : NaN) : 100;
    const of = (v: (number | null)[], i: number): number | null => { const x = at(v, i); return x == null || Number.isNaN(scale) ? null : x * scale; };
    return s.months.map((month, i) => ({ sector: sector(key), key, month, date: monthDate(month), p05: of(band.p05, i), median: of(band.p50, i), p95: of(band.p95, i) }));
  });
}

function title(s: Scenario, points: Point[], metric: Metric): string {
  const year = years(s)[0] ?? s.months[0]!.slice(0, 4), subject = metric.home ? region(data.home) : region(state.exporter);
  const mean = (key: string): number | null => {
    const inside = points.filter((p) => p.key === key && p.month.startsWith(year));
    return inside.length ? inside.reduce((a, p) => a + p.median!, 0) / inside.length : null;
  };
  const now = points.filter((p) => p.month === state.month).map((p) => ({ sector: p.sector.toLowerCase(), from: mean(p.key), to: p.median! }))
    .filter((p): p is { sector: string; from: number; to: number } => p.from != null).sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  if (now.length === 0) return `${subject}: no values in ${monthName(state.month)}`;
  const show = (p: { from: number; to: number }): string => (metric.share ? `${fixed(p.from * 100)} to ${percent(p.to)}` : `${fixed(p.from)} to ${fixed(p.to)}`);
  const what = metricSelector.options().find((o) => o.value === metric.value)!.label, [most, least] = [now[0]!, now[now.length - 1]!];
  return `${what.startsWith(subject) ? what : `${subject}, ${what}`}: ${most.sector} moved most (${show(most)}), ${least.sector} least (${show(least)}), ${year} to ${monthName(state.month)}`;
}

function make(): Drawing {
  const s = scenario(), base = baseScenario(), metric = metrics.find((m) => m.value === chosen(metricSelector))!;
  const points = pointsOf(s, metric).filter((p) => p.median != null), ghost = s === base ? [] : pointsOf(base, metric).filter((p) => p.median != null);
  const facts = metric.fact ? data.facts.claims.filter((f) => f.exporter === state.exporter && f.sector && f.basis === metric.fact && asBase(s, f.month)).map((f) => ({ ...f, name: sector(f.sector) })) : [];
  // Parameters were fitted to the first exporter's sectors on dutiable lines: to the months that are published, of a scenario while it is the base.
  const fitted = metric.share && state.exporter === data.exporters[0] ? data.facts.claims.filter((f) => f.exporter === state.exporter && f.sector && f.basis === "dutiable" && asBase(s, f.month)).map((f) => f.month).sort() : [];
  // Filled: fitted; hollow: not.
  const isFitted = (f: { month: string }): boolean => metric.fact === "dutiable" && fitted.includes(f.month);
  const names = data.goods.map(sector), published = (p: Point): number | null => facts.find((f) => f.sector === p.key && f.month === p.month)?.share ?? null;
  const show = (v: number | null): string => (metric.share ? percent(v, 1) : fixed(v, 1));
  const of = metric.home ? `the ${region(data.home)}` : metric.variable === "goods_traded" || metric.share ? goodsFrom(state.exporter) : region(state.exporter);
  return {
    title: title(s, points, metric),
    subtitle: `${of}, by sector: ${metric.label.replace("the exporter's ", "").replace(" at home", "")}, ${metric.unit}, by month${ofRuns(s, "; lines: median over seeds, bands: 5 to 95 %")}; all panels on one scale`,
    source: `Sources: model, ${runsText(s)}.${facts.length ? " Published points: USITC DataWeb by HTS10, through Budget-Lab-Yale/tariff-rate-tracker." : ""}`,
    badges: (fitted.length && departure(s) !== s.months[0]
      ? [{ kind: "calibrated", text: metric.fact === "dutiable" ? `Levels of ${monthSpan(fitted[0]!, fitted[fitted.length - 1]!)}: to the points drawn` : `Claims on MFN-dutiable lines by sector in ${monthSpan(fitted[0]!, fitted[fitted.length - 1]!)}, which are not drawn here` },
        { kind: "predicted", text: metric.fact === "dutiable" ? "All other months, before and after, by sector" : "The shares drawn" }, ...departed(s), ...horizon(s)]
      : badges(s, [{ variable: metric.variable, name: metric.share ? "Shares by sector" : "Changes since the base year, by sector", select: { exporter: state.exporter } }]))
        .map((b) => (b.kind === "predicted" && metric.share && data.by_hand ? { ...b, text: `${b.text}; inputs set by hand in view of some are named under Assumptions` } : b)),
    legend: [{ label: s.title, color: colours[0]!, kind: "line" }, ...(ghost.length ? [{ label: `Base: ${base.title}`, color: colours[7]!, kind: "dash" as const, width: 1.5 }] : []), ...(facts.some(isFitted) ? [{ label: "Published; model fitted", color: colours[1]!, kind: "circle" as const }] : []), ...(facts.some((f) => !isFitted(f)) ? [{ label: "Published; model predicted", color: colours[1]!, kind: "ring" as const, width: 2 }] : []), monthLegend(), ...assumedLegend(s)],
    columns: [{ key: "sector", label: "Sector" }, { key: "month", label: "Month" }, ...bandColumns(s, { median: "Median", p05: "5 %", p95: "95 %", published: "Published" }).map(([key, label]) => ({ key, label, number: true, format: metric.share ? (v: number) => percent(v, 1) : figures }))],
    rows: points.map((p) => ({ sector: p.sector, month: p.month, median: p.median, p05: p.p05, p95: p.p95, published: published(p) })),
    empty: points.length ? undefined : "No values.",
    draw: (width) => {
      const small = narrow(width), columns = Math.max(2, Math.min(5, Math.floor(width / 210))), length = ((width - 62) / (columns - 0.1) - 8) / 6, of2 = (name: string): number => names.indexOf(name);
      const fx = (d: { sector?: string; name?: string }): number => of2(d.name ?? d.sector!) % columns, fy = (d: { sector?: string; name?: string }): number => Math.floor(of2(d.name ?? d.sector!) / columns);
      const place = { fx: (d: Point) => fx(d), fy: (d: Point) => fy(d) }, lines = Math.ceil(names.length / columns), tall = names.some((name) => name.length > length);
      const low = Math.min(...points.map((p) => p.p05!)), high = Math.max(...points.map((p) => p.p95!), ...ghost.map((p) => p.median!));
      const chart = plot(width, {
        height: 40 + lines * (small ? 104 : 135), marginLeft: small ? 40 : 50, marginTop: tall ? 30 : 20, marginRight: 12,
        x: { type: "utc", ticks: "year", tickFormat: (d: Date) => (small ? `’${String(d.getUTCFullYear()).slice(2)}` : `${d.getUTCFullYear()}`), label: null }, y: { ...(metric.share ? { domain: [0, 1] } : { domain: [Math.min(low, 95), Math.max(high, 105)] }), label: null, grid: true, ticks: 3, tickFormat: (v: number) => (metric.share ? `${v * 100} %` : fixed(v)) },
        fx: { axis: null, padding: 0.1 }, fy: { axis: null, padding: tall ? 0.36 : 0.26 },
        marks: [
          Plot.text(names.map((name) => ({ name })), { fx, fy, text: (d: { name: string }) => overPanel(d.name, length), frameAnchor: "top-left", lineAnchor: "bottom", dy: -5, fontSize: 11, fontWeight: 600 }),
          assumedShade(s),
          monthRule(),
          Plot.line(ghost, { ...place, x: "date", y: "median", stroke: "var(--c8)", strokeDasharray: "7 3" }),
          Plot.areaY(points, { ...place, x: "date", y1: "p05", y2: "p95", fill: colours[0], fillOpacity: 0.22 }),
          Plot.line(points, { ...place, x: "date", y: "median", stroke: colours[0], strokeWidth: 2 }),
          Plot.dot(facts, { fx, fy, x: (f) => monthDate(f.month), y: "share", stroke: colours[1], fill: (f) => (isFitted(f) ? colours[1]! : "var(--card)"), strokeWidth: 1.5, r: 3 }),
          Plot.tip(points, Plot.pointer({ ...place, x: "date", y: "median", title: (p: Point) => `${p.sector}, ${monthName(p.month)}\n${withBand(s, show, p)}${published(p) != null ? `\npublished: ${show(published(p))}` : ""}` })),
        ],
      });
      const at2 = points.filter((p) => p.month === state.month), dx = chart.scale("fx"), dy = chart.scale("fy");
      const cursor = cursorOf(chart, at2.map((p) => ({ x: p.date, y: p.median, text: `${p.sector}, ${monthName(p.month)}: ${show(p.median)}` })));
      const origin = (scale: Plot.Scale | undefined, v: number): number => Number(scale?.apply(v) ?? 0) - Number(scale?.apply(0) ?? 0);
      return { svg: chart, cursor: cursor.map((c, i) => ({ ...c, x: c.x + origin(dx, fx(at2[i]!)), y: c.y + origin(dy, fy(at2[i]!)) })) };
    },
  };
}

export const sectors: FigureSpec = { id: "sectors", selectors: [metricSelector], make };

