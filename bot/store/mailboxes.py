"""What lua/draw.lua answers, as values.

Here: mailboxes from the flat lists of Redis.
Not here: drawing (outbox).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.news.alerts import Form, Mailbox, Owed, Wrong
from bot.news.model import ChatKind
from bot.store import codec
from bot.store.choicecodec import preferences_of

# What stands behind the topics of what was alerted to, and waits to be told again (lua/settle.lua).
TOLD = "="
_TOLD = f",{TOLD}"


def mailbox_of(drawn: Sequence[Any]) -> Mailbox:
    """One chat with what it is owed."""
    _, chat, tries, mail, wrong, choices, told, kind = drawn
    corrected = tuple(_wrong(*each) for each in wrong)
    told_at = tuple(codec.instant(at) for at in told)
    chosen, is_channel = preferences_of(*choices), kind == ChatKind.CHANNEL
    return Mailbox(int(chat), _newest_first(mail), *_tries(tries), corrected, chosen, told_at, is_channel)


def _tries(text: str) -> tuple[int, frozenset[str]]:
    """Failed tries, and the headlines that may have arrived."""
    tries, *doubtful = text.split()
    return int(tries), frozenset(doubtful)


def _wrong(correction: str, message: str, form: str, tells: Sequence[str]) -> Wrong:
    """A message to be corrected, with (headline, topic, wish) flat."""
    parts = zip(tells[::3], tells[1::3], tells[2::3], strict=True)
    told = tuple(Owed(name, topic, codec.shown_of(wish)) for name, topic, wish in parts)
    return Wrong(correction, int(message), told, Form(form))


def _newest_first(mail: Sequence[str]) -> tuple[Owed, ...]:
    """What a mailbox holds, from (headline, instant and topics, wish) flat; the topic is the first that brought it."""
    owed = [_owed(*each) for each in zip(mail[::3], mail[1::3], mail[2::3], strict=True)]
    return tuple(sorted(owed, key=lambda one: one.at, reverse=True) if len(owed) > 1 else owed)


def _owed(name: str, value: str, wish: str) -> Owed:
    told = value.endswith(_TOLD)
    instant, topic, *also = (value.removesuffix(_TOLD) + ",").split(",")
    return Owed(name, topic, codec.shown_of(wish), tuple(also[:-1]), told, codec.instant(instant))
