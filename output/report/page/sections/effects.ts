// What each policy changes against the base, with intervals; and what an exemption costs and brings.
import { Comparison, data, dutyRate, Effect, EffectKey, Estimate, Exemption, isAssumed } from "../data";
import { h } from "../dom";
import { Badge, badgeItem, chosen, Drawing, FigureSpec, Selector } from "../figure";
import { colours, cursorOf, narrow, Plot, plot } from "../plot";
import { onChange, scenario } from "../state";
import { RowOf, sortableTable } from "../table";
import { authority, figures, fixed, inWords, list, monthName, monthSpan, region, sector, signed, upper } from "../text";

const none = `No effects are in this page${data.no_comparison ? `: ${data.no_comparison}` : ""}. ./nearshore compare BASE OTHER… -o report.html makes one with effects.`;
const comparison = (): Comparison => data.comparison!;
const place = (key: string): string => (key ? region(key) : "");

/** An outcome in words: "claim share recorded, Mexico to United States". */
export function keyName(k: EffectKey): string {
  const link: Record<string, string> = { content: "with value added of", dependence: "from", deficits: "with" };
  const lane = k.region && k.partner ? `${place(k.region)} ${link[k.what] ?? "to"} ${place(k.partner)}` : place(k.region) || (k.partner ? place(k.partner) : "");
  const detail = data.names.authorities[k.detail] ? authority(k.detail) : inWords(k.detail);
  return [upper(inWords(k.variable)), lane, k.sector ? sector(k.sector) : "", detail].filter(Boolean).join(", ");
}
const unitOf = (k: EffectKey): string => (k.unit === "%" ? "percentage points" : k.unit);

const closure: Selector = { key: "effects-closure", label: "Closure", initial: () => "0", options: () => comparison().closures.map((c, i) => ({ value: String(i), label: inWords(c) })) };
const period: Selector = { key: "effects-period", label: "Months", initial: () => String(comparison().periods.length - 1), options: () => comparison().periods.map((p, i) => ({ value: String(i), label: p.label })) };
const outcome: Selector = {
  key: "effects-outcome", label: "Outcome", initial: () => outcome.options()[0]?.value ?? "",
  options: () => comparison().keys.map((k, i) => ({ k, i })).filter(({ k }) => k.headline).map(({ k, i }) => ({ value: String(i), label: keyName(k) })),
};
const topic: Selector = { key: "effects-topic", label: "The table shows", initial: () => "headline", options: () => [{ value: "headline", label: "main outcomes" }, { value: "", label: "all" }, ...[...new Set(comparison().keys.map((k) => k.what))].map((w) => ({ value: w, label: inWords(w) }))] };
const policyName = (i: number): string => comparison().policies[i]?.title ?? "";

const source = (): string => {
  const c = comparison(), seeds = c.seeds;
  return `Source: model, paired by seed (${seeds.length} seeds, ${seeds[0]} to ${seeds[seeds.length - 1]}), ${c.firms.toLocaleString("en-US")} firms; bars: 90 % intervals of the mean (Student's t over seeds). They hold luck, not what is unknown of parameters. nearshore ${data.version}, commit ${data.commit.slice(0, 8)}.`;
};
/** What an effect is: of rules that are supposed, and where the months are later than the law known, of that too. */
const scenarioBadge = (): Badge => {
  const last = data.comparison?.periods[Number(chosen(period))]?.last ?? "", base = data.scenarios[0]!;
  return { kind: "scenario", text: `The policies' rules${isAssumed(base, last) ? `, and the law after ${monthName(base.known_until.slice(0, 7))}` : ""}: effects are differences between computed worlds, not forecasts` };
};

/** The policy that is asked about: the scenario chosen above, at first the first one after the base. */
export function askedPolicy(): number {
  const c = comparison(), selected = c.policies.findIndex((p) => p.title === scenario().title);
  return selected > 0 ? selected : 1;
}
/** Costs and gains of that policy over all exporters and sectors, as the selectors stand; nothing where it is no exemption. */
export function askedExemption(): Exemption | undefined {
  return data.comparison ? exemptionsNow().find((x) => x.policy === askedPolicy()) : undefined;
}
const exemptionsNow = (): Exemption[] => {
  const c = comparison();
  return c.exemptions.filter((x) => x.closure === c.closures[Number(chosen(closure))] && x.period === Number(chosen(period)) && !x.exporter && !x.sector);
};
const range = (e: Estimate, show: (v: number | null) => string): string => `${show(e[0])} (${show(e[1])} to ${show(e[2])})`;
const told = (e: Estimate): boolean => e[1] != null && e[2] != null && (e[1] > 0 || e[2] < 0);

/** "“…” forgoes 38.3 billion USD of duty a year and brings 19.3 billion of regional content: 0.50 (0.47 to 0.54) dollars a dollar". */
export function priceInWords(x: Exemption, name = `“${policyName(x.policy)}”`): string {
  const duty = x.forgone[0] ?? 0, content = x.content[0] ?? 0, size = (v: number): string => fixed(Math.abs(v), 1);
  if (!told(x.forgone)) return `${name} forgoes no duty on trade in the region that is told from zero`;
  return `${name} ${duty > 0 ? `forgoes ${size(duty)} billion USD of duty` : `collects ${size(duty)} billion USD more duty`} a year and `
    + (told(x.content) ? `${content > 0 ? "brings" : "loses"} ${size(content)} billion of regional content` : "changes regional content by nothing that is told from zero")
    + (x.per_dollar[0] != null && told(x.content) ? `: ${range(x.per_dollar, (v) => fixed(v, 2))} dollars a dollar` : "");
}
/** "1.48 (1.45 to 1.52) dollars of regional content per dollar of duty forgone (31.6 billion USD a year)". */
export function priceInShort(x: Exemption): string {
  if (x.per_dollar[0] == null || !told(x.forgone) || !told(x.content) || x.forgone[0]! < 0 || x.content[0]! < 0) return priceInWords(x, "It");
  return `${range(x.per_dollar, (v) => fixed(v, 2))} dollars of regional content per dollar of duty forgone (${fixed(x.forgone[0], 1)} billion USD a year)`;
}
/** Where the duty collected is published and the model misses it, what that says of the duty forgone. */
export function dutyWarning(): string {
  const off = data.exporters.map((x) => ({ x, row: dutyRate(x) })).filter(({ row }) => row && row.verdict === "missed" && row.data), high = off.filter(({ row }) => row!.median! > row!.data!);
  if (!off.length) return "";
  const said = off.map(({ x, row }) => `${fixed(row!.median! / row!.data!, 1)} times that collected (${region(x)}${row!.window.length === 2 ? `, ${monthSpan(row!.window[0]!, row!.window[1]!)}` : ""})`);
  return `Duty likely ${high.length === off.length ? "overstated" : high.length ? "off" : "understated"}: the model's is ${list(said)}.`;
}
/** How much of the dollar is deeper content, the rest more trade: ", 2.9 cents of it deeper content". */
export function deeperInWords(x: Exemption): string {
  const deeper = x.deeper_per_dollar[0];
  if (deeper == null || x.per_dollar[0] == null || !told(x.forgone) || !told(x.content)) return "";
  if (!told(x.content_deeper)) return ", none of it deeper content that is told from zero";
  return deeper > 0 ? `, ${fixed(deeper * 100, 1)} cents of it deeper content` : `, ${fixed(-deeper * 100, 1)} cents lost in it by shallower content`;
}
export const askedName = (): string => `“${policyName(askedPolicy())}”`;
/** The first outcome's effect of the policy asked about, for policies that exempt nothing. */
export function effectInWords(): string {
  const c = comparison(), key = Number(chosen(outcome)), k = c.keys[key];
  const e = c.effects.find((x) => x[0] === askedPolicy() && x[1] === Number(chosen(closure)) && x[2] === key && x[3] === Number(chosen(period)));
  if (!k || !e || e[6] == null) return "";
  return `Under “${policyName(e[0])}” the ${keyName(k).replace(/^./, (l) => l.toLowerCase())}, changes by ${signedFigures(e[6])} (${signedFigures(e[7])} to ${signedFigures(e[8])}) ${unitOf(k)}`;
}
export const periodInWords = (): string => { const p = comparison().periods[Number(chosen(period))]!; return p.first === p.last ? monthName(p.first) : p.first.slice(0, 4) === p.last.slice(0, 4) && p.first.endsWith("-01") && p.last.endsWith("-12") ? p.first.slice(0, 4) : `${monthName(p.first)} to ${monthName(p.last)}`; };

interface Dot { policy: string; mean: number | null; lower: number | null; upper: number | null; base: number | null; other: number | null }
const sure = (d: Dot): boolean => d.lower != null && d.upper != null && (d.lower > 0 || d.upper < 0);

function dots(): Drawing {
  const c = comparison(), key = Number(chosen(outcome)), k = c.keys[key]!;
  const rows: Dot[] = c.effects.filter((e: Effect) => e[1] === Number(chosen(closure)) && e[2] === key && e[3] === Number(chosen(period)))
    .map((e) => ({ policy: policyName(e[0]), base: e[4], other: e[5], mean: e[6], lower: e[7], upper: e[8] })).filter((d) => d.mean != null)
    .sort((a, b) => b.mean! - a.mean!);
  const strongest = [...rows].sort((a, b) => Math.abs(b.mean!) - Math.abs(a.mean!))[0];
  const unsure = rows.filter((d) => !sure(d)).length, show = (v: number | null): string => signedFigures(v);
  return {
    title: strongest
      ? `${keyName(k)}: “${strongest.policy}” moves it most, ${show(strongest.mean)} (${show(strongest.lower)} to ${show(strongest.upper)}) ${unitOf(k)}${unsure ? `; ${unsure} of ${rows.length} policies not distinguishable from none` : ""}`
      : `${keyName(k)}: no values`,
    subtitle: `Effect against the base (${policyName(0)}), ${unitOf(k)}, ${c.periods[Number(chosen(period))]!.label}, closure: ${inWords(c.closures[Number(chosen(closure))]!)}; dots: means, bars and brackets: 90 % intervals; filled: the interval leaves out zero`,
    source: source(), badges: [scenarioBadge()], notes: c.notes,
    columns: [{ key: "policy", label: "Policy" }, ...[["base", "Base"], ["other", "With the policy"], ["mean", "Mean"], ["lower", "Lower"], ["upper", "Upper"]].map(([key2, label]) => ({ key: key2!, label: label!, number: true }))],
    rows: rows.map((d) => ({ ...d })), empty: rows.length ? undefined : "No values for this choice.",
    draw: (width) => {
      const wide = width >= 740, small = !wide, left = small ? 16 : 270;
      // Beside a negative dot where there is room: on the other side the text would stand on the line of no effect.
      const [low, high] = [Math.min(0, ...rows.map((d) => d.lower ?? d.mean!)), Math.max(0, ...rows.map((d) => d.upper ?? d.mean!))];
      const before = (d: Dot): boolean => d.mean! < 0 && (((d.lower ?? d.mean!) - low) / (high - low)) * (width - left - 200) > 150;
      // The line of no effect is named; its name stays inside the drawing.
      const zero = -low / (high - low || 1), zeroAnchor = small && zero < 0.15 ? "start" : small && zero > 0.85 ? "end" : "middle";
      const chart = plot(width, {
        height: 60 + (small ? 70 : 36) * rows.length, marginLeft: left, marginRight: wide ? 200 : 16, marginTop: 28,
        x: { label: null, grid: true, nice: true, tickFormat: tick([low, high]), ticks: Math.max(3, Math.floor((width - left - (wide ? 200 : 0)) / 120)) }, y: { domain: rows.map((d) => d.policy), label: null, axis: small ? null : "left", tickFormat: (t: string) => clip(t, 42) },
        marks: [
          Plot.ruleX([0], { stroke: "currentColor", strokeWidth: 2 }),
          Plot.text([0], { x: 0, text: () => "no effect", frameAnchor: "top", lineAnchor: "bottom", dy: -3, textAnchor: zeroAnchor, dx: { start: -3, middle: 0, end: 3 }[zeroAnchor], fontWeight: 700 }),
          Plot.ruleY(rows, { y: "policy", x1: "lower", x2: "upper", stroke: colours[0], strokeWidth: 2.5 }),
          Plot.dot(rows, { y: "policy", x: "mean", stroke: colours[0], strokeWidth: 2, fill: (d: Dot) => (sure(d) ? colours[0]! : "var(--card)"), r: small ? 4 : 5.5 }),
          // Intervals narrower than their dots are not seen: they are written out, beside the dot or, on narrow charts, under the name.
          ...(small ? [] : [true, false].map((on) => Plot.text(rows.filter((d) => before(d) === on), {
            y: "policy", x: (d: Dot) => (on ? d.lower : d.upper) ?? d.mean!, text: (d: Dot) => `${show(d.mean)} (${show(d.lower)} to ${show(d.upper)})`,
            textAnchor: on ? "end" : "start", dx: on ? -10 : 10, fill: "currentColor", stroke: "var(--card)", strokeWidth: 4,
          }))),
          ...(small ? [Plot.text(rows, { y: "policy", frameAnchor: "left", text: (d: Dot) => `${clip(d.policy, (width - 20) / 6.6)}\n${show(d.mean)} (${show(d.lower)} to ${show(d.upper)})`, dy: -9, lineHeight: 1.25, lineAnchor: "bottom", textAnchor: "start", fill: "currentColor", stroke: "var(--card)", strokeWidth: 4 })] : []),
          Plot.tip(rows, Plot.pointerY({ y: "policy", x: "mean", title: (d: Dot) => `${d.policy}\n${show(d.mean)} (${show(d.lower)} to ${show(d.upper)}) ${unitOf(k)}\nbase ${figures(d.base)}, policy ${figures(d.other)}` })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, rows.map((d) => ({ x: d.mean, y: d.policy, text: `${d.policy}: ${show(d.mean)}, ${show(d.lower)} to ${show(d.upper)} ${unitOf(k)}` }))) };
    },
  };
}
/** Figures of an axis, all with the same decimals. */
function tick(values: (number | null)[]): (v: number) => string {
  const size = Math.max(...values.map((v) => Math.abs(v ?? 0))), decimals = size >= 6 ? 0 : size >= 0.6 ? 1 : size >= 0.06 ? 2 : 3;
  return (v) => signed(v, decimals);
}
const signedFigures = (v: number | null): string => (v == null ? "–" : (v > 0 ? "+" : "") + figures(v));
const clip = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** Parts of a sum are indented under it. */
const indent = "\u2003";
const indented = (part: string): boolean => part.startsWith(indent);
const parts: { key: keyof Exemption; label: string }[] = [
  { key: "forgone", label: "Duty forgone" }, { key: "to_qualifying", label: `${indent}on trade that already qualified` },
  { key: "to_new", label: `${indent}on trade that qualifies anew` }, { key: "content", label: "Regional content gained" },
  { key: "content_deeper", label: `${indent}of it from deeper content` }, { key: "home_content", label: `Content of the ${data.home === "US" ? "United States" : region(data.home)} gained` },
];

function price(): Drawing {
  const c = comparison();
  const found = exemptionsNow(), asked = askedExemption() ?? found.find((x) => told(x.forgone));
  const rows = found.flatMap((x) => parts.map((p) => ({ policy: policyName(x.policy), part: p.label, mean: (x[p.key] as Estimate)[0], lower: (x[p.key] as Estimate)[1], upper: (x[p.key] as Estimate)[2] }))).filter((r) => r.mean != null);
  return {
    title: asked
      ? priceInWords(asked) + deeperInWords(asked)
      : "No policy forgoes duties here by an amount that is told from zero",
    subtitle: `Duty forgone by the ${region(c.home)} on trade in the region and content gained against the base (${policyName(0)}), billion USD a year, ${c.periods[Number(chosen(period))]!.label}; negative: the base forgoes it; bars: 90 % intervals`,
    source: source(), badges: [scenarioBadge()],
    notes: found.length ? [...(dutyWarning() ? [dutyWarning()] : []), "Deeper content: a higher share of the region in what is sold; the rest of the gain is more trade.", `Duty forgone by authority: ${found.filter((x) => x.by_authority.length).map((x) => `${policyName(x.policy)}: ${x.by_authority.filter((a) => Math.abs(a.forgone[0] ?? 0) >= 0.05).map((a) => `${authority(a.authority)} ${signed(a.forgone[0], 1)}`).join(", ")}`).join("; ") || "nothing"}.`] : [],
    columns: [{ key: "policy", label: "Policy" }, { key: "part", label: "What" }, ...["mean", "lower", "upper"].map((key) => ({ key, label: upper(key), number: true, format: (v: number) => fixed(v, 2) }))],
    rows, empty: rows.length ? undefined : "No exemption is compared.",
    draw: (width) => {
      const small = narrow(width), left = small ? 8 : 230, policies = [...new Set(rows.map((r) => r.policy))];
      const chart = plot(width, {
        height: 30 + policies.length * (parts.length * (small ? 36 : 22) + (small ? 44 : 34)), marginLeft: left, marginRight: 60, marginTop: 26,
        x: { label: null, grid: true, nice: true, ticks: Math.max(2, Math.floor((width - left) / 110)), tickFormat: tick(rows.flatMap((r) => [r.lower ?? r.mean, r.upper ?? r.mean])) }, y: { domain: parts.map((p) => p.label), label: null, axis: null, padding: small ? 0.5 : 0.1 }, fy: { domain: policies, axis: null, padding: 0.18 },
        marks: [
          Plot.text(policies, { fy: (p: string) => p, text: (p: string) => clip(p, (small ? width - 16 : width - left - 8) / 6.8), frameAnchor: "top-left", dy: -14, dx: 0, fontWeight: 700 }),
          Plot.ruleX([0], { stroke: "currentColor" }),
          ...[true, false].map((duty) => Plot.barX(rows.filter((r) => /^(Duty|\u2003on) /.test(r.part) === duty), { fy: "policy", y: "part", x: "mean", fill: duty ? colours[1]! : colours[0]!, fillOpacity: duty ? 0.5 : 0.9 })),
          Plot.ruleY(rows, { fy: "policy", y: "part", x1: "lower", x2: "upper", stroke: "currentColor", strokeWidth: 1.5 }),
          ...[false, true].map((part) => Plot.text(rows.filter((r) => indented(r.part) === part), { fy: "policy", y: "part", text: (r) => r.part.trim(), frameAnchor: "left", textAnchor: "start", dy: small ? -15 : 0, dx: (small ? 0 : 12 - left) + (part ? 16 : 0), stroke: "var(--card)", strokeWidth: small ? 3 : 0, fill: "currentColor" })),
          Plot.text(rows, { fy: "policy", y: "part", x: (r) => Math.max(0, r.upper ?? r.mean ?? 0), text: (r) => fixed(r.mean, 1), textAnchor: "start", dx: 5 }),
          Plot.tip(rows, Plot.pointerY({ fy: "policy", y: "part", x: "mean", title: (r) => `${r.policy}\n${r.part}: ${fixed(r.mean, 1)} (${fixed(r.lower, 1)} to ${fixed(r.upper, 1)}) billion USD a year` })),
        ],
      });
      const fy = chart.scale("fy"), cursor = cursorOf(chart, rows.map((r) => ({ x: r.mean, y: r.part, text: `${r.policy}, ${r.part}: ${fixed(r.mean, 1)} billion USD a year` })));
      return { svg: chart, cursor: cursor.map((p, i) => ({ ...p, y: p.y + Number(fy?.apply(rows[i]!.policy) ?? 0) - Number(fy?.apply(policies[0]) ?? 0) })) };
    },
  };
}

/** Where an outcome stands in the table: what is asked about first. */
const asked = ["claims", "content", "trade"];
function placeOf(e: Effect): number {
  const what = comparison().keys[e[2]]!.what, at = asked.indexOf(what);
  return (at < 0 ? asked.length : at) * 1e6 + e[2] * 100 + e[0];
}
/** Why there are no effects, said once, where there are none. */
export const noEffects = (): HTMLElement => h("p", {}, none);
/** Every effect, to be sorted; follows the closure and months chosen above it. */
export function effectsTable(): HTMLElement {
  const table = sortableTable("effects-table", [
    { key: "policy", label: "Policy" }, { key: "outcome", label: "Outcome", order: (r) => r["place"] ?? null }, { key: "unit", label: "Unit" },
    ...[["base", "Base"], ["other", "With the policy"], ["effect", "Effect"], ["lower", "Lower"], ["upper", "Upper"]].map(([key, label]) => ({ key: key!, label: label!, number: true, strong: (r: RowOf) => key === "effect" && r["sure"] === "yes" })),
  ], { key: "outcome", down: false }); // claims, content, imports first; figures of one outcome, thus of one unit, stand together
  const heading = h("h3", {}), origin = h("p", { class: "source" }), badge = h("ul", { class: "badges", "aria-label": "What these figures are" });
  const update = (): void => {
    origin.textContent = source();
    const c = comparison(), wanted = chosen(topic);
    const rows = c.effects.filter((e) => e[1] === Number(chosen(closure)) && e[3] === Number(chosen(period)))
      .filter((e) => wanted === "" || (wanted === "headline" ? c.keys[e[2]]!.headline : c.keys[e[2]]!.what === wanted))
      .map((e): RowOf => ({ policy: policyName(e[0]), outcome: keyName(c.keys[e[2]]!), unit: unitOf(c.keys[e[2]]!), base: e[4], other: e[5], effect: e[6], lower: e[7], upper: e[8], place: placeOf(e), sure: e[7] != null && e[8] != null && (e[7] > 0 || e[8] < 0) ? "yes" : "no" }));
    const certain = rows.filter((r) => r["sure"] === "yes").length, which = wanted === "headline" ? "main outcomes" : wanted ? inWords(wanted) : "";
    heading.textContent = `${certain} of ${rows.length} effects${which ? ` (${which})` : ""} are told from zero${certain < rows.length ? `; ${rows.length - certain} may be luck` : ""}`;
    badge.replaceChildren(badgeItem(scenarioBadge()));
    table.set(rows, `Effects against ${policyName(0)}, ${c.periods[Number(chosen(period))]!.label}, closure ${inWords(c.closures[Number(chosen(closure))]!)}: ${rows.length} rows; bold: the 90 % interval leaves out zero`);
  };
  onChange(update);
  update();
  return h("div", { class: "chart" }, heading, badge, table.element, origin);
}

export const effects: FigureSpec = { id: "effects", selectors: [outcome, period, closure, topic], make: dots };
export const exemptionPrice: FigureSpec = { id: "exemptions", make: price };
