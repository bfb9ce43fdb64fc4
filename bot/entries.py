"""The shapes of sources.toml and topics.toml: what may stand in one entry of each.

Here: entries, and what the house makes of them.
Not here: the options of bot.toml (options), reading the files (tomlfiles), names that are given twice (settings).
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, PlainValidator, RootModel

from bot.news.errors import BadTopic
from bot.news.model import Kind, ReadyTopic, Selectors, Source
from bot.news.topics import Topic, parse
from bot.news.topics_tree import any_of
from bot.options import Span, Table, web_address


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"there is no time zone {name!r}; they look like Africa/Casablanca")
    return name


def _shown_to_all(url: str) -> str:
    if "@" in urlsplit(url).netloc:
        raise ValueError("no name and password may stand here: such an address is not opened, and people would see it")
    return url


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


Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class SelectorsEntry(Table):
    """A source's `selectors`: where a box's rows are."""

    row: str
    time: str = ""
    link: str = ""


class SourceEntry(Table):
    """One [[source]] of sources.toml."""

    name: Name
    url: Annotated[str, AfterValidator(web_address), AfterValidator(_shown_to_all)]
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


class SourcesFile(Table):
    """sources.toml."""

    source: tuple[SourceEntry, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, in the file's order."""
        return tuple(entry.source() for entry in self.source)


TopicName = Annotated[str, Field(min_length=1, max_length=40)]


class ReadyEntry(Table):
    """One table of topics.toml."""

    names: Annotated[dict[Lang, TopicName], AfterValidator(_with_english)]
    also: dict[Lang, tuple[TopicName, ...]] = Field(default_factory=dict)
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
