// Inline keyboards: buttons under a bubble, and which of them wait for the bot's answer.

import { act } from "./api.js";
import { toast } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { safeUrl } from "./entities.js";
import { keyOf } from "./state.js";

const PATIENCE = 15_000;
const CORNERS = { url: "M8 16 17 7M9 7h8v8", inline: "M4 12 20 5l-5 15-4-6z", copy: "M9 9h10v11H9zM15 5H5v11" };
/** @type {Map<string, number>} */
const waiting = new Map();

const key = (message, data) => `${message.chat.id}:${keyOf(message)}:${data}`;

/** @param {import("./state.js").Message} message */
export function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, ...rows.map((row) =>
    el("div", { class: "row" }, ...row.map((button) => one(message, button)))));
}

/** The bot answered a tap: its spinner stops. */
export function answered({ chat, message_id: id }) {
  for (const name of [...waiting.keys()]) if (name.startsWith(`${chat}:${id}:`)) rest(name);
}

/** A button; what those do that ask nothing of the bot, touch.js knows. @param {import("./state.js").Button} button */
function one(message, button) {
  const label = el("span", { class: "label", dir: "auto", title: button.text }, button.text);
  const href = button.url && safeUrl(button.url);
  if (href) return el("a", { href, target: "_blank", rel: "noopener noreferrer", class: "key" }, label, corner("url"));
  if (button.copy_text) return plainKey(label, "copy", { "data-copy": button.copy_text.text });
  const query = button.switch_inline_query_current_chat;
  if (query !== undefined) return plainKey(label, "inline", { "data-ask-here": query });
  const elsewhere = button.switch_inline_query ?? (button.switch_inline_query_chosen_chat && (button.switch_inline_query_chosen_chat.query ?? ""));
  if (elsewhere !== undefined) return plainKey(label, "inline", { "data-ask-elsewhere": elsewhere });
  return asking(message, label, button.callback_data ?? "");
}

const corner = (kind) => el("span", { class: "corner" }, icon(CORNERS[kind]));

const plainKey = (label, kind, data) => el("button", { type: "button", class: "key", ...data }, label, corner(kind));

function asking(message, label, data) {
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
    await act("tap", { chat: message.chat.id, message_id: keyOf(message), data });
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
