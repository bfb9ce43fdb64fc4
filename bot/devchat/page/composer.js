// Where one types: the field, what it replies to, the START button.

import { attempt } from "./header.js";
import { quote } from "./bubbles.js";
import { Commands } from "./commands.js";
import { byId } from "./dom.js";

const MOST = 4096;
const WARN = 200;
const TALLEST = 240;

export class Composer {
  #state;
  #field = byId("composer");
  #replies = new Map();
  #shown = null;
  #commands = new Commands({
    send: (command) => {
      if (this.#field.value.startsWith("/")) this.#write("");
      this.say(this.#addressed(command));
    },
    complete: (command) => this.#write(`/${command} `),
  });

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    byId("send").addEventListener("click", () => this.#send());
    byId("start").addEventListener("click", () => this.#start());
    byId("reply-cancel").addEventListener("click", () => this.reply(null));
    document.addEventListener("keydown", (event) => this.#anywhere(event));
  }

  /** Fit the open chat. */
  render() {
    const chat = this.#state.open;
    if (!chat) return;
    if (chat.id !== this.#shown) this.#switch(chat);
    const isPrivate = chat.type === "private";
    const isEmpty = isPrivate && !chat.messages.length;
    const isStart = chat.blocked || isEmpty;
    const words = chat.blocked ? (isPrivate ? "RESTART" : "ADD THE BOT") : "START";
    byId("start").textContent = words;
    byId("start").hidden = !isStart;
    byId("writing").hidden = isStart;
    this.#field.placeholder = chat.type === "channel" ? "Broadcast" : "Message";
    this.#commands.offer(chat.type === "channel" ? [] : this.#state.bot.commands, isPrivate);
    if (isStart) this.#commands.close();
    this.#showReply();
  }

  /** Reply to a message, or (null) to none. */
  reply(message) {
    const chat = this.#state.open;
    if (!chat) return;
    if (message) this.#replies.set(chat.id, message);
    else this.#replies.delete(chat.id);
    this.#showReply();
    this.focus();
  }

  /** Type for the person; a command out of a message goes out at once. */
  async say(text) {
    const chat = this.#state.open;
    if (!chat || !text.trim()) return false;
    const reply = this.#replies.get(chat.id)?.message_id ?? null;
    this.#replies.delete(chat.id);
    this.#showReply();
    const isSaid = await attempt("say", { chat: chat.id, text, reply_to: reply });
    if (isSaid) this.#state.tell("said");
    return isSaid;
  }

  /** In a group a command says which bot it means. */
  #addressed(command) {
    const isGroup = ["group", "supergroup"].includes(this.#state.open?.type ?? "");
    return isGroup && this.#state.bot.username ? `${command}@${this.#state.bot.username}` : command;
  }

  /** Tapped commands in texts take the same way. */
  command(command) {
    this.say(command.includes("@") ? command : this.#addressed(command));
  }

  focus() {
    if (matchMedia("(hover: hover)").matches) this.#field.focus({ preventScroll: true });
  }

  #switch(chat) {
    if (this.#shown !== null) this.#state.drafts.set(this.#shown, this.#field.value);
    this.#shown = chat.id;
    this.#commands.close();
    this.#write(this.#state.drafts.get(chat.id) ?? "");
    this.focus();
  }

  async #send() {
    const text = this.#field.value.trim();
    if (!text) return this.#field.focus();
    const chat = this.#shown;
    this.#write("");
    this.#field.focus();
    const isSaid = await this.say(text);
    if (!isSaid && chat === this.#shown && !this.#field.value) this.#write(text);
  }

  async #start() {
    const chat = this.#state.open;
    if (!chat) return;
    if (chat.blocked && !(await attempt("block", { chat: chat.id, blocked: false }))) return;
    if (chat.type === "private") await attempt("say", { chat: chat.id, text: "/start", reply_to: null });
    this.focus();
  }

  #key(event) {
    if (this.#commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.#state.open && this.#replies.has(this.#state.open.id)) {
      event.preventDefault();
      this.reply(null);
    }
  }

  /** A letter typed anywhere goes into the field, as in Telegram. */
  #anywhere(event) {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
    const isElsewhere = document.activeElement === document.body || document.activeElement === byId("scroll");
    if (isLetter && isElsewhere && !byId("writing").hidden && !document.querySelector("dialog[open]")) this.#field.focus();
  }

  #typed() {
    this.#commands.typed(this.#field.value);
    this.#fit();
  }

  #write(text) {
    this.#field.value = text;
    this.#typed();
  }

  #fit() {
    const field = this.#field;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
    const left = MOST - field.value.length;
    byId("left").textContent = left < WARN ? String(left) : "";
    byId("send").classList.toggle("ready", field.value.trim() !== "");
  }

  #showReply() {
    const chat = this.#state.open;
    const message = chat && this.#replies.get(chat.id);
    const isThere = message && chat.messages.some((one) => one.message_id === message.message_id);
    byId("reply").hidden = !isThere;
    byId("reply-quote").replaceChildren(...(isThere ? [quote(message, false)] : []));
  }
}
