// Text and entities -> DOM nodes. Never HTML: every word goes in as a text node, every address is judged.

import { el } from "./dom.js";
import { moment, timeNode } from "./times.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const VERBATIM = new Set(["pre", "code"]);
const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", subscript: "sub", superscript: "sup", marked: "mark" };
const SAFE = new Set(["http:", "https:", "tg:", "mailto:"]);
// What Telegram finds in plain text by itself.
const FOUND = /(?<url>https?:\/\/[^\s<>"]*[^\s<>".,:;!?'»”)\]])|(?<![\p{L}\p{N}_/])(?:(?<command>\/[A-Za-z][A-Za-z0-9_]{0,31}(?:@\w{3,32})?)(?![\w/])|(?<hashtag>#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*))/gu;

/** The address, if a link may lead there; else null. @param {string} url */
export function safeUrl(url) {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  try {
    const parsed = new URL(text);
    return SAFE.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @param {import("./state.js").Entity[]} entities
 * @returns {DocumentFragment}
 */
export function formatted(text, entities) {
  const inOrder = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  const skipped = new Set(
    inOrder.filter((entity) => BLOCKS.has(entity.type)).map((entity) => entity.offset + entity.length),
  );
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes({ text, skipped }, inOrder, 0, text.length, false));
  return fragment;
}

/** The first link in a message, for its preview. @param {import("./state.js").Message} message */
export function firstLink(message) {
  const text = message.text ?? "";
  for (const entity of message.entities ?? []) {
    if (entity.type === "text_link") return entity.url ?? null;
    if (entity.type === "url") return text.slice(entity.offset, entity.offset + entity.length);
  }
  return text.match(/https?:\/\/[^\s<>"]*[^\s<>".,:;!?)]/)?.[0] ?? null;
}

/** The words of a message as one reads them in a line: times by this clock, spoilers hidden. */
export function plainWords(message) {
  const text = message.text ?? message.caption ?? "";
  let words = text;
  const entities = message.entities ?? message.caption_entities ?? [];
  const isHidden = (at) => entities.some(({ type, offset, length }) => type === "spoiler" && offset <= at && at < offset + length);
  for (const { type, offset, length, ...entity } of [...entities].sort((one, other) => other.offset - one.offset)) {
    const said = text.slice(offset, offset + length);
    const shown = type === "date_time" && !isHidden(offset) ? moment(Number(entity.unix_time), entity.date_time_format ?? "") : null;
    const instead = type === "spoiler" ? said.replace(/\S/gu, "▒") : shown;
    if (instead !== null) words = words.slice(0, offset) + instead + words.slice(offset + length);
  }
  return words;
}

/** The nodes of one stretch of text; entities that cross each other are cut at the border. */
function nodes(whole, entities, from, to, isPlain) {
  const made = [];
  const waiting = [...entities];
  let at = from;
  while (waiting.length) {
    const entity = waiting.shift();
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= begin) continue;
    made.push(...plain(whole, at, begin, isPlain));
    const inside = [];
    while (waiting.length && waiting[0].offset < end) inside.push(waiting.shift());
    const over = inside.filter((other) => other.offset + other.length > end);
    waiting.unshift(...over.map((other) => ({ ...other, offset: end, length: other.offset + other.length - end })));
    const isVerbatim = isPlain || VERBATIM.has(entity.type) || isLink(entity.type);
    made.push(wrapped(entity, nodes(whole, inside, begin, end, isVerbatim), whole.text.slice(begin, end)));
    at = end;
  }
  return [...made, ...plain(whole, at, to, isPlain)];
}

/** Text without entities. The line break after a block is the block's own. */
function plain({ text, skipped }, from, to, isPlain) {
  const begin = skipped.has(from) && text[from] === "\n" ? from + 1 : from;
  if (begin >= to) return [];
  const piece = text.slice(begin, to);
  return isPlain ? [piece] : linked(piece);
}

/** Links, commands and tags that nobody marked. */
function linked(piece) {
  const made = [];
  let at = 0;
  for (const found of piece.matchAll(FOUND)) {
    const { url, command } = found.groups;
    made.push(piece.slice(at, found.index));
    const type = url ? "url" : command ? "bot_command" : "hashtag";
    made.push(wrapped({ type }, [found[0]], found[0]));
    at = found.index + found[0].length;
  }
  return [...made, piece.slice(at)].filter((part) => part !== "");
}

const isLink = (type) => ["text_link", "url", "email", "bot_command", "hashtag", "cashtag", "mention"].includes(type);

/** One entity around what it contains. */
export function wrapped(entity, inner, text) {
  const { type } = entity;
  if (type in PLAIN_TAGS) return el(PLAIN_TAGS[type], {}, ...inner);
  if (type === "text_link") return link(entity.url ?? "", inner, text);
  if (type === "url") return link(text, inner, text);
  if (type === "email") return link(`mailto:${text}`, inner, text);
  if (type === "bot_command") return el("button", { type: "button", class: "link", "data-command": text }, ...inner);
  if (type === "hashtag" || type === "cashtag") {
    return el("button", { type: "button", class: "link", "data-tag": text }, ...inner);
  }
  if (type === "mention") return link(`https://t.me/${text.slice(1)}`, inner, text);
  if (type === "date_time") return timeNode(entity, inner);
  if (type === "spoiler") return spoiler(inner);
  if (type === "pre") return preformatted(entity, inner);
  if (type === "blockquote") return el("blockquote", { dir: "auto" }, ...inner);
  if (type === "expandable_blockquote") return expandable(inner);
  return el("span", {}, ...inner);
}

function link(url, inner, text) {
  const href = safeUrl(url);
  if (!href) return el("span", {}, ...inner);
  const title = href === text || url === text ? null : decoded(href);
  return el("a", { href, title, target: "_blank", rel: "noopener noreferrer" }, ...inner);
}

function decoded(href) {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}

function spoiler(inner) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" });
  node.append(el("span", {}, ...inner));
  const reveal = (event) => {
    if (node.classList.contains("shown") || (event.key && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal, true);
  node.addEventListener("keydown", reveal);
  return node;
}

function preformatted(entity, inner) {
  const head = entity.language && el("span", { class: "language" }, entity.language);
  return el("pre", { dir: "ltr" }, head, el("code", {}, ...inner));
}

function expandable(inner) {
  const body = el("div", { class: "body" }, ...inner);
  const toggle = el("button", { type: "button", class: "expand", "aria-expanded": "false", "aria-label": "Show the whole quote" });
  const node = el("blockquote", { class: "expandable", dir: "auto" }, body, toggle);
  toggle.addEventListener("click", () => {
    toggle.setAttribute("aria-expanded", String(node.classList.toggle("open")));
  });
  return node;
}
