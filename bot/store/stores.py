"""Everything that Redis keeps: one object for each kind of thing, all on one database.

Here: that they belong together.
Not here: how anything is kept (one file each), opening the database (bot/opening).
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.announcements import Announcements
from bot.store.articles import Articles
from bot.store.asked import Asked
from bot.store.bells import Bells
from bot.store.belongings import Belongings
from bot.store.blocks import Blocks
from bot.store.chats import Chats
from bot.store.choices import Choices
from bot.store.database import Database
from bot.store.headlines import Headlines, Keep
from bot.store.holds import Holds
from bot.store.hours import Hours
from bot.store.kept import Kept
from bot.store.links import Links
from bot.store.managed import Managed
from bot.store.offers import Offers
from bot.store.outbox import Outbox
from bot.store.permits import Limits, RedisPermits
from bot.store.pushes import PushLog
from bot.store.quotas import Quotas
from bot.store.readalong import ReadAlong
from bot.store.sources import Sources
from bot.store.stories import StoryLog
from bot.store.topics import Topics
from bot.store.words import Words


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that Redis keeps."""

    database: Database
    headlines: Headlines
    stories: StoryLog
    sources: Sources
    offers: Offers
    kept: Kept
    asked: Asked
    belongings: Belongings
    links: Links
    along: ReadAlong
    pushes: PushLog
    topics: Topics
    chats: Chats
    choices: Choices
    managed: Managed
    outbox: Outbox
    holds: Holds
    bells: Bells
    articles: Articles
    permits: RedisPermits
    words: Words
    blocks: Blocks
    quotas: Quotas
    hours: Hours
    announcements: Announcements

    @classmethod
    def on(cls, database: Database, keep: Keep = Keep(), limits: Limits = Limits()) -> Stores:
        """All of them on a database; `keep` is for how long headlines are known, `limits` are the bot's at Telegram."""
        return cls(
            database=database,
            headlines=Headlines(database, keep),
            sources=Sources(database),
            offers=Offers(database),
            kept=Kept(database),
            asked=Asked(database),
            belongings=Belongings(database),
            links=Links(database),
            along=ReadAlong(database),
            pushes=PushLog(database),
            stories=StoryLog(database),
            topics=Topics(database),
            chats=Chats(database),
            choices=Choices(database),
            managed=Managed(database),
            outbox=Outbox(database),
            holds=Holds(database),
            bells=Bells(database),
            articles=Articles(database),
            permits=RedisPermits(database, limits),
            words=Words(database),
            blocks=Blocks(database),
            quotas=Quotas(database),
            hours=Hours(database),
            announcements=Announcements(database),
        )
