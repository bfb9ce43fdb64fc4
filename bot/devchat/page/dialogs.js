// What stands over the page until it is answered, and the toast that goes away by itself.

import { byId, el, icon } from "./dom.js";

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
export const confirmWith = async (text, yes, isDanger = true) => (await ask(text, { yes, isDanger })) !== null;

/** What the person typed, or null. @param {string} title @param {string} label @param {string} yes */
export const prompt = (title, label, yes) => ask(title, { yes, field: field(label) });

/** A line to type in. @param {string} label @param {Record<string, any>} [more] attributes */
export const field = (label, more = {}) =>
  /** @type {HTMLInputElement} */ (el("input", { class: "field", "aria-label": label, placeholder: label, maxlength: "100", required: true, dir: "auto", autocomplete: "off", ...more }));

/**
 * A dialog with a title, a way to close it, and whatever it is about; gone when it is closed.
 * @param {string} title
 * @param {...(Node|null|false)} content
 * @returns {HTMLDialogElement}
 */
export function sheet(title, ...content) {
  const close = el("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => dialog.close() }, icon("m6 6 12 12M18 6 6 18"));
  const dialog = opened(title, el("header", {}, el("h2", { dir: "auto" }, title), close), ...content);
  dialog.classList.add("sheet");
  return dialog;
}

/** A form's answers: Cancel, and the button that says what happens. */
export const answers = (yes, { no = "Cancel", isDanger = false } = {}) =>
  el("div", { class: "answers" },
    no && el("button", { type: "button", onclick: (event) => event.target.closest("dialog").close() }, no),
    el("button", { value: "yes", class: isDanger ? "danger" : "" }, yes));

/** @returns {Promise<string|null>} */
function ask(text, { yes, no = "Cancel", field: line = null, isDanger = false }) {
  const form = el("form", { method: "dialog" }, el("p", { dir: "auto" }, text), line, answers(yes, { no, isDanger }));
  const dialog = opened(text, form);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const said = line ? line.value.trim() : "yes";
      resolve(dialog.returnValue === "yes" && said ? said : null);
    });
  });
}

function opened(name, ...content) {
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", { "aria-label": name }, ...content));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
