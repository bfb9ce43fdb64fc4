// Sending what is no text: files that are picked, dropped or pasted, and places.

import { attempt, attemptUpload } from "./attempt.js";
import { answers, field, sheet, toast } from "./dialogs.js";
import { byId, el, icon } from "./dom.js";
import { sizeOf } from "./media.js";
import { menu } from "./menus.js";
import { askPlace } from "./places.js";

const LARGEST = 50_000_000;

export class Attach {
  #state;
  #button = byId("attach");
  #picker = byId("picker");
  #drop = byId("drop");

  /** @param {import("./state.js").State} state */
  constructor(state) {
    this.#state = state;
    this.#button.addEventListener("click", () => this.#offer());
    this.#picker.addEventListener("change", () => this.#chosen(this.#picker.files));
    byId("composer").addEventListener("paste", (event) => this.#pasted(event));
    for (const kind of ["dragenter", "dragover"]) byId("chat").addEventListener(kind, (event) => this.#over(event));
    this.#drop.addEventListener("dragleave", () => (this.#drop.hidden = true));
    this.#drop.addEventListener("drop", (event) => this.#dropped(event));
  }

  /** Ask where, and share it. */
  async place() {
    const { open: chat, thread } = this.#state;
    const where = await askPlace();
    if (chat && where && (await attempt("location", { chat: chat.id, thread, ...where }))) this.#state.tell("said");
    byId("composer").focus();
  }

  get #canSend() {
    return Boolean(this.#state.open) && !byId("writing").hidden;
  }

  #offer() {
    const { left, top } = this.#button.getBoundingClientRect();
    menu({ x: left - 60, y: top - 96 }, [
      { label: "Photo or file", then: () => this.#picker.click() },
      { label: "Location", then: () => this.place() },
    ]);
  }

  #over(event) {
    if (!this.#canSend || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#drop.hidden = false;
  }

  #dropped(event) {
    event.preventDefault();
    this.#drop.hidden = true;
    this.#chosen(event.dataTransfer.files);
  }

  #pasted(event) {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    this.#chosen(event.clipboardData.files);
  }

  #chosen(files) {
    const [file] = files;
    if (file && this.#canSend) this.#confirm(file);
    this.#picker.value = "";
  }

  /** Show what is about to be sent, and let the person write a caption. @param {File} file */
  #confirm(file) {
    const { open: chat, thread } = this.#state;
    if (file.size > LARGEST) return toast("A file has 50 MB at most.");
    if (!file.size) return toast("This file is empty.");
    const isPhoto = ["image/png", "image/jpeg", "image/webp"].includes(file.type);
    const caption = field("Caption", { required: false, maxlength: "1024" });
    const form = el("form", { method: "dialog" }, picture(file, isPhoto), caption, answers("Send"));
    const dialog = sheet(isPhoto ? "Send a photo" : "Send a file", form);
    caption.focus();
    dialog.addEventListener("close", async () => {
      byId("composer").focus();
      if (dialog.returnValue !== "yes" || !chat) return;
      const facts = { chat: chat.id, thread, caption: caption.value.trim() };
      if (await attemptUpload(facts, file)) this.#state.tell("said");
    });
  }
}

function picture(file, isPhoto) {
  if (isPhoto) {
    const image = el("img", { class: "preview-photo", alt: file.name });
    const reader = new FileReader();
    reader.addEventListener("load", () => image.setAttribute("src", String(reader.result)));
    reader.readAsDataURL(file);
    return image;
  }
  return el("div", { class: "file" },
    el("span", { class: "disc" }, icon("M7 3h7l4 4v14H7zM14 3v4h4")),
    el("span", { class: "about" }, el("bdi", { class: "label" }, file.name), el("span", { class: "size" }, sizeOf(file.size))));
}
