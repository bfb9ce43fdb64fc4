"""Whether anything is lost, or comes twice, while everything breaks all the time.

The bot runs as five processes (alert, send, send, chat, poll) on a private store. Programs publish headlines to several
hundred chats, and dice kill one of the processes or the store (kill -9) every few seconds; whatever has ended is
started again up to three seconds later. The server counts in a strict window, with a way of 20 to 40 ms, and by dice
answers 5 % of the messages with 429, 2 % with 500 to 504, and closes 2 % of the connections after it took the message.
Half of the time the store writes its file with `appendfsync everysec`, half with `always`, each time anew. In the end
nothing is killed any more, and the bot has time to tell what it owes. A headline counts as published when XADD was
answered; a publisher that gets no answer writes it again.

Prints one JSON object, the figures of both halves by themselves and the `seed`:
- `published` headlines, `owed` (chat and headline), `sent` messages, `kills` by who was killed, `refused` by code;
- `lost`: owed and never accepted by the server;
- `duplicates`: acceptances of a headline for a chat beyond the first; `explained`: those of them that had to be
  feared. One had to be feared if an earlier acceptance of the same headline for the same chat had its answer cut, or
  could not be written down: from the arrival of that request to SETTLES seconds after its acceptance, the process
  that sent it was killed, or the store was down. `unexplained` lists what remains, a few of them; `feared` is the
  share of all messages whose repetition would have been explained so, to show how much the explanation can hide;
- `died`: processes that ended without being killed while the store was up.
`--minutes N` or `--seconds N` for both halves together (20 minutes), `--seed N`.
"""

from __future__ import annotations

import json
import random
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from benchmarks._breakage import Breakage, House
from benchmarks._rig import Store, workplace
from benchmarks._stub import Accepted, Record, Rules, stubbed

LIMIT = 100
RULES = {"limit": LIMIT, "counting": "window", "way_in": (0.02, 0.04), "flood": 0.05, "trouble": 0.02, "cut": 0.02}
CHATS, TOPICS, WISHES = 300, 10, 2
# An answer that came is written down within milliseconds; a busy machine may take longer. With everysec the store may
# lose what it was told up to two seconds before it was killed.
SETTLES = {"always": 1.0, "everysec": 2.0}
EXAMPLES = 5


def half(fsync: str, seconds: float, seed: int) -> dict[str, Any]:
    """One soak with one way of writing the store's file."""
    dice = random.Random(f"{seed} {fsync}")
    wishes = {chat: dice.sample(range(TOPICS), WISHES) for chat in range(1, CHATS + 1)}
    with ExitStack() as stack:
        telegram = stack.enter_context(stubbed(Rules(**RULES, seed=dice.randrange(2**32))))  # type: ignore[arg-type]
        folder = stack.enter_context(workplace())
        store = stack.enter_context(Store(folder / "store", fsync))
        store.fill((chat, f"bench{topic}") for chat, topics in wishes.items() for topic in topics)
        house = stack.enter_context(House(folder, store, telegram, {"per_second": LIMIT}))
        breakage = Breakage(house, dice, topics=TOPICS)
        breakage.run(seconds)
        owed = {
            (chat, headline)
            for headline, topic in breakage.published.items()
            for chat, topics in wishes.items()
            if topic in topics
        }
        breakage.drain(owed)
        record = telegram.record()
    return {
        "published": len(breakage.published),
        "owed": len(owed),
        "sent": len(record.accepted),
        "kills": dict(breakage.kills),
        "died": breakage.died,
        "refused": {str(code): record.refused_with(code) for code in sorted({each.code for each in record.refused})},
        "refused_by_limits": sum(not each.fault for each in record.refused),
        "drained_s": round(breakage.drained),
        **judged(record, owed, breakage, SETTLES[fsync]),
    }


def judged(record: Record, owed: set[tuple[int, str]], breakage: Breakage, settles: float) -> dict[str, Any]:
    """What was lost, what came twice, and whether that had to be feared."""
    came: dict[tuple[int, str], list[Accepted]] = {}
    for sent in record.accepted:
        for headline in sent.told:
            came.setdefault((sent.chat, headline), []).append(sent)
    twice = {pair: came[pair] for pair in owed & came.keys() if len(came[pair]) > 1}
    unexplained = [
        {"chat": pair[0], "headline": pair[1], "via": [sent.via for sent in sents[: place + 1]], "at": _instants(sents)}
        for pair, sents in twice.items()
        for place in range(1, len(sents))
        if not any(_feared(sent, breakage, settles) for sent in sents[:place])
    ]
    duplicates = sum(len(sents) - 1 for sents in twice.values())
    return {
        "lost": len(owed - came.keys()),
        "duplicates": duplicates,
        "explained": duplicates - len(unexplained),
        "unexplained": unexplained[:EXAMPLES],
        "feared": round(sum(_feared(sent, breakage, settles) for sent in record.accepted) / len(record.accepted), 3),
    }


def _instants(sents: Sequence[Accepted]) -> list[float]:
    return [round(sent.counted, 3) for sent in sents]


def _feared(sent: Accepted, breakage: Breakage, settles: float) -> bool:
    return sent.was_cut or breakage.hit(sent.via, sent.received, sent.counted + settles)


def main(asked: Sequence[str]) -> dict[str, Any]:
    """Both halves."""
    parser = ArgumentParser()
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    given = parser.parse_args(asked)
    print(f"seed {given.seed}", file=sys.stderr, flush=True)
    seconds = given.seconds or given.minutes * 60
    return {"seed": given.seed, **{fsync: half(fsync, seconds / 2, given.seed) for fsync in SETTLES}}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
