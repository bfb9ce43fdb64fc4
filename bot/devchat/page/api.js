// The server's door: what the page asks for, does and hears, as one person.

import { AS } from "./routes.js";

const PAUSES = [500, 1000, 2000, 5000];
/** Who acts and looks: whom the address names, else the first person of the server. @type {number|null} */
let me = AS;

/** @returns {Promise<import("./state.js").Snapshot>} */
async function snapshot() {
  const answer = await fetch(`/page/state?${as()}`, { cache: "no-store" });
  const isStranger = answer.status === 404 && me !== null;
  if (!answer.ok && !isStranger) throw new Error(`The server answered ${answer.status}.`);
  if (answer.ok && me !== null) return answer.json();
  me = isStranger ? null : (await answer.json()).me.id;
  return snapshot();
}

const as = () => (me === null ? "" : `as=${me}`);

let queue = Promise.resolve();

/**
 * Do something, one after the other; gives what the server says. Throws an Error with a sentence for the person.
 * @param {string} name
 * @param {Record<string, unknown>} facts
 * @returns {Promise<any>}
 */
export function act(name, facts) {
  return inTurn(() => post(name, JSON.stringify({ as: me, ...facts }), "application/json"));
}

/** Send a file, with what goes with it. @param {Record<string, any>} facts @param {File} file @returns {Promise<any>} */
export function upload(facts, file) {
  const asked = new URLSearchParams(as());
  asked.set("name", file.name);
  for (const [name, value] of Object.entries(facts)) if (value !== null && value !== "") asked.set(name, String(value));
  return inTurn(() => post(`upload?${asked}`, file, file.type || "application/octet-stream"));
}

function inTurn(doing) {
  const done = queue.then(doing);
  queue = done.catch(() => {});
  return done;
}

async function post(name, body, kind) {
  let answer;
  try {
    answer = await fetch(`/page/${name}`, { method: "POST", headers: { "X-Devchat": "1", "Content-Type": kind }, body });
  } catch {
    throw new Error("The server does not answer. Is it still running?");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `The server answered ${answer.status}.`);
  return said.result;
}

/**
 * Read everything, then hear of every change, for ever. A lost connection begins again with a fresh reading,
 * so a server that was started anew is noticed too.
 * @param {{fresh: (snapshot: any) => void, event: (event: any) => void, online: (is: boolean) => void}} ears
 */
export async function follow(ears) {
  for (let failures = 0; ; failures++) {
    try {
      const start = await snapshot();
      ears.fresh(start);
      ears.online(true);
      if (await listen(start.n, ears.event)) failures = -1;
    } catch {
      // Not there (yet): try again below.
    }
    ears.online(false);
    await new Promise((wake) => setTimeout(wake, PAUSES[Math.min(Math.max(failures, 0), PAUSES.length - 1)]));
  }
}

/** Hear events until the connection ends; true if it ever stood. */
function listen(since, event) {
  return new Promise((resolve) => {
    const source = new EventSource(`/page/events?since=${since}&${as()}`);
    let stood = false;
    let heard = since;
    const end = () => {
      source.close();
      resolve(stood);
    };
    source.onopen = () => (stood = true);
    source.onerror = end;
    source.onmessage = ({ data }) => {
      const fact = JSON.parse(data);
      if (fact.kind === "reload") return end();
      if (fact.n <= heard) return;
      heard = fact.n;
      event(fact);
    };
  });
}
