// Where one types: the field and its drafts, what it replies to or changes, what is offered while one types.

import { attempt } from "./attempt.js";
import { quote } from "./bubbles.js";
import { Commands } from "./commands.js";
import { byId } from "./dom.js";
import { Inline } from "./inline.js";
import { ReplyKeys } from "./replykeys.js";
import { keyOf } from "./state.js";

const MOST = 4096;
const WARN = 200;
const TALLEST = 240;

export class Composer {
  #state;
  #use;
  #field = byId("composer");
  /** The message that what is typed answers, or changes, by place. @type {Map<string, {message: any, isEdit: boolean}>} */ #about = new Map();
  #shown = "";
  #commands;
  #inline;
  #keys;

  /**
   * @param {import("./state.js").State} state
   * @param {{messages: () => void, chats: () => void, place: () => void, start: (payload: string) => void}} use where keys lead
   */
  constructor(state, use) {
    this.#state = state;
    this.#use = use;
    this.#commands = new Commands({ send: (command) => this.#offered(command), complete: (command) => this.write(`/${command} `) });
    this.#inline = new Inline(state, { sent: () => (this.write(""), state.tell("said")), start: use.start });
    this.#keys = new ReplyKeys({ say: (text) => this.say(text), place: use.place });
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    byId("send").addEventListener("click", () => this.#send());
    byId("reply-cancel").addEventListener("click", () => this.#concern(null));
    document.addEventListener("keydown", (event) => this.#anywhere(event));
  }

  /** Fit the open place. @param {boolean} isOpen whether one may write there */
  render(isOpen) {
    const chat = this.#state.open;
    if (!chat) return;
    if (this.#state.place !== this.#shown) this.#switch();
    this.#keys.offer(isOpen ? chat.keyboard : null);
    this.#field.placeholder = this.#keys.placeholder || (chat.type === "channel" ? "Broadcast" : "Message");
    this.#commands.offer(chat.type === "channel" ? [] : chat.menu, chat.type === "private");
    if (!isOpen) this.#commands.close();
    this.#showAbout();
  }

  /** Reply to a message. */
  reply(message) {
    this.#concern({ message, isEdit: false });
  }

  /** Change a message of one's own. */
  edit(message) {
    this.write(message.text);
    this.#concern({ message, isEdit: true });
  }

  /** Type for the person; a command out of a message goes out at once. */
  async say(text) {
    const { open: chat, thread, place } = this.#state;
    if (!chat || !text.trim()) return false;
    const about = this.#about.get(place);
    this.#about.delete(place);
    this.#showAbout();
    const key = about ? keyOf(about.message) : null;
    const isSaid = about?.isEdit
      ? await attempt("edit", { chat: chat.id, message_id: key, text })
      : await attempt("say", { chat: chat.id, thread, text, reply_to: key });
    if (isSaid) this.#state.tell("said");
    return Boolean(isSaid);
  }

  /** Tapped commands in texts: in a group they say which bot they mean. @param {string} command */
  command(command) {
    this.say(command.includes("@") ? command : this.#addressed(command));
  }

  /** Put a text into the field, as if it had been typed. @param {string} text */
  write(text) {
    this.#field.value = text;
    this.#typed();
  }

  /** The bot answers what was asked inline. @param {any} answer */
  offers(answer) {
    this.#inline.answered(answer);
  }

  /** Go back to writing, where there is a keyboard; a phone would open its own over half the page. */
  focus() {
    if (matchMedia("(hover: hover)").matches) this.#field.focus({ preventScroll: true });
  }

  #addressed(command) {
    const isGroup = ["group", "supergroup"].includes(this.#state.open?.type ?? "");
    return isGroup && this.#state.bot.username ? `${command}@${this.#state.bot.username}` : command;
  }

  #offered(command) {
    if (this.#field.value.startsWith("/")) this.write("");
    this.say(this.#addressed(command));
  }

  #switch() {
    this.#state.drafts.set(this.#shown, this.#field.value);
    this.#shown = this.#state.place;
    this.#commands.close();
    this.write(this.#state.drafts.get(this.#shown) ?? "");
    this.focus();
  }

  async #send() {
    const text = this.#field.value.trim();
    if (!text) return this.#field.focus();
    const place = this.#shown;
    this.write("");
    this.#field.focus();
    const isSaid = await this.say(text);
    if (!isSaid && place === this.#shown && !this.#field.value) this.write(text);
  }

  #key(event) {
    if (this.#commands.key(event) || this.#inline.key(event)) return;
    const isEmpty = !this.#field.value;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#send();
    else if (event.key === "ArrowUp" && isEmpty) this.#use.messages();
    else if (event.key === "Escape" && this.#about.has(this.#state.place)) this.#concern(null);
    else if (event.key === "Escape") this.#use.chats();
    else return;
    event.preventDefault();
  }

  /** A letter typed anywhere goes into the field, as in Telegram. */
  #anywhere(event) {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
    const isElsewhere = [document.body, byId("scroll")].includes(document.activeElement) || document.activeElement?.matches("article");
    if (isLetter && isElsewhere && this.#field.offsetParent && !document.querySelector("dialog[open]")) this.#field.focus();
  }

  #typed() {
    const { value } = this.#field;
    this.#commands.typed(value);
    this.#inline.typed(value);
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST)}px`;
    const left = MOST - value.length;
    byId("left").textContent = left < WARN ? String(left) : "";
    byId("line").classList.toggle("ready", value.trim() !== "");
  }

  /** Let what is typed concern a message, or (null) none; a change that is given up leaves nothing in the field. */
  #concern(about) {
    if (!about && this.#about.get(this.#state.place)?.isEdit) this.write("");
    if (about) this.#about.set(this.#state.place, about);
    else this.#about.delete(this.#state.place);
    this.#showAbout();
    this.#field.focus({ preventScroll: true });
  }

  #showAbout() {
    const about = this.#about.get(this.#state.place);
    const isThere = about && this.#state.messages.some((one) => keyOf(one) === keyOf(about.message));
    byId("reply").hidden = !isThere;
    byId("reply-quote").replaceChildren(...(isThere ? [quote(about.message, false, about.isEdit ? "Edit the message" : undefined)] : []));
  }
}
