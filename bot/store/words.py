"""Words to those who run the bot that were not said yet. Owns {operators}:words.

Here: owing a word, taking one to be told, ticking it off.
Not here: what is worth a word (workers), how it is told (workers/operators).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from bot.news.said import Said
from bot.store import codec, keys
from bot.store.database import Database
from bot.store.saidcodec import said_json, said_of

# Longer than Telegram may take for one message.
LEASE = timedelta(minutes=1)
# Who never started the bot cannot be told; after so long nobody wants to hear it.
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Word:
    """A sentence for one of those who run the bot; `entry` is what it is ticked off by."""

    admin: int
    sentence: Said | str
    entry: str


class Words:
    """What the operators are owed; the same word twice is one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def owe(self, admins: Iterable[int], sentence: Said | str, now: datetime) -> None:
        """Owe the sentence to each of them."""
        owed = [part for admin in admins for part in (codec.ms(now), f"{admin} {said_json(sentence)}")]
        if owed:
            await self._database.pipeline(
                [
                    ("ZADD", keys.WORDS.name, "NX", *owed),
                    ("EXPIRE", keys.WORDS.name, codec.seconds(KEPT)),
                ]
            )

    async def take(self, now: datetime) -> Word | None:
        """A word that waits, for us alone to tell until the lease has run out; None where none does."""
        entry = await self._database.run("take_word", [keys.WORDS.name], [codec.ms(now), codec.ms(now + LEASE)])
        if not entry:
            return None
        admin, _, sentence = entry.partition(" ")
        return Word(int(admin), said_of(orjson.loads(sentence)), entry)

    async def done(self, word: Word) -> None:
        """The word was told, or cannot be."""
        await self._database.call("ZREM", keys.WORDS.name, word.entry)
