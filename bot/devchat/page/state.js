// What the page knows: chats, messages, what was read, who types. Knows nothing of the DOM.

/**
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string, unix_time?: number,
 *   date_time_format?: string, user?: {id: number, username?: string}}} Entity
 * @typedef {{id: number, is_bot?: boolean, first_name: string, username?: string}} User
 * @typedef {{text: string, callback_data?: string, url?: string}} Button
 * @typedef {{message_id: number, date: number, edit_date?: number, chat: any, from?: User, sender_chat?: any,
 *   text?: string, caption?: string, entities?: Entity[], caption_entities?: Entity[], photo_url?: string,
 *   document?: {file_name?: string}, reply_to_message?: Message, link_preview_options?: any,
 *   reply_markup?: {inline_keyboard: Button[][]}, [service: string]: any}} Message
 * @typedef {{id: number, type: "private"|"group"|"supergroup"|"channel", title?: string, first_name?: string,
 *   blocked: boolean, messages: Message[]}} Chat
 * @typedef {{id: number, first_name: string, username: string, description?: string, short_description?: string,
 *   commands: {command: string, description: string}[]}} Bot
 * @typedef {{bot: Bot, chats: Chat[], n: number}} Snapshot
 */

const TYPING_SECONDS = 5;
const KEPT = 500;
const READ = "devchat.read";

export class State extends EventTarget {
  /** @type {Bot} */ bot = { id: 0, first_name: "Chat", username: "", commands: [] };
  /** @type {Map<number, Chat>} */ chats = new Map();
  /** @type {Map<number, string>} */ drafts = new Map();
  /** @type {number|null} */ chosen = null;
  online = true;
  #typing = new Map();
  /** @type {Map<number, number>} */ #opened = new Map();
  #read = remembered();

  /** The chat that is open. @returns {Chat|undefined} */
  get open() {
    return this.chosen === null ? undefined : this.chats.get(this.chosen);
  }

  /** Newest first. @returns {Chat[]} */
  get inOrder() {
    const last = (chat) => chat.messages.at(-1)?.date ?? this.#opened.get(chat.id) ?? 0;
    return [...this.chats.values()].sort((one, other) => last(other) - last(one));
  }

  /** @param {Snapshot} snapshot */
  fresh(snapshot) {
    this.bot = { ...snapshot.bot, commands: snapshot.bot.commands ?? [] };
    this.chats = new Map(snapshot.chats.map((chat) => [chat.id, chat]));
    const newest = Math.max(0, ...snapshot.chats.map((chat) => chat.messages.at(-1)?.message_id ?? 0));
    for (const [id, read] of this.#read) if (read > newest) this.#read.delete(id);
    this.#typing.clear();
    this.tell("fresh");
  }

  /** Take in an event of the server, and tell of it by its kind. */
  take(event) {
    const chat = this.chats.get(event.chat);
    if (event.kind === "bot") this.bot = { ...event.bot, commands: event.bot.commands ?? [] };
    else if (event.kind === "chat") this.#changed(event.chat);
    else if (event.kind === "gone") this.chats.delete(event.chat);
    else if (!chat) return;
    else if (event.kind === "message") {
      chat.messages.push(event.message);
      if (chat.messages.length > KEPT) chat.messages.shift();
      if (!this.isMine(event.message)) this.#stopsTyping(chat.id);
    } else if (event.kind === "edited") {
      chat.messages = chat.messages.map((old) =>
        old.message_id === event.message.message_id ? event.message : old);
    } else if (event.kind === "deleted") {
      chat.messages = chat.messages.filter((message) => message.message_id !== event.message_id);
    } else if (event.kind === "typing") this.#types(chat.id);
    this.tell(event.kind, event);
  }

  /** @param {number|null} id */
  choose(id) {
    this.chosen = id;
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
    return Boolean(message.from && !message.from.is_bot);
  }

  /** @param {number} chat */
  isTyping(chat) {
    return this.#typing.has(chat);
  }

  /** How many messages of others came since the chat was last looked at. @param {Chat} chat */
  unread(chat) {
    const read = this.#read.get(chat.id) ?? 0;
    return chat.messages.filter((message) => message.message_id > read && !this.isMine(message)).length;
  }

  /** The chat has been looked at. @param {Chat} chat */
  markRead(chat) {
    const newest = chat.messages.at(-1)?.message_id ?? 0;
    if (newest <= (this.#read.get(chat.id) ?? 0)) return;
    this.#read.set(chat.id, newest);
    try {
      localStorage.setItem(READ, JSON.stringify([...this.#read]));
    } catch {
      // A browser without storage forgets; nothing else is lost.
    }
    this.tell("read");
  }

  /** @param {string} kind @param {any} [detail] */
  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  /** @param {string[]} kinds @param {(detail: any) => void} then */
  on(kinds, then) {
    for (const kind of kinds) this.addEventListener(kind, (event) => then(/** @type {any} */ (event).detail));
  }

  #changed(chat) {
    this.#opened.set(chat.id, Math.floor(Date.now() / 1000));
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

function remembered() {
  try {
    return new Map(JSON.parse(localStorage.getItem(READ) ?? "[]"));
  } catch {
    return new Map();
  }
}
