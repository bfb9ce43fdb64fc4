// The page, put together: the server's events go into the state, and what changed is drawn again.

import { follow } from "./api.js";
import { Attach } from "./attach.js";
import { attempt } from "./attempt.js";
import { chooseChat } from "./choosing.js";
import { Composer } from "./composer.js";
import { begin, follow as followLink, leadsToBot } from "./deeplinks.js";
import { alertWith, toast } from "./dialogs.js";
import { byId } from "./dom.js";
import { Feed } from "./feed.js";
import { Foot } from "./foot.js";
import { Header } from "./header.js";
import { answered } from "./keyboards.js";
import { List } from "./list.js";
import { announce } from "./live.js";
import { Persons } from "./persons.js";
import { asked, go } from "./routes.js";
import { keyOf, placeOf, State, threadOf } from "./state.js";
import { followTheme } from "./theme.js";
import { Threads } from "./threads.js";
import { refreshTimes } from "./times.js";
import { Touch } from "./touch.js";

const TICK = 10_000;
const WIDE = matchMedia("(min-width: 701px)");

followTheme();
const state = new State();
const list = new List(state);
const header = new Header(state);
const persons = new Persons(state);
const threads = new Threads(state);
const feed = new Feed(state);
const attach = new Attach(state);
const composer = new Composer(state, {
  messages: () => touch.focus(),
  chats: () => (WIDE.matches ? list.focus() : byId("back").click()),
  place: () => attach.place(),
  start: (payload) => begin(state, payload),
});
const foot = new Foot(state, composer);
const touch = new Touch(state, feed, {
  say: (command) => composer.command(command),
  reply: (message) => composer.reply(message),
  edit: (message) => composer.edit(message),
  write: () => composer.focus(),
  forward,
  ask,
});

/** Draw everything. */
function draw() {
  document.body.classList.toggle("chatting", Boolean(state.open));
  persons.render();
  list.render();
  header.render();
  threads.render();
  foot.render();
  feed.render();
}

/** The address says what is open; on a wide window the person's own chat is, if it says nothing. */
function route() {
  const { chat, thread } = asked();
  const first = state.chats.get(state.me.id) ?? state.inOrder[0];
  const id = chat !== null && state.chats.has(chat) ? chat : WIDE.matches ? first?.id ?? null : null;
  state.choose(id, thread);
}

/** Show a message that came, or the newest as it was changed, if it stands where one looks. */
function came(chat, message) {
  if (chat !== state.chosen || (state.thread !== null && threadOf(message) !== state.thread)) return;
  foot.render();
  feed.came(message);
}

/** Pass a message on into a chat that the person chooses. */
async function forward(message) {
  const to = await chooseChat(state, "Forward to …");
  if (!to || !(await attempt("forward", { ...to, from_chat: message.chat.id, message_id: message.message_id }))) return;
  go(to.chat, to.thread);
}

/** Let the person ask the bot inline: here, or in a chat that the person chooses. */
async function ask(query, isHere) {
  const to = isHere ? { chat: state.chosen, thread: state.thread } : await chooseChat(state, "Choose a chat");
  if (!to) return;
  const text = `@${state.bot.username} ${query}`;
  state.drafts.set(placeOf(to.chat, to.thread), text);
  if (placeOf(to.chat, to.thread) !== state.place) go(to.chat, to.thread);
  else composer.write(text);
  composer.focus();
}

state.on(["fresh"], route);
state.on(["chosen", "chat", "gone", "deleted", "bot", "person", "replaced"], draw);
state.on(["gone"], ({ chat }) => chat === state.chosen && route());
// A chat that one has just made may be asked for before the server tells of it.
state.on(["chat"], ({ chat }) => chat.id === asked().chat && chat.id !== state.chosen && route());
state.on(["typing", "read", "online"], () => (list.render(), header.render(), threads.render()));
state.on(["message"], ({ chat, message }) => {
  list.render();
  header.render();
  threads.render();
  if (!state.isMine(message)) announce(message);
  came(chat, message);
});
state.on(["edited"], ({ chat, message }) => {
  list.render();
  threads.render();
  if (keyOf(state.messages.at(-1) ?? message) === keyOf(message)) came(chat, message);
  else feed.render();
});

state.on(["said"], () => feed.toEnd());
state.on(["toast"], (tap) => {
  answered(tap);
  if (tap.text) (tap.alert ? alertWith : toast)(tap.text);
  if (tap.url && leadsToBot(tap.url, state.bot)) followLink(state, tap.url);
});
state.on(["inline"], (answer) => composer.offers(answer));

window.addEventListener("hashchange", route);
WIDE.addEventListener("change", route);
byId("chats").addEventListener("click", (event) => event.target.closest("a.open") && composer.focus());
setInterval(refreshTimes, TICK);
follow({ fresh: (snapshot) => state.fresh(snapshot), event: (event) => state.take(event), online: (is) => state.connected(is) });
