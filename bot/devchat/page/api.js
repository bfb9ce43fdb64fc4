// The server's door: what the page asks for, does and hears.

const PAUSES = [500, 1000, 2000, 5000];

/** @returns {Promise<import("./state.js").Snapshot>} */
async function snapshot() {
  const answer = await fetch("/page/state", { cache: "no-store" });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
}

let queue = Promise.resolve();

/**
 * Do something, one after the other. Throws an Error with a sentence for the person.
 * @param {"say"|"tap"|"chats"|"block"|"clear"} act
 * @param {Record<string, unknown>} facts
 * @returns {Promise<void>}
 */
export function act(act, facts) {
  const done = queue.then(() => post(act, facts));
  queue = done.catch(() => {});
  return done;
}

async function post(act, facts) {
  let answer;
  try {
    answer = await fetch(`/page/${act}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Devchat": "1" },
      body: JSON.stringify(facts),
    });
  } catch {
    throw new Error("The server does not answer. Is it still running?");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `The server answered ${answer.status}.`);
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
    const source = new EventSource(`/page/events?since=${since}`);
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
