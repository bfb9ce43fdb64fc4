"""What a person at a chat may ask for. Owns the use cases; knows no Telegram and no Redis.

Here: the desk, whose drawers hold one kind of wish each: lists, searching (with its library and shorthand),
reading, tellings, wishes, tuning, door, preferences, managing, publishing, finding, watching, gate, overview,
announcing.
Not here: how a question is typed (handlers), how an answer is worded (delivery/render).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.desk.announcing import Announcing
from bot.desk.door import Door
from bot.desk.finding import Finding, PageReader
from bot.desk.gate import Gate
from bot.desk.held import Held
from bot.desk.library import Library
from bot.desk.lists import Lists
from bot.desk.managing import Managing
from bot.desk.overview import Overview
from bot.desk.places import Places
from bot.desk.preferences import Choosing
from bot.desk.publishing import Publishing
from bot.desk.reading import ReadingRoom
from bot.desk.searching import Searching
from bot.desk.shorthand import Shorthand
from bot.desk.tellings import Tellings
from bot.desk.tuning import Tuning
from bot.desk.watching import Watching
from bot.desk.wholes import ArticleReader
from bot.desk.wishes import Wishes
from bot.meaning.meanings import Meanings
from bot.news.cadence import Paces
from bot.news.model import ReadyTopic, Source
from bot.news.quotas import Cost, Quota
from bot.ports import Clock, Web
from bot.store.stores import Stores

__all__ = ["Desk"]


class Reader(ArticleReader, PageReader, Protocol):
    """Reads whatever a page may be."""


class Desk:
    """Answers people: headlines in lists, articles to read, wishes for topics, and who comes and goes."""

    def __init__(
        self,
        stores: Stores,
        *,
        web: Web,
        reader: Reader,
        meanings: Meanings,
        ready: Sequence[ReadyTopic],
        configured: Sequence[Source],
        paces: Paces,
        quotas: Mapping[Cost, Quota],
        clock: Clock,
    ) -> None:
        headlines, chats, sources = stores.headlines, stores.chats, stores.sources
        self.clock = clock
        self.library = Library(stores.along, meanings.dictionaries, headlines.keep, clock)
        self.shorthand = Shorthand(stores.links)
        self.searching = Searching(self.library, stores.along, meanings, ready, clock)
        self.lists = Lists(headlines, chats, sources, self.searching, configured, clock)
        self.reading = ReadingRoom(headlines, chats, stores.articles, web, reader, clock)
        self.tellings = Tellings(headlines)
        self.wishes = Wishes(headlines, chats, stores.topics, meanings, ready, clock)
        self.tuning = Tuning(headlines, self.wishes, self.lists, meanings, clock)
        self.door = Door(chats, stores.outbox, clock)
        self.gate = Gate(stores.blocks, stores.quotas, quotas, self.door, clock)
        self.preferences = Choosing(chats, stores.choices, clock)
        self.managing = Managing(stores.managed, stores.choices, clock)
        self.held = Held(headlines, chats, stores.holds, self.preferences, meanings, ready, clock)
        self.kept = stores.kept
        self.asked = stores.asked
        self.belongings = stores.belongings
        self.places = Places(clock)
        self.overview = Overview(stores.hours, chats, stores.outbox, self.lists, clock)
        self.announcing = Announcing(stores.announcements, clock)
        self.publishing = Publishing(headlines, clock)
        self.finding = Finding(web, reader, clock)
        self.watching = Watching(sources, stores.offers, headlines, configured, paces, clock)
