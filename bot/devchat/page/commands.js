// The list of the bot's commands: opened by "Menu", or while a command is being typed.

import { byId, el } from "./dom.js";

export class Commands {
  #list = byId("commands");
  #menu = byId("menu");
  #field = byId("composer");
  #use;
  /** @type {{command: string, description: string}[]} */ #all = [];
  /** @type {{command: string, description: string}[]} */ #shown = [];
  #at = 0;
  #byMenu = false;

  /** @param {{send: (command: string) => void, complete: (command: string) => void}} use */
  constructor(use) {
    this.#use = use;
    this.#menu.addEventListener("click", () => (this.#byMenu ? this.close() : this.#open()));
    // The field keeps the focus while a command is tapped.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    document.addEventListener("pointerdown", (event) => {
      const inside = [this.#list, this.#menu, this.#field].some((node) => node.contains(/** @type {Node} */ (event.target)));
      if (!inside) this.close();
    });
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /** @param {{command: string, description: string}[]} commands @param {boolean} hasMenu */
  offer(commands, hasMenu) {
    this.#all = commands;
    this.#menu.hidden = !hasMenu || !commands.length;
  }

  /** The text in the field changed. @param {string} text */
  typed(text) {
    const found = text.match(/^\/(\w*)$/);
    if (!found) return this.close();
    this.#byMenu = false;
    this.#show(this.#all.filter(({ command }) => command.startsWith(found[1].toLowerCase())));
  }

  /** A key in the field; true if the list took it. @param {KeyboardEvent} event */
  key(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.#shown[this.#at];
    if (step) this.#mark((this.#at + step + this.#shown.length) % this.#shown.length);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.#use.complete(chosen.command);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#enter(chosen.command);
    else return false;
    event.preventDefault();
    return true;
  }

  close() {
    this.#byMenu = false;
    this.#list.hidden = true;
    this.#menu.setAttribute("aria-expanded", "false");
    this.#field.removeAttribute("aria-activedescendant");
  }

  /** A command that is written out is sent; else it is completed first. */
  #enter(command) {
    if (this.#byMenu || this.#field.value === `/${command}`) this.#send(command);
    else this.#use.complete(command);
  }

  #open() {
    this.#show(this.#all);
    this.#byMenu = true;
    this.#menu.setAttribute("aria-expanded", "true");
    // The arrow keys work from the field; a phone would open its keyboard over the list.
    if (matchMedia("(hover: hover)").matches) this.#field.focus();
  }

  #show(commands) {
    if (!commands.length) return this.close();
    this.#shown = commands;
    this.#list.replaceChildren(...commands.map(({ command, description }, at) =>
      el("li", { role: "option", id: `command-${at}`, onclick: () => this.#send(command), onpointermove: () => this.#mark(at) },
        el("b", {}, `/${command}`), el("span", { dir: "auto" }, description))));
    this.#list.hidden = false;
    this.#mark(0);
  }

  #mark(at) {
    this.#at = at;
    [...this.#list.children].forEach((node, index) => node.setAttribute("aria-selected", String(index === at)));
    this.#list.children[at]?.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", `command-${at}`);
  }

  #send(command) {
    this.close();
    this.#use.send(`/${command}`);
  }
}
