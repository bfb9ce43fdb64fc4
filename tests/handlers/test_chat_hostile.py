"""People who want to harm: by floods, and by rights that they no longer have."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.devchat.faults import Fault
from bot.devchat.refusals import Refusal
from bot.handlers.turns import AT_ONCE, Turns
from bot.ops.metrics import Metrics


async def test_an_admins_rights_are_asked_anew_for_every_decision(talk, group):
    assert "From now on" in (await group.says("/subscribe oil")).text

    talk.devchat.breaks(Fault(Refusal(400, "Bad Request: user not found"), method="getChatMember"))

    assert "the admins choose" in (await group.says("/unsubscribe oil")).text
    assert "/subscribe oil" in (await group.says("/topics")).text


class OneAtATime:
    """A house that handles updates when it is let, and notes whose it has begun."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.let = asyncio.Event()

    async def process_update(self, update: Update) -> None:
        self.begun.append(update.effective_chat.id)
        await self.let.wait()


def said_in(chat: int, number: int) -> Update:
    message = {"message_id": number, "date": 1_764_000_000, "chat": {"id": chat, "type": "private"}, "text": "/latest"}
    return Update.de_json({"update_id": number, "message": message}, None)


async def test_a_flood_from_one_chat_leaves_every_other_chat_its_turn():
    house = OneAtATime()
    turns = Turns(house, Metrics())
    await turns.take([said_in(7, number) for number in range(3 * AT_ONCE)] + [said_in(8, 10_000), said_in(9, 10_001)])
    assert house.begun == [7, 8, 9]
    house.let.set()
    await turns.finish()
    assert len(house.begun) == 3 * AT_ONCE + 2
