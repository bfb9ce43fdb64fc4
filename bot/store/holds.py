"""What chats hold for later by their own wish, and what messages told. Owns the field `held` of {sNN}:chat.

Here: holding what was drawn, how much waits, and a message of ours as it was told.
Not here: what is held (news/holding), what wakes a chat before its time (lua/draw.lua), ticking off (outbox).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.news.alerts import Form, Owed
from bot.news.holding import Hold
from bot.store import codec, keys
from bot.store.database import Database
from bot.store.keys import of_chat, of_shard, shard_of
from bot.store.mailboxes import TOLD
from bot.store.outbox import CORRECTION


class Holds:
    """Every chat's own delays."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hold(self, holds: Sequence[Hold], now: datetime) -> None:
        """These chats, which were drawn, are told what they are owed later, unless something comes that wakes them.

        If something has come, or was chosen, since they were drawn, they are due at once.
        """
        await self._database.run_each(
            "shelve",
            [
                (
                    [of_shard(keys.DUE, shard_of(hold.chat)), of_chat(keys.CHAT, hold.chat)],
                    [hold.chat, codec.ms(now), codec.ms(hold.until), hold.wakes],
                )
                for hold in holds
            ],
        )

    async def waiting(self, chat: int) -> int:
        """How many headlines lie in the chat's mailbox that it was not told."""
        mail = await self._database.call("HGETALL", of_chat(keys.MAIL, chat))
        return sum(not name.endswith(CORRECTION) and not owed.endswith(f",{TOLD}") for name, owed in mail.items())

    async def message(self, chat: int, message_id: int) -> tuple[Form, tuple[Owed, ...]]:
        """What a message of ours told, in its order, each with its topic, and how; nothing if it is too old."""
        told, wishes = await self._database.pipeline(
            [
                ("ZRANGEBYSCORE", of_chat(keys.TOLD, chat), message_id, message_id),
                ("HGETALL", of_chat(keys.WISHES, chat)),
            ]
        )
        if not told:
            return Form.ALERT, ()
        shown = codec.fields_of(wishes) if isinstance(wishes, list) else wishes
        head, *rows = told[0].split()
        parts = [row.partition(",") for row in rows]
        return Form(head.partition(":")[2]), tuple(
            Owed(name, topic, codec.shown_of(shown.get(topic, ""))) for name, _, topic in parts
        )
