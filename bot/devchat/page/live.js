// What a screen reader says of the open chat: each new message once, with its sender and its words.

import { summary } from "./lines.js";
import { byId } from "./dom.js";
import { sender } from "./names.js";

/** @param {import("./state.js").Message} message */
export function announce(message) {
  const line = document.createElement("p");
  line.textContent = `${sender(message)}: ${summary(message)}`;
  byId("live").replaceChildren(line);
}
