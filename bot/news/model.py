"""The nouns of the house, as values. Owns what a headline, a source, an article, a subscription is.

Here: frozen values with complete fields; instants are aware UTC datetimes.
Not here: how they are read (ingest), kept (store/codec), matched (matcher) or shown (delivery/render).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.news.topics_tree import Topic


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
    None where the house decides how often to ask.
    """

    name: str
    url: str
    title: str = ""
    kind: Kind | None = None
    lang: str | None = None
    zone: str = "UTC"
    selectors: Selectors | None = None
    every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One row as a source gave it. `published_at` is None where the source gives no time."""

    title: str
    url: str
    published_at: datetime | None = None
    summary: str = ""
    text: str = ""
    lang: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one fetch of a source holds, in the source's own order (boxes: newest first)."""

    kind: Kind
    rows: tuple[Fetched, ...]
    title: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One timestamped line from one source, known by one id however often it is seen.

    `published_at` is what the source says or, where it says nothing, `seen_at`. `source` is a source's
    name. `text` is the whole article where the publisher sent it along, else empty. `lang` is an
    ISO 639-1 code, or empty where nobody knows. A `backlog` headline stood there before we first
    looked at its source: it can be found and read, but nobody is alerted to it.
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


class BlockKind(StrEnum):
    """What a paragraph of an article is."""

    PARAGRAPH = "p"
    HEADING = "h"
    QUOTE = "quote"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of an article: plain text and what it is."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """The full text behind a headline. Fields that the page does not tell are empty or None."""

    url: str
    title: str
    blocks: tuple[Block, ...]
    byline: str = ""
    published_at: datetime | None = None
    language: str = ""
    site: str = ""
    image: str = ""

    @property
    def text(self) -> str:
        """The whole text, plain, paragraphs parted by blank lines."""
        return "\n\n".join(block.text for block in self.blocks)


class ChatKind(StrEnum):
    """Telegram's kinds of chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's wish for a topic. `topic` is the topic's id, `expression` its text as the person typed it.

    Where the topic is a ready one, `name` is what the person tapped, and `expression` is ReadyTopic.wish.
    """

    chat: int
    topic: str
    expression: str
    since: datetime
    name: str = ""

    @property
    def shown(self) -> str:
        """The topic as the person knows it; subscribing to it again with these words gives the same topic."""
        return self.name or self.expression


@dataclass(frozen=True, slots=True)
class Owed:
    """One headline that lies in a mailbox, with the topic that it matched: its id, and as the person knows it."""

    headline: str
    topic: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A message in a chat that tells a headline whose title was corrected since: its number and all that it tells.

    `correction` names what is owed and since when, so that it can be ticked off, and no newer one with it.
    """

    correction: str
    message: int
    tells: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What was drawn from the outbox for one chat: owed headlines, newest first, and failed tries so far.

    `doubtful` are the headlines of a message whose answer was lost: it may stand in the chat. `wrong` are messages that
    are to be corrected.
    """

    chat: int
    owed: tuple[Owed, ...]
    tries: int = 0
    doubtful: frozenset[str] = frozenset()
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """One headline as a chat is told it: the headline and the expression of the topic that it matched."""

    headline: Headline
    topic: str
    topic_id: str


@dataclass(frozen=True, slots=True)
class ReadyTopic:
    """A curated topic to tap: a short key, what it catches, and its name in each language ("en" always there)."""

    key: str
    topic: Topic
    names: dict[str, str]

    @property
    def wish(self) -> str:
        """What a subscription says in place of an expression; it is none, so nobody can type it.

        It is short, where the words in twelve languages would be kept with every chat, and stays when they change.
        """
        return f"ready:{self.key}"
