"""Blocked people hear nothing; who asks too much hears one kind sentence; a flood from one chat holds up no other."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.desk.gate import Gate
from bot.handlers.turns import Turns
from bot.news.answers import Caller
from bot.news.errors import Enough
from bot.news.model import ChatKind
from bot.news.quotas import Cost, quotas
from bot.ops.metrics import Metrics
from bot.store.blocks import Blocks
from bot.store.chats import Chats
from bot.store.outbox import Outbox
from bot.store.quotas import Quotas
from tests.handlers.conftest import Stranger

SOMEBODY = {"id": 60, "is_bot": False, "first_name": "Somebody"}


@pytest.fixture
def somebody(talk, person) -> Stranger:
    """A person who does not run the bot; what they hear is seen in the one chat that devchat has."""
    return Stranger(talk, person.chat, SOMEBODY)


def gate_of(database, clock, desk, **most) -> Gate:
    return Gate(Blocks(database), Quotas(database), quotas(**most), desk.door, clock)


async def spent(gate: Gate, times: int, who: int = 60) -> list[str]:
    """What each of so many costs leads to: nothing, or what is said."""
    told = []
    for _ in range(times):
        try:
            await gate.spend(who, Cost.ANSWER)
            told.append("answered")
        except Enough as enough:
            told.append(str(enough) or "silence")
    return told


async def test_who_is_blocked_gets_no_answer_until_let_in_again(person, somebody):
    assert (await somebody.says("/about")).text
    said = await person.says("/block 60")
    assert said.text.startswith("🚫 60 is blocked")
    assert await somebody.says("/about") is None
    await person.taps("Undo")
    assert (await somebody.says("/about")).text
    assert person.errors == []


async def test_a_blocked_chat_is_told_nothing_and_finds_its_topics_when_it_is_let_in(person, desk, database, clock):
    chats = Chats(database)
    await desk.wishes.subscribe(Caller(60, ChatKind.PRIVATE), "morocco")
    [wish] = await chats.subscriptions(60)
    await person.says("/block 60")
    assert await chats.known([60]) == []
    assert await Outbox(database).owe("h1", [wish.topic], clock.now()) == 0
    await person.says("/unblock 60")
    assert await chats.known([60]) == [60]
    assert await Outbox(database).owe("h2", [wish.topic], clock.now()) == 1


async def test_the_list_of_who_is_blocked_lets_them_in_again(person):
    assert (await person.says("/blocked")).text.startswith("Nobody is blocked")
    await person.says("/block 60")
    await person.says("/block -2005")
    said = await person.says("/blocked")
    assert said.text.startswith("2 are blocked")
    assert set(said.labels) >= {"Let 60 in", "Let -2005 in"}
    assert (await person.taps("Let 60 in")).text.startswith("60 is let in again")
    assert (await person.says("/unblock 60")).text == "60 was not blocked."


@pytest.mark.parametrize("typed", ["/block", "/block me", "/block 1 2", "/unblock"])
async def test_whom_to_block_has_to_be_said(person, typed):
    assert (await person.says(typed)).text.startswith("Whom?")


async def test_who_runs_the_bot_cannot_be_blocked_and_nobody_else_may_block(person, somebody):
    assert "one of those who run me" in (await person.says(f"/block {person.user['id']}")).text
    assert "HEADLINE_BOT_ADMINS. Yours is 60." in (await somebody.says("/block 1")).text
    await somebody.presses("block:1")
    assert (await person.says("/blocked")).text.startswith("Nobody is blocked")


async def test_a_block_is_known_to_every_process_within_seconds(database, clock, desk):
    one, other = (gate_of(database, clock, desk, answers_per_minute=40, articles_per_hour=60) for _ in "ab")
    assert not await other.is_blocked(60)
    await one.block(60)
    clock.tick(seconds=11)
    assert await other.is_blocked(1, 60)


async def test_who_asks_too_much_hears_one_kind_sentence_and_then_nothing_for_a_minute(person, somebody):
    answers = [await somebody.says("/about") for _ in range(45)]
    assert all(said.text.startswith("headline-bot") for said in answers[:40])
    assert answers[40].text.startswith("That was a lot at once.")
    assert answers[41:] == [None] * 4
    assert (await person.says("/about")).text.startswith("headline-bot")
    somebody.talk.clock.tick(minutes=1)
    assert (await somebody.says("/about")).text.startswith("headline-bot")
    assert person.errors == []


async def test_a_quota_is_counted_over_all_processes(database, clock, desk):
    one, other = (gate_of(database, clock, desk, answers_per_minute=8, articles_per_hour=60) for _ in "ab")
    told = await spent(one, 5) + await spent(other, 5)
    assert told.count("answered") == 10  # 8, and the 2 that the other process counts for itself
    more = await spent(other, 3)
    assert more[0].startswith("That was a lot at once.")
    assert more[1:] == ["silence"] * 2
    assert await spent(one, 1) == ["silence"]
    assert await spent(one, 1, who=61) == ["answered"]


async def test_who_asks_little_makes_no_exchange_with_redis(database, clock, desk):
    gate = gate_of(database, clock, desk, answers_per_minute=40, articles_per_hour=60)
    await database.close()
    assert await spent(gate, 10) == ["answered"] * 10


async def test_who_searches_too_much_hears_it_once_and_is_answered_all_else(somebody):
    told = [(await somebody.says(f"/search word{number}")) for number in range(15)]
    assert "So many searches" not in told[12].text
    assert told[13].text.startswith("So many searches within a minute")
    assert told[14] is None
    assert (await somebody.says("/latest")).text


async def test_everybody_has_a_quota_of_their_own(desk):
    assert (await spent(desk.gate, 41))[-1].startswith("That was a lot at once.")
    assert await spent(desk.gate, 1, who=61) == ["answered"]


class _Update:
    """A message in a chat."""

    update_id = 1
    effective_message = callback_query = inline_query = None

    def __init__(self, chat: int) -> None:
        self.effective_chat = type("Chat", (), {"id": chat})()
        self.effective_user = None


class _Query:
    """An inline query, which comes from no chat."""

    update_id = 1
    effective_message = callback_query = inline_query = None

    effective_chat = None

    def __init__(self, person: int) -> None:
        self.effective_user = type("User", (), {"id": person})()


class _SlowHouse:
    """A house that needs a moment for each update; `handled` are the chats, in the order in which it was done."""

    def __init__(self) -> None:
        self.handled: list[int] = []

    async def process_update(self, update: _Update) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        self.handled.append(update.effective_chat.id)


async def test_a_thousand_messages_from_one_chat_hold_up_nobody_else():
    house = _SlowHouse()
    turns = Turns(house, Metrics())
    began = time.process_time()
    for start in range(0, 1000, 100):  # Telegram brings a hundred at a time
        await turns.take([_Update(1) for _ in range(100)] if start else [_Update(1)] * 99 + [_Update(2)])
    await turns.take([_Update(3)])
    place = max(house.handled.index(2), house.handled.index(3))
    assert place < 500, "another chat had to wait for the flood"
    await turns.finish()
    assert len(house.handled) == 1001
    assert time.process_time() - began < 5


async def test_what_one_person_types_inline_waits_for_nobody_elses():
    first_may_end, others = asyncio.Event(), list[int]()

    class House:
        async def process_update(self, update: _Query) -> None:
            if update.effective_user.id == 1:
                await first_may_end.wait()
            others.append(update.effective_user.id)
            first_may_end.set()

    turns = Turns(House(), Metrics())
    async with asyncio.timeout(5):
        await turns.take([_Query(1), _Query(2)])
        await turns.finish()
    assert others == [2, 1]
