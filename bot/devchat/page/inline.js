// Inline mode: what the bot offers while "@bot words" is typed, above the field; a tap or Enter sends it.

import { attempt } from "./attempt.js";
import { byId, el } from "./dom.js";
import { safeUrl } from "./entities.js";

const PAUSE = 250;
/** After so many milliseconds Telegram takes no answer any more. */
const PATIENCE = 10_000;

export class Inline {
  #state;
  #list = byId("results");
  #field = byId("composer");
  #use;
  #pause = 0;
  #patience = 0;
  #query = "";
  /** The question that waits for an answer, and whether the answer adds to what is shown. */
  #waits = { id: "", isMore: false };
  /** An answer that was faster than the number of its question. @type {any} */
  #early = null;
  #next = "";
  #at = 0;
  /** @type {any[]} */ #results = [];

  /** @param {import("./state.js").State} state @param {{sent: () => void, start: (payload: string) => void}} use */
  constructor(state, use) {
    this.#state = state;
    this.#use = use;
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("scroll", () => this.#scrolled(), { passive: true });
  }

  /** The text in the field changed. @param {string} text */
  typed(text) {
    const found = text.match(/^@(\w+)\s+(.*)$/s);
    clearTimeout(this.#pause);
    const isAsking = found && found[1].toLowerCase() === this.#state.bot.username.toLowerCase();
    if (!isAsking || !this.#state.bot.supports_inline_queries) return this.close();
    this.#query = found[2].trim();
    this.#pause = setTimeout(() => this.#ask(""), PAUSE);
  }

  /** A key in the field; true if the results took it. @param {KeyboardEvent} event */
  key(event) {
    if (this.#list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const many = this.#results.length;
    if (step && many) this.#mark((this.#at + step + many) % many);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && many) this.#send(this.#results[this.#at]);
    else return false;
    event.preventDefault();
    return true;
  }

  close() {
    clearTimeout(this.#pause);
    this.#rest();
    this.#list.hidden = true;
    this.#results = [];
    this.#field.removeAttribute("aria-activedescendant");
  }

  /** The bot answered a question; an answer to an older one comes too late. @param {any} answer */
  answered(answer) {
    if (answer.query_id !== this.#waits.id) {
      this.#early = answer;
      return;
    }
    const { isMore } = this.#waits;
    this.#rest();
    const found = answer.results.map((result) => ({ ...result, query_id: answer.query_id }));
    this.#next = answer.next_offset;
    this.#results = isMore ? [...this.#results, ...found] : found;
    this.#show(answer.button, "Nothing found", isMore);
  }

  #rest() {
    clearTimeout(this.#patience);
    this.#waits = { id: "", isMore: false };
    byId("line").classList.remove("asking");
  }

  async #ask(offset) {
    const waits = (this.#waits = { id: "?", isMore: offset !== "" });
    byId("line").classList.add("asking");
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#silence(), PATIENCE);
    waits.id = (await attempt("inline", { chat: this.#state.chosen, query: this.#query, offset })) ?? "";
    if (this.#waits === waits && this.#early?.query_id === waits.id) this.answered(this.#early);
  }

  #silence() {
    this.#rest();
    if (!this.#results.length) this.#show(null, "The bot does not answer", false);
  }

  #show(button, none, isMore) {
    const above = isMore ? this.#list.scrollTop : 0;
    const head = button?.start_parameter !== undefined &&
      el("li", { role: "presentation" }, el("button", { type: "button", class: "above", onclick: () => this.#begin(button.start_parameter) }, button.text));
    const empty = !this.#results.length && el("li", { role: "presentation", class: "none" }, none);
    this.#list.replaceChildren(...[head, ...this.#results.map((result, at) => this.#row(result, at)), empty].filter((node) => node));
    this.#list.hidden = false;
    this.#list.scrollTop = above;
    this.#mark(isMore ? this.#at : 0, isMore);
  }

  #row(result, at) {
    const src = safeUrl(result.thumbnail_url ?? "");
    const picture = src?.startsWith("http")
      ? el("img", { src, alt: "", referrerpolicy: "no-referrer", onerror: (event) => event.target.replaceWith(letter(result)) })
      : letter(result);
    return el("li", { role: "option", id: `result-${at}`, "data-result": result.id, onclick: () => this.#send(result), onpointermove: () => this.#mark(at, true) },
      picture,
      el("span", { class: "about" }, el("bdi", { class: "label" }, result.title ?? ""), el("span", { class: "size", dir: "auto" }, result.description ?? "")));
  }

  #mark(at, isStill = false) {
    this.#at = at;
    const rows = [...this.#list.querySelectorAll("[role=option]")];
    rows.forEach((node, index) => node.setAttribute("aria-selected", String(index === at)));
    if (!isStill) rows[at]?.scrollIntoView({ block: "nearest" });
    if (rows[at]) this.#field.setAttribute("aria-activedescendant", `result-${at}`);
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    if (!this.#next || scrollHeight - scrollTop - clientHeight > 120) return;
    const offset = this.#next;
    this.#next = "";
    this.#ask(offset);
  }

  async #send(result) {
    const { thread } = this.#state;
    this.close();
    if (await attempt("pick", { query_id: result.query_id, result_id: result.id, thread })) this.#use.sent();
  }

  #begin(payload) {
    this.close();
    this.#use.sent();
    this.#use.start(payload);
  }
}

const letter = (result) => el("span", { class: "letter", "aria-hidden": "true" }, [...(result.title ?? "•")][0]);
