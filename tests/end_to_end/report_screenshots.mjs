// Pictures of every section at three widths, for docs/report/: node report_screenshots.mjs PACKAGES REPORT FOLDER.
// Those at 360 px are in dark colours. Make them small afterwards, e.g. with `convert -colors 64`.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [packages, report, folder] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(packages), "package.json"))("playwright-core");
const browser = await chromium.launch({
  executablePath: process.env.NEARSHORE_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let failed = 0;
for (const width of [360, 768, 1280]) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: width === 360 ? "dark" : "light" });
  await page.goto(`file://${report}`);
  await page.waitForSelector("html[data-drawn]");
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `top_${width}.png`) });
  await page.addStyleTag({ content: ".controls { position: static !important } [data-away] { display: none !important }" });
  for (const section of await page.$$("main > section")) {
    const id = await section.getAttribute("id");
    // A section alone in a window that holds it whole: a picture of what is scrolled ends where the window does.
    const height = await section.evaluate((shown) => {
      for (const e of [...document.body.children, ...document.querySelectorAll("main > section")]) e.toggleAttribute("data-away", e !== shown && !e.contains(shown));
      return Math.ceil(shown.getBoundingClientRect().bottom + scrollY);
    });
    await page.setViewportSize({ width, height: height + 40 });
    await page.waitForTimeout(200);
    const box = await section.boundingBox();
    await page.screenshot({ path: join(folder, `${id.replace("section-", "")}_${width}.png`), clip: { x: 0, y: box.y, width, height: box.height + 8 } });
    if (box.y + box.height > height + 40) { failed++; console.error(`${id} at ${width} px is higher than its picture`); }
  }
  await page.close();
}
await browser.close();
process.exit(failed ? 1 : 0);
