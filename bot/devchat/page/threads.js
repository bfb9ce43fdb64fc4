// The topics of a forum, as a list in the place of messages.

import { attempt } from "./attempt.js";
import { walk } from "./choosing.js";
import { prompt } from "./dialogs.js";
import { arrange, byId, el, icon } from "./dom.js";
import { serviceText, summary } from "./lines.js";
import { sender } from "./names.js";
import { go } from "./routes.js";
import { GENERAL } from "./state.js";
import { full, listTime } from "./times.js";

const LOCK = "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z";

export class Threads {
  #state;
  #node = byId("threads");
  #list = byId("thread-list");

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    this.#list.addEventListener("keydown", walk);
    byId("new-thread").addEventListener("click", () => this.#create());
  }

  render() {
    const chat = this.#state.open;
    this.#node.hidden = !this.#state.isListing;
    if (!chat || !this.#state.isListing) return;
    byId("new-thread").hidden = !chat.is_admin;
    const rows = chat.threads.map((thread) => ({ thread, last: this.#state.within(chat, thread.message_thread_id).at(-1) }));
    rows.sort((one, other) => (other.last?.date ?? 0) - (one.last?.date ?? 0));
    arrange(this.#list, rows.map(({ thread, last }) => this.#row(chat, thread, last)));
  }

  #row(chat, thread, last) {
    const unread = this.#state.unread(chat, thread.message_thread_id);
    const colour = `#${(thread.icon_color ?? 0x6fb9f0).toString(16).padStart(6, "0")}`;
    const disc = el("span", { class: "avatar topic", "aria-hidden": "true" }, thread.message_thread_id === GENERAL ? "#" : [...thread.name][0].toUpperCase());
    disc.style.setProperty("--tint", colour);
    disc.style.setProperty("--shade", colour);
    return el("li", {}, el("a", { href: `#${chat.id}/${thread.message_thread_id}`, "data-thread-id": thread.message_thread_id },
      disc,
      el("span", { class: "top" },
        el("bdi", { class: "name" }, thread.name),
        thread.is_closed && el("span", { class: "lock", role: "img", "aria-label": "closed" }, icon(LOCK)),
        last && el("time", { datetime: new Date(last.date * 1000).toISOString(), title: full(last.date) }, listTime(last.date))),
      el("span", { class: "bottom" },
        el("span", { class: "line", dir: "auto" }, last ? line(last) : "No messages yet"),
        unread > 0 && el("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread)))));
  }

  async #create() {
    const chat = this.#state.open;
    const name = await prompt("New topic", "Name of the topic", "Create");
    const thread = chat && name && (await attempt("create_topic", { chat: chat.id, name }));
    if (thread) go(chat.id, thread);
  }
}

const line = (message) => serviceText(message) ?? `${sender(message)}: ${summary(message)}`;
