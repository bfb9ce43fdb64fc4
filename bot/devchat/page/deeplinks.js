// Links of Telegram that lead to this bot: t.me/<bot>?start=… begins a chat, ?startgroup=… and ?startchannel add it.

import { attempt } from "./attempt.js";
import { chooseChat } from "./choosing.js";
import { go } from "./routes.js";

const ADDS = { startgroup: ["group", "supergroup"], startchannel: ["channel"] };
const HOSTS = new Set(["t.me", "telegram.me"]);

/** Whether a link leads to the bot. @param {string} href @param {import("./state.js").Bot} bot */
export function leadsToBot(href, bot) {
  if (!URL.canParse(href)) return false;
  const url = new URL(href);
  const named = url.protocol === "tg:" ? url.searchParams.get("domain") : HOSTS.has(url.host) ? url.pathname.slice(1) : null;
  return named?.toLowerCase() === bot.username.toLowerCase();
}

/** Follow a link to the bot. @param {import("./state.js").State} state @param {string} href */
export async function follow(state, href) {
  const asked = new URL(href).searchParams;
  const adds = Object.keys(ADDS).find((name) => asked.has(name));
  if (!adds) return begin(state, asked.get("start") ?? "");
  const where = await chooseChat(state, "Add the bot to …", (chat) => ADDS[adds].includes(chat.type));
  const opened = where && (await attempt("open", { link: href, chat: where.chat }));
  if (opened) go(opened);
}

/** Begin in the bot's own chat, with what the link said. @param {import("./state.js").State} state @param {string} payload */
export async function begin(state, payload) {
  const own = state.chats.get(state.me.id);
  if (own?.blocked && !(await attempt("block", { chat: own.id, blocked: false }))) return;
  const opened = await attempt("start", { payload });
  if (opened) go(opened);
}
