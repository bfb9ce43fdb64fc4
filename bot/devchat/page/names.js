// What chats and people are called, and the coloured disc with their initials.

import { el } from "./dom.js";

/** The title of a chat: a private chat is called as the bot is. */
export function chatName(chat, bot) {
  return chat.type === "private" ? bot.first_name : chat.title ?? String(chat.id);
}

/** What a private chat adds to the name where the person there is not "You". */
export function asWhom(chat) {
  return chat.type === "private" && chat.first_name && chat.first_name !== "You" ? `as ${chat.first_name}` : "";
}

/** The line under the name. */
export function chatStatus(chat) {
  const away = { private: "blocked", channel: "channel, the bot was removed" }[chat.type] ?? "group, the bot was removed";
  const there = { private: "bot", channel: "channel, the bot is an admin" }[chat.type] ?? "group, you and the bot";
  return [chat.blocked ? away : there, asWhom(chat)].filter(Boolean).join(" · ");
}

/** Who wrote a message. */
export function sender(message) {
  return message.from?.first_name ?? message.sender_chat?.title ?? message.chat?.title ?? "";
}

/** Which of the seven colours an id has; the first bot is blue. */
export const colour = (id) => `colour-${(Math.abs(Number(id)) + 4) % 7}`;

/** @param {string} name @param {number} id */
export function avatar(name, id) {
  return el("span", { class: `avatar ${colour(id)}`, "aria-hidden": "true" }, initials(name));
}

/** The avatar of a chat. */
export const chatAvatar = (chat, bot) => avatar(chatName(chat, bot), chat.type === "private" ? bot.id : chat.id);

function initials(name) {
  const words = name.split(/\s+/).map((word) => word.match(/[\p{L}\p{N}]/u)?.[0]).filter(Boolean);
  return (words.length > 1 ? `${words[0]}${words.at(-1)}` : words[0] ?? "•").toUpperCase();
}
