// Why the claim share changed: the causes sum to the change.
import { asBase, at, departure, fittedSpan, monthDate, sum } from "../data";
import { Badge, chosen, Drawing, FigureSpec, Selector } from "../figure";
import { assumedLegend, assumedShade, badges, cursorOf, departed, horizon, monthAxis, monthLegend, monthRule, narrow, ofRuns, Plot, plot, runsText, stackColours } from "../plot";
import { monthIndex, scenario, state } from "../state";
import { fixed, inWords, list, monthName, monthSpan, region, signed, upper, wholes } from "../text";
import { bridge, bridgeInWords, onlySince, unidentified, unseen, wholeBridge } from "./bridge";

const meanings: Record<string, string> = {
  paperwork: "Paperwork: goods that qualified before are now claimed",
  inherited: "Suppliers' own changes, passed on",
  resourcing: "Changed suppliers",
  entry_exit: "New firms and firms that closed",
  composition: "Shifts of trade between firms",
  recording: "Statistics record more of the claims",
};
const notes: Record<string, string> = {
  paperwork: "Goods that qualified before are now claimed", inherited: "Inputs that suppliers changed make goods qualify", resourcing: "Firms buy from other suppliers, so that goods qualify",
  entry_exit: "New firms, and firms that closed", composition: "Trade moved to firms that claim more or less", recording: "Statistics record more of the claims made",
};
const short: Record<string, string> = {
  paperwork: "Paperwork", inherited: "Inherited from suppliers", resourcing: "Changed suppliers", entry_exit: "Entry and exit",
  composition: "Composition of trade", recording: "Change of recording",
};
const basis: Selector = {
  key: "decomposition-basis", label: "Share", initial: () => "claim_change",
  options: () => [{ value: "claim_change", label: "what firms do" }, { value: "claim_change_recorded", label: "recorded by statistics" }],
};

interface Cause { cause: string; name: string; values: (number | null)[]; color: string }
function causes(): Cause[] {
  const s = scenario(), prefix = `${chosen(basis)}/${state.exporter}/`;
  return Object.keys(meanings).filter((c) => s.means[prefix + c] && !(c === "recording" && chosen(basis) === "claim_change"))
    .map((cause) => ({ cause, name: short[cause] ?? upper(inWords(cause)), values: s.means[prefix + cause]!, color: stackColours[Object.keys(meanings).indexOf(cause)]! }));
}
const points = (share: number | null): string => `${signed(share == null ? null : share * 100)}`;

function common(only = ""): Pick<Drawing, "subtitle" | "source" | "badges"> {
  const s = scenario(), what = chosen(basis) === "claim_change" ? "what firms do" : "recorded by statistics";
  return {
    subtitle: `Change since ${monthName(s.reference)} of the share of imports from ${region(state.exporter)} claimed (${what}), percentage points, by cause${ofRuns(s, "; means over seeds")}; the causes sum to the change`,
    source: `Source: model, ${runsText(s)}. Definitions: docs/ODD.md.`,
    badges: divided(only),
  };
}
/** The whole change is fitted where claims were at both its ends; its causes are not. */
function divided(only: string): Badge[] {
  const s = scenario(), span = fittedSpan(chosen(basis).replace("claim_change", "claim_share"), { exporter: state.exporter }, s);
  if (only ? !asBase(s, only) : departure(s) === s.months[0]) return badges(s, [], only);
  const shown = span && span[1] > s.reference && (!only || (only >= span[0] && only <= span[1])) ? span : null, whole = shown && shown[0] <= s.reference;
  const said = shown ? (whole ? `The whole change until ${monthName(shown[1])}: recorded claims were fitted, as above` : `Claims of ${monthSpan(shown[0], shown[1])}, to which the change leads, as above`) : "";
  return [...(said ? [{ kind: "calibrated" as const, text: said }] : []), { kind: "predicted", text: (whole ? "Its division by cause" : shown ? "The change to them, and its division by cause" : "The change and its division by cause") + (chosen(basis) === "claim_change" && (shown || !departure(s)) ? `; ${unidentified()} (${unseen()})` : "") }, ...departed(s, only), ...horizon(s, only)];
}

/** "of the 33 points by which what firms claim rose to December 2025 31 are paperwork and 2 all else (composition of trade 1.6, changed suppliers 0.5)": whole points that sum. */
function dividedInWords(now: { cause: string; name: string; value: number | null }[], total: number): string {
  const sign = Math.sign(total), value = (c: { value: number | null }): number => c.value! * 100 * sign, heads = chosen(basis) === "claim_change" ? ["paperwork"] : ["recording", "paperwork"];
  const first = now.filter((c) => heads.includes(c.cause)).sort((a, b) => value(b) - value(a)), rest = now.filter((c) => !heads.includes(c.cause));
  // As large as the page's top says, whose parts sum too.
  const b = bridge(), w = b && wholeBridge(b), whole = w ? sign * (chosen(basis) === "claim_change" ? w.firms : w.recorded) : undefined;
  const parts = wholes([...first.map(value), sum(rest.map(value))], whole), named = rest.filter((c) => c.cause === "resourcing" || Math.abs(value(c)) >= 0.05).sort((a, b) => Math.abs(value(b)) - Math.abs(value(a)));
  const what = chosen(basis) === "claim_change" ? "what firms claim" : "recorded claims";
  return `of the ${fixed(sum(parts))} points by which ${what} ${sign > 0 ? "rose" : "fell"} to ${monthName(state.month)}, `
    + list([...first.map((c, i) => `${fixed(parts[i])} are ${c.name.toLowerCase()}`), `${fixed(parts[first.length])} all else${named.length ? ` (${named.map((c) => `${c.name.toLowerCase()} ${fixed(value(c), 1)}`).join(", ")})` : ""}`]);
}

function bars(): Drawing {
  const all = causes(), m = monthIndex(), s = scenario();
  const now = all.map((c) => ({ ...c, value: at(c.values, m) })).filter((c) => c.value != null);
  const total = sum(now.map((c) => c.value));
  const lead = Math.abs(total) < 0.01
    ? `${region(state.exporter)}: the claimed share is where it was in ${monthName(s.reference)} (${points(total)} points)`
    : `${region(state.exporter)}: ${dividedInWords(now, total)}`;
  // From what firms do to what statistics show, so that both numbers stand together.
  const between = chosen(basis) === "claim_change" && now.length ? bridge(s) : null, apart = between && Math.abs(between.seen) >= 0.05 ? between : null;
  const rows = [...now.map((c) => ({ cause: c.name, meaning: meanings[c.cause] ?? "", points: c.value! * 100, sum: false, besides: false })), { cause: apart ? "All that firms do" : "Whole change", meaning: "sum", points: total * 100, sum: true, besides: false },
    ...(apart ? [{ cause: apart.seen > 0 ? "Only now recorded" : "Not recorded", meaning: apart.seen > 0 ? `Claims made before, ${onlySince(s)}` : "Claims that statistics do not record", points: apart.seen, sum: false, besides: true }, { cause: "Recorded change", meaning: "sum", points: apart.recorded, sum: true, besides: false }] : [])];
  return {
    ...common(state.month), notes: now.length ? [bridgeInWords(s, chosen(basis)), now.map((c) => `${c.name}: ${(notes[c.cause] ?? meanings[c.cause] ?? "").toLowerCase()}`).join("; ") + "."].filter(Boolean) : [], title: now.length ? lead : `No decomposition before ${monthName(s.reference)}`,
    empty: now.length ? undefined : `Changes are counted from ${monthName(s.reference)}; choose a later month.`,
    columns: [{ key: "cause", label: "Cause" }, { key: "meaning", label: "Meaning" }, { key: "points", label: "Points", number: true, format: (v) => signed(v, 2) }],
    rows: rows.map(({ cause, meaning, points: p }) => ({ cause, meaning, points: p })),
    draw: (width) => {
      const left = narrow(width) ? 142 : 170;
      const chart = plot(width, {
        height: 40 + 34 * rows.length, marginLeft: left, marginRight: 48, marginTop: 8,
        x: { label: null, grid: true, nice: true, ticks: Math.max(3, Math.floor(width / 120)) }, y: { domain: rows.map((r) => r.cause), label: null, padding: 0.25 },
        marks: [
          Plot.barX(rows, { x: "points", y: "cause", fill: (r) => (r.sum ? "var(--c8)" : r.besides ? "var(--b3)" : "var(--c1)") }),
          Plot.ruleX([0], { stroke: "currentColor" }),
          Plot.text(rows.filter((r) => r.points >= 0), { x: "points", y: "cause", text: (r) => signed(r.points), textAnchor: "start", dx: 5 }),
          Plot.text(rows.filter((r) => r.points < 0), { x: 0, y: "cause", text: (r) => signed(r.points), textAnchor: "start", dx: 5 }),
          Plot.tip(rows, Plot.pointerY({ x: "points", y: "cause", title: (r) => `${r.meaning === "sum" ? r.cause : r.meaning}\n${signed(r.points, 2)} points` })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, rows.map((r) => ({ x: r.points, y: r.cause, text: `${r.cause}: ${signed(r.points)} points` }))) };
    },
  };
}

function overTime(): Drawing {
  const s = scenario(), all = causes();
  const rows = s.months.flatMap((month, i) => all.map((c) => ({ month, date: monthDate(month), cause: c.name, value: at(c.values, i) }))).filter((r) => r.value != null);
  const totals = s.months.map((month, i) => ({ month, date: monthDate(month), value: sum(all.map((c) => at(c.values, i))) }))
    .filter((t) => rows.some((r) => r.month === t.month));
  const last = totals[totals.length - 1];
  const peak = totals.reduce<(typeof totals)[number] | undefined>((a, b) => (!a || Math.abs(b.value) > Math.abs(a.value) ? b : a), undefined);
  const paperwork = all.find((c) => c.cause === "paperwork"), changed = all.find((c) => c.cause === "resourcing"), end = s.months.length - 1;
  const shared = common();
  return {
    ...shared, subtitle: `${shared.subtitle}; bars stand on each other in the order of the legend`,
    title: peak && Math.abs(peak.value) >= 0.01
      ? `The change is largest in ${monthName(peak.month)} (${points(peak.value)} points); in ${monthName(s.months[end]!)} paperwork is ${points(at(paperwork?.values, end))} and changed suppliers ${points(at(changed?.values, end))}`
      : "The claimed share hardly changes in any month",
    empty: last ? undefined : "The runs hold no month after the reference month.",
    legend: [...all.map((c) => ({ label: c.name, color: c.color, kind: "square" as const })), { label: "Whole change", color: "currentColor", kind: "line" as const }, monthLegend(), ...assumedLegend(s)],
    columns: [{ key: "month", label: "Month" }, { key: "cause", label: "Cause" }, { key: "points", label: "Points", number: true, format: (v) => signed(v, 2) }],
    rows: rows.map((r) => ({ month: r.month, cause: r.cause, points: r.value! * 100 })),
    draw: (width) => {
      const half = 13 * 864e5; // most of a month, in milliseconds
      const chart = plot(width, {
        height: narrow(width) ? 280 : 340, x: monthAxis(width), y: { label: null, grid: true, nice: true, tickFormat: (v: number) => signed(v * 100, 0) },
        color: { domain: all.map((c) => c.name), range: all.map((c) => c.color) },
        marks: [
          assumedShade(s),
          Plot.rectY(rows, Plot.stackY({ x1: (r) => new Date(+r.date - half), x2: (r) => new Date(+r.date + half), y: "value", fill: "cause", order: all.map((c) => c.name), stroke: "var(--card)", strokeWidth: 0.6 })),
          Plot.ruleY([0], { stroke: "currentColor" }),
          monthRule(),
          Plot.line(totals, { x: "date", y: "value", stroke: "currentColor", strokeWidth: 2 }),
          Plot.tip(totals, Plot.pointerX({
            x: "date", y: "value",
            title: (t) => `${monthName(t.month)}: ${points(t.value)} points\n${rows.filter((r) => r.month === t.month).map((r) => `${r.cause} ${points(r.value)}`).join("\n")}`,
          })),
        ],
      });
      return { svg: chart, cursor: cursorOf(chart, totals.map((t) => ({ x: t.date, y: t.value, text: `${monthName(t.month)}: ${points(t.value)} points, of which ${rows.filter((r) => r.month === t.month).map((r) => `${r.cause} ${points(r.value)}`).join(", ")}` }))) };
    },
  };
}

export const decomposition: FigureSpec = { id: "decomposition", selectors: [basis], make: bars };
export const decompositionByMonth: FigureSpec = { id: "decomposition-months", make: overTime };
