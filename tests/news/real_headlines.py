"""The ready topics, and real headlines with the section in which they stood, from the shared development data.

The headlines fall into two halves: words of the ready topics were chosen by looking at one only, so the other says
what they are worth.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bot.entries import TopicsFile
from bot.news.matcher import Matcher
from bot.news.model import Headline, ReadyTopic
from bot.news.topics import Topic
from bot.tomlfiles import read

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AG = {"1": "world", "2": "sports", "3": "business", "4": "technology"}
UCI = {"e": "entertainment", "b": "business", "t": "technology", "m": "health"}


@dataclass(frozen=True, slots=True)
class Printed:
    """One real headline, the section it stood in, and its language."""

    title: str
    section: str
    lang: str

    @property
    def was_looked_at(self) -> bool:
        """True in the half from which words were chosen."""
        return sha256(self.title.encode()).digest()[0] % 2 == 0


def ready_topics() -> dict[str, ReadyTopic]:
    """What config/topics.toml offers, by key."""
    problems: list[str] = []
    ready = read(Path(__file__).parents[2] / "config" / "topics.toml", TopicsFile, problems).ready
    assert problems == []
    return {topic.key: topic for topic in ready}


def says(title: str, lang: str) -> Headline:
    """A headline that says no more than its title."""
    return Headline("h", title, "https://example.org/", "bbc", NOON, NOON, lang=lang)


def matcher_of(topics: Mapping[str, Topic]) -> Matcher:
    """An index of these topics."""
    matcher = Matcher()
    for key, topic in topics.items():
        matcher.add(key, topic)
    return matcher


def of_africa_and_the_world(shared_data: Path, lang: str) -> list[Printed]:
    """BBC News in English or French."""
    path = shared_data / "headlines" / "masakhanews" / {"en": "eng", "fr": "fra"}[lang] / "dev.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as rows:
        return [Printed(row["headline"], row["category"], lang) for row in csv.DictReader(rows, delimiter="\t")]


def of_agencies(shared_data: Path) -> list[Printed]:
    """AG News: what agencies sent in 2004."""
    with (shared_data / "headlines" / "ag_news" / "test.csv").open(encoding="utf-8", newline="") as rows:
        return [Printed(row[1], AG[row[0]], "en") for row in csv.reader(rows)]


def of_many_sites(shared_data: Path) -> list[Printed]:
    """What some thousand sites wrote in 2014, many on the same story."""
    path = shared_data / "headlines" / "uci-news-aggregator" / "headlines.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return [Printed(row["TITLE"], UCI[row["CATEGORY"]], "en") for row in csv.DictReader(rows)]


def of_a_french_day(shared_data: Path) -> list[Printed]:
    """What French sites, most of them local, wrote on one day of 2020; their sections are not ours."""
    path = shared_data / "headlines" / "french_google_news_one_day" / "test_one_day.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return [Printed(row[0], "", "fr") for row in csv.reader(rows)]


def unseen(printed: list[Printed]) -> Iterator[Printed]:
    """The half that nobody looked at."""
    return (each for each in printed if not each.was_looked_at)
