"""What a person at a chat may ask for. Owns the use cases; knows no Telegram and no Redis.

Here: the desk, whose drawers hold one kind of wish each: lists, searching (with its library and shorthand),
reading, tellings, wishes, tuning, door, preferences, publishing, finding, watching.
Not here: how a question is typed (handlers), how an answer is worded (delivery/render).
"""

from __future__ import annotations

from typing import Protocol

from bot.desk.door import Door
from bot.desk.finding import Finding, PageReader
from bot.desk.library import Library
from bot.desk.lists import Lists
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
from bot.ports import Clock, Web
from bot.store.articles import Articles
from bot.store.chats import Chats
from bot.store.choices import Choices
from bot.store.headlines import Headlines
from bot.store.links import Links
from bot.store.offers import Offers
from bot.store.outbox import Outbox
from bot.store.readalong import ReadAlong
from bot.store.sources import Sources
from bot.store.topics import Topics

__all__ = ["Desk"]


class Reader(ArticleReader, PageReader, Protocol):
    """Reads whatever a page may be."""


class Desk:
    """Answers people: headlines in lists, articles to read, wishes for topics, and who comes and goes."""

    def __init__(
        self,
        *,
        headlines: Headlines,
        chats: Chats,
        choices: Choices,
        outbox: Outbox,
        topics: Topics,
        articles: Articles,
        sources: Sources,
        offers: Offers,
        links: Links,
        along: ReadAlong,
        web: Web,
        reader: Reader,
        meanings: Meanings,
        ready: tuple[ReadyTopic, ...],
        configured: tuple[Source, ...],
        paces: Paces,
        clock: Clock,
    ) -> None:
        self.library = Library(along, meanings.dictionaries, headlines.keep, clock)
        self.shorthand = Shorthand(links)
        self.searching = Searching(self.library, along, meanings, ready, clock)
        self.lists = Lists(headlines, chats, sources, self.searching, self.shorthand, configured, clock)
        self.reading = ReadingRoom(headlines, chats, articles, web, reader, clock)
        self.tellings = Tellings(headlines)
        self.wishes = Wishes(headlines, chats, topics, meanings, ready, clock)
        self.tuning = Tuning(headlines, self.wishes, self.lists, meanings, clock)
        self.door = Door(chats, outbox, clock)
        self.preferences = Choosing(chats, choices, clock)
        self.publishing = Publishing(headlines, clock)
        self.finding = Finding(web, reader, clock)
        self.watching = Watching(sources, offers, configured, paces)
