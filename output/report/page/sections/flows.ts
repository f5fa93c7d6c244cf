// Who delivers intermediate goods to whom: a Sankey diagram of one month.
import { sankey, sankeyLinkHorizontal, SankeyGraph, SankeyNode } from "d3-sankey";
import { asBase, at, data, isAssumed, Mark, Scenario, sum, yearMean, years } from "../data";
import { chosen, Drawing, Drawn, FigureSpec, Selector } from "../figure";
import { balanced, narrow, ofRuns, runsText } from "../plot";
import { monthIndex, scenario, state } from "../state";
import { billion, fixed, list, monthName, percent, region, theBrief, upper, wholes } from "../text";

const detail: Selector = {
  key: "flows-regions", label: "Regions", initial: () => "blocs",
  options: () => [{ value: "blocs", label: "three blocs" }, { value: "members", label: "members, Asia as one" }, { value: "all", label: "all regions" }],
};
/** The bloc of the home region, and the others. */
const homeBloc = (): [string, string[]] => Object.entries(data.groups).find(([, members]) => members.includes(data.home)) ?? ["", [data.home]];
const otherBlocs = (): [string, string[]][] => Object.entries(data.groups).filter(([, members]) => !members.includes(data.home));

/** Told apart in grey as well. */
const blocColours = ["var(--b1)", "var(--b2)", "var(--b3)"];
interface Place { key: string; members: string[]; color: string }
/** Who sells and buys. Of blocs at first: thin bands that cross are hardly read. */
function places(): Place[] {
  const [homeName, home] = homeBloc();
  if (chosen(detail) === "blocs" && homeName) {
    const blocs = [...otherBlocs().map(([key, members]) => ({ key, members, color: blocColours[1]! })), { key: homeName, members: home, color: blocColours[0]! }].reverse();
    const rest = data.regions.filter((r) => !blocs.some((b) => b.members.includes(r)));
    return [...blocs, ...(rest.length ? [{ key: "others", members: rest, color: blocColours[2]! }] : [])];
  }
  const out: Place[] = home.map((r) => ({ key: r, members: [r], color: blocColours[0]! }));
  const taken = new Set(home);
  for (const [name, members] of otherBlocs()) {
    members.forEach((m) => taken.add(m));
    if (chosen(detail) === "members") out.push({ key: name, members, color: blocColours[1]! });
    else members.forEach((m) => out.push({ key: m, members: [m], color: blocColours[1]! }));
  }
  for (const r of data.regions.filter((x) => !taken.has(x))) out.push({ key: r, members: [r], color: blocColours[2]! });
  return out;
}

interface Flow { from: Place; to: Place; value: number }
function flows(all = places()): Flow[] {
  const s = scenario(), m = monthIndex();
  const between = (a: Place, b: Place): number => sum(a.members.flatMap((x) => b.members.map((y) => at(s.means[`flows/${x}/${y}`], m))));
  return all.flatMap((from) => all.map((to) => ({ from, to, value: between(from, to) }))).filter((f) => f.value > 0);
}

type Node = { place: Place; side: number };
type Link = { flow: Flow };
const svgNames = "http://www.w3.org/2000/svg";
function element(name: string, attributes: Record<string, string | number>, ...children: (Node_ | string)[]): SVGElement {
  const e = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, String(value));
  e.append(...children);
  return e;
}
type Node_ = globalThis.Node;

/** Lines of a name that are narrow enough for the margin of a small screen. */
function wrapped(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines[lines.length - 1];
    if (last != null && last.length + word.length < 11) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Narrow charts of all regions leave out bands below this part of the trade, and say so. */
const thin = 0.01;

function draw(width: number): Drawn {
  const small = narrow(width), every = flows(), traded = sum(every.map((f) => f.value)), all = every.filter((f) => !small || f.value >= thin * traded);
  const shown = places(), few = shown.length < 6, omitted = all.length < every.length;
  const margin = small ? 76 : 205, bottom = omitted ? 24 : 8, height = Math.max(small ? 420 : 480, shown.length * (small ? 30 : 34)) - (few ? (small ? 80 : 100) : 0);
  const total = (n: Node): number => sum(every.filter((f) => (n.side ? f.to : f.from).key === n.place.key).map((f) => f.value));
  const nodes: Node[] = [0, 1].flatMap((side) => shown.filter((p) => all.some((f) => (side ? f.to : f.from) === p || (side ? f.to : f.from).key === p.key)).map((place) => ({ place, side })));
  const find = (key: string, side: number): number => nodes.findIndex((n) => n.place.key === key && n.side === side);
  const graph: SankeyGraph<Node, Link> = sankey<Node, Link>().nodeWidth(10).nodePadding(small ? 11 : 12).nodeSort(null).linkSort(null)
    .extent([[margin, 26], [width - margin, height - bottom]])({
      nodes: nodes.map((n) => ({ ...n })),
      links: all.map((flow) => ({ source: find(flow.from.key, 0), target: find(flow.to.key, 1), value: flow.value, flow })),
    });
  const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-size": small ? 11 : 12 }) as SVGSVGElement;
  svg.append(element("text", { x: margin, y: 14, "text-anchor": "start", "font-weight": 700 }, "Sold by"), element("text", { x: width - margin, y: 14, "text-anchor": "end", "font-weight": 700 }, "Bought by"));
  if (omitted) svg.append(element("text", { x: width / 2, y: height - 4, "text-anchor": "middle" }, `Bands below ${percent(thin)} of the trade: in the data only`));
  const path = sankeyLinkHorizontal<Node, Link>();
  const tip = element("g", { "data-mark": "tip", visibility: "hidden", "pointer-events": "none" });
  const drawn = graph.links.map((l) => {
    const { from, to, value } = l.flow;
    const p = element("path", { d: path(l) ?? "", fill: "none", stroke: from.color, "stroke-width": Math.max(0.75, l.width ?? 0), "stroke-opacity": 0.5, class: "link" });
    return { p, from, to, value, x: width / 2, y: ((l.y0 ?? 0) + (l.y1 ?? 0)) / 2, text: `${region(from.key)} to ${region(to.key)}: ${billion(value)}` };
  });
  svg.append(...drawn.map((d) => d.p));
  // Few bands have room for their values, beside the seller.
  if (few) for (const l of graph.links.filter((b) => (b.width ?? 0) > 8)) svg.append(element("text", { x: margin + 15, y: l.y0 ?? 0, dy: "0.32em", "font-weight": 700, "font-size": small ? 11 : 13 }, fixed(l.flow.value / 1000)));
  // What the home bloc buys, beside it: the value and its part of all that it buys.
  const own = homeBloc()[0], parts = every.filter((f) => f.to.key === own), ownAll = sum(parts.map((f) => f.value)), shares = wholes(parts.map((f) => (100 * f.value) / ownAll));
  if (few) for (const l of graph.links.filter((b) => b.flow.to.key === own && (b.width ?? 0) > 8)) svg.append(element("text", { x: width - margin - 15, y: l.y1 ?? 0, dy: "0.32em", "text-anchor": "end", "font-weight": 700, "font-size": small ? 11 : 13 }, `${fixed(l.flow.value / 1000)} (${fixed(shares[parts.indexOf(l.flow)])} %)`));
  for (const n of graph.nodes as SankeyNode<Node, Link>[]) {
    const y = ((n.y0 ?? 0) + (n.y1 ?? 0)) / 2, left = n.side === 0;
    svg.append(element("rect", { x: n.x0 ?? 0, y: n.y0 ?? 0, width: (n.x1 ?? 0) - (n.x0 ?? 0), height: Math.max(1, (n.y1 ?? 0) - (n.y0 ?? 0)), fill: n.place.color }));
    const name = upper(region(n.place.key)), words = small ? wrapped(name.replace("Rest of East and South-East Asia", "Rest of Asia").replace("South and Central America", "S & C America").replace(/ and /g, " & ")) : [name];
    const label = element("text", { x: left ? (n.x0 ?? 0) - 6 : (n.x1 ?? 0) + 6, y: y - (words.length - 1) * 5.8, dy: "0.32em", "text-anchor": left ? "end" : "start", class: "place" });
    words.forEach((w, i) => label.append(element("tspan", i ? { x: left ? (n.x0 ?? 0) - 6 : (n.x1 ?? 0) + 6, dy: "1.05em" } : {}, i === words.length - 1 ? `${w}  ${fixed(total(n) / 1000)}` : w)));
    svg.append(label);
  }
  svg.append(tip);
  const show = (d?: (typeof drawn)[number]): void => {
    for (const o of drawn) o.p.setAttribute("stroke-opacity", !d ? "0.5" : o === d ? "0.9" : "0.12");
    tip.setAttribute("visibility", d ? "visible" : "hidden");
    if (!d) return;
    const half = Math.min(width / 2 - 4, d.text.length * 3.3 + 10);
    tip.replaceChildren(element("rect", { x: d.x - half, y: d.y - 13, width: 2 * half, height: 26, rx: 3, fill: "var(--card)", stroke: "var(--c8)" }), element("text", { x: d.x, y: d.y, dy: "0.32em", "text-anchor": "middle" }, d.text));
  };
  for (const d of drawn) d.p.addEventListener("pointerenter", () => show(d));
  svg.addEventListener("pointerleave", () => show());
  // Arrow keys go from the largest flow to the smallest; the frame's pointer event finds it by its place.
  const ranked = [...drawn].sort((a, b) => b.value - a.value);
  svg.addEventListener("pointermove", (e) => {
    if (e.isTrusted) return;
    const bounds = svg.getBoundingClientRect(), y = ((e.clientY - bounds.top) * width) / bounds.width;
    show(ranked.reduce((a, b) => (Math.abs(b.y - y) < Math.abs(a.y - y) ? b : a)));
  });
  return { svg, cursor: ranked.slice(0, 60).map(({ x, y, text }) => ({ x, y, text })) };
}

/** Regional trade of the first year was balanced to published data; all changes since are predicted. */
export function flowsMark(s: Scenario, month: string): Mark {
  if (!asBase(s, month) || isAssumed(s, month)) return "scenario";
  return month.slice(0, 4) <= (years(s)[0] ?? "") ? "calibrated" : "predicted";
}
/** Shares in whole per cent that sum to 100. */
export interface Bought { buyer: string; within: string; others: { name: string; share: string; /** Of those that no bloc holds, their names. */ who: string }[] }
/** Whom the home bloc buys its imported intermediate goods from, in the month chosen or in a year. */
export function bought(year = ""): Bought | null {
  const s = scenario(), m = monthIndex(), [name, members] = homeBloc();
  const one = (key: string): number | null => (year ? yearMean(s, s.means[key], year) : at(s.means[key], m));
  const value = (sellers: string[]): number => sum(sellers.flatMap((x) => members.map((y) => one(`flows/${x}/${y}`)))), all = value(data.regions);
  if (!(all > 0)) return null;
  const grouped = otherBlocs(), rest = data.regions.filter((r) => !members.includes(r) && !grouped.some(([, g]) => g.includes(r)));
  const sellers = [...grouped.map(([b, g]) => ({ name: region(b), value: value(g), who: "" })), ...(rest.length ? [{ name: "others", value: value(rest), who: list(rest.map(region)) }] : [])];
  const [within, ...shares] = wholes([value(members), ...sellers.map((o) => o.value)].map((v) => (100 * v) / all)).map((v) => percent(v / 100));
  return { buyer: region(name || data.home), within: within!, others: sellers.map((o, i) => ({ name: o.name, share: shares[i]!, who: o.who })) };
}

function make(): Drawing {
  const s = scenario(), m = monthIndex(), all = flows();
  const shareOf = (bloc: string): string => percent(at(s.bands[`intermediate_intra_share/${bloc}`]?.p50, m));
  const blocs = [homeBloc()[0], ...otherBlocs().map(([b]) => b)].filter((b) => s.bands[`intermediate_intra_share/${b}`]);
  const from = bought(), year = years(s)[0] ?? "", before = bought(year);
  const then = before ? `; in ${year}${asBase(s, year) ? ", balanced to data," : ""} it was ${list([before.within, ...before.others.map((o) => o.share)].map((p) => p.replace(" %", "")))} %` : "";
  return {
    title: from
      ? `In the model ${from.buyer} buys ${list([`${from.within} of its imported intermediate goods within the region`, ...from.others.map((o) => `${o.share} from ${o.name}`)])} in ${monthName(state.month)}${then}`
      : `Intermediate goods traded between regions, ${monthName(state.month)}`,
    subtitle: `Intermediate goods sold to other regions, billion USD in ${monthName(state.month)}${ofRuns(s, ", means over seeds")}; the width of a band is its value; home sales left out; figures: values, beside names their sums${chosen(detail) === "blocs" ? `, and what ${region(homeBloc()[0])} buys also in % of all that it buys` : ""}; rounded`,
    notes: blocs.length ? [`Of its exports of intermediate goods ${blocs.map((b) => `${region(b)} sends ${shareOf(b)}`).join(" and ")} to itself.`] : [],
    source: `Source: model, ${runsText(s)}. ${upper(theBrief)} counts 48 % for North America and 65 % for Asia, to which the base year was balanced.`,
    badges: balanced(s, year, "Trade", `Every change since ${year}`, state.month),
    legend: [{ label: region(homeBloc()[0]), color: blocColours[0]!, kind: "square" }, ...otherBlocs().map(([b]) => ({ label: region(b), color: blocColours[1]!, kind: "square" as const })), { label: "others", color: blocColours[2]!, kind: "square" }],
    columns: [{ key: "from", label: "Sold by" }, { key: "to", label: "Bought by" }, { key: "musd", label: "Million USD in the month", number: true, format: (v) => fixed(v) }],
    rows: [...all].sort((a, b) => b.value - a.value).map((f) => ({ from: region(f.from.key), to: region(f.to.key), musd: f.value })),
    empty: all.length ? undefined : "No trade between regions in this month.",
    draw,
  };
}

export const flowsFigure: FigureSpec = { id: "flows", selectors: [detail], make };
