// Messages in one line of plain words: in the list of chats, in quotes, and the grey lines of what happened in a chat.

import { plainWords } from "./entities.js";
import { nameOf, sender } from "./names.js";
import { richWords } from "./rich.js";

const SERVICE = {
  new_chat_members: (message) => joined(message),
  left_chat_member: (message) => parted(message),
  new_chat_title: (message) => `${sender(message)} changed the name to “${message.new_chat_title}”`,
  new_chat_photo: (message) => `${sender(message)} changed the picture`,
  delete_chat_photo: (message) => `${sender(message)} removed the picture`,
  group_chat_created: (message) => `${sender(message)} created the group`,
  supergroup_chat_created: () => "The group was created",
  channel_chat_created: () => "The channel was created",
  migrate_to_chat_id: () => "The group was upgraded to a supergroup",
  migrate_from_chat_id: () => "This supergroup was a group before",
  pinned_message: (message) => `${sender(message)} pinned “${summary(message.pinned_message)}”`,
  forum_topic_created: (message) => `${sender(message)} created the topic “${message.forum_topic_created.name}”`,
  forum_topic_edited: (message) => `${sender(message)} named the topic “${message.forum_topic_edited.name ?? ""}”`,
  forum_topic_closed: (message) => `${sender(message)} closed the topic`,
  forum_topic_reopened: (message) => `${sender(message)} reopened the topic`,
  general_forum_topic_hidden: (message) => `${sender(message)} hid the General topic`,
  general_forum_topic_unhidden: (message) => `${sender(message)} showed the General topic again`,
  write_access_allowed: () => "The bot was allowed to write",
};

/** A message in one line. @param {import("./state.js").Message} message */
export function summary(message) {
  const words = message.rich_message ? richWords(message.rich_message) : plainWords(message) || (serviceText(message) ?? "");
  const line = words.replace(/\s+/g, " ").trim().slice(0, 200);
  return [carried(message), line].filter(Boolean).join(" ") || "Message";
}

/** A word for what a message carries beside its words. */
function carried(message) {
  if (message.photo) return message.caption ? "🖼" : "Photo";
  if (message.document) return `📎 ${message.document.file_name ?? "File"}`;
  if (message.location || message.venue) return "📍 Location";
  return "";
}

/** What a service message says; null for an ordinary one. @param {import("./state.js").Message} message */
export function serviceText(message) {
  const kind = Object.keys(SERVICE).find((name) => message[name] !== undefined && message[name] !== false);
  return kind ? SERVICE[kind](message) : null;
}

/** The chat that a service message leads to, if it does: where a group went, and where it came from. */
export const leadsTo = (message) => message.migrate_to_chat_id ?? message.migrate_from_chat_id ?? null;

function joined(message) {
  const came = message.new_chat_members;
  const isOneself = came.length === 1 && came[0].id === message.from?.id;
  return isOneself ? `${sender(message)} joined` : `${sender(message)} added ${came.map(nameOf).join(", ")}`;
}

function parted(message) {
  const went = message.left_chat_member;
  return went.id === message.from?.id || !message.from ? `${nameOf(went)} left` : `${sender(message)} removed ${nameOf(went)}`;
}
