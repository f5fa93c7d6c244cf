// Tables: the data behind a chart, and tables that are sorted by a click or a key on a heading.
import { h } from "./dom";
import { figures } from "./text";

export type Cell = string | number | null;
export type RowOf = Record<string, Cell>;
export interface Column { key: string; label: string; number?: boolean; format?(value: number): string; strong?(row: RowOf): boolean;
  /** What rows are ordered by, where it is not what is shown. */
  order?(row: RowOf): Cell }

function cell(column: Column, row: RowOf): HTMLElement {
  const value = row[column.key] ?? null;
  const text = value == null ? "–" : typeof value === "number" ? (column.format ?? figures)(value) : value;
  return h("td", { role: "cell", "data-label": column.label, class: [column.number ? "number" : /^\d{4}-\d\d(-\d\d)?$/.test(text) ? "brief date" : text.length < 18 ? "brief" : "", column.strong?.(row) ? "missed" : ""].join(" ").trim() || null }, text);
}

/** Where the window is too narrow for their columns, rows become cards ("stack" below 44rem, "stack wide" below 76rem; "plain": its headings sort nothing, cards hide them). Cards lose the roles of a table in browsers, so roles are written out. */
function frame(caption: HTMLElement, heads: HTMLElement[], body: HTMLElement, kind: string): HTMLElement {
  return h("table", { role: "table", class: kind || null }, caption,
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)), body);
}
const row = (columns: Column[], r: RowOf): HTMLElement => h("tr", { role: "row" }, ...columns.map((c) => cell(c, r)));
const head = (c: Column, ...children: (Node | string)[]): HTMLElement => h("th", { scope: "col", role: "columnheader", class: c.number ? "number" : null }, ...children);

/** Long tables begin with their first rows, whole, and a button for all: nothing is cut at an edge. On paper all rows stand. */
function folded(body: HTMLElement, first: number): { button: HTMLElement; fold(): void } {
  let open = false;
  const button = h("button", { type: "button", class: "more only-screen", onclick: () => { open = !open; fold(); } });
  const fold = (): void => {
    const rows = [...body.children], more = rows.length > first + 4;
    rows.forEach((r, i) => r.classList.toggle("folded", more && !open && i >= first));
    button.hidden = !more;
    button.textContent = open ? `Show the first ${first} rows` : `Show all ${rows.length} rows`;
  };
  return { button, fold };
}
const firstRows = (long: boolean): number => (long || matchMedia("(max-width: 44rem)").matches ? 6 : 12);

export function dataTable(columns: Column[], rows: RowOf[], caption: string, long = false): HTMLElement {
  const body = h("tbody", { role: "rowgroup" }, ...rows.map((r) => row(columns, r))), parts = folded(body, firstRows(long));
  parts.fold();
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Table: ${caption}` },
    frame(h("caption", {}, caption), columns.map((c) => head(c, c.label)), body, long ? "stack wide plain" : columns.length > 3 ? "stack plain" : ""), parts.button);
}

function compare(a: Cell, b: Cell): number {
  if (a == null || b == null) return a == null ? (b == null ? 0 : 1) : -1; // what is missing stays last
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}

export interface SortableTable { element: HTMLElement; set(rows: RowOf[], caption: string): void }

export function sortableTable(id: string, columns: Column[], first: { key: string; down: boolean }, long = false): SortableTable {
  let rows: RowOf[] = [], sorted = { ...first };
  const caption = h("caption"), body = h("tbody", { role: "rowgroup" }), parts = folded(body, firstRows(long));
  const heads = columns.map((c) => head(c,
    h("button", { type: "button", onclick: () => { sorted = { key: c.key, down: sorted.key === c.key ? !sorted.down : !!c.number }; show(); } }, c.label)));
  const show = (): void => {
    columns.forEach((c, i) => {
      if (c.key === sorted.key) heads[i]!.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else heads[i]!.removeAttribute("aria-sort");
    });
    const ordered = [...rows].sort((a, b) => {
      const order = columns.find((c) => c.key === sorted.key)?.order, [x, y] = order ? [order(a), order(b)] : [a[sorted.key] ?? null, b[sorted.key] ?? null];
      return x == null || y == null || !sorted.down ? compare(x, y) : compare(y, x);
    });
    body.replaceChildren(...ordered.map((r) => row(columns, r)));
    parts.fold();
  };
  const scroll = h("div", { class: "scroll", id, tabindex: 0, role: "region" },
    frame(caption, heads, body, long ? "stack wide" : "stack"), parts.button);
  return {
    element: scroll,
    set(to, text) {
      rows = to;
      caption.textContent = text;
      scroll.setAttribute("aria-label", `Table: ${text}`);
      show();
    },
  };
}
