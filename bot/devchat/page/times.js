// Clocks and calendars in the browser's own time zone and language.

import { el } from "./dom.js";

const clockForm = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const weekdayForm = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const shortForm = new Intl.DateTimeFormat(undefined, { day: "2-digit", month: "2-digit", year: "2-digit" });
const fullForm = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const dayForm = new Intl.DateTimeFormat(undefined, { month: "long", day: "numeric" });
const yearForm = new Intl.DateTimeFormat(undefined, { month: "long", day: "numeric", year: "numeric" });
const relativeForm = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const nearForm = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const STEPS = [["second", 60], ["minute", 60], ["hour", 24], ["day", 30], ["month", 12], ["year", Infinity]];
const PARTS = {
  w: { weekday: "long" },
  d: { day: "2-digit", month: "2-digit", year: "2-digit" },
  D: { day: "numeric", month: "long", year: "numeric" },
  t: { hour: "2-digit", minute: "2-digit" },
  T: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** Hours and minutes. @param {number} unix */
export const clock = (unix) => clockForm.format(unix * 1000);

/** Everything there is to say about a moment. @param {number} unix */
export const full = (unix) => fullForm.format(unix * 1000);

/** A day as a number that grows by one each midnight. @param {number} unix */
export function dayOf(unix) {
  const at = new Date(unix * 1000);
  return Math.round(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / 86_400_000);
}

const today = () => dayOf(Date.now() / 1000);

/** The words between two days of a chat: "Today", "Yesterday", "March 3". @param {number} unix */
export function dayName(unix) {
  const ago = today() - dayOf(unix);
  if (ago === 0 || ago === 1) return capital(nearForm.format(-ago, "day"));
  const isThisYear = new Date(unix * 1000).getFullYear() === new Date().getFullYear();
  return (isThisYear ? dayForm : yearForm).format(unix * 1000);
}

/** The short time in the list: a clock today, a weekday this week, else a date. @param {number} unix */
export function listTime(unix) {
  const ago = today() - dayOf(unix);
  if (ago <= 0) return clock(unix);
  return (ago < 7 ? weekdayForm : shortForm).format(unix * 1000);
}

/**
 * A moment as its format says (r, or w?[dD]?[tT]?); null where the format is empty and the text stands as it is.
 * @param {number} unix
 * @param {string} form
 */
export function moment(unix, form) {
  if (!Number.isFinite(new Date(unix * 1000).getTime())) return null;
  if (form === "r") return relative(unix);
  const wanted = Object.assign({}, ...[...form].map((letter) => PARTS[letter] ?? {}));
  if (!Object.keys(wanted).length) return null;
  return new Intl.DateTimeFormat(undefined, wanted).format(unix * 1000);
}

/** The element of a date_time entity. @param {any} entity @param {Node[]} fallback */
export function timeNode(entity, fallback) {
  const unix = Number(entity.unix_time);
  const at = new Date(unix * 1000);
  if (!Number.isFinite(at.getTime())) return el("span", {}, ...fallback);
  const form = entity.date_time_format ?? "";
  const said = moment(unix, form);
  const props = { datetime: at.toISOString(), title: full(unix), dir: "auto", "data-unix": unix, "data-form": form };
  return el("time", props, ...(said === null ? fallback : [said]));
}

/** Bring what is told relatively up to date. */
export function refreshTimes() {
  for (const node of document.querySelectorAll('time[data-form="r"]')) {
    const said = relative(Number(/** @type {HTMLElement} */ (node).dataset.unix));
    if (node.textContent !== said) node.textContent = said;
  }
}

function relative(unix) {
  let away = unix - Date.now() / 1000;
  for (const [unit, many] of STEPS) {
    if (Math.abs(Math.round(away)) < many) return relativeForm.format(Math.round(away), unit);
    away /= many;
  }
  return "";
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
