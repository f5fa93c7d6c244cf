// The trade deficit as a proportion of exports, by partner: Graph 1 of the policy brief.
import { asBase, at, data, years } from "../data";
import { chosen, Drawing, FigureSpec, Selector } from "../figure";
import { balanced, bandColumns, colours, cursorOf, narrow, ofRuns, Plot, plot, runsText } from "../plot";
import { scenario } from "../state";
import { fixed, homeAdjective, list, region, theBrief } from "../text";

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
  const s = scenario(), y = chosen(year), name = variable + chosen(basis), published = y === "2025" && asBase(s, y) && chosen(basis) !== "";
  const prefix = `${name}/${y}/`;
  const fact = (p: string): number | null => {
    const row = data.validation.find((r) => r.variable === name && r.select["partner"]?.length === 1 && r.select["partner"][0] === p);
    return published ? row?.data ?? null : null;
  };
  const checked = (p: string): boolean => !data.validation.some((r) => r.variable === name && r.select["partner"]?.[0] === p && r.select["partner"].length === 1 && /recalled|from memory|not re-checked/.test(r.source));
  const rows = Object.keys(s.bands).filter((k) => k.startsWith(prefix)).map((k) => {
    const p = k.slice(prefix.length), b = s.bands[k]!, of = (v: (number | null)[]): number | null => (at(v, 0) == null ? null : at(v, 0)! * 100);
    return { key: p, partner: region(p), low: of(b.p05), value: of(b.p50), high: of(b.p95), published: fact(p), checked: checked(p), fellow: data.exporters.includes(p) };
  }).filter((r) => r.value != null).sort((a, b) => a.value! - b.value!);
  // Published figures that were recalled, not checked, stand in no title.
  const words = (p: string): string => {
    const r = rows.find((q) => q.key === p)!, said = r.published != null && r.checked;
    return `${region(p)} (${said ? "model " : ""}${fixed(r.value)} %${said ? `, published ${fixed(r.published)} %` : ""})`;
  };
  const largest = rows[rows.length - 1];
  const compared = [rows.some((r) => r.key === "CN") ? "CN" : largest?.key ?? ""].filter((p) => rows.some((r) => r.key === p));
  // The finding has to hold in the model and in what is published.
  const fellows = rows.filter((r) => r.fellow), others = rows.filter((r) => compared.includes(r.key));
  const below = (of: (r: (typeof rows)[number]) => number | null): number => Math.max(...fellows.map((r) => of(r) ?? -Infinity)) / Math.min(...others.map((r) => of(r) ?? Infinity));
  const part = Math.max(below((r) => r.value), published ? below((r) => r.published) : -Infinity), lead = part < 0.5 ? "are far below" : part < 1 ? "are below" : "are not all below";
  // Fairly said: which partners' deficits are no larger than a member's.
  const top = [...fellows].sort((a, b) => b.value! - a.value!)[0];
  const ratio = (r: (typeof rows)[number]): number => r.value! / (top?.value || NaN), outside = rows.filter((r) => !r.fellow);
  const small = outside.filter((r) => ratio(r) <= 1.15).sort((a, b) => Number(b.published != null) - Number(a.published != null) || b.value! - a.value!);
  const size = small.every((r) => ratio(r) >= 0.85) ? "about" : small.every((r) => ratio(r) < 0.85) ? "below" : "about or below";
  const fair = small.length ? `${list(small.length > 2 ? [`${region(small[0]!.key)}'s`, `those of ${small.length - 1} other partners`] : small.map((r) => `${region(r.key)}'s`))} ${small.length > 1 ? "are" : "is"} ${size} ${region(top!.key)}'s` : "";
  const furthest = rows.filter((r) => r.published && r.checked).sort((a, b) => Math.abs(Math.log(b.value! / b.published!)) - Math.abs(Math.log(a.value! / a.published!)))[0];
  const both = rows.some((r) => r.published != null);
  return {
    title: fellows.length && others.length
      ? `Deficits over exports in ${y} with ${list(data.exporters.map(words))} ${lead} those with ${list(compared.map(words))}${fair ? `; ${fair}` : ""}`
      : "Deficits over exports",
    subtitle: `(${homeAdjective()} imports − exports) / exports of goods, %, ${y}${ofRuns(s, "; dots: median over seeds, bars: 5 to 95 %")}${rows.some((r) => r.published != null) ? `; figures: model / published${rows.some((r) => r.published != null && !r.checked) ? ", r: recalled and not re-checked" : ""}` : ""}${chosen(basis) ? "; re-exports and special classification chapters added at their level of 2024" : ""}`,
    source: `Sources: model, ${runsText(s)}.${published ? ` Published: totals of 2025, some exports recalled (docs/validation.md); compare Graph 1 of ${theBrief} (USITC).` : ""}`,
    badges: balanced(s, years(s)[0] ?? "", "Trade by partner", `Changes since ${years(s)[0]}: nothing was fitted to deficits`, y),
    notes: furthest ? [`Furthest off among the checked figures: ${words(furthest.key)}.`] : [],
    legend: [{ label: "Fellow members of the agreement", color: colours[0]!, kind: "block" }, { label: "Other partners", color: colours[7]!, kind: "circle" },
      ...(both ? [{ label: `Published, ${y}; model predicted`, color: colours[1]!, kind: "diamond" as const }] : []), ...(rows.some((r) => r.published != null && !r.checked) ? [{ label: "Published figure recalled and not re-checked", color: "currentColor", kind: "letter" as const }] : [])],
    columns: [{ key: "partner", label: "Partner" }, ...bandColumns(s, { value: "Median, %", low: "5 %", high: "95 %", published: "Published, %" }).map(([key, label]) => ({ key, label, number: true, format: (v: number) => fixed(v, 1) })), ...(both ? [{ key: "checked", label: "Checked" }] : [])],
    rows: rows.map(({ partner, value, low, high, published: p, checked: c }) => ({ partner, value, low, high, published: p, checked: p == null ? null : c ? "yes" : "recalled" })),
    empty: rows.length ? undefined : "The runs hold no whole calendar year.",
    draw: (width) => {
      const left = narrow(width) ? 112 : 216, reach = (r: (typeof rows)[number]): number => Math.max(r.high ?? 0, r.published ?? 0, 0);
      // On narrow charts one partner far beyond the others would press them together: the axis ends before it, its value is written.
      const ends = rows.map(reach).sort((a, b) => b - a), cap = narrow(width) && ends.length > 2 && ends[0]! > 2.5 * ends[1]! ? ends[1]! * 1.3 : Infinity;
      const to = (v: number | null): number => Math.min(v ?? 0, cap), far = (r: (typeof rows)[number]): number => to(reach(r)), inside = (v: number | null): boolean => v != null && v <= cap;
      const beyond = rows.filter((r) => reach(r) > cap);
      const chart = plot(width, {
        height: 40 + 30 * rows.length, marginLeft: left, marginRight: 100, marginTop: 8,
        x: { label: null, grid: true, nice: cap === Infinity, ...(cap < Infinity ? { domain: [Math.min(0, ...rows.map((r) => r.low ?? r.value!)), cap] } : {}), tickFormat: (v: number) => `${fixed(v)} %`, ticks: Math.max(2, Math.floor((width - left) / 110)) }, y: { domain: rows.map((r) => r.partner), label: null, tickFormat: (t: string) => (narrow(width) ? t.replace("Rest of East and South-East Asia", "Rest of Asia").replace("South and Central America", "S & C America") : t) },
        marks: [
          Plot.ruleX([0], { stroke: "currentColor" }),
          Plot.ruleY(rows, { y: "partner", x1: 0, x2: (r) => to(r.value), stroke: (r) => (r.fellow ? colours[0]! : "var(--c8)"), strokeWidth: 2 }),
          Plot.ruleY(rows.filter((r) => inside(r.high)), { y: "partner", x1: "low", x2: "high", stroke: (r) => (r.fellow ? colours[0]! : "var(--c8)"), strokeWidth: 7, strokeOpacity: 0.35 }),
          ...[true, false].map((fellow) => Plot.dot(rows.filter((r) => r.fellow === fellow && inside(r.value)), { y: "partner", x: "value", symbol: fellow ? "square" : "circle", fill: fellow ? colours[0]! : "var(--c8)", r: 5 })),
          Plot.text(beyond, { y: "partner", x: cap, text: () => "▶", dx: 3, fill: "var(--c8)" }),
          Plot.dot(rows.filter((r) => inside(r.published)), { y: "partner", x: "published", symbol: "diamond", stroke: colours[1], fill: "var(--card)", strokeWidth: 1.8, r: 4, dy: -8 }),
          ...[true, false].map((fellow) => Plot.text(rows.filter((r) => r.fellow === fellow), { y: "partner", x: far, text: (r) => `${fixed(r.value)}${r.published != null ? ` / ${fixed(r.published)}` : ""} %${r.published != null && !r.checked ? " r" : ""}`, textAnchor: "start", dx: 11, fontWeight: fellow ? 700 : 400 })),
          Plot.tip(rows, Plot.pointerY({ y: "partner", x: (r: (typeof rows)[number]) => to(r.value), title: (r: (typeof rows)[number]) => `${r.partner}: ${fixed(r.value, 1)} %${ofRuns(s, ` (${fixed(r.low, 1)} to ${fixed(r.high, 1)})`)}${r.published != null ? `\npublished: ${fixed(r.published)} %` : ""}` })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, rows.map((r) => ({ x: to(r.value), y: r.partner, text: `${r.partner}: ${fixed(r.value)} %${r.published != null ? `, published ${fixed(r.published)} %` : ""}` }))) };
    },
  };
}

export const deficits: FigureSpec = { id: "deficits", selectors: [year, basis], make };

