"""What the desk answers, as values. Owns the shapes between the question (handlers) and the words (delivery/render).

Here: one frozen value for each kind of answer.
Not here: how it is found out (desk), how it is worded (delivery/render).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.news.article import Article
from bot.news.model import ChatKind, Headline, ReadyTopic, Source, Subscription
from bot.news.ranking import Order
from bot.news.said import Said
from bot.news.sourcestate import SourceState
from bot.news.suggestions import Suggestion


@dataclass(frozen=True, slots=True)
class Caller:
    """The chat that asks. `lang` is the language of the person's app, empty where it is not known."""

    chat: int
    kind: ChatKind
    title: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A ready topic, and whether the chat follows it."""

    ready: ReadyTopic
    followed: bool


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a chat sees first; `example` is the newest headline, `followed` how many topics it follows already."""

    choices: tuple[Choice, ...]
    example: Headline | None
    at: datetime
    followed: int = 0


@dataclass(frozen=True, slots=True)
class Sought:
    """How a search went: `found` headlines (or more, where not `counted`: no more were looked at), in which order.

    `whole`: all that is listed was looked at; soon after a start some of it is still being read. `near` are other words
    that would find something, where these find nothing.
    """

    order: Order
    found: int
    counted: bool = True
    whole: bool = True
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A list was looked up again: `new` headlines came since it was shown at `since`."""

    new: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of a list of headlines.

    Rows are numbered from `skip` + 1. `shown` are the ids of every row of the list, in the order of their numbers.
    `count` is how many a page has, `expression` the topic that they satisfy (empty: all), `older` whether there are
    more behind them. `sought` is there where it was searched for, `refreshed` where it was looked up again.
    """

    headlines: tuple[Headline, ...]
    shown: tuple[str, ...]
    asked_at: datetime
    count: int
    skip: int = 0
    expression: str = ""
    older: bool = False
    sought: Sought | None = None
    refreshed: Refreshed | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article to be shown; `headline` stands for it, also where the article was asked for by its link."""

    headline: Headline
    article: Article


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that cannot be shown, and why; the headline's own summary may stand in for it."""

    headline: Headline
    reason: Said | str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a topic would have told: `caught` stories among `looked_at` headlines of `span`, and the newest of them."""

    caught: int
    looked_at: int
    span: timedelta
    newest: Headline | None

    @property
    def days(self) -> int:
        """How many days were looked at, the one that has begun included."""
        return max(ceil(self.span / timedelta(days=1)), 1)

    @property
    def a_day(self) -> float | None:
        """How many alerts a day are to be expected; None where less than a day is known."""
        return self.caught / (self.span / timedelta(days=1)) if self.span >= timedelta(days=1) else None


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A chat follows a topic; `already` if it did before. `replaced` is the wish in whose place it came, if any."""

    subscription: Subscription
    meaning: Said
    already: bool
    preview: Preview
    replaced: Subscription | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A topic that would catch nearly everything or, for want of the sources it names, nothing; not yet followed.

    `unknown` are the names of sources that nobody watches, in order; without any, it would catch nearly everything.
    """

    expression: str
    meaning: Said
    preview: Preview
    unknown: tuple[str, ...] = ()


class Direction(StrEnum):
    """Which way a topic may be changed: to catch less, or more."""

    NARROWER = "narrower"
    WIDER = "wider"


@dataclass(frozen=True, slots=True)
class Tunings:
    """The topics near one that is followed, with what it and each of them would have caught."""

    subscription: Subscription
    direction: Direction
    now: Preview
    offered: tuple[tuple[Suggestion, Preview], ...]


@dataclass(frozen=True, slots=True)
class Added:
    """A source that is watched from now on, and how often it is asked at first."""

    source: Source
    every: timedelta


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a list of sources: what is watched from now on, what was already, and a sentence a refusal."""

    added: tuple[Source, ...]
    known: tuple[Source, ...]
    refused: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source, and how it has fared; `state` is None where it was not asked yet; `paused`: it is not asked."""

    source: Source
    state: SourceState | None
    paused: bool = False

    @property
    def was_asked(self) -> bool:
        """Whether anything is known of how it fares."""
        return self.state is not None and (self.state.last_ok is not None or self.state.failures > 0)


@dataclass(frozen=True, slots=True)
class OneSource:
    """A source looked at closely: its last headline that is still kept, and whether it can be removed by a button."""

    report: SourceReport
    last: Headline | None
    can_go: bool


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person or a chat that is neither answered nor told anything, and since when."""

    ident: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Stats:
    """How the bot stands `at` an instant, and what there was in each of the last hours, oldest first.

    `told` counts a headline for each chat that it went to. `owed` are messages that wait, since `oldest_due` the first.
    """

    at: datetime
    headlines: tuple[int, ...]
    told: tuple[int, ...]
    chats: int
    owed: int
    oldest_due: datetime | None
    sources: int
    troubled: int
