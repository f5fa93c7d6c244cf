// Charts and their data as files: an SVG that stands alone (title, legend, source, fixed colours) and a CSV.
import { marks } from "./data";
import { Drawing, Drawn, legendMark } from "./figure";
import { Cell } from "./table";
import { upper } from "./text";

export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const field = (value: Cell): string => {
  const text = value == null ? "" : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};

export function csvText(drawing: Drawing): string {
  const comment = [drawing.title, drawing.subtitle, drawing.source].map((t) => `# ${t.replace(/\s+/g, " ")}`);
  const head = drawing.columns.map((c) => field(c.key)).join(",");
  const body = drawing.rows.map((r) => drawing.columns.map((c) => field(r[c.key] ?? null)).join(","));
  return [...comment, head, ...body, ""].join("\r\n");
}

const escape = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last != null && last.length + word.length < length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Values of the colour variables, as they are on paper: the light theme. */
function paperColours(text: string): string {
  const root = document.documentElement, theme = root.dataset["theme"];
  root.dataset["theme"] = "light";
  const style = getComputedStyle(root);
  const out = text.replace(/var\((--[a-z0-9-]+)(?:,[^()]*)?\)/g, (all, name) => style.getPropertyValue(name).trim() || (name === "--plot-background" ? "#fff" : all))
    .replace(/currentColor/gi, style.getPropertyValue("--ink").trim());
  if (theme) root.dataset["theme"] = theme;
  return out;
}

export function svgText(drawing: Drawing, drawn: Drawn): string {
  const width = Number(drawn.svg.getAttribute("width")), height = Number(drawn.svg.getAttribute("height"));
  const margin = 16, parts: string[] = [];
  let y = margin;
  const write = (text: string, size: number, weight = 400): void => {
    for (const line of wrapped(text, (width / size) * 1.9)) {
      y += size * 1.3;
      parts.push(`<text x="${margin}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="currentColor">${escape(line)}</text>`);
    }
  };
  write(drawing.title, 17, 700);
  write(drawing.subtitle, 12);
  const inner = drawn.svg.cloneNode(true) as SVGSVGElement;
  inner.setAttribute("x", String(margin));
  inner.setAttribute("y", String(y + 10));
  parts.push(new XMLSerializer().serializeToString(inner));
  y += 10 + height;
  let x = margin;
  for (const item of drawing.legend ?? []) {
    const wide = 34 + item.label.length * 6.3 + 16;
    if (x === margin || x + wide > width + margin) { x = margin; y += 18; }
    parts.push(`<svg x="${x}" y="${y - 10}" width="26" height="12" viewBox="0 0 26 12">${legendMark(item)}</svg>`);
    parts.push(`<text x="${x + 32}" y="${y}" font-size="12" fill="currentColor">${escape(item.label)}</text>`);
    x += wide;
  }
  y += 6;
  for (const note of drawing.notes ?? []) write(note, 11);
  for (const badge of drawing.badges ?? []) write(`${upper(marks[badge.kind])}: ${badge.text}`, 11);
  write(drawing.source, 11);
  const all = [width + 2 * margin, Math.ceil(y + margin)];
  return paperColours(`<svg xmlns="http://www.w3.org/2000/svg" width="${all[0]}" height="${all[1]}" viewBox="0 0 ${all[0]} ${all[1]}" `
    + `font-family="Helvetica Neue, Arial, Liberation Sans, sans-serif"><rect width="100%" height="100%" fill="#fff"/>${parts.join("")}</svg>`);
}
