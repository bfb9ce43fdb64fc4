"""The outbox: a chat is told a story once, by whichever headline it wants to hear of."""

from __future__ import annotations

from datetime import timedelta

from bot.news.alerts import Owed
from bot.news.answers import Caller
from bot.news.identity import development_as, owed_as
from bot.news.model import ChatKind, Subscription

LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
AGAIN = owed_as("h2", "h1")


async def follows(chats, clock, chat: int, *topics: str) -> None:
    await chats.meet(Caller(chat, ChatKind.PRIVATE, ""), clock.now())
    for topic in topics:
        await chats.subscribe(Subscription(chat, topic, topic, clock.now()), 50)


async def test_who_was_told_a_story_is_not_told_it_again(chats, outbox, clock):
    await follows(chats, clock, 7, "quake")
    await outbox.owe("h1", ["quake"], clock.now())
    [mailbox] = await outbox.draw(9, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 1, clock.now(), clock.now() + SECOND)
    clock.tick(seconds=2)
    await outbox.owe(AGAIN, ["quake"], clock.now())
    assert await outbox.draw(9, clock.now(), LEASE) == []


async def test_who_wants_a_later_headline_of_it_is_told_that_one(chats, outbox, clock):
    await follows(chats, clock, 7, "coast")
    await outbox.owe("h1", ["quake"], clock.now())
    await outbox.owe(AGAIN, ["coast"], clock.now())
    [mailbox] = await outbox.draw(9, clock.now(), LEASE)
    assert mailbox.owed == (Owed(AGAIN, "coast", "coast"),)
    assert (mailbox.owed[0].headline, mailbox.owed[0].story) == ("h2", "h1")


async def test_a_story_that_waits_in_the_mailbox_is_wanted_by_every_topic_that_brought_it(chats, outbox, clock):
    """Else whoever ends the first topic meanwhile would lose what the second one asked for."""
    await follows(chats, clock, 7, "quake", "coast")
    await outbox.owe("h1", ["quake"], clock.now())
    [mailbox] = await outbox.draw(9, clock.now(), LEASE)
    await outbox.postpone(mailbox, clock.now() + SECOND)
    await outbox.owe(AGAIN, ["coast"], clock.now())
    clock.tick(seconds=2)
    [mailbox] = await outbox.draw(9, clock.now(), LEASE)
    assert len(mailbox.owed) == 1
    await outbox.postpone(mailbox, clock.now() + SECOND)
    await chats.unsubscribe(7, "quake")
    clock.tick(seconds=2)
    [mailbox] = await outbox.draw(9, clock.now(), LEASE)
    assert mailbox.owed == (Owed("h1", "coast", "coast"),)


async def test_a_development_goes_to_who_was_told_the_story_and_not_twice(chats, outbox, clock):
    await follows(chats, clock, 7, "quake", "follows-h1")
    await outbox.owe("h1", ["quake"], clock.now())
    [mailbox] = await outbox.draw(9, clock.now(), LEASE)
    await outbox.settle(mailbox, ["h1"], 1, clock.now(), clock.now() + SECOND)
    for _ in range(2):
        clock.tick(seconds=2)
        await outbox.owe(development_as("h3", "h1"), ["follows-h1"], clock.now())
        drawn = await outbox.draw(9, clock.now(), LEASE)
        for mailbox in drawn:
            assert (mailbox.owed[0].headline, mailbox.owed[0].story) == ("h3", "h1")
            await outbox.settle(mailbox, [mailbox.owed[0].name], 2, clock.now(), clock.now() + SECOND)
    assert drawn == []


async def test_a_story_that_grows_is_corrected_wherever_it_was_told(chats, outbox, clock):
    await follows(chats, clock, 7, "quake")
    await follows(chats, clock, 71, "coast")
    await outbox.owe("h1", ["quake"], clock.now())
    await outbox.owe(AGAIN, ["coast"], clock.now())
    for mailbox in await outbox.draw(9, clock.now(), LEASE):
        await outbox.settle(mailbox, [mailbox.owed[0].name], mailbox.chat, clock.now(), clock.now() + SECOND)
    clock.tick(seconds=2)
    await outbox.correct("h1", ["quake", "coast"], clock.now())
    drawn = await outbox.draw(9, clock.now(), LEASE)
    assert {mailbox.chat: wrong.tells[0].headline for mailbox in drawn for wrong in mailbox.wrong} == {
        7: "h1",
        71: "h2",
    }
