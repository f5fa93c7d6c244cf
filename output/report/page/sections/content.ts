// Whose value is in whose exports, beside the table of the policy brief.
import { asBase, at, data, fittedParts, Mark, marks, monthDate, Part, yearMean, years } from "../data";
import { Badge, chosen, Drawing, FigureSpec, Selector } from "../figure";
import { assumedLegend, assumedShade, badges, colours, cursorOf, departed, horizon, monthAxis, monthLegend, monthRule, narrow, ofRuns, bandColumns, Plot, plot, runsText } from "../plot";
import { monthIndex, scenario, state } from "../state";
import { exportsOf, fixed, homeAdjective, list, monthName, percent, region, sector, signed, theBrief, upper } from "../text";

const exportSector: Selector = {
  key: "content-sector", label: "Exports of", initial: () => "manufacturing",
  options: () => [...new Set([...data.content_sectors, ...data.goods])].filter((s) => data.content_sectors.includes(s) || data.scenarios[0]!.means[`content/${data.exporters[0]}/${s}/asia`])
    .map((value) => ({ value, label: sector(value) })),
};
const source: Selector = {
  key: "content-source", label: "Value added of", initial: () => data.home,
  options: () => [data.home, ...Object.keys(data.groups)].map((value) => ({ value, label: region(value) })),
};
const series = (exporter: string): { p05?: (number | null)[]; p50?: (number | null)[]; p95?: (number | null)[] } => {
  const s = scenario(), name = `content/${exporter}/${chosen(exportSector)}/${chosen(source)}`;
  return s.bands[name] ?? { p50: s.means[name] };
};
const whose = (): string => (chosen(source) === data.home ? `${homeAdjective()} value added` : `Value added of ${region(chosen(source))}`);

function table(): Drawing {
  const s = scenario(), m = monthIndex(), year = years(s)[0] ?? s.months[0]!.slice(0, 4);
  const published = (x: string): number | null =>
    (chosen(source) === data.home ? data.facts.content.find((c) => c.exporter === x && c.sector === chosen(exportSector))?.value ?? null : null);
  const kindOf = (x: string): Mark | null => (published(x) == null ? null : data.facts.content.find((c) => c.exporter === x && c.sector === chosen(exportSector))!.kind);
  const rows = data.content_exporters.map((x) => {
    const b = series(x), low = at(b.p05, m), value = at(b.p50, m), high = at(b.p95, m);
    return { exporter: region(x), key: x, first: percentOf(yearMean(s, b.p50, year)), value: percentOf(value), low: percentOf(low), high: percentOf(high), published: published(x), kind: kindOf(x) };
  });
  const of = (x: string): (typeof rows)[number] | undefined => rows.find((r) => r.key === x);
  const main = of(state.exporter), asia = of("asia");
  const times = main?.value != null && asia?.value ? `, ${fixed(main.value / asia.value, 1)} times its share in those of ${region("asia")}` : "";
  const against = main?.published != null ? ` (published for 2022: ${fixed(main.published, 1)} %)` : "";
  // The same points are counted, named and drawn.
  const points = { calibrated: rows.filter((r) => r.kind === "calibrated"), predicted: rows.filter((r) => r.kind === "predicted") }, fitted = points.calibrated.length, all = fitted + points.predicted.length;
  const names = (kind: keyof typeof points): string => (points[kind].length === all ? `all ${all} published figures (${list(points[kind].map((r) => r.exporter))})` : `the published figures of ${list(points[kind].map((r) => r.exporter))}`);
  return {
    title: `${whose()} is ${fixed(main?.value, 1)} % of ${region(state.exporter)}'s ${exportsOf(chosen(exportSector))} in ${monthName(state.month)}${against}${times}`,
    subtitle: `${whose()} embodied in gross exports, % of their value${ofRuns(s, chosen(source) === data.home ? "; bars: 5 to 95 % over seeds" : "; means over seeds")}${all ? "; figures: model / published" : ""}${times ? "; “times”: of shares before rounding" : ""}`,
    source: `${all ? "Sources" : "Source"}: model, ${runsText(s)}${all ? `; published: OECD TiVA, 2022, Table 1 of ${theBrief} (${homeAdjective()} value added only)` : ""}.`,
    badges: all && asBase(s, state.month) ? [
      ...(fitted ? [{ kind: "calibrated" as const, text: `The base year was balanced to ${names("calibrated")}` }] : []),
      ...(fitted < all ? [{ kind: "predicted" as const, text: `What stands beside ${names("predicted")}, to which nothing was fitted` }] : []),
      { kind: "predicted", text: `Every change since ${year}` }, ...horizon(s, state.month)] : inPart(data.content_exporters.map((x) => ({ exporter: x, source: chosen(source) })), year, state.month),
    legend: [{ label: monthName(state.month), color: colours[0]!, kind: "circle" }, { label: `mean of ${year}`, color: colours[7]!, kind: "ring" }, ...(fitted ? [{ label: `published, 2022; model ${asBase(s, state.month) ? "" : `of ${year} `}fitted`, color: colours[1]!, kind: "solid" as const }] : []), ...(fitted < all ? [{ label: "published, 2022; model predicted", color: colours[1]!, kind: "diamond" as const }] : [])],
    columns: [{ key: "exporter", label: "Exporter" }, ...bandColumns(s, { first: `Mean of ${year}`, value: monthName(state.month), low: "5 %", high: "95 %", published: "Published, 2022" }).map(([key, label]) => ({ key, label, number: true, format: (v: number) => fixed(v, 2) })), { key: "kind", label: "Model at the published figure" }],
    rows: rows.map(({ exporter, first, value, low, high, published: p, kind }) => ({ exporter, first, value, low, high, published: p, kind: kind && marks[kind] })),
    draw: (width) => {
      const left = narrow(width) ? 112 : 190;
      const chart = plot(width, {
        height: 44 + 40 * rows.length, marginLeft: left, marginRight: all ? 84 : 54, marginTop: 8,
        x: { label: null, grid: true, zero: true, nice: true, tickFormat: (v: number) => `${v} %`, ticks: Math.max(3, Math.floor((width - left) / 90)) }, y: { domain: rows.map((r) => r.exporter), label: null, tickFormat: (t: string) => shorten(t, narrow(width)) },
        marks: [
          Plot.ruleY(rows, { y: "exporter", x1: 0, x2: "value", stroke: "var(--line)" }),
          Plot.ruleY(rows.filter((r) => r.low != null), { y: "exporter", x1: "low", x2: "high", stroke: colours[0], strokeWidth: 5, strokeOpacity: 0.4 }),
          Plot.dot(rows, { y: "exporter", x: "first", stroke: "var(--c8)", strokeWidth: 2, r: 4, dy: 10 }),
          Plot.dot(rows, { y: "exporter", x: "value", fill: colours[0], r: 4.5 }),
          ...(["calibrated", "predicted"] as const).map((kind) => Plot.dot(points[kind], { y: "exporter", x: "published", symbol: "diamond", stroke: colours[1], fill: kind === "calibrated" ? colours[1] : "var(--card)", strokeWidth: 1.6, r: 4, dy: -10 })),
          Plot.text(rows, { y: "exporter", x: (r) => Math.max(r.value ?? 0, r.high ?? 0, r.published ?? 0, r.first ?? 0), text: (r) => `${fixed(r.value, 1)}${r.published != null ? ` / ${fixed(r.published, 1)}` : ""}`, dx: 12, textAnchor: "start" }),
          Plot.tip(rows, Plot.pointerY({ y: "exporter", x: "value", title: (r) => `${r.exporter}: ${fixed(r.value, 2)} %\nmean of ${year}: ${fixed(r.first, 2)} %${r.published != null ? `\npublished, 2022: ${fixed(r.published, 1)} %` : ""}` })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, rows.map((r) => ({ x: r.value ?? 0, y: r.exporter, text: `${r.exporter}: ${fixed(r.value, 1)} %${r.published != null ? `, published ${fixed(r.published, 1)} %` : ""}` }))) };
    },
  };
}
/** "China's share in the exports of Mexico", by source. */
function partsInWords(parts: Part[]): string {
  const sources = [...new Set(parts.map((p) => p.source))];
  return list(sources.map((src) => `${src === data.home ? `the ${homeAdjective()}` : `${region(src)}'s`} share in the exports of ${list([...new Set(parts.filter((p) => p.source === src).map((p) => region(p.exporter)))])}`));
}
/** Where no published figure stands beside what is drawn, a part of it may still be one to which the base year was balanced. `only`: the month that the chart shows. */
function inPart(drawn: Part[], year: string, only = ""): Badge[] {
  const parts = drawn.map((d) => fittedParts(d.exporter, chosen(exportSector), d.source)), inside = parts.flatMap((p) => p.parts);
  if (!inside.length || (only ? !asBase(scenario(), only) : !asBase(scenario(), year))) return badges(scenario(), [{ variable: "none", name: "Shares and their changes", select: {} }], only);
  return [{ kind: "calibrated", text: `A part of what is drawn: the base year was balanced to ${partsInWords(inside)}` }, { kind: "predicted", text: `All else, and every change since ${year}` }, ...departed(scenario(), only), ...horizon(scenario(), only)];
}
const percentOf = (share: number | null): number | null => (share == null ? null : share * 100);
const shorten = (text: string, small: boolean): string => (small ? text.replace("South-Eastern Asia", "SE Asia").replace("East and South-East Asia", "E & SE Asia").replace("South and Central America", "S & C America") : text);

/** "rose from 14.9 to 15.7 %", "stayed at 17.9 %"; nothing where a month has no value. */
function went(from: number | null, to: number | null): string {
  if (from == null || to == null) return "";
  const [a, b] = [fixed(from * 100, 1), fixed(to * 100, 1)];
  return a === b ? `stayed at ${b} %` : Math.abs(to - from) < 0.0025 ? `hardly moved (${a} to ${b} %)` : `${to > from ? "rose" : "fell"} from ${a} to ${b} %`;
}

/** The share itself hardly moves on an axis that holds all three: drawn is its change, and the legend says where it began. */
function overTime(): Drawing {
  const s = scenario(), sources = [data.home, ...Object.keys(data.groups)], name = (src: string): string => `content/${state.exporter}/${chosen(exportSector)}/${src}`;
  const start = s.months[0]!, goods = exportsOf(chosen(exportSector));
  const all = sources.map((src, i) => {
    const values = s.bands[name(src)]?.p50 ?? s.means[name(src)];
    return { src, color: colours[[6, 1, 0][i] ?? 7]!, dash: ["", "7 3", "2 3"][i] ?? "", kind: (["line", "dash", "dots"] as const)[i] ?? "line", values, first: at(values, 0) };
  });
  const rows = all.flatMap((a) => s.months.map((month, i) => ({ source: region(a.src), src: a.src, month, date: monthDate(month), share: at(a.values, i), points: pointsSince(a.first, at(a.values, i)) }))).filter((r) => r.points != null);
  // The bloc first, then its home region, then the other blocs; what moved by less than a quarter of a point hardly moved.
  const bloc = (src: string): boolean => !!data.groups[src]?.includes(data.home), order = [...all.filter((a) => bloc(a.src)), ...all.filter((a) => a.src === data.home), ...all.filter((a) => a.src !== data.home && !bloc(a.src))];
  const moves = order.map((a, i) => ({ name: a.src === data.home && i > 0 ? `the ${homeAdjective()} part of it` : `${a.src === "asia" ? "Asia" : region(a.src)}'s${i ? "" : " share"}`, words: went(a.first, at(a.values, monthIndex())) })).filter((a) => a.words);
  const started = years(s)[0] ?? "";
  const statistic = all.some((a) => s.bands[name(a.src)]) ? `; median over seeds of the ${region(data.home)}, means of groups of regions` : "; means over seeds";
  return {
    title: moves.length
      ? `Value added in ${region(state.exporter)}'s ${goods}: ${list(moves.map((a) => `${a.name} ${a.words}`))} (${monthName(start)} to ${monthName(state.month)})`
      : `Value added in ${region(state.exporter)}'s exports by month`,
    subtitle: `Change since ${monthName(start)} of the share of value added in ${region(state.exporter)}'s gross ${goods}, percentage points, by month; in the legend the share in ${monthName(start)}${ofRuns(s, statistic)}`,
    source: `Source: model, ${runsText(s)}.`,
    badges: sourcesFitted(sources, started, start),
    legend: [...all.map((a) => ({ label: `${region(a.src)} (${percent(a.first, 1)})`, color: a.color, kind: a.kind })), monthLegend(), ...assumedLegend(s)],
    columns: [{ key: "source", label: "Value added of" }, { key: "month", label: "Month" }, { key: "share", label: "Share", number: true, format: (v) => percent(v, 2) }, { key: "points", label: "Points since the start", number: true, format: (v) => signed(v, 2) }],
    rows: rows.map(({ source: src, month, share, points }) => ({ source: src, month, share, points })),
    empty: rows.length ? undefined : "The runs hold no value of the first month.",
    draw: (width) => {
      const chart = plot(width, {
        height: narrow(width) ? 260 : 300, x: monthAxis(width), y: { label: null, grid: true, nice: true, ticks: 6, tickFormat: (v: number) => signed(v, Math.max(...rows.map((r) => Math.abs(r.points!))) < 0.8 ? 2 : 1) },
        marks: [
          assumedShade(s),
          Plot.ruleY([0], { stroke: "currentColor" }),
          monthRule(),
          ...all.map((a) => Plot.line(rows.filter((r) => r.src === a.src), { x: "date", y: "points", stroke: a.color, strokeWidth: 2.5, strokeDasharray: a.dash })),
          Plot.tip(rows, Plot.pointer({ x: "date", y: "points", title: (r) => `${upper(r.source)}, ${monthName(r.month)}: ${signed(r.points, 2)} points, to ${percent(r.share, 2)}` })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, rows.filter((r) => r.src === data.home).map((r) => ({ x: r.date, y: r.points, text: `${monthName(r.month)}: ${rows.filter((q) => q.month === r.month).map((q) => `${q.source} ${percent(q.share, 1)}, ${signed(q.points, 2)} points`).join("; ")}` }))) };
    },
  };
}
/** Of the lines over time: whose share, or a part of it, the base year was balanced to. */
function sourcesFitted(sources: string[], year: string, start: string): Badge[] {
  const s = scenario(), own = (src: string): string => (src === data.home ? `the ${homeAdjective()} share` : `${region(src)}'s share`), all = sources.map((src) => ({ src, ...fittedParts(state.exporter, chosen(exportSector), src) }));
  const whole = all.filter((a) => a.whole).map((a) => own(a.src)), part = all.filter((a) => !a.whole && a.parts.length).map((a) => `${list([...new Set(a.parts.map((p) => (p.source === data.home ? `the ${homeAdjective()}` : `${region(p.source)}'s`)))])} part of ${own(a.src)}`);
  if ((!whole.length && !part.length) || !asBase(s, year)) return badges(s, [{ variable: "none", name: "Shares and their changes", select: {} }]);
  return [{ kind: "calibrated", text: `Levels of ${year} (in the legend): the base year was balanced to ${list([...whole, ...part])}` }, { kind: "predicted", text: `All else, and every change since ${monthName(start)}` }, ...departed(s), ...horizon(s)];
}
const pointsSince = (from: number | null, to: number | null): number | null => (from == null || to == null ? null : (to - from) * 100);

export const content: FigureSpec = { id: "content-table", selectors: [exportSector, source], make: table };
export const contentByMonth: FigureSpec = { id: "content-months", make: overTime };
