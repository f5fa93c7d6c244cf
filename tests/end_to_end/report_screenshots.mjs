// Pictures of every section at three widths, for docs/report/: node report_screenshots.mjs PACKAGES REPORT FOLDER.
// The last one of each is in dark colours at 360 px. Make them small afterwards, e.g. with pngquant or `convert -colors 64`.
import { createRequire } from "node:module";
import { join } from "node:path";

const [packages, report, folder] = process.argv.slice(2);
const { chromium } = createRequire(join(packages, "package.json"))("playwright-core");
const browser = await chromium.launch({
  executablePath: process.env.NEARSHORE_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
for (const width of [360, 768, 1280]) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: width === 360 ? "dark" : "light" });
  await page.goto(`file://${report}`);
  await page.waitForSelector("html[data-drawn]");
  await page.addStyleTag({ content: ".controls { position: static !important } #section-assumptions .scroll { max-height: 14rem }" });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `top_${width}.png`), clip: { x: 0, y: 0, width, height: 900 } });
  for (const section of await page.$$("main > section")) {
    const id = await section.getAttribute("id");
    await section.screenshot({ path: join(folder, `${id.replace("section-", "")}_${width}.png`) });
  }
  await page.close();
}
await browser.close();
