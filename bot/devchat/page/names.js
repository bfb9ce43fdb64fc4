// What chats and people are called, and the coloured disc with their initials.

import { el } from "./dom.js";

/** A person or a bot. @param {import("./state.js").User} user */
export const nameOf = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

/** The title of a chat: a private chat is called as the bot is. */
export function chatName(chat, bot) {
  return chat.type === "private" ? bot.first_name : chat.title ?? String(chat.id);
}

/** Who wrote a message: a person, the bot, or the chat itself where its admins do not say who. */
export function sender(message) {
  const chat = message.sender_chat;
  return chat ? chat.title ?? chat.first_name ?? "" : message.from ? nameOf(message.from) : message.chat?.title ?? "";
}

/** The id of who wrote a message. */
export const senderId = (message) => message.sender_chat?.id ?? message.from?.id ?? 0;

/** Which of the seven colours an id has; the first bot is blue, and the first people after one another are not. */
export const colour = (id) => `colour-${(Math.floor(Math.abs(id) / 7) + Math.abs(id) + 4) % 7}`;

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
