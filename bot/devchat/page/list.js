// The list of chats at the left.

import { summary } from "./bubbles.js";
import { arrange, byId, el } from "./dom.js";
import { asWhom, chatAvatar, chatName, sender } from "./names.js";
import { full, listTime } from "./times.js";

export class List {
  #state;
  #list = byId("chats");
  #made = new Map();

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    this.#list.addEventListener("keydown", (event) => this.#moved(event));
  }

  render() {
    const chats = this.#state.inOrder;
    const kept = new Map(chats.map((chat) => [chat.id, this.#row(chat)]));
    this.#made = kept;
    arrange(this.#list, chats.map((chat) => kept.get(chat.id)));
    const unread = chats.reduce((sum, chat) => sum + this.#state.unread(chat), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${this.#state.bot.first_name}`;
    byId("side-title").textContent = this.#state.online ? this.#state.bot.first_name : "Connecting…";
  }

  /** The row of a chat: made once, filled anew each time. */
  #row(chat) {
    const row = this.#made.get(chat.id) ?? el("li", {}, el("a", { href: `#${chat.id}`, "data-chat-id": chat.id }));
    const link = row.firstElementChild;
    const isOpen = chat.id === this.#state.chosen;
    link.classList.toggle("open", isOpen);
    if (isOpen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    const last = chat.messages.at(-1);
    const unread = this.#state.unread(chat);
    link.replaceChildren(
      chatAvatar(chat, this.#state.bot),
      el("span", { class: "top" },
        el("span", { class: "name" }, el("bdi", {}, chatName(chat, this.#state.bot)), asWhom(chat) && el("small", {}, ` ${asWhom(chat)}`)),
        last && el("time", { datetime: new Date(last.date * 1000).toISOString(), title: full(last.date) }, listTime(last.date))),
      el("span", { class: "bottom" },
        this.#lastLine(chat, last),
        unread > 0 && el("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread))));
    return row;
  }

  #lastLine(chat, last) {
    const draft = chat.id !== this.#state.chosen && this.#state.drafts.get(chat.id)?.trim();
    if (this.#state.isTyping(chat.id)) return el("span", { class: "line typing" }, "typing…");
    if (draft) return el("span", { class: "line" }, el("span", { class: "draft" }, "Draft: "), el("bdi", {}, draft));
    if (!last) return el("span", { class: "line" }, chat.blocked ? "The bot is not here." : "No messages yet");
    const who = this.#state.isMine(last) ? "You" : chat.type === "group" || chat.type === "supergroup" ? sender(last) : "";
    return el("span", { class: "line" }, who && el("span", { class: "who" }, `${who}: `), el("bdi", {}, summary(last)));
  }

  #moved(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...this.#list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
    event.preventDefault();
  }
}
