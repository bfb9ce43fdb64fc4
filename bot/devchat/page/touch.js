// What a click, a right click and a key mean in the messages.

import { follow, leadsToBot } from "./deeplinks.js";
import { toast } from "./dialogs.js";
import { byId } from "./dom.js";
import { menu } from "./menus.js";
import { richWords } from "./rich.js";
import { keyOf } from "./state.js";
import { view } from "./viewer.js";

export class Touch {
  #state;
  #feed;
  #talk;
  #node = byId("feed");

  /**
   * @param {import("./state.js").State} state
   * @param {import("./feed.js").Feed} feed
   * @param {{say: (text: string) => void, reply: (message: any) => void, edit: (message: any) => void,
   *   forward: (message: any) => void, ask: (query: string, isHere: boolean) => void, write: () => void}} talk
   */
  constructor(state, feed, talk) {
    this.#state = state;
    this.#feed = feed;
    this.#talk = talk;
    this.#node.addEventListener("click", (event) => this.#clicked(event));
    this.#node.addEventListener("contextmenu", (event) => this.#menu(event));
    this.#node.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Put the focus on the newest message. */
  focus() {
    this.#stepTo(this.#articles().at(-1));
  }

  #clicked(event) {
    const link = event.target.closest("a[href]");
    if (link && leadsToBot(link.href, this.#state.bot)) {
      event.preventDefault();
      return follow(this.#state, link.href);
    }
    for (const [name, then] of Object.entries(this.#meanings)) {
      const target = event.target.closest(`[data-${name}]`);
      if (target) return then(target.getAttribute(`data-${name}`), target);
    }
  }

  /** What is done where something with this data-… is pressed. */
  get #meanings() {
    return {
      command: (command) => this.#talk.say(command),
      tag: (tag, target) => this.#findTag(tag, target.closest("[data-message-id]")),
      goto: (id) => this.#feed.goTo(Number(id)),
      reply: (id) => this.#talk.reply(this.#message(id)),
      view: (_, target) => view(target),
      copy: (text) => copy(text, `Copied: ${text}`),
      "ask-here": (query) => this.#talk.ask(query, true),
      "ask-elsewhere": (query) => this.#talk.ask(query, false),
    };
  }

  #menu(event) {
    const node = event.target.closest("article[data-message-id]");
    if (!node || String(getSelection()) !== "") return;
    event.preventDefault();
    const { left, top } = node.getBoundingClientRect();
    const place = event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : { x: left + 24, y: Math.max(top, 64) + 24 };
    this.#offer(node, place, event.target.closest("a[href]")?.href);
  }

  #offer(node, place, href) {
    const message = this.#message(node.dataset.messageId);
    if (!message) return;
    const text = message.rich_message ? richWords(message.rich_message) : message.text ?? message.caption;
    const canReply = Boolean(node.querySelector("[data-reply]"));
    menu(place, [
      canReply && { label: "Reply", then: () => this.#talk.reply(message) },
      canReply && message.text && this.#state.isMine(message) && !message.via_bot && message.message_id > 0 && { label: "Edit", then: () => this.#talk.edit(message) },
      text && { label: "Copy text", then: () => copy(text, "Text copied.") },
      href && { label: "Copy link", then: () => copy(href, "Link copied.") },
      message.message_id > 0 && { label: "Forward", then: () => this.#talk.forward(message) },
    ]);
  }

  /** Arrows go from message to message, Enter offers what can be done with one, Esc goes back to writing. */
  #key(event) {
    const article = event.target.closest("article");
    const isOn = event.target === article;
    if (event.key === "Escape") this.#talk.write();
    else if (!isOn) return;
    else if (event.key === "Enter" || event.key === " ") {
      const { left, top } = article.getBoundingClientRect();
      this.#offer(article, { x: left + 24, y: Math.max(top, 64) + 24 });
    } else {
      const all = this.#articles();
      const to = { ArrowUp: all.indexOf(article) - 1, ArrowDown: all.indexOf(article) + 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined) return;
      if (to >= all.length) this.#talk.write();
      else this.#stepTo(all[Math.max(0, to)]);
    }
    event.preventDefault();
  }

  #articles() {
    return /** @type {HTMLElement[]} */ ([...this.#node.querySelectorAll("article")]);
  }

  #stepTo(article) {
    if (!article) return;
    for (const one of this.#articles()) one.tabIndex = -1;
    article.tabIndex = 0;
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  #message(id) {
    return this.#state.messages.find((message) => keyOf(message) === Number(id));
  }

  /** Go to the message before this one that has the tag, and round again. */
  #findTag(tag, from) {
    const has = (message) => (message.text ?? "").toLowerCase().includes(tag.toLowerCase());
    const ids = this.#state.messages.filter(has).map(keyOf);
    const here = Number(from?.dataset.messageId);
    const before = ids.filter((id) => id < here).at(-1) ?? ids.at(-1);
    if (ids.length < 2 || before === undefined) return toast(`Only this message has ${tag}.`);
    this.#feed.goTo(before);
  }
}

/** Put a text where the person can paste it from. @param {string} text @param {string} done */
export async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast("The browser does not allow copying here.");
  }
}
