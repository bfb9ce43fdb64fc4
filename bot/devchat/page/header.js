// The line above the messages: who this is, and the menus.

import { act } from "./api.js";
import { alertWith, confirmWith, menuUnder, prompt, toast } from "./dialogs.js";
import { byId } from "./dom.js";
import { chatAvatar, chatName, chatStatus } from "./names.js";

export class Header {
  #state;
  #opening = "";

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    byId("head-menu").addEventListener("click", () => menuUnder(byId("head-menu"), [...this.#acts(), ...this.#new()]));
    byId("side-menu").addEventListener("click", () => menuUnder(byId("side-menu"), this.#new()));
    byId("back").addEventListener("click", () => (location.hash = ""));
    state.on(["chat"], ({ chat }) => this.#opened(chat));
  }

  render() {
    const chat = this.#state.open;
    if (!chat) return;
    byId("head-avatar").replaceChildren(chatAvatar(chat, this.#state.bot));
    byId("head-name").textContent = chatName(chat, this.#state.bot);
    const status = byId("head-status");
    const isTyping = this.#state.online && this.#state.isTyping(chat.id);
    const said = !this.#state.online ? "connecting…" : isTyping ? "typing…" : chatStatus(chat);
    if (status.textContent !== said) status.textContent = said;
    status.classList.toggle("typing", isTyping);
  }

  #acts() {
    const chat = this.#state.open;
    if (!chat) return [];
    const isPrivate = chat.type === "private";
    const [out, back] = isPrivate ? ["Block bot", "Unblock bot"] : ["Remove the bot", "Add the bot"];
    return [
      { label: "About the bot", then: () => alertWith(about(this.#state.bot)) },
      { label: "Clear history", then: () => this.#clear(chat) },
      { label: chat.blocked ? back : out, isDanger: !chat.blocked, then: () => attempt("block", { chat: chat.id, blocked: !chat.blocked }) },
    ];
  }

  #new() {
    return [
      { label: "New group", then: () => this.#open("group", "New group", "Group name") },
      { label: "New channel", then: () => this.#open("channel", "New channel", "Channel name") },
    ];
  }

  async #clear(chat) {
    const isSure = await confirmWith(`Delete every message in ${chatName(chat, this.#state.bot)}?`, "Clear");
    if (isSure) await attempt("clear", { chat: chat.id });
  }

  async #open(type, title, label) {
    const name = await prompt(title, label, "Create");
    if (!name) return;
    this.#opening = name;
    await attempt("chats", { type, title: name });
  }

  /** The chat that was just made is the one to look at. */
  #opened(chat) {
    if (!this.#opening || chat.title !== this.#opening || chat.messages.length) return;
    this.#opening = "";
    location.hash = `#${chat.id}`;
  }
}

/** Do it, or say why not. */
export async function attempt(name, facts) {
  try {
    await act(name, facts);
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

function about(bot) {
  return [bot.first_name, bot.username && `@${bot.username}`, bot.short_description, bot.description].filter(Boolean).join("\n");
}
