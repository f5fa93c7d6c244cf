// What stands behind the figures: runs, law assumed, what was fitted, and how the base does against data.
import { data, marks, Row } from "../data";
import { h } from "../dom";
import { onChange, scenario } from "../state";
import { dataTable, RowOf, sortableTable } from "../table";
import { authority, figures, inWords, list, namedRegions, region, sector, theBrief, unbroken, upper } from "../text";
import { bandColumns, runsText, sameUntil } from "../plot";

/** "s301_forced_labour_12_5" is "Section 301 forced labour 12.5". */
const measureName = (key: string): string => inWords(key.replace(/^s(\d{3})(?=_)/, "Section $1").replace(/_(\d+)_(\d)$/, "_$1.$2"));

function runs(): HTMLElement {
  const box = h("div");
  const update = (): void => {
    const s = scenario();
    const pair = (name: string, value: string): HTMLElement[] => (value ? [h("dt", {}, name), h("dd", {}, value)] : []);
    box.replaceChildren(
      h("h3", {}, `This scenario: ${s.title}`),
      s.description ? h("p", {}, s.description) : "",
      h("dl", {},
        ...pair("Runs", runsText(s)), ...pair("File", s.file), ...pair("Figures", upper(sameUntil(s))), ...pair("Months", `${s.months[0]} to ${s.months[s.months.length - 1]}`), ...pair("Closure", inWords(s.closure)),
        ...pair("Changes counted from", s.reference), ...pair("Law known until", s.known_until), ...pair("Assumed afterwards", s.assumption)),
      s.assumed.length ? dataTable([{ key: "name", label: "Assumed" }, { key: "from", label: "From" }, { key: "source", label: "Basis" }], s.assumed.map((a) => ({ ...a, name: measureName(a.name) })), `What this scenario assumes beyond the law as known (${s.assumed.length})`, true) : h("p", { class: "note" }, "This scenario marks no measure as an assumption."),
      dataTable([{ key: "date", label: "Date" }, { key: "authority", label: "Authority" }, { key: "what", label: "Change" }, { key: "measure", label: "Measure" }, { key: "origins", label: "On goods from" }, { key: "source", label: "Source" }],
        [...s.events].sort((a, b) => a.date.localeCompare(b.date)).map((e): RowOf => ({ date: e.date, authority: authority(e.authority), what: e.what + (e.assumption ? " (assumed)" : ""), measure: measureName(e.measure), origins: list(e.origins.map(region)), source: e.source })), `Changes of duties on ${list(data.exporters.map(region))} in these months (${s.events.length})`, true));
  };
  onChange(update);
  update();
  return box;
}

/** The page's word for a row's kind; `validate` and the files call what is fitted calibrated. */
const wordOf = (r: Row): string => (r.kind === "identity" ? r.kind : r.kind === "bound" ? "bound, no data" : marks[r.kind]);
/** The same in texts of the files. */
const ofFiles = (text: string): string => text.replace(/\b([Cc])alibrated\b/g, (_, c: string) => (c === "C" ? "Fitted" : "fitted")).replace(/\bin calibration\b/g, "in fitting");

/** What a row that is missed says, in plain words. */
function missInWords(r: Row): string {
  const subject = `${wordOf(r)}: `, skill = /^(.*), skill over (no change|equal gaps) \(([\d.]+)\)$/.exec(r.says);
  if (skill) {
    const naive = skill[2] === "no change" ? "the share of January and February 2025 lasts" : /^Mexico, /.test(r.says) ? "the share stays where it was in March 2025" : "every gap to 100 % closes by as much as that of Mexico's total";
    return `${subject}${skill[1]}: worse than the naive forecast that ${naive}, whose mean error is ${skill[3]} points; the model's is ${figures(data.validation.find((q) => q.section === r.section && q.says.startsWith(`${skill[1]}, mean error`))?.median)}`;
  }
  const side = r.low != null && r.median! < r.low ? "below" : "above", unit = r.unit === "%" ? " %" : r.unit ? ` ${r.unit}` : "";
  return `${subject}${namedRegions(r.says)}, ${figures(r.median)}${unit} in the model, ${side} the range of ${rangeOf(r)}${unit}${r.data != null ? ` (data: ${figures(r.data)}${unit})` : ""}`;
}
/** Missed rows first, what is kept aside or has no data last. */
const places: Record<string, number> = { missed: 0, met: 1, report: 2, "kept aside": 4, absent: 5 };

const rangeOf = (r: Row): string => (r.low != null && r.high != null ? `${figures(r.low)} to ${figures(r.high)}` : r.low != null ? `at least ${figures(r.low)}` : r.high != null ? `at most ${figures(r.high)}` : "–");

function validation(): HTMLElement[] {
  if (!data.validation.length) return [h("p", { class: "note" }, "The base was not compared with data.")];
  const rows = data.validation.filter((r) => r.kind !== "identity"), count = (kind: string, verdict: string): number => rows.filter((r) => r.kind === kind && r.verdict === verdict).length;
  const table = sortableTable("validation-table", [
    { key: "section", label: "Section" }, { key: "says", label: "Figure" }, { key: "kind", label: "Model is" }, { key: "data", label: "Data", number: true }, { key: "range", label: "Range" },
    ...bandColumns(data.scenarios[0]!, { median: "Model, median", p05: "5 %", p95: "95 %" }).map(([key, label]) => ({ key, label, number: true })), { key: "unit", label: "Unit" }, { key: "verdict", label: "Verdict", order: (r) => (places[String(r["verdict"])] ?? 3) + (r["data"] == null && r["verdict"] === "report" ? 1 : 0) + (r["kind"] === marks.predicted ? 0 : 0.5), strong: (r) => r["verdict"] === "missed" }, { key: "source", label: "Source" },
  ], { key: "verdict", down: false }, true);
  table.set(rows.map((r): RowOf => ({ section: r.section, says: namedRegions(r.says), kind: wordOf(r), data: r.data, range: rangeOf(r), median: r.median, p05: r.p05, p95: r.p95, unit: r.unit, verdict: r.verdict, source: ofFiles(r.source.replace(/: --data compares$/, "; nearshore validate --data compares it") + (r.footnote ? `. ${r.footnote}` : "")) })),
    `The base, ${data.scenarios[0]!.title}, against data (nearshore validate)`);
  const missed = rows.filter((r) => r.verdict === "missed"), bounds = rows.filter((r) => r.kind === "bound");
  return [
    h("h3", {}, `Of ${count("predicted", "met") + count("predicted", "missed")} predicted figures with a range ${count("predicted", "met")} are met; of ${count("calibrated", "met") + count("calibrated", "missed")} fitted ones ${count("calibrated", "met")}`),
    h("p", {}, `A fitted figure (nearshore validate calls it calibrated) that is met shows that the model can produce it, no more; only predictions test the model. Figures without a range are reported beside the data. ${bounds.length ? `Counted as neither: ${bounds.length === 1 ? "one bound" : `${bounds.length} bounds`}, ${bounds.length === 1 ? (bounds[0]!.verdict === "met" ? "which is met" : "which is not met") : `of which ${count("bound", "met")} are met`}: a range that other figures set, where no data show the figure itself (${list(bounds.map((r) => `${r.says}, ${rangeOf(r)} ${r.unit}`))}). ` : ""}“The brief” is ${theBrief}.`),
    ...(missed.length ? [h("p", {}, `Missed (${missed.length}):`), h("ul", {}, ...[...missed].sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "predicted" ? -1 : 1)).map((r) => h("li", {}, unbroken(missInWords(r)))))] : []),
    table.element,
  ];
}

function parameters(): (HTMLElement | string)[] {
  const fitted = data.parameters.filter((p) => p.calibrated), ofSectors = fitted.filter((p) => p.sector), single = data.parameters.filter((p) => !p.sector), columns = [{ key: "meaning", label: "Meaning" }, { key: "value", label: "Value", number: true }, { key: "unit", label: "Unit" }, { key: "key", label: "Name in configurations" }, { key: "source", label: "Source" }];
  const rows = (list2: typeof fitted): RowOf[] => list2.map((p) => ({ key: p.key, value: p.value, unit: p.unit, meaning: p.sector ? `${sector(p.sector)}, ${p.meaning}` : p.meaning, source: ofFiles(p.source) }));
  const changed = data.parameters.filter((p) => p.value !== p.default);
  return [
    h("h3", {}, `${fitted.length} numbers were fitted: ${fitted.length - ofSectors.length} of ${single.length} parameters${ofSectors.length ? ` and ${ofSectors.length} factors of sectors` : ""}; the others are estimates, assumptions, or set by hand`),
    h("p", {}, changed.length ? `The base changes from the defaults: ${list(changed.map((p) => `${p.key} = ${figures(p.value)} instead of ${figures(p.default)} (${p.meaning.replace(/\.$/, "")})`))}.` : "The base runs with the defaults. How they were fitted: docs/calibration.md."),
    data.by_hand ? h("p", { id: "by-hand" }, `Not fitted, but chosen with data in view: ${ofFiles(data.by_hand)}.`) : "",
    dataTable(columns, rows(fitted), `Fitted parameters and factors of sectors (${fitted.length})`, true),
    h("details", {}, h("summary", {}, "All other parameters"), dataTable(columns, rows(data.parameters.filter((p) => !p.calibrated)), "Parameters that were not fitted", true)),
  ];
}

export const assumptions = (): HTMLElement[] => [runs(), ...validation(), ...parameters().filter((e): e is HTMLElement => typeof e !== "string")];
