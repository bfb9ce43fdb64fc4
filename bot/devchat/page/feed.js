// The messages of the open chat: days, groups of bubbles, scrolling, and what a click in them means.

import { bubble, serviceText } from "./bubbles.js";
import { menu, toast } from "./dialogs.js";
import { arrange, byId, el } from "./dom.js";
import { richWords } from "./rich.js";
import { dayName, dayOf } from "./times.js";
import { welcome } from "./welcome.js";

const NEAR = 80;
const GROUP_SECONDS = 15 * 60;

export class Feed {
  #state;
  #talk;
  #scroll = byId("scroll");
  #feed = byId("feed");
  #down = byId("down");
  /** @type {Map<number, {signature: string, message: any, node: HTMLElement}>} */ #made = new Map();
  #days = new Map();
  #still = 0;
  #shown = null;
  #isAtEnd = true;

  /**
   * @param {import("./state.js").State} state
   * @param {{say: (text: string) => void, reply: (message: any) => void}} talk
   */
  constructor(state, talk) {
    this.#state = state;
    this.#talk = talk;
    this.#scroll.addEventListener("scroll", () => this.#moved(), { passive: true });
    this.#feed.addEventListener("click", (event) => this.#clicked(event));
    this.#feed.addEventListener("contextmenu", (event) => this.#menu(event));
    this.#down.addEventListener("click", () => this.toEnd(true));
    new ResizeObserver(() => this.#isAtEnd && this.toEnd()).observe(this.#scroll);
    new ResizeObserver(() => this.#isAtEnd && this.toEnd()).observe(this.#feed);
    document.addEventListener("visibilitychange", () => this.#scrolled());
  }

  /** Show the open chat as it is now. */
  render() {
    const chat = this.#state.open;
    const isOther = chat?.id !== this.#shown;
    if (isOther) this.#forget(chat?.id ?? null);
    if (!chat) return arrange(this.#feed, []);
    arrange(this.#feed, chat.messages.length ? this.#sections(chat) : [welcome(chat, this.#state.bot)]);
    if (isOther || this.#isAtEnd) this.toEnd();
    this.#scrolled();
  }

  /** A message came; one's own is always looked at, and one taller than the page from its beginning. */
  came(message) {
    if (this.#state.isMine(message)) this.#isAtEnd = true;
    const isFollowed = this.#isAtEnd;
    this.render();
    const node = this.#made.get(message.message_id)?.node;
    if (isFollowed && node && node.offsetHeight > this.#scroll.clientHeight) node.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** Go to the newest message. */
  toEnd(isSmooth = false) {
    this.#isAtEnd = true;
    this.#scroll.scrollTo({ top: this.#scroll.scrollHeight, behavior: isSmooth ? "smooth" : "instant" });
  }

  #forget(id) {
    this.#shown = id;
    this.#made.clear();
    this.#days.clear();
    this.#isAtEnd = true;
  }

  #sections(chat) {
    /** @type {Map<number, Element[]>} */
    const byDay = new Map();
    const kept = new Map();
    chat.messages.forEach((message, at) => {
      const entry = this.#entry(chat, message, at);
      kept.set(message.message_id, entry);
      const day = dayOf(message.date);
      byDay.set(day, [...(byDay.get(day) ?? []), entry.node]);
    });
    this.#made = kept;
    return [...byDay].map(([day, nodes]) => {
      const section = this.#days.get(day) ?? el("section", { class: "day" }, el("h3", {}));
      this.#days.set(day, section);
      const first = chat.messages.find((message) => dayOf(message.date) === day);
      section.firstElementChild.textContent = dayName(first.date);
      arrange(section, [section.firstElementChild, ...nodes]);
      return section;
    });
  }

  /** The bubble of a message; the old one as long as nothing about it changed. */
  #entry(chat, message, at) {
    const isMine = this.#state.isMine(message);
    const look = {
      isMine,
      isFirst: !together(chat.messages[at - 1], message),
      isLast: !together(message, chat.messages[at + 1]),
      isNamed: !isMine && chat.type !== "private",
      isPictured: !isMine && ["group", "supergroup"].includes(chat.type),
      isSeen: isMine && chat.messages.slice(at + 1).some((later) => later.from?.is_bot),
    };
    const signature = JSON.stringify([look.isFirst, look.isLast, look.isSeen]);
    const old = this.#made.get(message.message_id);
    if (old?.message === message && old.signature === signature) return old;
    const node = bubble(message, look);
    if (old) keepOpen(old.node, node);
    return { message, signature, node };
  }

  /** While somebody scrolls, the day stays in sight; it must not cover what is read after that. */
  #moved() {
    this.#scrolled();
    this.#scroll.classList.toggle("moving", !this.#isAtEnd);
    clearTimeout(this.#still);
    this.#still = setTimeout(() => this.#scroll.classList.remove("moving"), 1500);
  }

  #scrolled() {
    const chat = this.#state.open;
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    const left = scrollHeight - scrollTop - clientHeight;
    this.#isAtEnd = left < NEAR;
    if (!chat) return;
    const top = this.#scroll.getBoundingClientRect().top;
    for (const day of this.#days.values()) day.classList.toggle("over", day.getBoundingClientRect().top < top);
    if (this.#isAtEnd && !document.hidden && this.#scroll.offsetParent) this.#state.markRead(chat);
    const unread = this.#state.unread(chat);
    this.#down.hidden = this.#isAtEnd;
    byId("down-count").textContent = unread ? `${unread} new` : "";
  }

  #clicked(event) {
    const target = event.target.closest("[data-command], [data-tag], [data-goto], [data-reply]");
    if (!target) return;
    const { command, tag, goto, reply } = target.dataset;
    if (command) this.#talk.say(command);
    else if (tag) this.#findTag(tag, target.closest("[data-message-id]"));
    else if (goto) this.#goto(Number(goto));
    else if (reply) this.#talk.reply(this.#message(Number(reply)));
  }

  #menu(event) {
    const node = event.target.closest("article[data-message-id]");
    if (!node || String(getSelection()) !== "") return;
    event.preventDefault();
    const message = this.#message(Number(node.dataset.messageId));
    if (!message) return;
    const text = message.rich_message ? richWords(message.rich_message) : message.text ?? message.caption;
    const href = event.target.closest("a[href]")?.href;
    menu({ x: event.clientX, y: event.clientY }, [
      { label: "Reply", then: () => this.#talk.reply(message) },
      text && { label: "Copy text", then: () => copy(text) },
      href && { label: "Copy link", then: () => copy(href) },
    ]);
  }

  #message(id) {
    return this.#state.open?.messages.find((message) => message.message_id === id);
  }

  #goto(id) {
    const node = this.#made.get(id)?.node;
    if (!node) return toast("This message is not here any more.");
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
  }

  /** Go to the message before this one that has the tag, and round again. */
  #findTag(tag, from) {
    const has = (message) => (message.text ?? "").toLowerCase().includes(tag.toLowerCase());
    const ids = (this.#state.open?.messages ?? []).filter(has).map((message) => message.message_id);
    const here = Number(from?.dataset.messageId);
    const before = ids.filter((id) => id < here).at(-1) ?? ids.at(-1);
    if (ids.length < 2 || before === undefined) return toast(`Only this message has ${tag}.`);
    this.#goto(before);
  }
}

/** Do two messages belong to one group of bubbles? */
function together(one, other) {
  if (!one || !other || serviceText(one) !== null || serviceText(other) !== null) return false;
  const who = (message) => message.from?.id ?? message.sender_chat?.id;
  return who(one) === who(other) && other.date - one.date < GROUP_SECONDS && dayOf(one.date) === dayOf(other.date);
}

/** What the person opened stays open, and what had the focus keeps it, when a bubble is made anew. */
function keepOpen(old, fresh) {
  for (const [selector, name] of [[".spoiler", "shown"], [".expandable", "open"]]) {
    const before = [...old.querySelectorAll(selector)];
    const after = [...fresh.querySelectorAll(selector)];
    before.forEach((node, at) => {
      if (node.classList.contains(name) && after[at]?.textContent === node.textContent) after[at].classList.add(name);
    });
  }
  const keys = [...old.querySelectorAll(".key")];
  const at = keys.indexOf(document.activeElement);
  if (at >= 0) queueMicrotask(() => fresh.querySelectorAll(".key")[at]?.focus({ preventScroll: true }));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast("The browser does not allow copying here.");
  }
}
