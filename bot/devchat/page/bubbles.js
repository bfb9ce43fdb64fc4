// One message -> its bubble, or the grey line of a service message.

import { el, icon } from "./dom.js";
import { firstLink, formatted, plainWords, safeUrl } from "./entities.js";
import { keyboard } from "./keyboards.js";
import { avatar, colour, sender } from "./names.js";
import { rich, richWords } from "./rich.js";
import { clock, full } from "./times.js";

const SERVICE = {
  new_chat_members: (message) => `${sender(message)} added ${message.new_chat_members.map((user) => user.first_name).join(", ")}`,
  left_chat_member: (message) => `${message.left_chat_member.first_name} left the group`,
  new_chat_title: (message) => `${sender(message)} changed the name to “${message.new_chat_title}”`,
  group_chat_created: (message) => `${sender(message)} created the group`,
  supergroup_chat_created: () => "The group was created",
  channel_chat_created: () => "The channel was created",
  migrate_to_chat_id: () => "The group was upgraded to a supergroup",
  migrate_from_chat_id: () => "This supergroup was a group before",
  pinned_message: (message) => `${sender(message)} pinned “${summary(message.pinned_message)}”`,
};

/**
 * @typedef {{isMine: boolean, isFirst: boolean, isLast: boolean, isNamed: boolean, isPictured: boolean,
 *   isSeen: boolean}} Look
 */

/** A message in one line of plain words. @param {import("./state.js").Message} message */
export function summary(message) {
  const words = message.rich_message ? richWords(message.rich_message) : plainWords(message) || (serviceText(message) ?? "");
  if (message.photo_url) return words || "Photo";
  if (message.document) return message.document.file_name ?? "File";
  return words.replace(/\s+/g, " ").slice(0, 200) || "Message";
}

/** What a service message says; null for an ordinary one. */
export function serviceText(message) {
  const kind = Object.keys(SERVICE).find((name) => message[name] !== undefined && message[name] !== false);
  return kind ? SERVICE[kind](message) : null;
}

/**
 * @param {import("./state.js").Message} message
 * @param {Look} look
 */
export function bubble(message, look) {
  const service = serviceText(message);
  if (service !== null) return serviceLine(message, service);
  const { isMine, isFirst, isLast, isNamed, isPictured } = look;
  const name = sender(message);
  const who = message.from?.id ?? message.sender_chat?.id ?? 0;
  const sides = ["message", isMine ? "out" : "in", isFirst && "first", isLast && "last", isPictured && "pictured", message.rich_message && "wide"];
  const keys = keyboard(message);
  if (keys) sides.push("keyed");
  return el("article", { class: sides.filter(Boolean).join(" "), "data-message-id": message.message_id, "aria-label": `${name}, ${clock(message.date)}` },
    isPictured && isLast && avatar(name, who),
    el("div", { class: "column" },
      el("div", { class: "bubble" },
        isNamed && isFirst && el("div", { class: `name ${colour(who)}`, dir: "auto" }, name),
        message.reply_to_message && quote(message.reply_to_message, true),
        photo(message),
        file(message),
        ...(message.rich_message ? [rich(message.rich_message), el("div", { class: "after" }, meta(message, look))] : words(message, meta(message, look)))),
      keys),
    el("button", { type: "button", class: "arrow icon", "aria-label": "Reply", title: "Reply", "data-reply": message.message_id },
      icon("M10 6 4 12l6 6M4.500 12H14c4 0 6 2 6 6")));
}

/** A short look at another message: a coloured bar, who, and one line. */
export function quote(message, isLink) {
  const who = message.from?.id ?? message.sender_chat?.id ?? 0;
  return el(isLink ? "button" : "div", { type: isLink && "button", class: `quote ${colour(who)}`, "data-goto": isLink && message.message_id },
    el("span", { class: "who", dir: "auto" }, sender(message)),
    el("span", { class: "what", dir: "auto" }, summary(message)));
}

function serviceLine(message, text) {
  const to = message.migrate_to_chat_id ?? message.migrate_from_chat_id;
  const said = to ? el("a", { href: `#${to}` }, text) : text;
  return el("div", { class: "service", "data-message-id": message.message_id }, el("span", { dir: "auto" }, said));
}

function words(message, time) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const preview = linkPreview(message);
  const isAbove = preview && message.link_preview_options?.show_above_text;
  const body = text && el("div", { class: "text", dir: "auto" }, formatted(text, entities), !preview || isAbove ? time : null);
  const apart = (!text || (preview && !isAbove)) && el("div", { class: "after" }, time);
  return isAbove ? [preview, body, apart] : [body, preview, apart];
}

function meta(message, look) {
  const edited = message.edit_date && el("span", { class: "edited", title: full(message.edit_date) }, "edited");
  const ticks = look.isMine && el("span", { class: "ticks", role: "img", "aria-label": look.isSeen ? "Answered" : "Sent" },
    icon(look.isSeen ? "M1.500 13l4.500 4.500L16 7M11 16.500l1.200 1L22.500 7" : "M4 13l4.500 4.500L19 7"));
  return el("span", { class: "meta" }, edited, el("time", { datetime: new Date(message.date * 1000).toISOString(), title: full(message.date) }, clock(message.date)), ticks);
}

function photo(message) {
  const src = message.photo_url && safeUrl(new URL(message.photo_url, location.href).href);
  return src && el("img", { class: "photo", src, alt: message.caption ?? "Photo", loading: "lazy" });
}

function file(message) {
  if (!message.document) return null;
  return el("div", { class: "file" },
    el("span", { class: "disc" }, icon("M7 3h7l4 4v14H7zM14 3v4h4")),
    el("span", { class: "label", dir: "auto" }, message.document.file_name ?? "File"));
}

/** Where Telegram shows a page's preview, stand its host and address. */
function linkPreview(message) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled) return null;
  const href = safeUrl(options.url ?? firstLink(message) ?? "");
  if (!href?.startsWith("http")) return null;
  const url = new URL(href);
  return el("a", { class: "preview", href, target: "_blank", rel: "noopener noreferrer", title: "Telegram shows a preview of the page here" },
    el("span", { class: "who" }, url.host.replace(/^www\./, "")),
    el("span", { class: "what" }, readable(url)));
}

function readable(url) {
  try {
    return decodeURI(url.pathname + url.search);
  } catch {
    return url.pathname;
  }
}
