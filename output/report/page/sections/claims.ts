// How much trade claims origin: as statistics record it, on dutiable lines, and as firms do.
import { at, data, monthDate, PolicyEvent, Scenario, yearMean, years } from "../data";
import { Drawing, FigureSpec, LegendItem } from "../figure";
import { badges, bandColumns, colours, cursorOf, goodsFrom, monthAxis, monthLegend, monthRule, narrow, ofRuns, Plot, plot, runsText, shareAxis, withBand } from "../plot";
import { baseScenario, monthIndex, scenario, state } from "../state";
import { authority, inWords, list, monthName, moved, percent, region, shortMonth } from "../text";

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
  return `${region(x)}: claims as recorded ${moved(from("claim_share_recorded"), at(band("claim_share_recorded"), m))}, `
    + `what firms do ${moved(from("claim_share"), at(band("claim_share"), m))} (${year} to ${monthName(state.month)})`;
}

function make(): Drawing {
  const s = scenario(), x = state.exporter, base = baseScenario(), events = markedEvents(s, x);
  const facts = data.facts.claims.filter((f) => f.exporter === x && !f.sector && s.months.includes(f.month));
  const points = bases.flatMap((b) => s.months.map((month, i) => {
    const band = s.bands[`${b.key}/${x}`]!;
    return { series: b.name, key: b.key, month, date: monthDate(month), p05: at(band.p05, i), median: at(band.p50, i), p95: at(band.p95, i) };
  })).map((p) => ({ ...p, published: facts.find((f) => f.month === p.month && bases.find((b) => b.key === p.key)!.fact === f.basis)?.share ?? null }));
  const ghost = s === base ? [] : base.months.map((month, i) => ({ date: monthDate(month), value: at(base.bands[`claim_share/${x}`]?.p50, i) })).filter((g) => g.value != null);
  const legend: LegendItem[] = bases.map((b) => ({ label: b.name, color: b.color, kind: b.kind }));
  if (ghost.length) legend.push({ label: `What firms do in the base: ${base.title}`, color: colours[7]!, kind: "line", width: 1.5 });
  if (facts.some((f) => f.basis === "recorded")) legend.push({ label: "Published: recorded", color: colours[0]!, kind: "circle" });
  if (facts.some((f) => f.basis === "dutiable")) legend.push({ label: "Published: dutiable lines", color: colours[1]!, kind: "diamond" });
  legend.push(monthLegend());
  return {
    title: title(s),
    subtitle: `Share of the value of ${goodsFrom(x)} for which origin under the agreement is claimed, %, by month${ofRuns(s, "; lines: median over seeds, bands: 5 to 95 %")}`,
    source: `Sources: model, ${runsText(s)}. Published points: USITC DataWeb by HTS10, through Budget-Lab-Yale/tariff-rate-tracker.`,
    badges: badges(s, bases.map((b) => ({ variable: b.key, name: b.name, select: { exporter: x } }))),
    legend,
    notes: events.length ? [`Policy: ${events.map((e) => `(${e.number}) ${shortMonth(e.month)}: ${e.text}`).join("; ")}.`] : [],
    columns: [{ key: "series", label: "Series" }, { key: "month", label: "Month" },
      ...bandColumns(s, { median: "Median", p05: "5 %", p95: "95 %", published: "Published" }).map(([key, label]) => ({ key, label, number: true, format: (v: number) => percent(v, 1) }))],
    rows: points.map(({ series, month, median, p05, p95, published }) => ({ series, month, median, p05, p95, published })),
    draw: (width) => {
      const bandOf = (key: string): typeof points => points.filter((p) => p.key === key && p.median != null);
      const chart = plot(width, {
        height: narrow(width) ? 330 : 430, marginTop: 34, x: monthAxis(width), y: { ...shareAxis, domain: [0, 1] },
        marks: [
          Plot.ruleX(events, { x: (e: Marked) => monthDate(e.month), stroke: "var(--c8)", strokeOpacity: 0.55, strokeDasharray: "1 3" }),
          // Where months are narrow, odd and even numbers stand in two rows.
          ...[0, 1].map((odd) => Plot.text(events.filter((e) => e.number % 2 === odd), {
            x: (e: Marked) => monthDate(e.month), text: (e: Marked) => `${e.number}`, frameAnchor: "top", dy: narrow(width) ? -16 - 10 * odd : -14, fontSize: narrow(width) ? 9 : 11,
          })),
          monthRule(),
          ...(ghost.length ? [Plot.line(ghost, { x: "date", y: "value", stroke: "var(--c8)", strokeWidth: 1.5 })] : []),
          ...bases.flatMap((b) => [
            Plot.areaY(bandOf(b.key), { x: "date", y1: "p05", y2: "p95", fill: b.color, fillOpacity: 0.2 }),
            Plot.line(bandOf(b.key), { x: "date", y: "median", stroke: b.color, strokeWidth: 2.5, strokeDasharray: b.dash }),
          ]),
          Plot.dot(facts.filter((f) => f.basis === "dutiable"), { x: (f) => monthDate(f.month), y: "share", symbol: "diamond", stroke: colours[1], strokeWidth: 2, r: 4.5 }),
          Plot.dot(facts.filter((f) => f.basis === "recorded"), { x: (f) => monthDate(f.month), y: "share", fill: colours[0], stroke: "var(--card)", r: 4.5 }),
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
