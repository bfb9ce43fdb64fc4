"""A group becomes a supergroup: Telegram tells it twice, and of us in it, in any order; nothing is lost, whenever.

What the bot had before stands under the new id, and nobody is greeted, wherever the power fails in between: updates
that were not ticked off come again.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.devchat.chats import YOU
from bot.news.answers import Caller
from bot.news.identity import topic_id
from bot.news.model import ChatKind
from bot.news.preferences import Quiet
from bot.news.topics import canonical, parse
from bot.store.outbox import Outbox
from tests.handlers.conftest import GROUP, Talk
from tests.handlers.gatherings import somebody, you

OIL = topic_id(canonical(parse("oil")))
ORDERS = list(itertools.permutations(range(3)))


async def furnished(talk: Talk, desk, database, news) -> None:
    """A group that has everything that a chat can have, managed by its owner from private."""
    french = somebody(talk, GROUP, "Anne", "fr")
    talk.devchat.people.promotes(GROUP, french.user["id"])
    await french.says("/subscribe oil")
    who = Caller(GROUP, ChatKind.GROUP, "News group")
    await desk.preferences.change(
        who, lambda now: replace(now, quiet=Quiet(time(22), time(7)), zone="Asia/Tokyo", all_manage=True)
    )
    await you(talk).opens(f"manage_{GROUP}")
    headline = await news("Oil falls")
    await Outbox(database).owe(headline.id, [OIL], talk.clock.now())
    await you(talk, GROUP).says("/latest")


async def told_of_move(talk: Talk) -> tuple[int, list]:
    """The group gets a new id; gives that, and the updates that tell of it, not handled yet."""
    new = talk.devchat.people.upgrades(GROUP)
    updates = list(await talk.house.bot.get_updates(offset=talk.offset, timeout=0))
    talk.offset = updates[-1].update_id + 1
    return new.id, updates


async def assert_all_is_there(talk: Talk, desk, database, new: int) -> None:
    chosen = await desk.preferences.of(new)
    assert [wish.expression for wish in await desk.wishes.topics(new)] == ["oil"]
    assert (chosen.quiet, chosen.zone, chosen.all_manage) == (Quiet(time(22), time(7)), "Asia/Tokyo", True)
    assert chosen.told_lang == "fr"
    assert await desk.wishes.topics(GROUP) == ()
    drawn = await Outbox(database).draw(10, talk.clock.now() + timedelta(minutes=1), timedelta(seconds=30))
    assert [(box.chat, len(box.owed)) for box in drawn] == [(new, 1)]
    assert not any("I watch" in text for text in talk.devchat.texts(new))
    assert await database.call("KEYS", f"*:{GROUP}") in ([], [f"{{pace}}:chat:{GROUP}"])


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("before_the_cut", range(4))
async def test_nothing_is_lost_in_any_order_and_wherever_the_power_fails(
    talk, desk, database, news, order, before_the_cut
):
    await furnished(talk, desk, database, news)
    new, updates = await told_of_move(talk)
    assert len(updates) == 3
    told = [updates[place] for place in order]
    for update in told[:before_the_cut]:
        await talk.house.process_update(update)
    for update in told:
        await talk.house.process_update(update)

    await assert_all_is_there(talk, desk, database, new)


async def test_who_manages_the_group_from_private_goes_on_under_its_new_id(talk, desk, database, news):
    await furnished(talk, desk, database, news)
    new, _ = await told_of_move(talk)

    told = await you(talk).says("/subscribe gold")
    assert "You are managing News group" in told.text
    assert {wish.expression for wish in await desk.wishes.topics(new)} == {"oil", "gold"}
    assert await desk.managing.at(YOU["id"]) == new
    await you(talk).taps("Undo")
    assert {wish.expression for wish in await desk.wishes.topics(new)} == {"oil"}


async def test_what_was_asked_before_the_move_is_answered_after_it(talk, desk, database, news):
    await furnished(talk, desk, database, news)
    talk.devchat.people.says(GROUP, "/subscribe gold")
    new = talk.devchat.people.upgrades(GROUP)
    await talk.handle_all()

    assert "Désormais, je vous tiens au courant" in "".join(talk.devchat.texts(new.id)), "the group chose French"
    assert {wish.expression for wish in await desk.wishes.topics(new.id)} == {"oil", "gold"}


async def test_a_tap_before_the_move_is_answered_after_it(talk, desk, database, news):
    await furnished(talk, desk, database, news)
    me = you(talk, GROUP)
    await me.says("/topics")
    talk.devchat.people.taps_button(GROUP, me.newest["message_id"], "✖ oil")
    new = talk.devchat.people.upgrades(GROUP)
    await talk.handle_all()

    assert await desk.wishes.topics(new.id) == ()
    assert me.errors == []
