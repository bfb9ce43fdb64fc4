// Menus: a list of things to do, at a place; arrows move, Enter chooses, Esc closes.

import { el } from "./dom.js";

/** @typedef {{label: string, then: () => void, isDanger?: boolean, isChosen?: boolean}} Entry */

/** @type {(isBack: boolean) => void} */
let closeOpen = () => {};

/**
 * @param {{x: number, y: number}} place
 * @param {(Entry|null|undefined|false|"")[]} entries
 */
export function menu(place, entries) {
  closeOpen(false);
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  const node = el("div", { class: "menu", role: "menu" });
  const close = (isBack) => {
    closeOpen = () => {};
    node.remove();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("blur", gone);
    if (isBack) before?.focus({ preventScroll: true });
  };
  const outside = (event) => node.contains(event.target) || close(false);
  const gone = () => close(false);
  for (const entry of entries) if (entry) node.append(item(entry, close));
  node.addEventListener("keydown", (event) => moved(event, node, close));
  node.addEventListener("contextmenu", (event) => event.preventDefault());
  closeOpen = close;
  // What is not in an open dialog lies under it.
  (document.querySelector("dialog[open]") ?? document.body).append(node);
  const { width, height } = node.getBoundingClientRect();
  node.style.left = `${Math.max(8, Math.min(place.x, innerWidth - width - 8))}px`;
  node.style.top = `${Math.max(8, Math.min(place.y, innerHeight - height - 8))}px`;
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("blur", gone);
  /** @type {HTMLElement} */ (node.firstElementChild)?.focus({ preventScroll: true });
}

/** A menu that hangs under a button. @param {HTMLElement} button @param {Parameters<typeof menu>[1]} entries */
export function menuUnder(button, entries) {
  const { left, bottom } = button.getBoundingClientRect();
  menu({ x: left, y: bottom + 4 }, entries);
}

/** @param {Entry} entry @param {(isBack: boolean) => void} close */
function item({ label, then, isDanger, isChosen }, close) {
  const role = isChosen === undefined ? "menuitem" : "menuitemradio";
  const choose = () => (close(true), then());
  return el("button", { type: "button", role, "aria-checked": isChosen === undefined ? null : String(isChosen), class: isDanger ? "danger" : "", tabindex: "-1", onclick: choose }, label);
}

function moved(event, node, close) {
  const all = [...node.children];
  const at = all.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const begins = event.key.length === 1 && all.find((one) => one.textContent.toLowerCase().startsWith(event.key.toLowerCase()));
  if (event.key in steps) all.at(steps[event.key] % all.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") close(true);
  else if (begins) begins.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
