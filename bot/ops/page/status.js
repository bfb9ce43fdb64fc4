// Keeps the open status page as the server tells it (bot/ops/statuspage.py): each event is a JSON object, the ids of
// places with what stands there now. Without this script the page is as it was when it was loaded.
"use strict";

const AGAIN = 30000;
const TITLE = document.title;
const live = document.getElementById("live");
const version = document.getElementById("version").textContent;
let news = null;
let again = 0;

function say(words, on) {
  live.hidden = false;
  live.textContent = words;
  live.classList.toggle("on", on);
  const problems = document.querySelectorAll("#summary .bad").length;
  document.title = (problems ? `(${problems}) ` : on || document.hidden ? "" : "(?) ") + TITLE; // a tab shows it from afar
}

// Makes a node like another one, touching only what differs: what is focused, selected or unfolded stays so.
function become(node, next) {
  if (node.nodeType !== next.nodeType || node.nodeName !== next.nodeName) {
    node.replaceWith(next);
  } else if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== next.data) node.data = next.data;
  } else {
    for (const { name, value } of next.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    for (const { name } of [...node.attributes]) if (!next.hasAttribute(name) && !ours(node, name)) node.removeAttribute(name);
    hold(node, next);
  }
}

// What the reader or this script has done to a node, not the server.
function ours(node, name) {
  return name === "open" || (name === "class" && node.id);
}

// Makes a node hold what another one holds. What has an id is found again by it, wherever it stands now.
function hold(node, next) {
  const wanted = [...next.childNodes];
  const ids = new Set(wanted.map((child) => child.id).filter(Boolean));
  const known = new Map([...node.children].filter((child) => child.id).map((child) => [child.id, child]));
  for (const child of [...node.childNodes]) if (child.id && !ids.has(child.id)) child.remove();
  let place = node.firstChild;
  for (const child of wanted) {
    const same = child.id ? known.get(child.id) : place && !place.id ? place : null;
    if (!same) {
      node.insertBefore(child, place);
      if (child.id && known.size) child.classList.add("arrived");
      continue;
    }
    if (same !== place) node.insertBefore(same, place);
    place = same.nextSibling;
    become(same, child);
  }
  while (place) {
    const rest = place.nextSibling;
    place.remove();
    place = rest;
  }
}

function tell(event) {
  const parts = JSON.parse(event.data);
  if ("version" in parts && parts.version !== version) {
    location.reload(); // another one runs by now, and has a page of its own
    return;
  }
  for (const [id, html] of Object.entries(parts)) {
    const next = document.createElement("template");
    next.innerHTML = html;
    hold(document.getElementById(id), next.content);
  }
  say("live", true);
}

function listen() {
  clearTimeout(again);
  news = new EventSource("events");
  news.onopen = () => say("live", true);
  news.onmessage = tell;
  news.onerror = () => {
    const full = news.readyState === EventSource.CLOSED; // refused: the browser does not try again by itself
    say(full ? "not live, trying again soon" : "connection lost, trying again", false);
    if (full) again = setTimeout(listen, AGAIN);
  };
}

// A page that nobody sees takes up no place.
function look() {
  clearTimeout(again);
  if (news) news.close();
  if (document.hidden) say("paused", false);
  else listen();
}

document.addEventListener("visibilitychange", look);
window.addEventListener("pagehide", () => news && news.close());
window.addEventListener("pageshow", (event) => event.persisted && look());
look();
