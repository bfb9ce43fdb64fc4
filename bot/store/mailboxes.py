"""What lua/draw.lua answers, as values.

Here: mailboxes from the flat lists of Redis.
Not here: drawing (outbox).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.news.alerts import Mailbox, Owed, Wrong
from bot.store import codec
from bot.store.choicecodec import preferences_of


def mailbox_of(drawn: Sequence[Any]) -> Mailbox:
    """One chat with what it is owed."""
    _, chat, tries, mail, wrong, choices = drawn
    corrected = tuple(_wrong(*each) for each in wrong)
    return Mailbox(int(chat), _newest_first(mail), *_tries(tries), corrected, preferences_of(*choices))


def _tries(text: str) -> tuple[int, frozenset[str]]:
    """Failed tries, and the headlines that may have arrived."""
    tries, *doubtful = text.split()
    return int(tries), frozenset(doubtful)


def _wrong(correction: str, message: str, tells: Sequence[str]) -> Wrong:
    """A message to be corrected, with (headline, topic, wish) flat."""
    parts = zip(tells[::3], tells[1::3], tells[2::3], strict=True)
    return Wrong(correction, int(message), tuple(_owed(*part) for part in parts))


def _newest_first(mail: Sequence[str]) -> tuple[Owed, ...]:
    """What a mailbox holds, from (headline, instant and topics, wish) flat; the topic is the first that brought it."""
    owed: list[tuple[int, Owed]] = []
    for name, value, wish in zip(mail[::3], mail[1::3], mail[2::3], strict=True):
        instant, _, topics = value.partition(",")
        owed.append((int(instant), _owed(name, topics.partition(",")[0], wish)))
    return tuple(one for _, one in sorted(owed, key=lambda pair: pair[0], reverse=True))


def _owed(name: str, topic: str, wish: str) -> Owed:
    return Owed(name, topic, codec.shown_of(wish))
