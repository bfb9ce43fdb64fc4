// Photos, large: arrows go through those of the chat, a press shows them in their own size, Esc goes back.

import { byId, el, icon } from "./dom.js";

/** Open the viewer at a photo of the feed. @param {HTMLElement} pressed what has data-view */
export function view(pressed) {
  const all = /** @type {HTMLElement[]} */ ([...byId("feed").querySelectorAll("[data-view]")]);
  let at = Math.max(0, all.indexOf(pressed));
  const image = el("img", {});
  const caption = el("p", { dir: "auto" });
  const count = el("span", { class: "count" });
  const show = (to) => {
    at = (to + all.length) % all.length;
    const photo = all[at].querySelector("img") ?? all[at];
    image.setAttribute("src", all[at].dataset.view ?? "");
    image.setAttribute("alt", photo.getAttribute("alt") ?? "");
    caption.textContent = photo.getAttribute("alt") === "Photo" ? "" : photo.getAttribute("alt");
    count.textContent = all.length > 1 ? `${at + 1} of ${all.length}` : "";
    dialog.classList.remove("large");
  };
  const button = (label, path, then) => el("button", { type: "button", class: "icon", "aria-label": label, onclick: then }, icon(path));
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", { class: "viewer", "aria-label": "Photo" },
    el("header", {}, count, button("Close", "m6 6 12 12M18 6 6 18", () => dialog.close())),
    el("div", { class: "canvas" }, image),
    caption,
    all.length > 1 && el("div", { class: "turn" },
      button("Previous photo", "m15 5-7 7 7 7", () => show(at - 1)), button("Next photo", "m9 5 7 7-7 7", () => show(at + 1)))));
  image.addEventListener("click", () => dialog.classList.toggle("large"));
  dialog.addEventListener("click", ({ target }) => (target === dialog || target === image.parentElement) && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(at + step);
  });
  dialog.addEventListener("close", () => (dialog.remove(), pressed.focus({ preventScroll: true })));
  document.body.append(dialog);
  show(at);
  dialog.showModal();
}
