"""What a person at a chat may ask for. Owns the use cases; knows no Telegram and no Redis.

Here: the desk, whose drawers hold one kind of wish each: lists, reading, tellings, wishes, tuning,
door, publishing.
Not here: how a question is typed (handlers), how an answer is worded (delivery/render).
"""

from __future__ import annotations

from bot.desk.door import Door
from bot.desk.lists import Lists
from bot.desk.publishing import Publishing
from bot.desk.reading import ArticleReader, ReadingRoom
from bot.desk.tellings import Tellings
from bot.desk.tuning import Tuning
from bot.desk.wishes import Wishes
from bot.meaning.meanings import Meanings
from bot.news.model import ReadyTopic, Source
from bot.ports import Clock, Web
from bot.store.articles import Articles
from bot.store.chats import Chats
from bot.store.headlines import Headlines
from bot.store.outbox import Outbox
from bot.store.sources import Sources
from bot.store.topics import Topics

__all__ = ["Desk"]


class Desk:
    """Answers people: headlines in lists, articles to read, wishes for topics, and who comes and goes."""

    def __init__(
        self,
        *,
        headlines: Headlines,
        chats: Chats,
        outbox: Outbox,
        topics: Topics,
        articles: Articles,
        sources: Sources,
        web: Web,
        reader: ArticleReader,
        meanings: Meanings,
        ready: tuple[ReadyTopic, ...],
        configured: tuple[Source, ...],
        clock: Clock,
    ) -> None:
        self.lists = Lists(headlines, chats, sources, meanings, ready, configured, clock)
        self.reading = ReadingRoom(headlines, chats, articles, web, reader, clock)
        self.tellings = Tellings(headlines)
        self.wishes = Wishes(headlines, chats, topics, meanings, ready, clock)
        self.tuning = Tuning(headlines, self.wishes, meanings, clock)
        self.door = Door(chats, outbox, clock)
        self.publishing = Publishing(headlines, clock)
