// Makes the page: node bundle.mjs SOURCE BUILD OUTPUT. SOURCE holds page.html, page.css and main.ts, BUILD the packages.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [source, build, output] = process.argv.slice(2);
const esbuild = createRequire(join(build, "package.json"))("esbuild");

const shared = { bundle: true, write: false, minify: true, charset: "utf8", legalComments: "inline", logLevel: "warning" };
const script = await esbuild.build({
  ...shared,
  entryPoints: [join(source, "main.ts")],
  format: "iife",
  target: "es2020",
  nodePaths: [join(build, "node_modules")],
});
const style = await esbuild.build({ ...shared, entryPoints: [join(source, "page.css")] });

// Functions as replacements: "$&" in the text stays what it is.
const page = readFileSync(join(source, "page.html"), "utf8")
  .replace("/*NEARSHORE-STYLE*/", () => style.outputFiles[0].text)
  .replace("/*NEARSHORE-SCRIPT*/", () => script.outputFiles[0].text.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "<\\!--"));
writeFileSync(output, page);
