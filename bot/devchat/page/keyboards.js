// Inline keyboards: buttons under a bubble, and which of them wait for the bot's answer.

import { act } from "./api.js";
import { el } from "./dom.js";
import { toast } from "./dialogs.js";
import { safeUrl } from "./entities.js";

const PATIENCE = 15_000;
/** @type {Map<string, number>} */
const waiting = new Map();

const key = (message, data) => `${message.chat.id}:${message.message_id}:${data}`;

/** @param {import("./state.js").Message} message */
export function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return el("div", { class: "keyboard" }, ...rows.map((row) =>
    el("div", { class: "row" }, ...row.map((button) => one(message, button)))));
}

/** The bot answered a tap: its spinner stops. */
export function answered({ chat, message_id: id }) {
  for (const name of [...waiting.keys()]) if (name.startsWith(`${chat}:${id}:`)) rest(name);
}

function one(message, button) {
  const label = el("span", { class: "label", dir: "auto", title: button.text }, button.text);
  const href = button.url && safeUrl(button.url);
  if (href) {
    const mark = el("span", { class: "corner", "aria-hidden": "true" }, "↗");
    return el("a", { href, target: "_blank", rel: "noopener noreferrer", class: "key" }, label, mark);
  }
  const data = button.callback_data ?? "";
  const name = key(message, data);
  const node = el("button", { type: "button", class: "key", "data-key": name }, label);
  spin(node, waiting.has(name));
  node.addEventListener("click", () => tap(message, data, name));
  return node;
}

async function tap(message, data, name) {
  if (waiting.has(name)) return;
  waiting.set(name, setTimeout(() => rest(name), PATIENCE));
  each(name, true);
  try {
    await act("tap", { chat: message.chat.id, message_id: message.message_id, data });
  } catch (error) {
    rest(name);
    toast(error.message);
  }
}

function rest(name) {
  clearTimeout(waiting.get(name));
  waiting.delete(name);
  each(name, false);
}

function each(name, isWaiting) {
  for (const node of document.querySelectorAll(".key[data-key]")) {
    if (/** @type {HTMLElement} */ (node).dataset.key === name) spin(node, isWaiting);
  }
}

function spin(node, isWaiting) {
  node.classList.toggle("waiting", isWaiting);
  node.setAttribute("aria-busy", String(isWaiting));
}
