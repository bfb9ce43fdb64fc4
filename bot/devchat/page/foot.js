// The foot of a chat: the field to write in, or the button that has to be pressed first, or why one cannot write.

import { attempt } from "./attempt.js";
import { begin } from "./deeplinks.js";
import { byId } from "./dom.js";
import { go } from "./routes.js";
import { whyMute } from "./standing.js";

export class Foot {
  #state;
  #composer;
  #press = () => {};

  /** @param {import("./state.js").State} state @param {import("./composer.js").Composer} composer */
  constructor(state, composer) {
    this.#state = state;
    this.#composer = composer;
    byId("start").addEventListener("click", () => this.#press());
  }

  render() {
    const { open: chat, thread } = this.#state;
    byId("foot").hidden = !chat || this.#state.isListing;
    if (!chat || this.#state.isListing) return;
    const first = this.#first(chat);
    const mute = first ? "" : whyMute(chat, thread);
    byId("start").hidden = !first;
    byId("start").textContent = first?.label ?? "";
    this.#press = first?.then ?? (() => {});
    byId("mute").hidden = !mute;
    byId("mute").textContent = mute;
    byId("writing").hidden = Boolean(first || mute);
    this.#composer.render(!first && !mute);
  }

  async #begin() {
    await begin(this.#state, "");
    this.#composer.focus();
  }

  /** What has to be done before one can write here. */
  #first(chat) {
    if (chat.type === "private") {
      const label = chat.blocked ? "RESTART" : "START";
      return chat.blocked || !chat.messages.length ? { label, then: () => this.#begin() } : null;
    }
    if (chat.moved_to) return { label: "GO TO THE SUPERGROUP", then: () => go(chat.moved_to) };
    return chat.blocked && chat.is_admin ? { label: "ADD THE BOT", then: () => attempt("block", { chat: chat.id, blocked: false }) } : null;
  }
}
