// Light, dark, or as the system has it: what was chosen is remembered, and colours.css does the rest.

import { recall, remember } from "./memory.js";

const KEY = "devchat.theme";
export const THEMES = { system: "As the system", light: "Light", dark: "Dark" };

/** What was chosen: a name of THEMES. */
export const theme = () => (recall(KEY, "system") in THEMES ? recall(KEY, "system") : "system");

/** @param {string} name one of THEMES */
export function setTheme(name) {
  remember(KEY, name);
  wear(name);
}

/** Look as it was chosen, here and in every other tab. */
export function followTheme() {
  wear(theme());
  window.addEventListener("storage", ({ key }) => key === KEY && wear(theme()));
}

function wear(name) {
  document.documentElement.dataset.theme = name;
}
