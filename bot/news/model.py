"""The nouns of the house, as values. Owns what a headline, a source, a subscription is.

Here: frozen values with complete fields; instants are aware UTC datetimes.
Not here: articles (article); what chats are owed (alerts); how values are read (ingest), kept (store/codec), matched
(matcher) or shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.news.plaintext import NOTHING, Markup
from bot.news.topics_tree import Topic

# Characters of what a source may say about one headline.
LONGEST_SUMMARY = 1000
LONGEST_TEXT = 100_000


class Kind(StrEnum):
    """What a listing turned out to be; a source may also say it beforehand."""

    RSS = "rss"
    ATOM = "atom"
    RDF = "rdf"
    JSONFEED = "jsonfeed"
    SITEMAP = "sitemap"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where a box's rows are, as CSS selectors; `time` and `link` are relative to a row."""

    row: str
    time: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that we watch.

    `name` is short, unique and lower case (topics say `source:name`); `zone` is an IANA time zone, the
    one whose clock a box shows; `kind` and `lang` are None where they are to be found out; `every` is
    None where the house decides how often to ask. `folder` is where a list of sources files it, its levels parted
    by "/"; empty: nowhere.
    """

    name: str
    url: str
    title: str = ""
    kind: Kind | None = None
    lang: str | None = None
    zone: str = "UTC"
    selectors: Selectors | None = None
    every: timedelta | None = None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One row as a source gave it. `published_at` is None where the source gives no time.

    `summary_html` and `text_html` are its summary and its article as the source wrote them. Most rows of a poll are
    known already, so that nobody asks what they say: `summary` and `text` read the markup when they are asked.
    """

    title: str
    url: str
    published_at: datetime | None = None
    summary_html: Markup = NOTHING
    text_html: Markup = NOTHING
    lang: str | None = None
    id: str = ""
    sections: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """Its summary as one line of plain text; empty where that is its title already."""
        summary = " ".join(self.summary_html.plain.split())[:LONGEST_SUMMARY]
        return "" if summary == self.title else summary

    @property
    def text(self) -> str:
        """Its article as plain text, paragraphs by blank lines; empty where the source sent none along."""
        return self.text_html.plain[:LONGEST_TEXT]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a feed asks to be left alone: for `ttl` after an answer, in these hours (UTC), on these days (Monday: 0)."""

    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """How a box was found on its page: how sure we are (0 to 1), by what, in words, and where it is."""

    confidence: float
    why: tuple[str, ...] = ()
    selectors: Selectors | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one fetch of a source holds, in the source's own order (boxes: newest first).

    `hub` is the WebSub hub that a feed names, `topic` the address under which that hub knows it; both absolute, or
    empty. `found` is None where nothing had to be guessed: for feeds.
    """

    kind: Kind
    rows: tuple[Fetched, ...]
    title: str = ""
    lang: str | None = None
    rhythm: Rhythm = Rhythm()
    hub: str = ""
    topic: str = ""
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """That a source tells a story: its name, its site's host, when it first told it, and with which headline."""

    source: str
    host: str
    at: datetime
    headline: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One timestamped line from one source, known by one id however often it is seen.

    `published_at` is what the source says or, where it says nothing, `seen_at`. `source` is a source's
    name. `text` is the whole article where the publisher sent it along, else empty. `lang` is an
    ISO 639-1 code, empty where nobody told it, `und` where it cannot be guessed either. A `backlog`
    headline stood there before we first looked at its source: it can be found and read, but nobody is
    alerted to it. `sections` are the names under which its source files it, as far as it says so beside
    the address. `story` is the id of the headline that began its story (empty: not known yet); the one
    that began it knows who tells it in `tellings`, in the order in which they did.
    """

    id: str
    title: str
    url: str
    source: str
    published_at: datetime
    seen_at: datetime
    summary: str = ""
    text: str = ""
    lang: str = ""
    backlog: bool = False
    sections: tuple[str, ...] = ()
    story: str = ""
    tellings: tuple[Telling, ...] = ()


class ChatKind(StrEnum):
    """Telegram's kinds of chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's wish for a topic. `topic` is the topic's id, `expression` its text as the person typed it.

    Where the topic is a ready one, `name` is what the person tapped, and `expression` is ReadyTopic.wish; where it is
    a story, `name` is its title.
    """

    chat: int
    topic: str
    expression: str
    since: datetime
    name: str = ""

    @property
    def shown(self) -> str:
        """The topic as the person knows it."""
        return self.name or self.expression

    @property
    def is_story(self) -> bool:
        """Whether it is a wish for the developments of one story."""
        return self.expression.startswith("story:")

    @property
    def words(self) -> str:
        """Subscribing with these words gives the same topic."""
        return self.expression if self.is_story else self.shown


@dataclass(frozen=True, slots=True)
class ReadyTopic:
    """A curated topic to tap: a short key, what it catches, and its name in each language ("en" always there).

    `also` is what people call it besides, by language: typed, that means it too.
    """

    key: str
    topic: Topic
    names: dict[str, str]
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def wish(self) -> str:
        """What a subscription says in place of an expression; it is none, so nobody can type it.

        It is short, where the words in twelve languages would be kept with every chat, and stays when they change.
        """
        return f"ready:{self.key}"
