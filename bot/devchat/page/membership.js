// Who is in a group or channel, how they stand there, and what an admin may change about it.

import { attempt } from "./attempt.js";
import { choose } from "./choosing.js";
import { sheet } from "./dialogs.js";
import { arrange, el } from "./dom.js";
import { menuUnder } from "./menus.js";
import { avatar, nameOf } from "./names.js";
import { languageOf } from "./persons.js";
import { isAdmin, isIn, rankOf, standingOf } from "./standing.js";

/** The members of a chat, brought up to date while they are looked at. @param {import("./state.js").State} state @param {number} id */
export function showMembers(state, id) {
  const list = el("ul", { class: "people" });
  const rights = el("div", { class: "rights" });
  const add = el("button", { type: "button", class: "choice", onclick: () => invite(state, id) }, "Add a member");
  const dialog = sheet(state.chats.get(id)?.title ?? "Members", rights, list, add);
  const draw = () => {
    const chat = state.chats.get(id);
    if (!chat) return;
    const mine = standingOf(chat, state.me);
    add.hidden = !isIn(mine);
    arrange(list, inOrder(chat).map((member) => row(state, chat, member)));
    arrange(rights, chat.is_admin && chat.type === "supergroup" ? [anonymous(state, chat, mine)] : []);
  };
  const closed = new AbortController();
  dialog.addEventListener("close", () => closed.abort());
  state.on(["chat"], draw, closed.signal);
  draw();
}

/** The owner, the admins, the others; the bot even where it is not. */
function inOrder(chat) {
  const rank = ({ status }) => ({ creator: 0, administrator: 1 })[status] ?? 2;
  return chat.members.filter((member) => member.user.is_bot || isIn(member)).sort((one, other) => rank(one) - rank(other));
}

function row(state, chat, member) {
  const { user } = member;
  const isMe = user.id === state.me.id;
  const entries = chat.is_admin && !isMe && member.status !== "creator" ? changes(chat, member) : [];
  const about = isMe ? "this is you" : user.is_bot ? "bot" : languageOf(user);
  const content = [
    avatar(nameOf(user), user.id),
    el("span", { class: "about" }, el("bdi", { class: "label" }, nameOf(user)), el("span", { class: "size" }, about)),
    el("span", { class: "rank" }, isIn(member) ? rankOf(member) : "not here"),
  ];
  if (!entries.length) return el("li", {}, el("div", { class: "person" }, ...content));
  const button = el("button", { type: "button", class: "person", "aria-haspopup": "menu" }, ...content);
  button.addEventListener("click", () => menuUnder(button, entries));
  return el("li", {}, button);
}

/** What an admin may do with somebody. */
function changes(chat, member) {
  const { user } = member;
  const facts = { chat: chat.id, person: user.id };
  if (user.is_bot && !isIn(member)) return [{ label: "Add the bot", then: () => attempt("block", { chat: chat.id, blocked: false }) }];
  return [
    isAdmin(member)
      ? chat.type !== "channel" && { label: "Take admin rights away", then: () => attempt("demote", facts) }
      : { label: "Make an admin", then: () => attempt("promote", facts) },
    chat.type === "supergroup" && !isAdmin(member) && (member.status === "restricted"
      ? { label: "Let write again", then: () => attempt("restrict", { ...facts, restricted: false }) }
      : { label: "Do not let write", then: () => attempt("restrict", { ...facts, restricted: true }) }),
    { label: "Remove", isDanger: true, then: () => (user.is_bot ? attempt("block", { chat: chat.id, blocked: true }) : attempt("leave", facts)) },
  ];
}

/** An admin of a group may write in its name. */
function anonymous(state, chat, mine) {
  const change = (event) => attempt("promote", { chat: chat.id, person: state.me.id, rights: { is_anonymous: event.target.checked } });
  return el("label", { class: "switch" }, el("input", { type: "checkbox", role: "switch", checked: Boolean(mine.is_anonymous), onchange: change }), "Write in the group's name");
}

async function invite(state, id) {
  const chat = state.chats.get(id);
  const others = state.people.filter((user) => chat && !isIn(standingOf(chat, user)));
  const person = await choose("Add a member", others.map((user) => ({ value: user.id, picture: avatar(nameOf(user), user.id), name: nameOf(user), about: languageOf(user) })));
  if (person !== null) await attempt("join", { chat: id, person });
}
