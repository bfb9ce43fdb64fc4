// One message -> its bubble, or the grey line of a service message.

import { el, icon } from "./dom.js";
import { firstLink, formatted, safeUrl } from "./entities.js";
import { keyboard } from "./keyboards.js";
import { leadsTo, serviceText, summary } from "./lines.js";
import { media } from "./media.js";
import { avatar, colour, nameOf, sender, senderId } from "./names.js";
import { rich } from "./rich.js";
import { keyOf } from "./state.js";
import { clock, full } from "./times.js";

const REPLY = "M10 6 4 12l6 6M4.500 12H14c4 0 6 2 6 6";
const BELL_CROSSED = "M6 9c0-3 2.500-5 6-5s6 2 6 5c0 5 2 6 2 8H4c0-2 2-3 2-8zM10 20h4M3 3l18 18";
const EYE = "M2 12c3-5 6.500-7 10-7s7 2 10 7c-3 5-6.500 7-10 7s-7-2-10-7zM12 9.500a2.500 2.500 0 1 0 .01 0";
const SEEN = "M1.500 13l4.500 4.500L16 7M11 16.500l1.200 1L22.500 7";
const SENT = "M4 13l4.500 4.500L19 7";

/**
 * @typedef {{isMine: boolean, isFirst: boolean, isLast: boolean, isNamed: boolean, isPictured: boolean,
 *   isSeen: boolean, isSilent: boolean, isOpen: boolean}} Look `isOpen`: one may write here
 */

/**
 * @param {import("./state.js").Message} message
 * @param {Look} look
 */
export function bubble(message, look) {
  const service = serviceText(message);
  if (service !== null) return serviceLine(message, service);
  const { isMine, isFirst, isLast, isNamed, isPictured, isOpen } = look;
  const name = sender(message);
  const who = senderId(message);
  const keys = keyboard(message);
  const sides = ["message", isMine ? "out" : "in", isFirst && "first", isLast && "last", isPictured && "pictured", message.rich_message && "wide", keys && "keyed"];
  return el("article", { class: sides.filter(Boolean).join(" "), "data-message-id": keyOf(message), tabindex: "-1", "aria-label": `${isMine ? "You" : name}, ${clock(message.date)}` },
    isPictured && isLast && avatar(name, who),
    el("div", { class: "column" },
      el("div", { class: "bubble" },
        message.ephemeral_message_id && el("div", { class: "only" }, icon(EYE), isMine ? "Only the bot sees this" : "Only you see this"),
        isNamed && isFirst && writer(message, name, who),
        forwarded(message),
        message.via_bot && el("div", { class: "via", dir: "auto" }, "via ", el("b", {}, `@${message.via_bot.username}`)),
        isReply(message) && quote(message.reply_to_message, true),
        ...media(message),
        ...body(message, meta(message, look))),
      keys),
    isOpen && el("button", { type: "button", class: "arrow icon", "aria-label": "Reply", title: "Reply", tabindex: "-1", "data-reply": keyOf(message) }, icon(REPLY)));
}

/** A short look at another message: a coloured bar, a heading (who wrote it), and one line. */
export function quote(message, isLink, heading = sender(message)) {
  return el(isLink ? "button" : "div", { type: isLink && "button", class: `quote ${colour(senderId(message))}`, dir: "auto", "data-goto": isLink && keyOf(message) },
    el("bdi", { class: "who" }, heading),
    el("span", { class: "what", dir: "auto" }, summary(message)));
}

/** Whether a message answers another; what stands in a topic answers its first message only so that it stands there. */
function isReply(message) {
  const to = message.reply_to_message;
  return to && !(message.is_topic_message && to.message_id === message.message_thread_id);
}

function serviceLine(message, text) {
  const to = leadsTo(message);
  const said = to ? el("a", { href: `#${to}` }, text) : text;
  return el("div", { class: "service", "data-message-id": keyOf(message) }, el("span", { dir: "auto" }, said));
}

function writer(message, name, who) {
  const isAnonymous = message.sender_chat && message.from;
  const role = isAnonymous ? message.author_signature ?? "admin" : message.sender_tag;
  return el("div", { class: `name ${colour(who)}` }, el("bdi", {}, name), role && el("small", {}, role));
}

/** Where a forwarded message came from. */
function forwarded(message) {
  const from = message.forward_origin;
  if (!from) return null;
  const chat = from.chat ?? from.sender_chat;
  const name = from.sender_user ? nameOf(from.sender_user) : chat?.title ?? from.sender_user_name ?? "";
  return el("div", { class: "forwarded" }, "Forwarded from ", el("bdi", {}, name));
}

function body(message, time) {
  if (message.rich_message) return [rich(message.rich_message), el("div", { class: "after" }, time)];
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const preview = linkPreview(message);
  const isAbove = preview && message.link_preview_options?.show_above_text;
  const said = text && el("div", { class: "text", dir: "auto" }, formatted(text, entities), !preview || isAbove ? time : null);
  const apart = (!text || (preview && !isAbove)) && el("div", { class: "after" }, time);
  return isAbove ? [preview, said, apart] : [said, preview, apart];
}

function meta(message, look) {
  const silent = look.isSilent && el("span", { class: "silent", role: "img", title: "Sent without a sound", "aria-label": "Silent" }, icon(BELL_CROSSED));
  const edited = message.edit_date && el("span", { class: "edited", title: full(message.edit_date) }, "edited");
  const ticks = look.isMine && el("span", { class: "ticks", role: "img", "aria-label": look.isSeen ? "Answered" : "Sent" }, icon(look.isSeen ? SEEN : SENT));
  return el("span", { class: "meta" }, silent, edited, el("time", { datetime: new Date(message.date * 1000).toISOString(), title: full(message.date), dir: "auto" }, clock(message.date)), ticks);
}

/** Where Telegram shows a page's preview, stand its host and address. */
function linkPreview(message) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled) return null;
  const href = safeUrl(options.url ?? firstLink(message) ?? "");
  if (!href?.startsWith("http")) return null;
  const url = new URL(href);
  const isLarge = options.prefer_large_media;
  return el("a", { class: isLarge ? "preview large" : "preview", dir: directionOf(message.text), href, target: "_blank", rel: "noopener noreferrer", title: "Telegram shows a preview of the page here" },
    el("bdi", { class: "who" }, url.host.replace(/^www\./, "")),
    el("bdi", { class: "what" }, readable(url)),
    isLarge && el("span", { class: "sight", "aria-hidden": "true" }, icon("M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9v.01")));
}

/** Which way a text is read: as its first letter is. @param {string|undefined} text */
export function directionOf(text) {
  const first = text?.match(/\p{L}/u)?.[0] ?? "";
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first) ? "rtl" : "ltr";
}

function readable(url) {
  try {
    return decodeURI(url.pathname + url.search);
  } catch {
    return url.pathname;
  }
}
