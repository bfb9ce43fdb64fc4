// What stands over the page for a moment: a toast, a dialog, a menu.

import { byId, el } from "./dom.js";

let fading = 0;

/** A sentence that goes away by itself. @param {string} text */
export function toast(text) {
  const node = byId("toast");
  node.textContent = text;
  node.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(() => node.classList.remove("shown"), Math.max(3000, text.length * 60));
}

/** A text with an OK. @param {string} text */
export const alertWith = (text) => ask(text, { yes: "OK", no: null });

/** True if the person agrees. @param {string} text @param {string} yes */
export const confirmWith = async (text, yes) => (await ask(text, { yes, isDanger: true })) !== null;

/** What the person typed, or null. @param {string} title @param {string} label @param {string} yes */
export const prompt = (title, label, yes) => ask(title, { yes, label });

/** @returns {Promise<string|null>} */
function ask(text, { yes, no = "Cancel", label = "", isDanger = false }) {
  const field = label && el("input", { class: "field", "aria-label": label, placeholder: label, maxlength: "100", required: true, dir: "auto" });
  const form = el("form", { method: "dialog" },
    el("p", { dir: "auto" }, text),
    field,
    el("div", { class: "answers" },
      no && el("button", { type: "button", onclick: () => dialog.close() }, no),
      el("button", { value: "yes", class: isDanger ? "danger" : "" }, yes)));
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", { "aria-label": text }, form));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const said = field ? /** @type {HTMLInputElement} */ (field).value.trim() : "yes";
      dialog.remove();
      resolve(dialog.returnValue === "yes" && said ? said : null);
    });
  });
}

/**
 * A menu at a place; arrows move, Enter chooses, Esc closes.
 * @param {{x: number, y: number}} place
 * @param {({label: string, then: () => void, isDanger?: boolean}|null|false)[]} entries
 */
export function menu(place, entries) {
  closeMenu();
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  const node = el("div", { class: "menu", role: "menu" });
  const close = (isBack) => {
    node.remove();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("blur", gone);
    if (isBack) before?.focus({ preventScroll: true });
  };
  const outside = (event) => node.contains(event.target) || close(false);
  const gone = () => close(false);
  for (const entry of entries) {
    if (!entry) continue;
    const choose = () => (close(true), entry.then());
    node.append(el("button", { type: "button", role: "menuitem", class: entry.isDanger ? "danger" : "", onclick: choose }, entry.label));
  }
  node.addEventListener("keydown", (event) => moved(event, node, close));
  node.addEventListener("contextmenu", (event) => event.preventDefault());
  openMenu = close;
  document.body.append(node);
  const { width, height } = node.getBoundingClientRect();
  node.style.left = `${Math.max(8, Math.min(place.x, innerWidth - width - 8))}px`;
  node.style.top = `${Math.max(8, Math.min(place.y, innerHeight - height - 8))}px`;
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("blur", gone);
  /** @type {HTMLElement} */ (node.firstElementChild)?.focus({ preventScroll: true });
}

/** A menu that hangs under a button. */
export function menuUnder(button, entries) {
  const { left, bottom } = button.getBoundingClientRect();
  menu({ x: left, y: bottom + 4 }, entries);
}

/** @type {(isBack: boolean) => void} */
let openMenu = () => {};
const closeMenu = () => openMenu(false);

function moved(event, node, close) {
  const all = [...node.children];
  const at = all.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key in steps) all.at(steps[event.key] % all.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") close(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
