// The blocks of a rich message -> DOM nodes. Never HTML; every address is judged, pictures tell nobody who looks at them.

import { el } from "./dom.js";
import { safeUrl, wrapped } from "./entities.js";

const MADE = {
  heading: (block) => el(`h${Math.min(Math.max(block.size, 1), 6)}`, { dir: "auto" }, ...text(block.text)),
  paragraph: (block) => el("p", { dir: "auto" }, ...text(block.text)),
  footer: (block) => el("footer", { dir: "auto" }, ...text(block.text)),
  pre: (block) => el("pre", { dir: "ltr" }, el("code", {}, ...text(block.text))),
  divider: () => el("hr"),
  blockquote: (block) => el("blockquote", {}, ...blocks(block.blocks), credit(block)),
  pullquote: (block) => el("aside", { dir: "auto" }, el("p", {}, ...text(block.text)), credit(block)),
  list: (block) => list(block),
  table: (block) => table(block),
  photo: (block) => el("figure", {}, picture(block), caption(block)),
  collage: (block) => el("figure", { class: "several" }, el("div", {}, ...blocks(block.blocks)), caption(block)),
  slideshow: (block) => el("figure", { class: "several" }, el("div", {}, ...blocks(block.blocks)), caption(block)),
  details: (block) => el("details", { open: block.is_open }, el("summary", { dir: "auto" }, ...text(block.summary)), ...blocks(block.blocks)),
};

/** The body of a rich message. @param {{blocks: any[], is_rtl?: boolean}} message */
export function rich(message) {
  const body = el("div", { class: "rich", dir: message.is_rtl ? "rtl" : "ltr" }, ...blocks(message.blocks));
  if (message.is_rtl) for (const node of body.querySelectorAll('[dir="auto"]:not(time)')) node.removeAttribute("dir");
  return body;
}

/** What a rich message says, without its looks. @param {{blocks: any[]}} message */
export function richWords(message) {
  return message.blocks.map(words).filter(Boolean).join("\n");
}

function words(block) {
  const parts = [plain(block.summary), plain(block.text), ...(block.blocks ?? []).map(words)];
  parts.push(...(block.items ?? []).map((item) => `${item.label} ${item.blocks.map(words).join("\n")}`));
  parts.push(...(block.cells ?? []).map((row) => row.map((cell) => plain(cell.text)).join(" | ")));
  parts.push(plain(block.caption?.text), plain(block.credit));
  return parts.filter(Boolean).join("\n");
}

/** A RichText as plain text: it is a text, a list, or an object around another. */
function plain(value) {
  if (!value) return "";
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(plain).join("") : plain(value.text);
}

/** A RichText as nodes. @returns {(Node|string)[]} */
function text(value) {
  if (!value) return [];
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(text);
  const entity = value.type === "url" ? { ...value, type: "text_link" } : value;
  return [wrapped(entity, text(value.text), plain(value.text))];
}

const blocks = (several) => (several ?? []).map((block) => MADE[block.type]?.(block) ?? el("p", {}, ...text(block.text)));

const credit = (block) => (block.credit ? el("cite", { dir: "auto" }, ...text(block.credit)) : null);

function caption({ caption: said }) {
  return said && el("figcaption", { dir: "auto" }, el("span", {}, ...text(said.text)), credit(said));
}

/** A list is ordered where its items are numbered. */
function list(block) {
  const isOrdered = block.items.some((item) => item.type);
  const items = block.items.map((item) => el("li", { value: isOrdered && item.value }, ...blocks(item.blocks)));
  return el(isOrdered ? "ol" : "ul", {}, ...items);
}

function table(block) {
  const cell = (one) => el(one.is_header ? "th" : "td", {
    class: `${one.align} ${one.valign}`, colspan: one.colspan, rowspan: one.rowspan, dir: "auto",
  }, ...text(one.text));
  const looks = ["bordered", "striped", "compact"].filter((look) => block[`is_${look}`]).join(" ");
  return el("div", { class: "broad", tabindex: "0", role: "group", "aria-label": "Table" }, el("table", { class: looks },
    block.caption && el("caption", { dir: "auto" }, ...text(block.caption)),
    el("tbody", {}, ...block.cells.map((row) => el("tr", {}, ...row.map(cell))))));
}

/** A picture; where it cannot be loaded, or may not be by the page's policy, a word in its place. */
function picture(block) {
  const src = safeUrl(block.photo_url ?? "");
  const missing = () => el("div", { class: "missing" }, "The picture cannot be shown here");
  if (!src?.startsWith("http")) return missing();
  const alt = plain(block.caption?.text);
  const image = el("img", { src, alt, referrerpolicy: "no-referrer" });
  const node = el("button", { type: "button", class: "sight", "data-view": src, "aria-label": `Open the picture${alt ? `: ${alt.slice(0, 100)}` : ""}` }, image);
  image.addEventListener("error", () => node.replaceWith(missing()));
  return node;
}
