// The line above the messages: who this is, and the menus.

import { attempt } from "./attempt.js";
import { alertWith, confirmWith, prompt } from "./dialogs.js";
import { byId } from "./dom.js";
import { showMembers } from "./membership.js";
import { menuUnder } from "./menus.js";
import { avatar, chatAvatar, chatName } from "./names.js";
import { go } from "./routes.js";
import { chatStatus, standingOf } from "./standing.js";
import { setTheme, theme, THEMES } from "./theme.js";

export class Header {
  #state;

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    byId("head-menu").addEventListener("click", () => menuUnder(byId("head-menu"), this.#acts()));
    byId("side-menu").addEventListener("click", () => menuUnder(byId("side-menu"), this.#everywhere()));
    byId("head-about").addEventListener("click", () => this.#about());
    byId("back").addEventListener("click", () => go(state.thread === null ? null : state.chosen));
  }

  render() {
    const { open: chat, bot, online } = this.#state;
    if (!chat) return;
    const thread = chat.threads.find((one) => one.message_thread_id === this.#state.thread);
    document.body.classList.toggle("threaded", Boolean(thread));
    byId("head-avatar").replaceChildren(thread ? avatar(thread.name, thread.message_thread_id) : chatAvatar(chat, bot));
    byId("head-name").textContent = thread?.name ?? chatName(chat, bot);
    const status = byId("head-status");
    const isTyping = online && this.#state.isTyping(chat.id);
    const said = !online ? "connecting…" : isTyping ? "typing…" : thread ? chatName(chat, bot) : chatStatus(chat);
    if (status.textContent !== said) status.textContent = said;
    status.classList.toggle("typing", isTyping);
  }

  #about() {
    const chat = this.#state.open;
    if (!chat) return;
    if (chat.type === "private") alertWith(about(this.#state.bot));
    else showMembers(this.#state, chat.id);
  }

  #acts() {
    const { open: chat, me, thread } = this.#state;
    if (!chat) return [];
    const mine = standingOf(chat, me);
    const isPrivate = chat.type === "private";
    const mayManage = isPrivate || chat.is_admin;
    const [out, back] = isPrivate ? ["Block bot", "Unblock bot"] : ["Remove the bot", "Add the bot"];
    const topic = thread !== null && chat.threads.find((one) => one.message_thread_id === thread);
    return [
      { label: isPrivate ? "About the bot" : "Members", then: () => this.#about() },
      topic && mayManage && { label: topic.is_closed ? "Reopen the topic" : "Close the topic", then: () => attempt("close_topic", { chat: chat.id, thread, closed: !topic.is_closed }) },
      chat.type === "group" && mine.status === "creator" && !chat.moved_to && { label: "Make it a supergroup", then: () => this.#upgrade(chat) },
      chat.type === "supergroup" && mine.status === "creator" && !chat.is_forum && { label: "Turn topics on", then: () => attempt("forum", { chat: chat.id }) },
      { label: "Clear history", then: () => this.#clear(chat) },
      !isPrivate && mine.status !== "creator" && { label: "Leave", isDanger: true, then: () => attempt("leave", { chat: chat.id, person: me.id }) },
      mayManage && !chat.moved_to && { label: chat.blocked ? back : out, isDanger: !chat.blocked, then: () => attempt("block", { chat: chat.id, blocked: !chat.blocked }) },
    ];
  }

  #everywhere() {
    return [
      { label: "New group", then: () => this.#open({ type: "group" }, "New group", "Group name") },
      { label: "New forum", then: () => this.#open({ type: "supergroup", is_forum: true }, "New forum", "Forum name") },
      { label: "New channel", then: () => this.#open({ type: "channel" }, "New channel", "Channel name") },
      ...Object.entries(THEMES).map(([name, label]) => ({ label, isChosen: theme() === name, then: () => setTheme(name) })),
    ];
  }

  async #clear(chat) {
    const isSure = await confirmWith(`Delete every message in ${chatName(chat, this.#state.bot)}?`, "Clear");
    if (isSure) await attempt("clear", { chat: chat.id });
  }

  async #upgrade(chat) {
    const isSure = await confirmWith(`${chat.title} gets a new id; Telegram does this to groups that grow.`, "Upgrade", false);
    const made = isSure && (await attempt("upgrade", { chat: chat.id }));
    if (made) go(made);
  }

  async #open(kind, title, label) {
    const name = await prompt(title, label, "Create");
    const made = name && (await attempt("chats", { ...kind, title: name }));
    if (made) go(made);
  }
}

function about(bot) {
  return [bot.first_name, bot.username && `@${bot.username}`, bot.short_description, bot.description].filter(Boolean).join("\n");
}
