// What stands in an empty chat.

import { el } from "./dom.js";
import { chatAvatar, chatName } from "./names.js";

/** @param {import("./state.js").Chat} chat @param {import("./state.js").Bot} bot */
export function welcome(chat, bot) {
  const isPrivate = chat.type === "private";
  const about = chat.type === "channel"
    ? "A channel, with the bot as an admin. What admins type is posted to the channel."
    : "A group with the bot. Type / to see the bot's commands.";
  const description = isPrivate && (bot.description || bot.short_description);
  return el("section", { class: "welcome" },
    el("div", { class: "card" },
      chatAvatar(chat, bot),
      el("strong", { dir: "auto" }, description ? "What can this bot do?" : chatName(chat, bot)),
      description && el("p", { dir: "auto" }, description),
      !isPrivate && el("p", {}, about),
      isPrivate && el("p", { class: "hint" }, "This page is a small Telegram on your own computer. Press START.")));
}
