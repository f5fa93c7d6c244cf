/** An element with attributes, listeners (onclick) and children; texts are texts, never markup. */
export function h(tag: string, attributes: Record<string, unknown> = {}, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value as EventListener);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((c) => c !== ""));
  return element;
}
/** Marks a selector whose choice is longer than so many characters: it is given two lines on narrow screens. */
export function markLong(select: HTMLSelectElement, length: number): void {
  select.classList.toggle("long", (select.selectedOptions[0]?.text.length ?? 0) > length);
}
