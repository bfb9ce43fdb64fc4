// The address: whose eyes one looks through (?as=), and which chat and topic is open (#chat/topic).

const QUERY = new URLSearchParams(location.search);

/** Whose page this is; null where the server decides. */
export const AS = Number(QUERY.get("as")) || null;

/** The chat and the topic that the address asks for. @returns {{chat: number|null, thread: number|null}} */
export function asked() {
  const [chat, thread] = location.hash.slice(1).split("/").map(Number);
  return { chat: chat || null, thread: thread || null };
}

/** Go to a chat, or to a topic of it; nowhere with null. @param {number|null} chat @param {number|null} [thread] */
export function go(chat, thread = null) {
  location.hash = chat === null ? "" : thread === null ? `#${chat}` : `#${chat}/${thread}`;
}

/** The address of the page of another person. @param {number} person */
export const pageOf = (person) => `${location.pathname}?as=${person}`;
