// The list of chats at the left.

import { walk } from "./choosing.js";
import { arrange, byId, el, icon } from "./dom.js";
import { summary } from "./lines.js";
import { chatAvatar, chatName, sender } from "./names.js";
import { full, listTime } from "./times.js";

const KINDS = {
  channel: "M4 10v4h3l7 4V6l-7 4zM17 9.500a3.500 3.500 0 0 1 0 5",
  group: "M9 11a3 3 0 1 0-.01 0M3 19c0-3 2.500-5 6-5s6 2 6 5M16 11a2.500 2.500 0 1 0-.01 0M17 14.200c2.500.3 4 2 4 4.300",
  forum: "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5",
};

export class List {
  #state;
  #list = byId("chats");
  #made = new Map();

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    this.#list.addEventListener("keydown", walk);
  }

  /** Put the focus on the chat that is open, or on the first. */
  focus() {
    (this.#list.querySelector("a.open") ?? this.#list.querySelector("a"))?.focus();
  }

  render() {
    const { bot, me, online, inOrder: chats } = this.#state;
    const kept = new Map(chats.map((chat) => [chat.id, this.#row(chat)]));
    this.#made = kept;
    arrange(this.#list, chats.map((chat) => kept.get(chat.id)));
    const unread = chats.reduce((sum, chat) => sum + this.#state.unread(chat), 0);
    const name = this.#state.people.length > 1 ? `${me.first_name} · ${bot.first_name}` : bot.first_name;
    document.title = `${unread ? `(${unread}) ` : ""}${name}`;
    byId("side-title").textContent = online ? bot.first_name : "Connecting…";
  }

  /** The row of a chat: made once, filled anew each time. */
  #row(chat) {
    const { bot, chosen } = this.#state;
    const row = this.#made.get(chat.id) ?? el("li", {}, el("a", { href: `#${chat.id}`, "data-chat-id": chat.id }));
    const link = row.firstElementChild;
    const isOpen = chat.id === chosen;
    link.classList.toggle("open", isOpen);
    if (isOpen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    const last = chat.messages.at(-1);
    const unread = this.#state.unread(chat);
    const kind = KINDS[chat.is_forum ? "forum" : chat.type.replace("super", "")];
    link.replaceChildren(
      chatAvatar(chat, bot),
      el("span", { class: "top" },
        kind && el("span", { class: "kind" }, icon(kind)),
        el("bdi", { class: "name" }, chatName(chat, bot)),
        last && el("time", { datetime: new Date(last.date * 1000).toISOString(), title: full(last.date) }, listTime(last.date))),
      el("span", { class: "bottom" },
        this.#lastLine(chat, last),
        unread > 0 && el("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread))));
    return row;
  }

  #lastLine(chat, last) {
    const draft = chat.id !== this.#state.chosen && this.#state.drafts.get(String(chat.id))?.trim();
    if (this.#state.isTyping(chat.id)) return el("span", { class: "line typing" }, "typing…");
    if (draft) return el("span", { class: "line" }, el("span", { class: "draft" }, "Draft: "), el("bdi", {}, draft));
    if (!last) return el("span", { class: "line" }, chat.blocked ? "The bot is not here." : "No messages yet");
    const who = this.#state.isMine(last) ? "You" : chat.type === "group" || chat.type === "supergroup" ? sender(last) : "";
    return el("span", { class: "line" }, who && el("span", { class: "who" }, el("bdi", {}, who), ": "), el("bdi", {}, summary(last)));
  }
}
