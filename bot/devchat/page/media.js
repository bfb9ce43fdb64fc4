// What a message carries beside its words: a photo, a file, a place.

import { el, icon } from "./dom.js";

const UNITS = ["bytes", "kB", "MB", "GB"];

/** The photo, the file and the place of a message, as far as it has them. @param {import("./state.js").Message} message */
export function media(message) {
  return [photo(message), file(message), place(message)].filter(Boolean);
}

/** A photo opens large when it is pressed. */
function photo(message) {
  const largest = message.photo?.at(-1);
  if (!largest) return null;
  const src = addressOf(largest);
  const about = message.caption ?? "";
  const { width, height } = largest;
  const image = el("img", { src, alt: about || "Photo", loading: "lazy", referrerpolicy: "no-referrer", width, height });
  const node = el("button", { type: "button", class: "photo", "data-view": src, "aria-label": `Open the photo${about ? `: ${about.slice(0, 100)}` : ""}` }, image);
  image.addEventListener("error", () => node.replaceWith(el("div", { class: "photo missing" }, "The picture cannot be shown here")));
  return node;
}

function file(message) {
  const about = message.document;
  if (!about) return null;
  const name = about.file_name ?? "File";
  return el("a", { class: "file", href: addressOf(about), download: name, "aria-label": `Download ${name}, ${sizeOf(about.file_size)}` },
    el("span", { class: "disc" }, icon("M12 4v12m-5-5 5 5 5-5M5 20h14")),
    el("span", { class: "about" },
      el("span", { class: "label", dir: "auto" }, name),
      about.file_size !== undefined && el("span", { class: "size" }, sizeOf(about.file_size))));
}

/** A place: drawn, since a map would tell a stranger who looks at it. */
function place(message) {
  const { latitude, longitude } = message.location ?? message.venue?.location ?? {};
  if (latitude === undefined) return null;
  const where = `${degrees(latitude, "N", "S")}, ${degrees(longitude, "E", "W")}`;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=12/${latitude}/${longitude}`;
  return el("a", { class: "place", href, target: "_blank", rel: "noopener noreferrer", "aria-label": `Location: ${where}` },
    el("span", { class: "map", "aria-hidden": "true" }, icon("M12 21c5-5.500 7-8.700 7-11.500a7 7 0 0 0-14 0C5 12.300 7 15.500 12 21zM12 9.500v.01")),
    el("span", { class: "about" }, el("span", { class: "label" }, message.venue?.title ?? "Location"), el("span", { class: "size" }, where)));
}

/** Where what a message carries is found. @param {{file_id: string}} file */
const addressOf = (file) => `/page/file/${file.file_id}`;

/** "12.4 kB". @param {number|undefined} bytes */
export function sizeOf(bytes) {
  if (bytes === undefined) return "";
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const many = bytes / 1000 ** power;
  return `${power && many < 100 ? many.toFixed(1) : Math.round(many)} ${UNITS[power]}`;
}

const degrees = (angle, plus, minus) => `${Math.abs(angle).toFixed(4)}° ${angle < 0 ? minus : plus}`;
