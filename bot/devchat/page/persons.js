// Who one is on this page: the button below the list, and the dialog to be somebody else.

import { attempt } from "./attempt.js";
import { walk } from "./choosing.js";
import { answers, field, sheet } from "./dialogs.js";
import { byId, el, icon } from "./dom.js";
import { avatar, nameOf } from "./names.js";
import { pageOf } from "./routes.js";

const LANGUAGES = ["en", "fr", "ar", "es", "pt", "de", "ru", "fa", "tr", "id", "hi", "zh"];
const OUT = "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6";
const languageNames = new Intl.DisplayNames("en", { type: "language" });

/** The language of a person, in English. */
export const languageOf = (user) => (user.language_code ? languageNames.of(user.language_code) ?? "" : "");

export class Persons {
  #state;
  #button = byId("me");

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    this.#button.addEventListener("click", () => this.#show());
  }

  render() {
    const { me } = this.#state;
    this.#button.replaceChildren(
      avatar(nameOf(me), me.id),
      el("span", { class: "about" }, el("span", {}, "You are ", el("bdi", { class: "label" }, nameOf(me))), el("span", { class: "size" }, languageOf(me))),
      icon("m6 15 6-6 6 6"));
  }

  #show() {
    const { me, people } = this.#state;
    const rows = people.map((user) =>
      el("li", {},
        el("a", { class: "person", href: pageOf(user.id), "aria-current": user.id === me.id && "true" },
          avatar(nameOf(user), user.id),
          el("span", { class: "about" }, el("bdi", { class: "label" }, nameOf(user)), el("span", { class: "size" }, [languageOf(user), user.username && `@${user.username}`].filter(Boolean).join(" · ")))),
        el("a", { class: "icon", href: pageOf(user.id), target: "_blank", "aria-label": `${nameOf(user)}, in a new tab`, title: "In a new tab" }, icon(OUT))));
    sheet("You are …", el("ul", { class: "people", onkeydown: walk }, ...rows), this.#form());
  }

  /** Somebody new: a name and a language. */
  #form() {
    const name = field("Name", { maxlength: "64" });
    const language = /** @type {HTMLSelectElement} */ (el("select", { class: "field", "aria-label": "Language" },
      ...LANGUAGES.map((code) => el("option", { value: code }, languageNames.of(code) ?? code))));
    const form = el("form", { class: "newcomer", method: "dialog" }, el("h3", {}, "Somebody new"), el("div", { class: "pair" }, name, language), answers("Meet", { no: null }));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const made = await attempt("people", { first_name: name.value.trim(), language_code: language.value });
      if (made) location.assign(pageOf(made.id));
    });
    return form;
  }
}
