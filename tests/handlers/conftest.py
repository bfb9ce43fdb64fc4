"""People in chats with the bot: what they type and tap goes over HTTP, and so does what they see.

The bot's house (Application, handlers, desk) is real, on a real Redis, and Telegram is devchat with all its limits.
Updates are fetched and handled one by one, so that whoever types sees the whole answer, and nobody waits.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes

from bot.delivery.pace import Valve
from bot.delivery.request import AiohttpRequest
from bot.delivery.wire import WireBot
from bot.desk import Desk
from bot.devchat.chats import YOU
from bot.devchat.server import DevChat, said_in
from bot.handlers import register
from bot.handlers.context import Context, House
from bot.ingest.discovery import Lead, leads_in
from bot.ingest.listing import read_listing
from bot.news.article import Article, Block, BlockKind
from bot.news.cadence import Paces
from bot.news.errors import FetchFailed
from bot.news.identity import topic_id
from bot.news.model import Headline, Listing, ReadyTopic, Source
from bot.news.page import Page, Tags
from bot.news.quotas import quotas
from bot.news.topics import canonical, parse
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.kept import Kept
from bot.store.permits import RedisPermits
from bot.store.stores import Stores
from bot.tongues import spoken

TOKEN = "1:for-tests"
GROUP, CHANNEL = -2001, -1002000000001
READY = (
    ReadyTopic("sport", parse("football OR tennis"), {"en": "Sport", "fr": "Le sport"}),
    ReadyTopic("morocco", parse("morocco OR maroc"), {"en": "Morocco"}),
    *(ReadyTopic(f"place-{number}", parse(f"place{number}"), {"en": f"⛺ Place {number}"}) for number in range(12)),
)
# What the log says when an answer did not come out as it was meant.
BAD_EVENTS = {"handler failed", "answer refused", "answer not delivered"}


@dataclass
class SmallWeb:
    """A web of a few pages; every other address is not found. `bug` is what it does when it is broken."""

    pages: dict[str, str] = field(default_factory=dict)
    bug: Exception | None = None

    async def get(self, url: str, tags: Tags | None = None) -> Page:
        if self.bug:
            raise self.bug
        if url not in self.pages:
            raise FetchFailed("The server says that there is no such page (404).")
        return Page(url, self.pages[url].encode())


class PlainReader:
    """Reads articles that are plain text: a title, then a paragraph a line; and listings as they are."""

    async def read(self, page: Page) -> Article:
        title, *lines = page.body.decode().splitlines()
        return Article(page.url, title, tuple(Block(BlockKind.PARAGRAPH, line) for line in lines))

    async def listing(self, page: Page, source: Source, now: datetime) -> Listing:
        return read_listing(page.body, page.url, source=source, fetched_at=now)

    async def leads(self, page: Page) -> tuple[Lead, ...]:
        return leads_in(page.body, page.url)


@dataclass(frozen=True)
class Seen:
    """One message of the bot, as a person sees it."""

    id: int
    text: str
    entities: tuple[str, ...]
    labels: tuple[str, ...]
    edited: bool


@dataclass
class Talk:
    """The bot at work on devchat."""

    house: House
    devchat: DevChat
    clock: Any
    log: list[Any]
    offset: int = 0
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    async def handle_all(self) -> None:
        """Let the bot handle what it was told so far."""
        updates = await self.house.bot.get_updates(offset=self.offset, timeout=0)
        for update in updates:
            self.offset = update.update_id + 1
            await self.house.process_update(update)

    async def handle(self, **content: Any) -> None:
        """Let the bot handle an update that devchat would not make."""
        await self.house.process_update(Update.de_json({"update_id": next(self._ids), **content}, self.house.bot))


@pytest.fixture
async def devchat(clock) -> AsyncIterator[DevChat]:
    devchat = DevChat("127.0.0.1", 0, TOKEN, clock=lambda: clock.now().timestamp())
    await devchat.start()
    yield devchat
    await devchat.stop()


@pytest.fixture
async def database(redis_url: str) -> AsyncIterator[Database]:
    database = Database.connect(redis_url)
    yield database
    await database.close()


@pytest.fixture
def web() -> SmallWeb:
    return SmallWeb()


@pytest.fixture
def desk(database, web, meanings, clock) -> Desk:
    return Desk(
        Stores.on(database),
        web=web,
        reader=PlainReader(),
        meanings=meanings,
        ready=READY,
        configured=(Source("small", "https://small.example/feed", "Small News"),),
        paces=Paces(),
        quotas=quotas(answers_per_minute=40, articles_per_hour=60),
        clock=clock,
    )


@pytest.fixture
async def talk(desk, database, devchat, clock) -> AsyncIterator[Talk]:
    calls, updates = AiohttpRequest(), AiohttpRequest()
    bot = WireBot(
        TOKEN,
        base_url=f"{devchat.url}/bot",
        base_file_url=f"{devchat.url}/file/bot",
        request=calls,
        get_updates_request=updates,
        rate_limiter=Valve(RedisPermits(database), clock),
        clock=clock,
        keeper=Kept(database),
    )
    house = ApplicationBuilder().bot(bot).updater(None).context_types(ContextTypes(context=Context)).build()
    register(house, desk, spoken(), frozenset({YOU["id"]}))
    async with house:
        with capture_logs() as log:
            yield Talk(house, devchat, clock, log)
    await calls.shutdown()
    await updates.shutdown()


@pytest.fixture
def news(database, web, clock) -> Callable[..., Awaitable[Headline]]:
    """A headline comes in, a minute after the one before; its page can be read unless it is `gone`."""
    numbers = itertools.count(1)

    async def news(title: str, *, summary: str = "", gone: bool = False, paragraphs: int = 4) -> Headline:
        clock.tick(minutes=1)
        url, now = f"https://small.example/story-{next(numbers)}", clock.now()
        headline = Headline(url[-8:].strip("/"), title, url, "small", now, now, summary=summary, lang="en")
        await Headlines(database).add(headline, now)
        if not gone:
            lines = (f"Paragraph {number}. {'The talks went on. ' * 20}" for number in range(1, paragraphs + 1))
            web.pages[url] = "\n".join([title, *lines])
        return headline

    return news


@dataclass
class Person:
    """Somebody in a chat. Every act gives the last thing that the bot then said or changed there, or None."""

    talk: Talk
    chat: int
    user: dict[str, Any] = field(default_factory=lambda: dict(YOU))
    bot_name: str = "local_headline_bot"

    async def says(self, text: str, *, reply_to: int | None = None) -> Any:
        """Type a message."""
        self.talk.clock.tick(seconds=1)
        self.talk.devchat.people.says(self.chat, text, reply_to=reply_to)
        before = self._now()
        await self.talk.handle_all()
        return self._since(before)

    posts = says

    async def is_at(self, latitude: float, longitude: float, *, reply_to: int | None = None) -> Any:
        """Send where one is."""
        self.talk.devchat.people.shares_location(self.chat, latitude, longitude, reply_to=reply_to)
        before = self._now()
        await self.talk.handle_all()
        return self._since(before)

    async def pastes(self, text: str) -> Any:
        """Send whatever a program can put into a message, also what devchat's page would not let a person type."""
        before = self._now()
        await self.talk.handle(message=self._message(text))
        return self._since(before)

    async def taps(self, label: str) -> Any:
        """Tap the newest button with this label."""
        self.talk.clock.tick(seconds=1)
        before = self._now()
        message = next(m for m in reversed(self._bots_messages()) if label in seen(m).labels)
        if self.user["id"] == YOU["id"]:
            self.talk.devchat.people.taps_button(self.chat, message["message_id"], label)
            await self.talk.handle_all()
        else:
            data = next(b["callback_data"] for b in buttons(message) if b["text"] == label)
            await self._forged(message, data)
        return self._since(before)

    async def presses(self, data: str) -> Any:
        """Send callback data that stands on no button of the bot's newest message."""
        before = self._now()
        await self._forged(self._bots_messages()[-1], data)
        return self._since(before)

    async def topic(self, expression: str) -> str:
        """The id of a topic."""
        return topic_id(canonical(parse(expression)))

    async def blocks_the_bot(self, *, blocked: bool = True) -> None:
        """Block the bot, or let it in again; a group removes it and adds it."""
        self.talk.devchat.people.blocks(self.chat, blocked=blocked)
        await self.talk.handle_all()

    async def becomes_a_supergroup(self) -> Person:
        """The group gets a new id."""
        new = self.talk.devchat.people.upgrades(self.chat)
        await self.talk.handle_all()
        return Person(self.talk, new.id)

    def newest(self) -> dict[str, Any]:
        """The bot's newest message here, as Telegram has it."""
        return self._bots_messages()[-1]

    def member(self) -> Stranger:
        """Somebody else in the group, who is no admin."""
        return Stranger(self.talk, self.chat, {"id": 60, "is_bot": False, "first_name": "Somebody"})

    @property
    def texts(self) -> list[str]:
        """What the bot said here."""
        return [said_in(message) for message in self._bots_messages()]

    @property
    def over_the_chat(self) -> list[str]:
        """The answers to taps, in order."""
        return [event["text"] for event in self.talk.devchat.chats.events if event["kind"] == "toast"]

    @property
    def errors(self) -> list[Any]:
        """What went wrong in the bot so far."""
        return [line for line in self.talk.log if line["event"] in BAD_EVENTS]

    def _message(self, text: str, reply_to: int | None = None) -> dict[str, Any]:
        about = self.talk.devchat.chats.find(self.chat)
        message = {"message_id": 900000, "date": 1, "chat": about.about, "from": self.user, "text": text}
        return message | ({"reply_to_message": about.messages[reply_to]} if reply_to else {})

    async def _forged(self, message: dict[str, Any], data: str) -> None:
        self.talk.devchat.people.taps["forged"] = {
            "chat": self.chat,
            "message_id": message["message_id"],
            "at": self.talk.devchat.chats.clock(),
        }
        query = {"id": "forged", "from": self.user, "chat_instance": "1", "data": data, "message": message}
        await self.talk.handle(callback_query=query)

    def _bots_messages(self) -> list[dict[str, Any]]:
        messages = self.talk.devchat.chats.find(self.chat).messages.values()
        is_channel = self.chat == CHANNEL
        return [m for m in messages if m.get("from", {}).get("is_bot") or (is_channel and "reply_markup" in m)]

    def _now(self) -> int:
        return self.talk.devchat.chats.last_event

    def _since(self, before: int) -> Seen | None:
        events = [e for e in self.talk.devchat.chats.events if e["n"] > before and e.get("chat") == self.chat]
        answers = [e["message"] for e in events if e["kind"] in {"message", "edited"}]
        return seen(answers[-1]) if answers else None


class Stranger(Person):
    """Somebody whom devchat does not know: what they type reaches the bot all the same."""

    async def says(self, text: str, *, reply_to: int | None = None) -> Any:
        before = self._now()
        await self.talk.handle(message=self._message(text, reply_to))
        return self._since(before)


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def seen(message: dict[str, Any]) -> Seen:
    return Seen(
        message["message_id"],
        said_in(message),
        tuple(entity["type"] for entity in message.get("entities", [])),
        tuple(button["text"] for button in buttons(message)),
        "edit_date" in message,
    )


@pytest.fixture
def person(talk) -> Person:
    return Person(talk, YOU["id"])


@pytest.fixture
def group(talk) -> Person:
    return Person(talk, GROUP)


@pytest.fixture
def channel(talk) -> Person:
    return Person(talk, CHANNEL)
