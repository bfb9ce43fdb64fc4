// How people and the bot stand in a chat, and what that lets them do.

const RANKS = { creator: "owner", administrator: "admin", restricted: "restricted" };

/** How somebody stands in a chat. @returns {import("./state.js").Member} */
export const standingOf = (chat, user) => chat.members.find((member) => member.user.id === user.id) ?? { user, status: "left" };

/** @param {import("./state.js").Member} member */
export const isIn = (member) => !["left", "kicked"].includes(member.status) && member.is_member !== false;

/** @param {import("./state.js").Member} member */
export const isAdmin = (member) => member.status in { creator: 1, administrator: 1 };

/** What somebody is called for the way he stands; nothing for a plain member. */
export const rankOf = (member) => member.custom_title ?? RANKS[member.status] ?? "";

/** Why the person of this page cannot write here; an empty text where one can. @param {import("./state.js").Chat} chat @param {number|null} [thread] */
export function whyMute(chat, thread) {
  if (chat.moved_to) return "The group has become a supergroup.";
  if (!chat.can_write) return chat.type === "channel" ? "Only admins post here." : "You may not write here.";
  const isClosed = chat.threads.some((one) => one.message_thread_id === thread && one.is_closed);
  return isClosed && !chat.is_admin ? "This topic is closed." : "";
}

/** The line under the name. @param {import("./state.js").Chat} chat */
export function chatStatus(chat) {
  if (chat.type === "private") return chat.blocked ? "blocked" : "bot";
  const many = chat.members.filter(isIn).length;
  const kind = chat.type === "channel" ? "channel" : chat.is_forum ? "forum" : "group";
  return `${kind}, ${many} ${many === 1 ? "member" : "members"}${chat.blocked ? ", the bot is not here" : ""}`;
}
