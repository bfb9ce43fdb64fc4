"""Every key in Redis is one that docs/redis.md tells of."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.news.announcements import Announcement
from bot.news.answers import Caller
from bot.news.article import Article
from bot.news.errors import StoreError
from bot.news.identity import headline_id
from bot.news.model import ChatKind, Headline, Source, Subscription
from bot.news.questions import Question
from bot.news.sourcestate import SourceState
from bot.news.websub import Push
from bot.ports import Urgency
from bot.store import keys
from bot.store.announcements import SENT, Announcements
from bot.store.articles import Articles
from bot.store.asked import Asked
from bot.store.bells import Bells
from bot.store.blocks import Blocks
from bot.store.database import Database
from bot.store.headlines import Keep
from bot.store.keeping import IN_BACKUP
from bot.store.kept import Kept
from bot.store.links import Links
from bot.store.managed import Managed
from bot.store.offers import Offers
from bot.store.permits import Limits, RedisPermits
from bot.store.pushes import PushLog
from bot.store.quotas import Quotas
from bot.store.replicas import Replicas
from bot.store.restore import Restore
from bot.store.schema import Schema
from bot.store.sources import Noted, Sources
from bot.store.stories import StoryLog
from bot.store.topics import Topics
from bot.store.words import Words

URL = "https://example.com/fed"
LEASE = timedelta(seconds=60)
DOCUMENT = (Path(__file__).parents[2] / "docs" / "redis.md").read_text(encoding="utf-8")


@pytest.fixture
async def busy(redis_url, database, headlines, chats, outbox, topics, clock):
    """A house in which everything has happened once."""
    now = clock.now()
    await Schema(database).settle()
    await Restore(database, Keep(), 2).begin("checksum", merge=False)
    careful = Database.connect(redis_url, Replicas(wanted=1, within_ms=1))
    with suppress(StoreError):  # there is no replica here
        await Topics(careful).register("fed", "fed", now)
    await careful.close()
    await headlines.add(Headline("chosen:1", "Fed", URL, "wire", now, now), now)
    await database.call("XADD", "news:latest", "*", "title", "no link")
    [news] = await headlines.claim("a", 10, now)
    await StoryLog(database).note([(news.headline, news.headline.id)], "0-0")
    await headlines.done([news.entry], {news.headline.id: ["fed"]})
    for chat in (7, 8, -1001):
        await chats.meet(Caller(chat, ChatKind.PRIVATE, "Ada"), now)
        await topics.register("fed", "fed", now)
        await chats.subscribe(Subscription(chat, "fed", "fed", now), 50)
        await chats.shown(chat, ["h1"])
        await Asked(database).put(chat, Question("quiet"))
        await Kept(database).keep(chat, {"long": "follow:a long topic"}, now)
    for chat in range(64, 64 * 25, 64):
        await chats.meet(Caller(chat, ChatKind.PRIVATE, "One of many in a shard"), now)
        await chats.subscribe(Subscription(chat, "many", "many", now), 50)
    await chats.forget(64)
    await chats.move(8, 9, now)
    await outbox.owe("h1", ["fed"], now)
    first, second, _ = await outbox.draw(10, now, LEASE)
    await outbox.settle(first, ["h1"], 4, now, now + LEASE)
    await outbox.postpone(second, now)
    await outbox.owe("h2", ["many"], now)
    sources = Sources(database)
    await sources.enlist([Source("one", URL)], now)
    one = Source("one", URL)
    await sources.note([Noted(one, SourceState(due=now), now)])
    await PushLog(database).put("one", Push(URL, URL, "token", "secret", now))
    await sources.add(Source("two", URL))
    await Offers(database).put({headline_id(URL): Source("", URL)})
    await Links(database).keep("fed OR ecb")
    await Articles(database).put(headline_id(URL), Article(URL, "Fed", ()), LEASE)
    await Asked(database).put(7, Question("zone"))
    await Managed(database).begin(7, -1001, now)
    await Bells(database).ring()
    permits = RedisPermits(database, Limits(per_second=1, paid_per_second=2, stars_per_day=1))
    [permit] = await permits.take([-1001], Urgency.ALERT, now)
    permits.answered(permit, LEASE, now)
    await permits.take([None, None], Urgency.REPLY, now)
    for chat in (None, 7):
        await permits.hold(chat, now + LEASE, now)
    await sources.rest("one")
    await Quotas(database).count(7, "answer", 1, LEASE)
    await Blocks(database).put(60, now)
    await Words(database).owe([7], "A word.", now)
    announcements, word = Announcements(database), Announcement("a1", "Hello", 7)
    await announcements.keep(word)
    await announcements.begin(word)
    await announcements.is_ours("here")
    await announcements.owe(word, ["en"])
    await announcements.heard(9, SENT)


async def test_every_key_is_of_a_declared_kind_and_type(busy, database, every_key):
    used = set()
    for key in every_key():
        kinds = [pattern for pattern in keys.KEYS if pattern.matches(key)]
        assert len(kinds) == 1, f"{key} is of {len(kinds)} kinds"
        assert await database.call("TYPE", key) in kinds[0].type.split(" or "), key
        used.add(kinds[0])
    assert used == set(keys.KEYS)


async def test_what_has_no_end_of_its_own_is_named_with_what_bounds_it(busy, database, every_key):
    unending = {key for key in every_key() if await database.call("PTTL", key) < 0}
    kinds = {pattern.name for key in unending for pattern in keys.KEYS if pattern.matches(key)}
    bounds = DOCUMENT.partition("## What bounds each key")[2].partition("\n## ")[0]
    named = re.findall(
        r"`([^`]+)`", "".join(line.split("|")[1] for line in bounds.splitlines() if line.startswith("| "))
    )
    assert sorted(named) == sorted(kinds)


def test_the_keys_of_a_chat_lie_in_its_shard():
    assert keys.of_chat(keys.MAIL, -1001234567890) == "{s46}:mail:-1001234567890"
    assert keys.of_chat(keys.MAIL, 17) == "{s17}:mail:17"
    assert {keys.shard_of(chat) for chat in range(-50, 50)} == set(range(keys.SHARDS))


def test_the_document_shows_the_table_as_it_is():
    table = DOCUMENT.partition("| key |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    declared = [[f"`{key.name}`", key.type, key.owner, key.lifetime, key.meaning, IN_BACKUP[key]] for key in keys.KEYS]
    assert rows == declared
