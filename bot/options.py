"""The shapes of config/*.toml. Owns every option of bot.toml and its default.

Here: what may stand in the three files.
Not here: reading them (tomlfiles), the environment (settings), what an option does (its owner).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    RootModel,
)

from bot.news.cadence import Paces
from bot.news.errors import BadTopic
from bot.news.message import Style
from bot.news.model import Kind, ReadyTopic, Selectors, Source
from bot.news.quotas import Cost, Quota, quotas
from bot.news.spans import parse_span
from bot.news.topics import Topic, parse
from bot.news.topics_tree import any_of


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"there is no time zone {name!r}; they look like Africa/Casablanca")
    return name


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address begins with https:// or http://")
    return url


def _web_address_or_none(url: str) -> str:
    return _web_address(url) if url else url


def _topic(text: Any) -> Topic:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(text, str):
        raise ValueError("this is a text in quotes")
    try:
        return parse(text)
    except BadTopic as error:
        raise ValueError(str(error)) from None


def _with_english(names: dict[str, str]) -> dict[str, str]:
    if "en" not in names:
        raise ValueError("an English name (en) has to be here: it is shown where there is none in a person's language")
    return names


Span = Annotated[timedelta, BeforeValidator(parse_span), Field(gt=timedelta(0))]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StreamOptions(_Table):
    """How long headlines are kept, in days and number, and how long they are known as told."""

    days: Annotated[int, Field(ge=1, le=365)] = 7
    length: Annotated[int, Field(ge=100)] = 100_000
    known_days: Annotated[int, Field(ge=1, le=365)] = 30


class PollingOptions(_Table):
    """How often sources are asked, how many at once, where hubs reach us, and whether the sample newsroom is one."""

    every: Span = timedelta(minutes=5)
    box_every: Span = timedelta(minutes=2)
    fastest: Span = timedelta(minutes=1)
    slowest: Span = timedelta(minutes=30)
    at_once: Annotated[int, Field(ge=1, le=1000)] = 64
    callback_url: Annotated[str, AfterValidator(_web_address_or_none)] = ""
    samples: Literal["auto", "on", "off"] = "auto"

    @property
    def paces(self) -> Paces:
        """How often sources are asked."""
        return Paces(self.every, self.box_every, self.fastest, self.slowest)


class DeliveryOptions(_Table):
    """Telegram's budget and what may be paid for more, and how many messages may be on their way at once."""

    per_second: Annotated[int, Field(ge=1, le=30_000)] = 30
    per_group_minute: Annotated[int, Field(ge=1, le=60)] = 20
    counting: Literal["window", "bucket"] = "window"
    paid_per_second: Annotated[int, Field(ge=0, le=1000)] = 0
    stars_per_day: Annotated[int, Field(ge=0)] = 0
    at_once: Annotated[int, Field(ge=1, le=1000)] = 256


class PeopleOptions(_Table):
    """How much one person may ask for; those who run the bot may always."""

    answers_per_minute: Annotated[int, Field(ge=4, le=10_000)] = 40
    articles_per_hour: Annotated[int, Field(ge=4, le=10_000)] = 60

    @property
    def quotas(self) -> Mapping[Cost, Quota]:
        """What is counted, and how much of it is enough."""
        return quotas(self.answers_per_minute, self.articles_per_hour)


class ArticlesOptions(_Table):
    """How articles are written into chats: as rich messages, in classic pages, or as plain text for ears."""

    style: Style = Style.RICH


class MeaningOptions(_Table):
    """How sure the bot has to be that a headline is about a topic like ~climate policy, and what else meanings do.

    `level` is in per cent; with `stories` a translation or a headline in other words tells the same story.
    """

    level: Annotated[int, Field(ge=1, le=99)] = 60
    stories: bool = True


class RedisOptions(_Table):
    """How many replicas have to confirm what must not be lost, and for how many milliseconds they are waited for."""

    wait_replicas: Annotated[int, Field(ge=0, le=5)] = 0
    wait_ms: Annotated[int, Field(ge=1, le=4000)] = 1000  # less than an exchange may take


class LogOptions(_Table):
    """How the log looks and how much it says."""

    format: Literal["auto", "console", "json"] = "auto"
    level: Literal["debug", "info", "warning", "error"] = "info"


class Options(_Table):
    """bot.toml."""

    stream: StreamOptions = StreamOptions()
    polling: PollingOptions = PollingOptions()
    delivery: DeliveryOptions = DeliveryOptions()
    people: PeopleOptions = PeopleOptions()
    articles: ArticlesOptions = ArticlesOptions()
    meaning: MeaningOptions = MeaningOptions()
    redis: RedisOptions = RedisOptions()
    log: LogOptions = LogOptions()


class SelectorsEntry(_Table):
    """A source's `selectors`: where a box's rows are."""

    row: str
    time: str = ""
    link: str = ""


class SourceEntry(_Table):
    """One [[source]] of sources.toml."""

    name: Name
    url: Annotated[str, AfterValidator(_web_address)]
    title: str = ""
    kind: Kind | None = None
    lang: Lang | None = None
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    every: Span | None = None
    selectors: SelectorsEntry | None = None
    folder: Annotated[str, Field(max_length=200)] = ""

    def source(self) -> Source:
        """The entry as the house knows it."""
        selectors = Selectors(**self.selectors.model_dump()) if self.selectors else None
        return Source(
            self.name, self.url, self.title, self.kind, self.lang, self.zone, selectors, self.every, self.folder
        )


class SourcesFile(_Table):
    """sources.toml."""

    source: tuple[SourceEntry, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, in the file's order."""
        return tuple(entry.source() for entry in self.source)


TopicName = Annotated[str, Field(min_length=1, max_length=40)]


class ReadyEntry(_Table):
    """One table of topics.toml."""

    names: Annotated[dict[Lang, TopicName], AfterValidator(_with_english)]
    also: dict[Lang, tuple[TopicName, ...]] = {}
    words: Annotated[dict[Lang, Annotated[Topic, PlainValidator(_topic)]], Field(min_length=1)]

    def ready(self, key: str) -> ReadyTopic:
        """The entry as the house knows it: what any of its languages catches."""
        return ReadyTopic(key, Topic(any_of([topic.root for topic in self.words.values()])), self.names, self.also)


class TopicsFile(RootModel[dict[Name, ReadyEntry]]):
    """topics.toml."""

    root: dict[Name, ReadyEntry] = {}

    @property
    def ready(self) -> tuple[ReadyTopic, ...]:
        """Every ready topic, in the file's order."""
        return tuple(entry.ready(key) for key, entry in self.root.items())
