// What is collected at the home region's border, by the law it rests on.
import { asBase, at, data, dutyRate, monthDate, sum, years } from "../data";
import { chosen, Drawing, FigureSpec, Selector } from "../figure";
import { assumedLegend, assumedShade, balanced, cursorOf, monthAxis, monthLegend, monthRule, narrow, ofRuns, Plot, plot, runsText, stackColours } from "../plot";
import { monthIndex, scenario, state } from "../state";
import { authority, billion, figures, fixed, homeAdjective, list, monthName, monthSpan, region } from "../text";

const all = "*";
const partner: Selector = {
  key: "duties-partner", label: "Imports from", initial: () => "exporter",
  options: () => [{ value: "exporter", label: "the exporter chosen above" }, { value: all, label: "all partners" }, ...data.regions.filter((r) => r !== data.home).map((value) => ({ value, label: region(value) }))],
};

function make(): Drawing {
  const s = scenario(), m = monthIndex(), who = chosen(partner) === "exporter" ? state.exporter : chosen(partner);
  const origins = who === all ? data.regions.filter((r) => r !== data.home) : [who], from = who === all ? "all partners" : region(who);
  const series = Object.keys(data.names.authorities).map((key) => ({ key, name: authority(key), values: s.months.map((_, i) => sum(origins.map((o) => at(s.means[`duty/${key}/${o}`], i)))) }))
    .filter((a) => a.values.some((v) => v > 0)).sort((a, b) => sum(b.values) - sum(a.values));
  // Small ones are not seen in the drawing: they are one part there, and single in the data.
  const everything = sum(series.flatMap((a) => a.values)), head = series.filter((a, i) => i < 6 && sum(a.values) >= 0.02 * everything), rest = series.filter((a) => !head.includes(a));
  const shown = [...head, ...(rest.length ? [{ key: "rest", name: rest.length === 1 ? rest[0]!.name : `Others (${rest.length})`, values: s.months.map((_, i) => sum(rest.map((r) => r.values[i]))) }] : [])]
    .map((a, i) => ({ ...a, color: stackColours[i]! }));
  const imports = s.months.map((_, i) => sum(origins.map((o) => at(s.means[`imports/${o}`], i))));
  const totals = s.months.map((month, i) => ({ month, date: monthDate(month), value: sum(shown.map((a) => a.values[i])), rate: imports[i] ? sum(shown.map((a) => a.values[i])) / imports[i]! : null }));
  const rows = shown.flatMap((a) => s.months.map((month, i) => ({ authority: a.name, month, date: monthDate(month), value: a.values[i]! })));
  const now = totals[m], top = [...shown].sort((a, b) => b.values[m]! - a.values[m]!)[0];
  // Where the rate that was collected is published: what it would have come to on the model's imports.
  const row = who === all ? undefined : dutyRate(who), judged = row && row.window.length === 2 && row.window.every((w) => s.months.includes(w) && asBase(s, w)) ? row : undefined, span = judged ? monthSpan(judged.window[0]!, judged.window[1]!) : "";
  const collected = judged ? s.months.map((month, i) => ({ month, date: monthDate(month), value: (judged.data! / 100) * (imports[i] ?? 0), low: ((judged.low ?? judged.data!) / 100) * (imports[i] ?? 0), high: ((judged.high ?? judged.data!) / 100) * (imports[i] ?? 0) })).filter((c) => c.month >= judged.window[0]! && c.month <= judged.window[1]!) : [];
  const rate = (r: number | null): string => `${fixed((r ?? 0) * 100, 1)} %`;
  return {
    title: now && top
      ? `${homeAdjective()} duties on goods from ${from} were ${billion(now.value)} in ${monthName(state.month)}, ${rate(now.rate)} of their value (${rate(totals[0]!.rate)} in ${monthName(totals[0]!.month)}); ${now.value ? fixed((100 * top.values[m]!) / now.value) : 0} % of them under ${top.name}${judged ? `; in ${span} they are ${fixed(judged.median, 1)} %, where ${judged.data} % was collected` : ""}`
      : `No duties on goods from ${from}`,
    subtitle: `Duties and fees collected by the ${region(data.home)} on goods from ${from}, billion USD a month, by authority${ofRuns(s, "; means over seeds")}; bars stand on each other in the order of the legend`,
    source: `Source: model, ${runsText(s)}; rates and dates of measures: configs/history.toml, each with its source${judged ? `; published: ${judged.source}` : ""}.`,
    badges: balanced(s, years(s)[0] ?? "", "Imports", "Duties in all months: nothing was fitted to them"),
    notes: [...(judged ? [`${span}: the model's duties are ${figures(judged.median)} % of the value of goods from ${from}, those collected ${judged.data} %${judged.low != null && judged.high != null ? ` (published: ${judged.low} to ${judged.high})` : ""}: ${fixed(judged.median! / judged.data!, 1)} times as much.`] : []), ...(rest.length > 1 ? [`Others, each below 2 % of the duties of all months: ${list(rest.map((r) => r.name))}.`] : [])],
    legend: [...shown.map((a) => ({ label: a.name, color: a.color, kind: "square" as const })), ...(judged ? [{ label: "Published rate, on the model's imports; model predicted", color: "currentColor", kind: "dash" as const }] : []), monthLegend(), ...assumedLegend(s)],
    columns: [{ key: "authority", label: "Authority" }, { key: "month", label: "Month" }, { key: "musd", label: "Million USD", number: true, format: figures }],
    rows: series.flatMap((a) => s.months.map((month, i) => ({ authority: a.name, month, musd: a.values[i]! }))),
    empty: shown.length ? undefined : "Nothing is collected.",
    draw: (width) => {
      const half = 13 * 864e5;
      const chart = plot(width, {
        height: narrow(width) ? 290 : 350, x: monthAxis(width), y: { label: null, grid: true, nice: true, tickFormat: (v: number) => fixed(v / 1000, Math.max(...totals.map((t) => t.value)) < 5000 ? 1 : 0) },
        color: { domain: shown.map((a) => a.name), range: shown.map((a) => a.color) },
        marks: [
          assumedShade(s),
          Plot.rectY(rows, Plot.stackY({ x1: (r) => new Date(+r.date - half), x2: (r) => new Date(+r.date + half), y: "value", fill: "authority", order: shown.map((a) => a.name), stroke: "var(--card)", strokeWidth: 0.6 })),
          Plot.ruleY([0], { stroke: "currentColor" }),
          Plot.areaY(collected, { x: "date", y1: "low", y2: "high", fill: "var(--card)", fillOpacity: 0.45 }),
          Plot.line(collected, { x: "date", y: "value", stroke: "var(--card)", strokeWidth: 5 }),
          Plot.line(collected, { x: "date", y: "value", stroke: "currentColor", strokeWidth: 2.2, strokeDasharray: "7 3" }),
          monthRule(),
          Plot.tip(totals, Plot.pointerX({
            x: "date", y: "value",
            title: (t) => `${monthName(t.month)}: ${billion(t.value)}, ${rate(t.rate)} of value\n${shown.map((a) => `${a.key === "rest" ? "Others" : a.name}: ${figures(a.values[s.months.indexOf(t.month)]! / 1000)}`).join("\n")}`,
          })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, totals.map((t) => ({ x: t.date, y: t.value, text: `${monthName(t.month)}: ${billion(t.value)}, ${rate(t.rate)} of value` }))) };
    },
  };
}

export const duties: FigureSpec = { id: "duties", selectors: [partner], make };
