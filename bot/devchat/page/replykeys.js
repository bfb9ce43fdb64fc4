// The keyboard that a bot puts in the place of letters: its rows under the field, and the button that shows or hides it.

import { byId, el } from "./dom.js";

export class ReplyKeys {
  #node = byId("keys");
  #toggle = byId("keys-toggle");
  #use;
  #shown = "";
  #isHidden = false;
  /** @type {any} */ #markup = null;

  /** @param {{say: (text: string) => void, place: () => void}} use */
  constructor(use) {
    this.#use = use;
    this.#toggle.addEventListener("click", () => {
      this.#isHidden = !this.#isHidden;
      this.#draw();
      if (!this.#isHidden) this.#node.querySelector("button")?.focus();
    });
    this.#node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") byId("composer").focus();
    });
  }

  /** What stands in the field while nothing is typed, if the bot says so. */
  get placeholder() {
    return this.#markup?.input_field_placeholder ?? "";
  }

  /** The keyboard that the bot has put here for this person, or none. @param {any} markup */
  offer(markup) {
    const shown = JSON.stringify(markup ?? null);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#markup = markup;
    this.#isHidden = false;
    this.#draw();
  }

  #draw() {
    const rows = this.#markup?.keyboard ?? [];
    this.#toggle.hidden = !rows.length;
    this.#toggle.setAttribute("aria-expanded", String(!this.#isHidden));
    this.#node.hidden = !rows.length || this.#isHidden;
    this.#node.replaceChildren(...rows.map((row) => el("div", { class: "row" }, ...row.map((key) => this.#key(key)))));
  }

  /** @param {import("./state.js").ReplyKey} key */
  #key(key) {
    const { text, request_location: isPlace } = typeof key === "string" ? { text: key, request_location: false } : key;
    const press = () => {
      if (this.#markup.one_time_keyboard) {
        this.#isHidden = true;
        this.#draw();
        byId("composer").focus();
      }
      if (isPlace) this.#use.place();
      else this.#use.say(text);
    };
    return el("button", { type: "button", class: "reply-key", onclick: press }, el("span", { class: "label", dir: "auto", title: text }, text));
  }
}
