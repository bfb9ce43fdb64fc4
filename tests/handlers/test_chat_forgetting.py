"""What is kept of a chat: said truly, sent whole, and forgotten to the last byte."""

from __future__ import annotations

import json
import re
import struct
from datetime import timedelta

from redis import Redis

from bot.delivery.render.privacy import KEPT
from bot.news.said import ENGLISH
from bot.store import keys
from bot.store.outbox import Outbox

# How often we wrote to a chat is forgotten after this by Redis itself: the answer to /stop is a message, too.
BY_ITSELF = {"{pace}:chat:": 120}


async def do_everything(person, news, desk, clock, database) -> None:
    """Follow, be told, be owed, be shown lists, choose, and be asked."""
    await person.says("/start")
    await person.says("/subscribe morocco")
    await person.says("/subscribe " + " OR ".join(f"word{n}" for n in range(30)))
    outbox, lease = Outbox(database), timedelta(seconds=60)
    topic = (await desk.wishes.topics(person.chat))[0].topic
    told, waiting = await news("Morocco wins"), await news("Morocco wins again")
    await outbox.owe(told.id, [topic], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), lease)
    await outbox.settle(mailbox, [told.id], 41, clock.now(), clock.now())
    await outbox.owe(waiting.id, [topic], clock.now())
    [mailbox] = await outbox.draw(10, clock.now(), lease)
    await outbox.postpone(mailbox, clock.now() + lease, [waiting.id])
    later = await news("Morocco wins once more")
    await outbox.owe(later.id, [topic], clock.now())
    await person.says("/latest")
    await person.says("/read 1")
    await person.says("/settings")
    await person.taps("Alerts")
    await person.taps("Silent")
    await person.taps("‹ Settings")
    await person.taps("Quiet hours")
    await person.taps("23:00–07:00")
    await person.says("/export")


def everything(redis_url: str) -> dict[str, bytes]:
    """Every key in Redis with all that stands there."""
    with Redis.from_url(redis_url) as redis:
        read = {
            b"string": redis.get,
            b"hash": redis.hgetall,
            b"set": redis.smembers,
            b"zset": lambda key: redis.zrange(key, 0, -1, withscores=True),
            b"stream": redis.xrange,
        }
        return {key.decode(): _flat(read[redis.type(key)](key)) for key in redis.scan_iter()}


def of_chat(chat: int, found: dict[str, bytes]) -> set[str]:
    """The keys that name the chat, in their name or in what they hold, as text or as packed numbers."""
    packed = [struct.pack(form, chat) for form in ("<q", ">q", "<d", ">d")]
    as_text = re.compile(rb"(?<![\d-])" + str(chat).encode() + rb"(?!\d)")
    return {
        key
        for key, held in found.items()
        if as_text.search(key.encode()) or as_text.search(held) or any(form in held for form in packed)
    }


def _flat(value: object) -> bytes:
    match value:
        case bytes():
            return value
        case dict():
            return b" ".join(_flat(part) for pair in value.items() for part in pair)
        case list() | tuple() | set():
            return b" ".join(map(_flat, value))
    return str(value).encode()


def going_by_itself(redis_url: str, left: set[str]) -> set[str]:
    """Those that Redis deletes within two minutes."""
    with Redis.from_url(redis_url) as redis:
        return {
            key
            for key in left
            if any(key.startswith(kind) and 0 < redis.ttl(key) <= longest for kind, longest in BY_ITSELF.items())
        }


async def test_a_chat_that_did_everything_is_forgotten_to_the_last_byte(person, news, desk, clock, database, redis_url):
    await do_everything(person, news, desk, clock, database)
    kept = of_chat(person.chat, everything(redis_url))
    for kind in ("chat", "wishes", "mail", "sent", "told", "shown", "asked", "tries"):
        assert any(f":{kind}:" in key for key in kept), f"nothing is kept in {kind}, so the test shows nothing"
    assert any(key.endswith(":roster") for key in kept)

    await person.says("/stop")
    await person.taps("Forget everything")

    left = of_chat(person.chat, everything(redis_url))
    assert left == going_by_itself(redis_url, left)


async def test_a_group_that_moved_is_forgotten_under_both_its_numbers(group, news, desk, clock, database, redis_url):
    await do_everything(group, news, desk, clock, database)
    moved = await group.becomes_a_supergroup()
    left = of_chat(group.chat, everything(redis_url))
    assert left == going_by_itself(redis_url, left)
    assert (await desk.preferences.of(moved.chat)).silent

    await moved.says("/stop")
    await moved.taps("Forget everything")

    left = of_chat(moved.chat, everything(redis_url)) | of_chat(group.chat, everything(redis_url))
    assert left == going_by_itself(redis_url, left)


def test_every_key_that_holds_something_of_a_chat_is_named_by_a_sentence():
    of_chats = {key.name for key in keys.KEYS if any(mark in key.name for mark in ("<chat>", "<person>", "{sNN}"))}
    assert set(KEPT) == of_chats | {keys.MOVED.name, keys.LINK.name}


async def test_privacy_says_every_sentence_once(person):
    page = await person.says("/privacy")
    for sentence in {sentence for sentences in KEPT.values() for sentence in sentences}:
        assert page.text.count(ENGLISH(sentence)) == 1
    assert "Send me all of it" in page.labels


async def test_export_sends_everything_that_is_stored_as_a_file(person, news, desk, clock, database, redis_url):
    await do_everything(person, news, desk, clock, database)
    content = await exported(person.talk, person.chat)
    assert content["topics"][0]["topic"] == "Morocco"
    stored = {each["where"]: each for each in content["stored"]}
    assert all(each["what"] for each in stored.values())
    assert stored["{sNN}:chat:<chat>"]["content"]["choices"] == {"silent": True}
    assert stored["{sNN}:chat:<chat>"]["content"]["since"].startswith("20")
    own = {key for key in of_chat(person.chat, everything(redis_url)) if key.endswith(f":{person.chat}")}
    patterns = {pattern.name for pattern in keys.KEYS if any(pattern.matches(key) for key in own)}
    assert patterns <= set(stored)


async def test_the_file_of_a_group_goes_to_the_admin_in_private(group, person):
    await person.says("/start")
    await group.says("/subscribe morocco")
    told = await group.says("/export")
    assert "private" in told.text
    assert (await exported(group.talk, person.chat))["chat"] == group.chat

    refused = await group.member().says("/export")
    assert "admins" in refused.text


async def test_a_member_cannot_have_a_group_forgotten_even_where_everybody_decides(group, desk):
    await group.says("/settings")
    await group.taps("Who decides")
    await group.taps("Everybody")
    assert "admins" in (await group.member().says("/stop")).text
    await group.says("/stop")
    await group.member().taps("Forget everything")
    assert "admins" in group.over_the_chat[-1]
    assert (await desk.preferences.of(group.chat)).all_manage


async def exported(talk, chat: int) -> dict[str, object]:
    """What stands in the newest file of the chat."""
    messages = talk.devchat.chats.find(chat).messages.values()
    document = next(message["document"] for message in reversed(messages) if "document" in message)
    assert document["file_name"].endswith(".json")
    file = await talk.house.bot.get_file(document["file_id"])
    return json.loads(await file.download_as_bytearray())
