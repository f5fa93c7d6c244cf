// The frame around every chart: title that says the finding, units, badges, selectors, drawing, legend, source, downloads, data.
import { Mark, marks } from "./data";
import { h, markLong } from "./dom";
import { csvText, download, svgText } from "./export";
import { local, onChange, state, change } from "./state";
import { Column, dataTable, RowOf } from "./table";
import { unbroken } from "./text";

export interface Cursor { x: number; y: number; text: string }
export interface Drawn { svg: SVGSVGElement; cursor: Cursor[] }
export interface LegendItem { label: string; color: string; kind: "line" | "dash" | "dots" | "square" | "circle" | "diamond" | "ring" | "upright" | "block" | "solid" | "span" | "letter"; width?: number }
/** A statement on the figures of a chart, headed by the word of its kind. */
export interface Badge { kind: Mark; text: string }
export const badgeItem = (b: Badge): HTMLElement => h("li", { class: b.kind }, h("b", {}, marks[b.kind]), ` ${b.text}`);
export interface Drawing {
  title: string; subtitle: string; source: string; badges?: Badge[]; legend?: LegendItem[]; notes?: string[];
  columns: Column[]; rows: RowOf[];
  /** Nothing to draw, and why. */
  empty?: string;
  draw?(width: number): Drawn;
}
export interface Selector { key: string; label: string; initial(): string; options(): { value: string; label: string }[] }
export interface FigureSpec { id: string; selectors?: Selector[]; make(): Drawing }

const printWidth = 660;

export function legendMark(item: LegendItem): string {
  const style = `stroke="${item.color}" stroke-width="${item.width ?? 2.5}"`;
  if (item.kind === "square") return `<rect x="2" y="1" width="22" height="10" fill="${item.color}"/>`;
  if (item.kind === "circle") return `<circle cx="13" cy="6" r="4.5" fill="${item.color}"/>`;
  if (item.kind === "ring") return `<circle cx="13" cy="6" r="4" fill="none" ${style}/>`;
  if (item.kind === "diamond") return `<path d="M13 0.5L18.5 6L13 11.5L7.5 6Z" fill="none" ${style}/>`;
  if (item.kind === "block") return `<rect x="8.5" y="1.5" width="9" height="9" fill="${item.color}"/>`;
  if (item.kind === "solid") return `<path d="M13 0.5L18.5 6L13 11.5L7.5 6Z" fill="${item.color}" ${style}/>`;
  if (item.kind === "letter") return `<text x="13" y="10" text-anchor="middle" font-size="12" fill="${item.color}">r</text>`;
  if (item.kind === "span") return `<path d="M2 1.5V10.5M24 1.5V10.5M2 6H24" fill="none" ${style}/>`;
  if (item.kind === "upright") return `<line x1="13" x2="13" y1="0" y2="12" ${style}/>`;
  const dash = item.kind === "dash" ? 'stroke-dasharray="7 3"' : item.kind === "dots" ? 'stroke-dasharray="2 3"' : "";
  return `<line x1="0" x2="26" y1="6" y2="6" ${style} ${dash}/>`;
}

function legendItem(item: LegendItem): HTMLElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 26 12");
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = legendMark(item); // colours of the page itself, no text of the data
  return h("li", {}, svg, item.label);
}

/** Arrow keys walk through the values of a chart: the tooltip follows, and the value is read out. */
function walk(box: HTMLElement, current: () => Drawn | undefined): void {
  let place = -1;
  const live = document.getElementById("live")!;
  const show = (drawn: Drawn): void => {
    const { x, y, text } = drawn.cursor[place]!;
    live.textContent = text;
    const bounds = drawn.svg.getBoundingClientRect();
    const scale = bounds.width / Number(drawn.svg.getAttribute("width"));
    const event = { clientX: bounds.left + x * scale, clientY: bounds.top + y * scale, pointerType: "mouse", bubbles: true };
    drawn.svg.dispatchEvent(new PointerEvent("pointerenter", event));
    drawn.svg.dispatchEvent(new PointerEvent("pointermove", event));
  };
  box.addEventListener("keydown", (event) => {
    const drawn = current();
    if (!drawn || drawn.cursor.length === 0) return;
    const last = drawn.cursor.length - 1;
    const to: Record<string, number> = {
      ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: last,
    };
    if (!(event.key in to)) return;
    event.preventDefault();
    place = Math.min(last, Math.max(0, to[event.key]!));
    show(drawn);
  });
  box.addEventListener("blur", () => current()?.svg.dispatchEvent(new PointerEvent("pointerleave", { bubbles: true })));
}

function selectorElement(spec: Selector): { element: HTMLElement; refresh(): void } {
  const select = h("select", { name: spec.key }) as HTMLSelectElement;
  select.addEventListener("change", () => change({ local: { ...state.local, [spec.key]: select.value } }));
  const refresh = (): void => {
    const options = spec.options();
    let value = local(spec.key, spec.initial());
    if (!options.some((o) => o.value === value)) value = spec.initial();
    select.replaceChildren(...options.map((o) => h("option", { value: o.value, selected: o.value === value }, o.label)));
    markLong(select, 38);
  };
  return { element: h("label", { class: "control" }, spec.label, select), refresh };
}

/** What a selector of a chart says now: its first value until somebody chooses, or where the choice is no longer there. */
export function chosen(spec: Selector): string {
  const value = local(spec.key, spec.initial());
  return spec.options().some((o) => o.value === value) ? value : spec.initial();
}

/** Plot names its groups ("rule", "tip"); inside one picture such names say nothing to anybody. */
function unname(svg: SVGSVGElement): void {
  for (const group of svg.querySelectorAll("g[aria-label]")) {
    group.setAttribute("data-mark", group.getAttribute("aria-label")!);
    group.removeAttribute("aria-label");
  }
}

export function figure(spec: FigureSpec): HTMLElement {
  const title = h("h3", { id: `${spec.id}-title` });
  const subtitle = h("p", { class: "subtitle" }), source = h("p", { class: "source" });
  const badges = h("ul", { class: "badges", "aria-label": "What these figures are" }), legend = h("ul", { class: "legend" });
  const notes = h("div", { class: "notes" });
  const selectors = (spec.selectors ?? []).map(selectorElement);
  const box = h("div", { class: "drawing", tabindex: 0, role: "group" });
  const table = h("div"), details = h("details", {}, h("summary", {}, "Show the data"), table) as HTMLDetailsElement;
  const button = (label: string, action: () => void): HTMLElement => h("button", { type: "button", onclick: action }, label);
  const actions = h("div", { class: "actions" },
    button("Download SVG", () => { const d = spec.make(); if (d.draw) download(`${spec.id}.svg`, "image/svg+xml", svgText(d, d.draw(760))); }),
    button("Download CSV", () => { const d = spec.make(); download(`${spec.id}.csv`, "text/csv", csvText(d)); }), details);
  const element = h("figure", { class: "chart", id: spec.id, "aria-labelledby": `${spec.id}-title` },
    title, subtitle, badges, selectors.length ? h("div", { class: "local" }, ...selectors.map((s) => s.element)) : "",
    box, legend, notes, source, actions) as HTMLElement & { rows?: RowOf[] };

  let drawn: Drawn | undefined, width = 0, drawing: Drawing;
  const paint = (to: number): void => {
    width = to;
    drawn = drawing.empty || !drawing.draw ? undefined : drawing.draw(to);
    if (drawn) {
      drawn.svg.setAttribute("role", "img");
      drawn.svg.setAttribute("aria-label", drawing.title);
      unname(drawn.svg);
      const svg = drawn.svg;
      new MutationObserver(() => unname(svg)).observe(svg, { childList: true, subtree: true });
    }
    box.replaceChildren(drawn?.svg ?? h("p", { class: "note" }, drawing.empty ?? ""));
  };
  const fill = (): void => {
    if (details.open) table.replaceChildren(dataTable(drawing.columns, drawing.rows, drawing.subtitle));
    else table.replaceChildren();
  };
  const update = (): void => {
    drawing = spec.make();
    for (const s of selectors) s.refresh();
    title.textContent = unbroken(drawing.title);
    subtitle.textContent = unbroken(drawing.subtitle);
    source.textContent = unbroken(drawing.source);
    badges.replaceChildren(...(drawing.badges ?? []).map(badgeItem));
    badges.hidden = !drawing.badges?.length;
    legend.replaceChildren(...(drawing.legend ?? []).map(legendItem));
    legend.hidden = !drawing.legend?.length || !!drawing.empty;
    notes.replaceChildren(...(drawing.notes ?? []).map((n) => h("p", { class: "note" }, unbroken(n))));
    box.setAttribute("aria-label", `Chart. ${drawing.title}. Arrow keys read its values.`);
    element.rows = drawing.rows;
    fill();
    paint(box.clientWidth || 700);
  };
  details.addEventListener("toggle", fill);
  walk(box, () => drawn);
  onChange(update);
  // A first drawing once the frame is in the page and has a width; later ones when that changes.
  new ResizeObserver(() => { if (box.clientWidth && Math.abs(box.clientWidth - width) > 1) paint(box.clientWidth); }).observe(box);
  addEventListener("beforeprint", () => paint(printWidth));
  addEventListener("afterprint", () => paint(box.clientWidth));
  queueMicrotask(update);
  return element;
}
