// Opens a report in headless Chromium and checks what a reader would: node report_page.mjs PACKAGES REPORT SCRATCH [long|one].
// one: REPORT holds one run; only what it says of runs is checked.
// PACKAGES: folder whose node_modules hold playwright-core and axe-core. Prints `ok WHAT` or `not ok WHAT`.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [packages, report, scratch, mode] = process.argv.slice(2);
const long = mode === "long";
const require = createRequire(join(packages, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

let failures = 0;
function check(what, good, detail = "") {
  console.log(`${good ? "ok" : "not ok"} ${what}`);
  if (!good) { failures++; console.log(`    ${String(detail).slice(0, 1500)}`); }
}

const browser = await chromium.launch({
  executablePath: process.env.NEARSHORE_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const said = [], asked = [];
async function open(width, scheme = "light") {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme, acceptDownloads: true });
  page.on("console", (m) => { if (["error", "warning"].includes(m.type())) said.push(m.text()); });
  page.on("pageerror", (e) => said.push(String(e)));
  page.on("request", (r) => { if (!/^(file|blob|data):/.test(r.url())) asked.push(r.url()); });
  await page.goto(`file://${report}`);
  await page.waitForSelector("html[data-drawn]", { timeout: 30000 });
  return page;
}

const page = await open(1280);
if (mode === "one") {
  const words = await page.evaluate(() => [...document.querySelectorAll("figure .subtitle, figure th, figure h3")].map((e) => e.textContent));
  const bad = words.filter((w) => /median|over seeds|bands|5 to 95/i.test(w));
  check("one run: no chart speaks of medians, means or bands over seeds", words.length > 15 && bad.length === 0, bad.join("\n    "));
  const effects = await page.evaluate(() => ({ charts: document.querySelectorAll("#section-effects figure, #section-effects button").length, said: document.querySelector("#section-effects").textContent }));
  check("and why there are no effects is said once, without an empty chart", effects.charts === 0 && effects.said.match(/No effects are in this page/g)?.length === 1, effects.said);
  check("and no link leads there", !(await page.locator("#contents li").allTextContents()).includes("Effects of policies"));
  const same = await page.evaluate(() => [...document.querySelectorAll("#validation-table th")].map((t) => t.textContent));
  check("and the validation has one column for the model", same.includes("Model") && !same.some((t) => /5 %/.test(t)), same.join(" | "));
  check("one run: no error or warning in the console", said.length === 0, said.join("\n    "));
  await browser.close();
  process.exit(failures ? 1 : 0);
}
const compared = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent).comparison !== null);
const figures = ["claims", "decomposition", "decomposition-months", "flows", "content-table", "content-months", "deficits", "sectors", "duties",
  ...(compared ? ["effects", "exemptions"] : [])];

// ---- Every chart ----
const drawn = await page.evaluate((ids) => ids.map((id) => {
  const f = document.getElementById(id), svg = f.querySelector(".drawing > svg");
  return { id, marks: svg ? svg.querySelectorAll("path, rect, circle, line").length : 0, rows: f.rows?.length ?? 0, title: f.querySelector("h3").textContent,
    subtitle: f.querySelector(".subtitle").textContent, source: f.querySelector(".source").textContent, badges: f.querySelectorAll(".badges li").length,
    named: svg?.getAttribute("aria-label") ?? "" };
}), figures);
for (const d of drawn) {
  const may = d.id === "exemptions" && d.rows === 0; // a comparison need not hold an exemption
  check(`${d.id} is drawn, from data`, may || (d.marks > 4 && d.rows > (d.id === "effects" ? 0 : 1)), JSON.stringify(d));
  check(`${d.id} names finding, units, source and kind of figure`,
    may || (d.title.length > 20 && /\d/.test(d.title) && /%|USD|points|100/.test(d.subtitle + d.title) && /^Sources?: model, .*commit/.test(d.source) && d.badges > 0 && d.named === d.title.replace(/\u00a0/g, " ")), JSON.stringify(d));
}

// ---- The page's head says what it finds, from the data ----
const head = () => page.evaluate(() => ["finding", "standfirst"].map((i) => document.getElementById(i).textContent.replace(/\u00a0/g, " ")));
const median = await page.evaluate(() => {
  const d = JSON.parse(document.getElementById("data").textContent), m = document.querySelector('input[name="month"]').value;
  return Math.round(100 * d.scenarios[0].bands[`claim_share_recorded/${d.exporters[0]}`].p50[m]);
});
const [finding, standfirst] = await head();
check("the heading says how far claims rose", new RegExp(`(rose|fell) by \\d+ points to ${median} %|stayed at ${median} %`).test(finding), finding);
const lines = await page.locator("#standfirst li").evaluateAll((items) => items.map((li) => ({ text: li.textContent.replace(/\u00a0/g, " "), question: li.querySelector("b").textContent, marks: [...li.querySelectorAll(".mark")].map((m) => m.textContent) })));
check("and the standfirst why, where inputs are bought, and what the policy asked about does",
  lines.length === (compared ? 3 : 2) && lines.every((l) => l.question.endsWith("?")) && /^Was it paperwork\? /.test(lines[0].text) && /buy imported inputs\? In [A-Z][a-z]+ \d{4} \d+ %/.test(lines.at(-1).text) && (!compared || /duty forgone|forgoes|collects|changes by/.test(lines[1].text)), standfirst);
const words = ["fitted", "predicted", "assumed"];
const marked = await page.locator("#finding .mark").allTextContents();
check("each says in a word what its figures are", marked.length === 1 && words.includes(marked[0]) && lines.every((l) => l.marks.length > 0 && l.marks.every((m) => words.includes(m))), `${finding} ${JSON.stringify(lines)}`);
const divided = await page.evaluate(() => {
  const d = JSON.parse(document.getElementById("data").textContent), m = document.querySelector('input[name="month"]').value, s = d.scenarios[0];
  const total = (basis) => Object.keys(s.means).filter((k) => k.startsWith(`${basis}/${d.exporters[0]}/`)).reduce((a, k) => a + 100 * s.means[k][m], 0);
  return { firms: total("claim_change"), recorded: total("claim_change_recorded"), paper: 100 * s.means[`claim_change/${d.exporters[0]}/paperwork`][m], title: document.querySelector("#decomposition h3").textContent };
});
const named = /: (−?\d+) of the (\d+) points.*?(?:The other (\d+) of the (\d+) points recorded|$)/.exec(lines[0].text);
const number = (text) => Number((text ?? "0").replace("−", "-"));
const near = (shown, true_) => Math.abs(number(shown) - Math.abs(true_)) <= 1;
check("what firms do and what is recorded besides sum to the rise, which the causes repeat", Math.abs(divided.firms) < 1 ? /changed little/.test(lines[0].text)
  : !!named && near(named[2], divided.firms) && near(named[1], divided.paper) && (named[4] == null || (number(named[2]) + number(named[3]) === number(named[4]) && number(named[4]) === Math.round(divided.recorded)))
    && divided.title.includes(`of the ${named[2]} points`) && divided.title.includes(`${named[1]} are paperwork`), `${JSON.stringify(divided)} ${lines[0].text}`);
const shares = (lines.at(-1).text.split(" (")[0].match(/\d+(?= %)/g) ?? []).map(Number);
check("shares of inputs sum to 100", shares.length > 1 && shares.reduce((a, b) => a + b, 0) === 100, lines.at(-1).text);
const defined = await page.locator("#lead li").evaluateAll((items) => items.map((li) => [li.querySelector(".mark").textContent, li.textContent.length]));
check("near the top each word is defined once", defined.map((d) => d[0]).join() === words.join() && defined.every((d) => d[1] > 20), JSON.stringify(defined));
const others = await page.evaluate(() => [...document.querySelectorAll("#content *")].flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === 3 && /calibrated/i.test(n.textContent)).map((n) => n.textContent)));
check("what is fitted is called so, and once that validate calls it calibrated", others.length === 1 && /validate calls it calibrated/.test(others[0]), others.join("\n    "));
const table = await page.evaluate(() => {
  const f = document.getElementById("content-table"), of = (word) => f.rows.filter((r) => r.kind === word).map((r) => r.exporter), dots = [...f.querySelectorAll('svg g[data-mark="dot"]')].map((g) => g.children.length);
  const diamonds = dots.slice(2); // after the months and the means of the first year: filled, then hollow
  return { badge: f.querySelector(".badges .calibrated")?.textContent ?? "", fitted: of("fitted"), predicted: of("predicted"), diamonds };
});
check("figures of the brief's table that are drawn as fitted are those that its tag names", table.fitted.length > 0 && table.fitted.every((x) => table.badge.includes(x)) && !table.predicted.some((x) => table.badge.includes(x))
  && table.diamonds.join() === [table.fitted.length, table.predicted.length].filter(Boolean).join(), JSON.stringify(table));
const glyphs = await page.evaluate(() => [...document.querySelectorAll(".badges li, .mark, #lead, h1, h3, #section-assumptions li")].map((e) => e.textContent + getComputedStyle(e, "::before").content).filter((t) => /[●◆▲■]/.test(t)));
check("shapes belong to the charts: no tag or title has one", glyphs.length === 0, glyphs.join("\n    "));
const tags = await page.evaluate(() => [...document.querySelectorAll(".badges li")].map((li) => li.querySelector("b")?.textContent));
check("every tag begins with its word", tags.length > 10 && tags.every((t) => words.includes(t)), tags.join(" "));
const published = await page.evaluate(() => {
  const d = JSON.parse(document.getElementById("data").textContent), s = d.scenarios[0], month = s.months[document.querySelector('input[name="month"]').value];
  return d.facts.claims.find((f) => f.exporter === d.exporters[0] && !f.sector && f.basis === "recorded" && f.month === month)?.share;
});
check("and the heading tells the model's figure from the published one", /^In the model /.test(finding) && (published == null || finding.includes(`${Math.round(100 * published)} %)`)), finding);
// ---- Fitted and predicted are told apart, by what is embedded ----
const data = await page.evaluate(() => { const d = JSON.parse(document.getElementById("data").textContent); return { ...d, comparison: !!d.comparison, exemptions: d.comparison?.exemptions.length ?? 0 }; });
const texts = (selector) => page.evaluate((s) => [...document.querySelectorAll(s)].map((e) => e.textContent.replace(/\u00a0/g, " ")), selector);
const fittedNumbers = data.parameters.filter((p) => p.calibrated), assumed = await texts("#section-assumptions");
check("all numbers that were fitted are counted and listed, those of sectors too", fittedNumbers.some((p) => p.sector) && assumed[0].includes(`${fittedNumbers.length} numbers were fitted: ${fittedNumbers.filter((p) => !p.sector).length} of `)
  && assumed[0].includes(`and ${fittedNumbers.filter((p) => p.sector).length} factors of sectors`) && fittedNumbers.every((p) => assumed[0].includes(p.key)), (await texts("#section-assumptions h3")).join(" | "));
check("and what was chosen by hand is said", data.by_hand.length > 50 && (await texts("#by-hand")).join().includes(data.by_hand.slice(0, 40)), await texts("#by-hand"));
const judged = (kind) => data.validation.filter((r) => r.kind === kind && ["met", "missed"].includes(r.verdict)), bounds = data.validation.filter((r) => r.kind === "bound");
const counted = (kind) => `${judged(kind).length}`, score = (await texts("#section-assumptions h3")).find((t) => / predicted figures with a range /.test(t)) ?? "";
check("a bound without data counts neither as fitted nor as predicted", bounds.length > 0 && bounds.every((r) => r.data == null) && score.startsWith(`Of ${counted("predicted")} predicted `) && score.includes(`of ${counted("calibrated")} fitted ones`), score);
const tagsOf = (id) => texts(`#${id} .badges li`), unknown = "no data identify this change";
const fits = await tagsOf("claims"), causeTags = await tagsOf("decomposition");
check("that no data identify the rise of what firms do is said in the head and at the causes, in one wording", [lines[0].text, causeTags.find((t) => t.startsWith("predicted")) ?? ""].every((t) => t.includes(unknown) && t.includes(`floor of ${bounds[0].low} points`)) && lines[0].marks.join() === "predicted" && fits.some((t) => /no data identify it/.test(t)), `${lines[0].text} ${causeTags.join(" | ")} ${fits.join(" | ")}`);
const duty = data.validation.find((r) => r.variable === "duty_collected" && r.data != null), ratio = (duty.median / duty.data).toFixed(1), missedRows = await texts("#section-assumptions > ul li");
const dutyWords = [...(await texts("#duties h3")), ...(await texts("#duties .notes"))].join(" "), warned = `the model's is ${ratio} times that collected`;
check("the duties' chart shows the published rate and the model's", dutyWords.includes(`${duty.median.toFixed(1)} %, where ${duty.data} % was collected`) && dutyWords.includes(`${ratio} times as much`), dutyWords);
check("a figure outside its published range is among the misses", duty.low != null && duty.verdict === (duty.median > duty.high || duty.median < duty.low ? "missed" : "met") && missedRows.some((t) => t.includes("duty collected")) === (duty.verdict === "missed"), missedRows.join(" | "));
if (data.exemptions) check("and the duty forgone is quoted with that warning", (duty.verdict === "missed") === (await texts("#exemptions .notes")).join().includes(warned) && (!/dut(y|ies)/.test(lines[1].text) || lines[1].text.includes(warned) === (duty.verdict === "missed")), lines[1].text);
await page.selectOption('select[name="content-source"]', "asia");
const part = (await tagsOf("content-table")).find((t) => t.startsWith("fitted")) ?? "", china = data.validation.filter((r) => r.variable === "value_added_content" && r.kind === "calibrated" && r.select.source?.join() === "CN" && r.select.export_sector?.join() === "manufacturing");
check("a share of which a part was fitted says so", china.length > 0 && /balanced to China's share in the exports of Mexico/.test(part) && /China's part of East and South-East Asia's share/.test((await tagsOf("content-months")).join(" ")), part);
await page.selectOption('select[name="content-source"]', data.home);
const recalled = data.validation.filter((r) => r.variable === "us_deficit_over_exports_published_basis" && r.data != null && r.select.partner.length === 1 && r.select.partner[0] !== "*" && /recalled/.test(r.source)).length;
const marksOf = await page.evaluate(() => ({ filled: [...document.querySelectorAll('#deficits svg g[data-mark="dot"] path[fill="var(--c2)"]')].length, r: [...document.querySelectorAll("#deficits .drawing svg text")].filter((t) => / r$/.test(t.textContent)).length }));
check("no deficit is drawn as fitted, and each recalled figure has its letter", marksOf.filled === 0 && recalled > 0 && marksOf.r === recalled && (await texts("#deficits .legend li")).some((t) => /model predicted/.test(t)), `${JSON.stringify(marksOf)} ${recalled}`);

// A scenario is the base until the first month in which any of its series is another.
const leaves = (() => {
  const [b, s] = data.scenarios, series = (x) => [...Object.keys(b.bands).flatMap((k) => ["p05", "p50", "p95"].map((q) => x.bands[k][q])), ...Object.keys(b.means).map((k) => x.means[k])].filter((v) => v.length === b.months.length);
  const [p, q] = [series(b), series(s)];
  return b.months.findIndex((_, i) => p.some((v, k) => v[i] !== q[k][i]));
})();
const setMonth = (i) => page.locator('input[name="month"]').evaluate((e, v) => { e.value = v; e.dispatchEvent(new Event("input", { bubbles: true })); }, String(i));
const lastMonth = Number(await page.locator('input[name="month"]').inputValue()), monthWords = (m) => new Date(`${m}-01T00:00:00Z`).toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
if (leaves > 0) {
  const same = `the same as the base until ${monthWords(data.scenarios[0].months[leaves - 1])}`, wordsNow = async () => [(await texts("#finding .mark")).join(), (await texts("#standfirst li:last-child .mark")).join()].join(" ");
  await setMonth(leaves - 1);
  const before = await wordsNow();
  await page.selectOption('select[name="scenario"]', { index: 1 });
  const there = await wordsNow(), said2 = await texts("#finding, #claims .badges li, #section-assumptions dd");
  await setMonth(leaves);
  const later = await wordsNow(), shown2 = await page.evaluate(() => document.getElementById("claims").rows.filter((r) => r.published != null).map((r) => r.month));
  check("a scenario says until when it is the base, and has its words until then, assumed afterwards", before === there && !/^assumed/.test(there) && /^assumed/.test(later) && said2.filter((t) => t.toLowerCase().includes(same.toLowerCase())).length === 3, `${before} | ${there} | ${later} | ${said2.join(" | ").slice(0, 600)}`);
  check("and no published point stands in months that it does not share", shown2.length === data.facts.claims.filter((f) => f.exporter === data.exporters[0] && !f.sector && data.scenarios[0].months.indexOf(f.month) >= 0 && data.scenarios[0].months.indexOf(f.month) < leaves).length, shown2.join());
  await page.selectOption('select[name="scenario"]', { index: 0 });
  await setMonth(lastMonth);
} else check("the scenario departs from the base after its first month", false, leaves);
await page.selectOption('select[name="exporter"]', { index: 1 });
const fellow = data.exporters[1], fellowFitted = data.validation.some((r) => r.variable.startsWith("claim_share") && r.kind === "calibrated" && r.select.exporter?.includes(fellow));
const sectorMarks = async () => ({
  legend: (await texts("#sectors .legend li")).filter((t) => /^Published/.test(t)).join(" | "),
  filled: await page.locator('#sectors svg g[data-mark="dot"] circle[fill="var(--c2)"]').count(), hollow: await page.locator('#sectors svg g[data-mark="dot"] circle[fill="var(--card)"]').count(),
});
await page.selectOption('select[name="sectors-metric"]', "dutiable");
const notFitted = await sectorMarks(), handTag = (await tagsOf("sectors")).find((t) => t.startsWith("predicted")) ?? "";
check("sectors: what was not fitted is hollow, and what was set by hand is pointed to", notFitted.filled === 0 && (notFitted.hollow > 0) === (notFitted.legend === "Published; model predicted") && /set by hand/.test(handTag), `${JSON.stringify(notFitted)} ${handTag}`);
await page.selectOption('select[name="exporter"]', { index: 0 });
const didFit = await sectorMarks();
check("sectors: what was fitted is filled", didFit.filled > 0 && didFit.hollow === 0 && didFit.legend === "Published; model fitted", JSON.stringify(didFit));
await page.selectOption('select[name="sectors-metric"]', "recorded");
const drawnOnly = await sectorMarks();
check("sectors: recorded shares were not", drawnOnly.filled === 0 && drawnOnly.hollow > 0, JSON.stringify(drawnOnly));
await page.selectOption('select[name="sectors-metric"]', "actual");
await page.selectOption('select[name="exporter"]', { index: 1 });
check("tags and strip agree that nothing of the other exporter's claims was fitted", fellowFitted || (!(await tagsOf("claims")).some((t) => t.startsWith("fitted")) && !(await texts("#claims .legend li")).some((t) => /fitted/.test(t))), (await texts("#claims .legend li")).join(" | "));
await page.selectOption('select[name="exporter"]', { index: 0 });

await page.selectOption('select[name="exporter"]', { index: 1 });
check("they follow the selectors", (await head())[0] !== finding);
await page.selectOption('select[name="exporter"]', { index: 0 });
const codes = await page.evaluate(() => {
  const named = Object.keys(JSON.parse(document.getElementById("data").textContent).names.regions);
  return [...document.querySelectorAll("#validation-table td[data-label=Figure]")].map((t) => t.textContent).filter((t) => t.split(/[^A-Z]+/).some((w) => named.includes(w)));
});
check("regions are named, not coded, in the validation", codes.length === 0, codes.slice(0, 3).join(" | "));

// ---- Selectors change the data shown ----
const shown = (id) => page.evaluate((i) => { const f = document.getElementById(i); return JSON.stringify([f.rows, f.querySelector(".drawing").innerHTML]); }, id);
const choices = {
  scenario: ["claims", "decomposition-months", "flows", "content-table", "deficits", "sectors", "duties"],
  exporter: ["claims", "decomposition", "decomposition-months", "content-months", "sectors", "duties"],
  "decomposition-basis": ["decomposition", "decomposition-months"], "flows-regions": ["flows"], "content-sector": ["content-table", "content-months"],
  "content-source": ["content-table"], "deficit-year": ["deficits"], "deficit-basis": ["deficits"], "sectors-metric": ["sectors"], "duties-partner": ["duties"],
  ...(compared ? { "effects-outcome": ["effects"], "effects-period": ["effects"], "effects-closure": ["effects"] } : {}),
};
for (const [name, ids] of Object.entries(choices)) {
  const select = page.locator(`select[name="${name}"]`), values = await select.locator("option").evaluateAll((os) => os.map((o) => o.value));
  const first = await select.inputValue(), other = values.find((v) => v !== first);
  if (other == null && /^(deficit-year|effects-period|effects-closure)$/.test(name)) continue; // only one year, period or closure in these runs
  const before = await Promise.all(ids.map(shown));
  await select.selectOption(other);
  const after = await Promise.all(ids.map(shown));
  const same = ids.filter((_, i) => JSON.stringify(JSON.parse(before[i])[0]) === JSON.stringify(JSON.parse(after[i])[0]) || before[i] === after[i]);
  check(`${name} changes ${ids.join(", ")}`, same.length === 0, `unchanged: ${same}`);
  await select.selectOption(first);
  check(`${name} set back shows the same again`, JSON.stringify(await Promise.all(ids.map(shown))) === JSON.stringify(before));
}
const month = page.locator('input[name="month"]');
const beforeMonth = await Promise.all(["decomposition", "flows", "content-table"].map(shown));
await month.focus();
for (let i = 0; i < 4; i++) await month.press("ArrowLeft");
check("arrow keys on the month slider change the month and its charts",
  (await Promise.all(["decomposition", "flows", "content-table"].map(shown))).every((s, i) => JSON.stringify(JSON.parse(s)[0]) !== JSON.stringify(JSON.parse(beforeMonth[i])[0])));
const embedded = await page.evaluate(() => {
  const data = JSON.parse(document.getElementById("data").textContent), f = document.getElementById("claims");
  const rows = f.rows.filter((r) => r.series === "What firms do").map((r) => r.median);
  return JSON.stringify(rows) === JSON.stringify(data.scenarios[0].bands[`claim_share/${data.exporters[0]}`].p50);
});
check("the rows of the claims chart are the embedded medians", embedded);

// ---- Keyboard, tooltips, table ----
await page.locator("#claims .drawing").focus();
await page.keyboard.press("Home");
const heard = await page.textContent("#live");
await page.keyboard.press("ArrowRight");
const next = await page.textContent("#live");
check("arrow keys read out a chart's values", /\d+ %/.test(heard) && next !== heard, `${heard} / ${next}`);
check("and show the tooltip", (await page.locator('#claims svg [data-mark="tip"] text').count()) > 0);
const box = await page.locator("#duties .drawing svg").boundingBox();
await page.locator("#duties .drawing svg").hover({ position: { x: box.width * 0.7, y: box.height * 0.6 } });
check("the mouse shows a tooltip", /billion USD/.test((await page.locator('#duties svg [data-mark="tip"]').textContent()) ?? ""));
await page.locator("#section-assumptions h2").hover();
const heading = page.locator("#validation-table thead button", { hasText: "Model, median" });
await heading.focus();
await page.keyboard.press("Enter");
const sorted = await page.locator("#validation-table tbody tr td:nth-child(6)").allTextContents();
const numbers = sorted.filter((t) => t !== "–").map((t) => Number(t.replace("−", "-").replace(/,/g, "")));
check("a heading sorts its table", numbers.length > 5 && numbers.every((n, i) => i === 0 || n <= numbers[i - 1] + 1e-9), numbers.join(" "));
check("and says so", (await page.locator('#validation-table th[aria-sort="descending"]').count()) === 1);

// ---- Long tables begin with whole rows, and a button shows the others ----
const rowsSeen = () => page.locator("#validation-table tbody tr").evaluateAll((rows) => [rows.filter((r) => r.offsetHeight > 0).length, rows.length]);
const [few, every] = await rowsSeen();
await page.locator("#validation-table .more").click();
check("a button shows all rows of a long table", few < every && (await rowsSeen())[0] === every, `${few} of ${every}`);
await page.locator("#validation-table .more").click();
check("and folds them again", (await rowsSeen())[0] === few);

// ---- Downloads ----
for (const id of long ? figures : ["claims", "flows"]) {
  const page = await open(1280); // a page of its own: Chromium stops a page that downloads many files
  for (const [label, ending] of [["Download SVG", "svg"], ["Download CSV", "csv"]]) {
    const button = page.locator(`#${id} button`, { hasText: label });
    if ((await page.evaluate((i) => document.getElementById(i).rows.length, id)) === 0) continue;
    const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const path = join(scratch, `${id}.${ending}`);
    await file.saveAs(path);
    const text = readFileSync(path, "utf8");
    const title = await page.locator(`#${id} h3`).textContent();
    if (ending === "svg") {
      const good = await page.evaluate((t) => { const d = new DOMParser().parseFromString(t, "image/svg+xml"); return !d.querySelector("parsererror") && d.querySelectorAll("path, rect, circle").length > 4; }, text);
      check(`${id} as SVG stands alone`, good && !/var\(--|currentColor|href="?http/i.test(text) && text.includes(title.split(/[\s,:]/)[0]), text.slice(0, 400));
    } else {
      const rows = await page.evaluate((i) => document.getElementById(i).rows.length, id);
      check(`${id} as CSV holds its rows`, text.trim().split("\r\n").length === rows + 4 && text.startsWith("# "), text.slice(0, 300));
    }
  }
  await page.close();
}

// ---- Faults that axe finds, both themes; nothing wider than the window ----
for (const scheme of ["light", "dark"]) {
  const p = scheme === "light" ? page : await open(1280, "dark");
  const dark = await p.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--page").trim());
  check(`${scheme} colours`, dark === (scheme === "light" ? "#ffffff" : "#14171b") || dark === (scheme === "light" ? "#fff" : ""), dark);
  await p.evaluate(axe);
  await p.evaluate(() => document.querySelectorAll("#claims details").forEach((d) => { d.open = true; }));
  const found = await p.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const bad = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
  check(`axe finds no serious or critical fault, ${scheme}`, bad.length === 0, bad.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`).join("\n    "));
  if (scheme === "dark") await p.close();
}
await page.mouse.move(0, 0); // else a tooltip follows what moves under the mouse when the width changes
for (const width of long ? [360, 480, 768, 1024, 1280, 1920] : [360, 768, 1920]) {
  await page.setViewportSize({ width, height: 900 });
  await page.waitForTimeout(250);
  const wide = await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - innerWidth,
    cut: [...document.querySelectorAll(".drawing > svg")].filter((s) => s.getBoundingClientRect().right > s.parentElement.getBoundingClientRect().right + 1).length,
    texts: [...document.querySelectorAll(".drawing > svg text")].filter((t) => {
      const a = t.getBoundingClientRect(), b = t.closest(".drawing").getBoundingClientRect();
      return a.width > 0 && (a.left < b.left - 1.5 || a.right > b.right + 1.5);
    }).map((t) => `${t.closest("figure").id}: ${t.textContent}`),
    tables: [...document.querySelectorAll(".scroll")].filter((s) => s.scrollWidth > s.clientWidth + 1).map((s) => s.getAttribute("aria-label")),
    chart: document.querySelector("#claims .drawing").getBoundingClientRect().top + scrollY,
  }));
  check(`${width} px: nothing overflows, no chart or label is cut`, wide.over <= 0 && wide.cut === 0 && wide.texts.length === 0, JSON.stringify(wide));
  check(`${width} px: no table is to be scrolled sideways`, wide.tables.length === 0, wide.tables.join("\n    "));
  check(`${width} px: the first chart begins on the first screen`, wide.chart < 850, wide.chart);
}

// ---- Paper: A4 less margins of 14 mm is 688 by 1017 CSS pixels ----
await page.setViewportSize({ width: 688, height: 1017 });
await page.emulateMedia({ media: "print" });
await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
const tall = await page.evaluate(() => [...document.querySelectorAll("figure.chart")].map((f) => { const b = f.getBoundingClientRect(); return { id: f.id, h: b.height, right: Math.max(...[...f.querySelectorAll("svg")].map((s) => s.getBoundingClientRect().right), 0) }; }));
check("on paper every chart fits on a page", tall.every((t) => t.h <= 1017 && t.right <= 689), JSON.stringify(tall));
const pdf = await page.pdf({ format: "A4", printBackground: true, preferCSSPageSize: true });
writeFileSync(join(scratch, "report.pdf"), pdf);
check("it prints to PDF", pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 50000, pdf.length);
await page.evaluate(() => dispatchEvent(new Event("afterprint")));
await page.emulateMedia({ media: null });

if (long) {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const p = await open(1280);
    times.push(Number(await p.evaluate(() => document.documentElement.dataset.drawn)));
    await p.close();
  }
  check(`drawn in less than 2 s (${times.join(", ")} ms)`, Math.min(...times) < 2000);
}
check("no error or warning in the console", said.length === 0, said.join("\n    "));
check("no request leaves the page", asked.length === 0, asked.join("\n    "));
await browser.close();
process.exit(failures ? 1 : 0);
