// The messages of the place that is open: days, groups of bubbles, scrolling.

import { bubble } from "./bubbles.js";
import { toast } from "./dialogs.js";
import { arrange, byId, el } from "./dom.js";
import { serviceText } from "./lines.js";
import { senderId } from "./names.js";
import { whyMute } from "./standing.js";
import { keyOf } from "./state.js";
import { dayName, dayOf } from "./times.js";
import { welcome } from "./welcome.js";

const NEAR = 80;
const GROUP_SECONDS = 15 * 60;

export class Feed {
  #state;
  #scroll = byId("scroll");
  #feed = byId("feed");
  #down = byId("down");
  /** @type {Map<number, {signature: string, message: any, node: HTMLElement}>} */ #made = new Map();
  #days = new Map();
  #still = 0;
  #shown = "";
  #isAtEnd = true;
  /** What came while one was at the end, and has not been settled. @type {number|null} */ #newest = null;

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    this.#scroll.addEventListener("scroll", () => this.#moved(), { passive: true });
    this.#down.addEventListener("click", () => this.toEnd(true));
    const grown = new ResizeObserver(() => this.#isAtEnd && this.#settle());
    for (const node of [this.#scroll, this.#feed]) grown.observe(node);
    document.addEventListener("visibilitychange", () => this.#scrolled());
  }

  /** Show the open place as it is now. */
  render() {
    const chat = this.#state.open;
    const isOther = this.#state.place !== this.#shown;
    if (isOther) this.#forget();
    byId("stage").hidden = this.#state.isListing;
    if (!chat || this.#state.isListing) return arrange(this.#feed, []);
    const messages = this.#state.messages;
    arrange(this.#feed, messages.length ? this.#sections(chat, messages) : [welcome(chat, this.#state.bot)]);
    this.#reachable();
    if (isOther || this.#isAtEnd) this.toEnd();
    this.#scrolled();
  }

  /** A message came, or the newest changed; one's own is always looked at, and one taller than the page from its beginning. */
  came(message) {
    if (this.#state.isMine(message)) this.#isAtEnd = true;
    const isTall = this.#isTall(this.#made.get(keyOf(message))?.node);
    this.#newest = this.#isAtEnd && !isTall ? keyOf(message) : null;
    this.render();
    if (this.#isAtEnd) this.#settle();
  }

  /** Go to the newest message. */
  toEnd(isSmooth = false) {
    this.#isAtEnd = true;
    this.#scroll.scrollTo({ top: this.#scroll.scrollHeight, behavior: isSmooth ? "smooth" : "instant" });
  }

  /** Go to a message, and point at it. @param {number} id */
  goTo(id) {
    const node = this.#made.get(id)?.node;
    if (!node) return toast("This message is not here any more.");
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
  }

  /** Stay at the end; at the beginning of what just came, if that is, or grew (a picture came), taller than the page. */
  #settle() {
    const node = this.#newest === null ? null : this.#made.get(this.#newest)?.node;
    if (!this.#isTall(node)) return this.toEnd();
    node.scrollIntoView({ block: "start", behavior: "instant" });
    this.#newest = null;
    this.#isAtEnd = false;
  }

  #isTall(node) {
    return Boolean(node) && node.offsetHeight > this.#scroll.clientHeight;
  }

  #forget() {
    this.#shown = this.#state.place;
    this.#made.clear();
    this.#days.clear();
    this.#newest = null;
    this.#isAtEnd = true;
  }

  #sections(chat, messages) {
    /** @type {Map<number, Element[]>} */
    const byDay = new Map();
    const kept = new Map();
    messages.forEach((message, at) => {
      const entry = this.#entry(chat, messages, at);
      kept.set(keyOf(message), entry);
      const day = dayOf(message.date);
      byDay.set(day, [...(byDay.get(day) ?? []), entry.node]);
    });
    this.#made = kept;
    return [...byDay].map(([day, nodes]) => {
      const section = this.#days.get(day) ?? el("section", { class: "day" }, el("h3", {}));
      this.#days.set(day, section);
      const first = messages.find((message) => dayOf(message.date) === day);
      section.firstElementChild.textContent = dayName(first.date);
      arrange(section, [section.firstElementChild, ...nodes]);
      return section;
    });
  }

  /** The bubble of a message; the old one as long as nothing about it changed. */
  #entry(chat, messages, at) {
    const message = messages[at];
    const isMine = this.#state.isMine(message);
    const look = {
      isMine,
      isFirst: !together(messages[at - 1], message),
      isLast: !together(message, messages[at + 1]),
      isNamed: !isMine && chat.type !== "private",
      isPictured: !isMine && ["group", "supergroup"].includes(chat.type),
      isSeen: isMine && messages.slice(at + 1).some((later) => later.from?.is_bot),
      isSilent: chat.silent.includes(keyOf(message)),
      isOpen: !whyMute(chat, this.#state.thread),
    };
    const signature = JSON.stringify(look);
    const old = this.#made.get(keyOf(message));
    if (old?.message === message && old.signature === signature) return old;
    const node = bubble(message, look);
    if (old) keepOpen(old.node, node);
    return { message, signature, node };
  }

  /** One message can be reached by Tab: where one was, else the newest; arrows go on from there (touch.js). */
  #reachable() {
    const all = [...this.#feed.querySelectorAll("article")];
    const was = all.filter((one) => one.tabIndex === 0);
    const stays = was.find((one) => one === document.activeElement) ?? all.at(-1);
    for (const one of was) one.tabIndex = -1;
    if (stays) stays.tabIndex = 0;
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
    if (!chat || this.#state.isListing) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    const top = this.#scroll.getBoundingClientRect().top;
    for (const day of this.#days.values()) day.classList.toggle("over", day.getBoundingClientRect().top < top);
    if (this.#isAtEnd && !document.hidden && this.#scroll.offsetParent) this.#state.markRead();
    const unread = this.#state.unread(chat, this.#state.thread);
    this.#down.hidden = this.#isAtEnd;
    byId("down-count").textContent = unread ? `${unread} new` : "";
  }
}

/** Do two messages belong to one group of bubbles? */
function together(one, other) {
  if (!one || !other || serviceText(one) !== null || serviceText(other) !== null) return false;
  return senderId(one) === senderId(other) && other.date - one.date < GROUP_SECONDS && dayOf(one.date) === dayOf(other.date);
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
  if (old === document.activeElement) queueMicrotask(() => fresh.focus({ preventScroll: true }));
  const keys = [...old.querySelectorAll(".key")];
  const at = keys.indexOf(document.activeElement);
  if (at >= 0) queueMicrotask(() => fresh.querySelectorAll(".key")[at]?.focus({ preventScroll: true }));
}
