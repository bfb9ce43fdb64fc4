// The page, put together: the server's events go into the state, and what changed is drawn again.

import { follow } from "./api.js";
import { Composer } from "./composer.js";
import { alertWith, toast } from "./dialogs.js";
import { Feed } from "./feed.js";
import { Header } from "./header.js";
import { answered } from "./keyboards.js";
import { List } from "./list.js";
import { State } from "./state.js";
import { refreshTimes } from "./times.js";

const TICK = 10_000;

const state = new State();
const list = new List(state);
const header = new Header(state);
const composer = new Composer(state);
const feed = new Feed(state, {
  say: (command) => composer.command(command),
  reply: (message) => composer.reply(message),
});

/** Draw everything. */
function draw() {
  document.body.classList.toggle("chatting", Boolean(state.open));
  list.render();
  header.render();
  composer.render();
  feed.render();
}

/** The address says which chat is open; on a wide window the first one is, if it says nothing. */
function route() {
  const asked = Number(location.hash.slice(1)) || null;
  const isWide = matchMedia("(min-width: 701px)").matches;
  const first = [...state.chats.values()].find((chat) => chat.type === "private") ?? state.inOrder[0];
  const id = asked !== null && state.chats.has(asked) ? asked : isWide ? first?.id ?? null : null;
  state.choose(id);
}

state.on(["fresh"], route);
state.on(["chosen", "chat", "gone", "deleted", "edited", "bot"], draw);
state.on(["gone"], ({ chat }) => chat === state.chosen && route());
state.on(["typing", "read"], () => (list.render(), header.render()));
state.on(["online"], () => (list.render(), header.render()));
state.on(["message"], ({ chat, message }) => {
  list.render();
  header.render();
  if (chat !== state.chosen) return;
  composer.render();
  feed.came(message);
});
state.on(["said"], () => feed.toEnd());
state.on(["toast"], (tap) => {
  answered(tap);
  if (tap.text) (tap.alert ? alertWith : toast)(tap.text);
});

window.addEventListener("hashchange", route);
matchMedia("(min-width: 701px)").addEventListener("change", route);
setInterval(refreshTimes, TICK);
follow({ fresh: (snapshot) => state.fresh(snapshot), event: (event) => state.take(event), online: (is) => state.connected(is) });
