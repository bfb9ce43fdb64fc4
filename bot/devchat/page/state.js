// What the page knows, as one person sees it: people, chats, messages, what was read, who types. Knows nothing of the DOM.

import { recall, remember } from "./memory.js";

/**
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string, unix_time?: number,
 *   date_time_format?: string, user?: {id: number, username?: string}}} Entity
 * @typedef {{id: number, is_bot?: boolean, first_name: string, last_name?: string, username?: string,
 *   language_code?: string}} User
 * @typedef {{text: string, callback_data?: string, url?: string, copy_text?: {text: string}, switch_inline_query?: string,
 *   switch_inline_query_current_chat?: string, switch_inline_query_chosen_chat?: {query?: string}}} Button
 * @typedef {{text: string, request_location?: boolean, request_contact?: boolean}|string} ReplyKey
 * @typedef {{message_id: number, date: number, edit_date?: number, chat: any, from?: User, sender_chat?: any,
 *   text?: string, caption?: string, entities?: Entity[], caption_entities?: Entity[], photo_url?: string,
 *   document?: {file_name?: string, file_size?: number}, reply_to_message?: Message, link_preview_options?: any,
 *   reply_markup?: {inline_keyboard: Button[][]}, [service: string]: any}} Message
 * @typedef {{user: User, status: string, is_anonymous?: boolean, custom_title?: string, [right: string]: any}} Member
 * @typedef {{message_thread_id: number, name: string, icon_color?: number, is_closed?: boolean}} Thread
 * @typedef {{id: number, type: "private"|"group"|"supergroup"|"channel", title?: string, first_name?: string,
 *   is_forum?: boolean, blocked: boolean, members: Member[], can_write: boolean, is_admin: boolean, threads: Thread[],
 *   silent: number[], moved_to: number|null, keyboard: any, menu: Command[], messages: Message[]}} Chat
 * @typedef {{command: string, description: string}} Command
 * @typedef {{id: number, first_name: string, username: string, description?: string, short_description?: string,
 *   commands: Command[], supports_inline_queries?: boolean}} Bot
 * @typedef {{me: User, people: User[], bot: Bot, chats: Chat[], n: number}} Snapshot
 */

const TYPING_SECONDS = 5;
const KEPT = 500;
const READ = "devchat.read";
/** Where everything stands in a forum that is in no other topic. */
export const GENERAL = 1;

/** What a message is called here and on the server; an ephemeral one has no number of its own. @param {Message} message */
export const keyOf = (message) => message.message_id || -message.ephemeral_message_id;

/** The topic of a forum that a message stands in. @param {Message} message */
export const threadOf = (message) => (message.is_topic_message ? message.message_thread_id : GENERAL);

/** A chat, or one topic of it, in the address and wherever something is kept of it. */
export const placeOf = (chat, thread) => (thread === null || thread === undefined ? `${chat}` : `${chat}/${thread}`);

export class State extends EventTarget {
  /** @type {User} */ me = { id: 0, first_name: "You" };
  /** @type {User[]} */ people = [];
  /** @type {Bot} */ bot = { id: 0, first_name: "Chat", username: "", commands: [] };
  /** @type {Map<number, Chat>} */ chats = new Map();
  /** What was typed and not sent, by place. @type {Map<string, string>} */ drafts = new Map();
  /** @type {number|null} */ chosen = null;
  /** The topic that is open in a forum; null where its topics are listed. @type {number|null} */ thread = null;
  online = true;
  #typing = new Map();
  /** @type {Map<number, number>} */ #opened = new Map();
  /** @type {Map<string, number>} */ #read = new Map();

  /** The chat that is open. @returns {Chat|undefined} */
  get open() {
    return this.chosen === null ? undefined : this.chats.get(this.chosen);
  }

  /** Where one is: the chat, or its topic. */
  get place() {
    return placeOf(this.chosen ?? 0, this.thread);
  }

  /** Are the topics of a forum listed, rather than messages? */
  get isListing() {
    return Boolean(this.open?.is_forum) && this.thread === null;
  }

  /** The messages of the place that is open. */
  get messages() {
    return this.open ? this.within(this.open, this.thread) : [];
  }

  /** Newest first; a group that became a supergroup stands there no more. @returns {Chat[]} */
  get inOrder() {
    const last = (chat) => chat.messages.at(-1)?.date ?? this.#opened.get(chat.id) ?? 0;
    return [...this.chats.values()].filter((chat) => !chat.moved_to || chat.id === this.chosen).sort((one, other) => last(other) - last(one));
  }

  /** @param {Snapshot} snapshot */
  fresh(snapshot) {
    this.me = snapshot.me;
    this.people = snapshot.people;
    this.bot = snapshot.bot;
    this.chats = new Map(snapshot.chats.map((chat) => [chat.id, chat]));
    this.#read = new Map(recall(`${READ}.${this.me.id}`, []));
    const newest = Math.max(0, ...snapshot.chats.map((chat) => newestOf(chat.messages)));
    for (const [place, read] of this.#read) if (read > newest) this.#read.delete(place);
    this.#typing.clear();
    this.tell("fresh");
  }

  /** Take in an event of the server, and tell of it by its kind. */
  take(event) {
    const chat = this.chats.get(event.chat);
    if (event.kind === "bot") this.#named(event);
    else if (event.kind === "person") this.people = [...this.people, event.person];
    else if (event.kind === "chat") this.#changed(event.chat);
    else if (event.kind === "gone") this.chats.delete(event.chat);
    else if (!chat && event.kind !== "inline") return;
    else if (event.kind === "message") this.#came(chat, event);
    else if (event.kind === "edited") {
      chat.messages = chat.messages.map((old) => (keyOf(old) === keyOf(event.message) ? event.message : old));
    } else if (event.kind === "deleted") {
      chat.messages = chat.messages.filter((message) => keyOf(message) !== event.message_id);
    } else if (event.kind === "replaced") this.#replaced(chat, event);
    else if (event.kind === "typing") this.#types(chat.id);
    this.tell(event.kind, event);
  }

  /** @param {number|null} id @param {number|null} [thread] */
  choose(id, thread = null) {
    this.chosen = id;
    this.thread = this.open?.is_forum ? thread : null;
    this.tell("chosen");
  }

  /** @param {boolean} is */
  connected(is) {
    if (this.online === is) return;
    this.online = is;
    this.tell("online");
  }

  /** @param {Message} message */
  isMine(message) {
    return !message.sender_chat && message.from?.id === this.me.id;
  }

  /** The messages of a chat, or of one topic of it. @param {Chat} chat @param {number|null} [thread] */
  within(chat, thread = null) {
    return thread === null ? chat.messages : chat.messages.filter((message) => threadOf(message) === thread);
  }

  /** @param {number} chat */
  isTyping(chat) {
    return this.#typing.has(chat);
  }

  /** How many messages of others came since the chat, or its topic, was last looked at. @param {Chat} chat */
  unread(chat, thread = null) {
    if (chat.is_forum && thread === null) return chat.threads.reduce((sum, one) => sum + this.unread(chat, one.message_thread_id), 0);
    const read = this.#read.get(placeOf(chat.id, thread)) ?? 0;
    return this.within(chat, thread).filter((message) => message.message_id > read && !this.isMine(message)).length;
  }

  /** What is open has been looked at. */
  markRead() {
    const newest = newestOf(this.messages);
    if (newest <= (this.#read.get(this.place) ?? 0)) return;
    this.#read.set(this.place, newest);
    remember(`${READ}.${this.me.id}`, [...this.#read]);
    this.tell("read");
  }

  /** @param {string} kind @param {any} [detail] */
  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** @param {string[]} kinds @param {(detail: any) => void} then @param {AbortSignal} [until] */
  on(kinds, then, until) {
    for (const kind of kinds) this.addEventListener(kind, (event) => then(/** @type {any} */ (event).detail), { signal: until });
  }

  #named({ bot, menus }) {
    this.bot = bot;
    for (const chat of this.chats.values()) chat.menu = menus[chat.id] ?? [];
  }

  /** An ephemeral message stands in the place of the one whose button was tapped. */
  #replaced(chat, { message_id: key, ephemeral_message_id: ephemeral }) {
    const instead = chat.messages.find((message) => keyOf(message) === -ephemeral);
    if (!instead) return;
    chat.messages = chat.messages.filter((message) => message !== instead).map((message) => (keyOf(message) === key ? instead : message));
  }

  #came(chat, { message, is_silent: isSilent }) {
    chat.messages.push(message);
    if (isSilent) chat.silent.push(keyOf(message));
    if (chat.messages.length > KEPT) chat.messages.shift();
    if (!this.isMine(message)) this.#stopsTyping(chat.id);
  }

  #changed(chat) {
    if (!this.chats.has(chat.id)) this.#opened.set(chat.id, Math.floor(Date.now() / 1000));
    this.chats.set(chat.id, chat);
  }

  #types(chat) {
    clearTimeout(this.#typing.get(chat));
    const stop = () => {
      this.#stopsTyping(chat);
      this.tell("typing", { chat });
    };
    this.#typing.set(chat, setTimeout(stop, TYPING_SECONDS * 1000));
  }

  #stopsTyping(chat) {
    clearTimeout(this.#typing.get(chat));
    this.#typing.delete(chat);
  }
}

const newestOf = (messages) => Math.max(0, ...messages.map((message) => message.message_id));
