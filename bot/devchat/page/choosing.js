// Lists to choose one from, in a dialog: chats, people. Typing narrows the list, arrows move in it.

import { field, sheet } from "./dialogs.js";
import { el } from "./dom.js";
import { chatAvatar, chatName } from "./names.js";
import { whyMute } from "./standing.js";

const MANY = 8;

/**
 * @template Value
 * @param {string} title
 * @param {{value: Value, picture: Node, name: string, about?: string}[]} choices
 * @returns {Promise<Value|null>}
 */
export function choose(title, choices) {
  return new Promise((resolve) => {
    /** @type {Value|null} */
    let chosen = null;
    const rows = choices.map(({ value, picture, name, about }) => {
      const take = () => ((chosen = value), dialog.close());
      const said = el("span", { class: "about" }, el("bdi", { class: "label" }, name), about && el("span", { class: "size" }, about));
      return el("li", {}, el("button", { type: "button", class: "person", onclick: take }, picture, said));
    });
    const list = el("ul", { class: "people", onkeydown: walk }, ...rows);
    const search = choices.length > MANY && field("Search", { type: "search", oninput: () => narrow(rows, search.value) });
    const none = !choices.length && el("p", { class: "hint" }, "There is nothing to choose.");
    const dialog = sheet(title, search, list, none);
    dialog.addEventListener("close", () => resolve(chosen));
  });
}

/**
 * A chat to write into, as { chat, thread }; a forum is offered topic by topic.
 * @param {import("./state.js").State} state
 * @param {string} title
 * @param {(chat: import("./state.js").Chat) => boolean} [fits]
 */
export function chooseChat(state, title, fits = () => true) {
  const places = state.inOrder.filter(fits).flatMap((chat) => (chat.is_forum ? chat.threads : [null]).map((thread) => ({ chat, thread })));
  const open = places.filter(({ chat, thread }) => !whyMute(chat, thread?.message_thread_id));
  return choose(title, open.map(({ chat, thread }) => ({
    value: { chat: chat.id, thread: thread?.message_thread_id ?? null },
    picture: chatAvatar(chat, state.bot),
    name: chatName(chat, state.bot),
    about: thread?.name,
  })));
}

/** Up and down in a list of buttons and links. @param {KeyboardEvent} event */
export function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("li:not([hidden]) > :is(a, button):first-child")]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
  event.preventDefault();
}

function narrow(rows, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
}
