// The trade deficit as a proportion of exports, by partner: Graph 1 of the policy brief.
import { at, data } from "../data";
import { chosen, Drawing, FigureSpec, Selector } from "../figure";
import { badges, bandColumns, colours, cursorOf, narrow, ofRuns, Plot, plot, runsText } from "../plot";
import { scenario } from "../state";
import { fixed, homeAdjective, list, region } from "../text";

const variable = "us_deficit_over_exports";
const available = (): string[] => [...new Set(Object.keys(scenario().bands).filter((k) => k.startsWith(`${variable}/`)).map((k) => k.split("/")[1]!))].sort();
const year: Selector = {
  key: "deficit-year", label: "Year", initial: () => (available().includes("2025") ? "2025" : available()[0] ?? ""),
  options: () => available().map((value) => ({ value, label: value })),
};
const basis: Selector = {
  key: "deficit-basis", label: "Basis", initial: () => "_published_basis",
  options: () => [{ value: "_published_basis", label: "as published (with re-exports)" }, { value: "", label: "own products only" }],
};

function make(): Drawing {
  const s = scenario(), y = chosen(year), name = variable + chosen(basis), published = y === "2025" && chosen(basis) !== "";
  const prefix = `${name}/${y}/`;
  const fact = (p: string): number | null => {
    const row = data.validation.find((r) => r.variable === name && r.select["partner"]?.length === 1 && r.select["partner"][0] === p);
    return published ? row?.data ?? null : null;
  };
  const rows = Object.keys(s.bands).filter((k) => k.startsWith(prefix)).map((k) => {
    const p = k.slice(prefix.length), b = s.bands[k]!, of = (v: (number | null)[]): number | null => (at(v, 0) == null ? null : at(v, 0)! * 100);
    return { key: p, partner: region(p), low: of(b.p05), value: of(b.p50), high: of(b.p95), published: fact(p), fellow: data.exporters.includes(p) };
  }).filter((r) => r.value != null).sort((a, b) => a.value! - b.value!);
  const words = (p: string): string => `${region(p)} ${fixed(rows.find((r) => r.key === p)?.value)} %`;
  const largest = rows[rows.length - 1];
  const compared = ["CN", ...(largest && largest.key !== "CN" ? [largest.key] : [])].filter((p) => rows.some((r) => r.key === p));
  return {
    title: rows.length
      ? `The ${homeAdjective()} goods deficit over exports in ${y}: ${list(data.exporters.map(words))}; ${list(compared.map(words))}`
      : "Deficits over exports",
    subtitle: `(${homeAdjective()} imports − exports) / exports of goods, %, ${y}${ofRuns(s, "; dots: median over seeds, bars: 5 to 95 %")}${rows.some((r) => r.published != null) ? "; figures: model / published" : ""}${chosen(basis) ? "; re-exports and special classification chapters added at their level of 2024" : ""}`,
    source: `Sources: model, ${runsText(s)}.${published ? " Published: totals of 2025, some exports recalled (docs/validation.md); compare Graph 1 of the policy brief (USITC)." : ""}`,
    badges: badges(s, [{ variable: name, name: "Deficits", select: {} }]),
    legend: [{ label: "Fellow members of the agreement", color: colours[0]!, kind: "circle" }, { label: "Other partners", color: colours[7]!, kind: "circle" }, ...(rows.some((r) => r.published != null) ? [{ label: "Published, 2025", color: colours[1]!, kind: "diamond" as const }] : [])],
    columns: [{ key: "partner", label: "Partner" }, ...bandColumns(s, { value: "Median, %", low: "5 %", high: "95 %", published: "Published, %" }).map(([key, label]) => ({ key, label, number: true, format: (v: number) => fixed(v, 1) }))],
    rows: rows.map(({ partner, value, low, high, published: p }) => ({ partner, value, low, high, published: p })),
    empty: rows.length ? undefined : "The runs hold no whole calendar year.",
    draw: (width) => {
      const left = narrow(width) ? 112 : 216, far = (r: (typeof rows)[number]): number => Math.max(r.high ?? 0, r.published ?? 0, 0);
      const chart = plot(width, {
        height: 40 + 30 * rows.length, marginLeft: left, marginRight: 100, marginTop: 8,
        x: { label: null, grid: true, nice: true, tickFormat: (v: number) => `${fixed(v)} %`, ticks: Math.max(2, Math.floor((width - left) / 110)) }, y: { domain: rows.map((r) => r.partner), label: null, tickFormat: (t: string) => (narrow(width) ? t.replace("Rest of East and South-East Asia", "Rest of Asia").replace("South and Central America", "S & C America") : t) },
        marks: [
          Plot.ruleX([0], { stroke: "currentColor" }),
          Plot.ruleY(rows, { y: "partner", x1: 0, x2: "value", stroke: (r) => (r.fellow ? colours[0]! : "var(--c8)"), strokeWidth: 2 }),
          Plot.ruleY(rows, { y: "partner", x1: "low", x2: "high", stroke: (r) => (r.fellow ? colours[0]! : "var(--c8)"), strokeWidth: 7, strokeOpacity: 0.35 }),
          Plot.dot(rows, { y: "partner", x: "value", fill: (r) => (r.fellow ? colours[0]! : "var(--c8)"), r: 5 }),
          Plot.dot(rows.filter((r) => r.published != null), { y: "partner", x: "published", symbol: "diamond", stroke: colours[1], strokeWidth: 2.2, r: 6 }),
          ...[true, false].map((fellow) => Plot.text(rows.filter((r) => r.fellow === fellow), { y: "partner", x: far, text: (r) => `${fixed(r.value)}${r.published != null ? ` / ${fixed(r.published)}` : ""} %`, textAnchor: "start", dx: 11, fontWeight: fellow ? 700 : 400 })),
          Plot.tip(rows, Plot.pointerY({ y: "partner", x: "value", title: (r) => `${r.partner}: ${fixed(r.value, 1)} %${ofRuns(s, ` (${fixed(r.low, 1)} to ${fixed(r.high, 1)})`)}${r.published != null ? `\npublished: ${fixed(r.published)} %` : ""}` })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, rows.map((r) => ({ x: r.value, y: r.partner, text: `${r.partner}: ${fixed(r.value)} %${r.published != null ? `, published ${fixed(r.published)} %` : ""}` }))) };
    },
  };
}

export const deficits: FigureSpec = { id: "deficits", selectors: [year, basis], make };

