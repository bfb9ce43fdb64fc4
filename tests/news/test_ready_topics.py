"""The topics that we ship: they parse, have their names, and catch what their name promises."""

from __future__ import annotations

import csv
import gzip
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.news.matcher import Matcher, matches
from bot.news.model import Headline
from bot.news.topics import canonical, parse

READY = tomllib.loads((Path(__file__).parents[2] / "config" / "topics.toml").read_text(encoding="utf-8"))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def says(title: str, lang: str) -> Headline:
    return Headline("h", title, "https://example.org/", "bbc", NOON, NOON, lang=lang)


@pytest.mark.parametrize("key", READY)
def test_a_ready_topic_parses_and_has_a_name_in_each_language(key: str) -> None:
    parse(READY[key]["expression"])
    assert READY[key]["names"].keys() >= {"en", "fr", "ar"}
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 40 for name in READY[key]["names"].values())


def test_no_two_ready_topics_are_the_same() -> None:
    assert len({canonical(parse(table["expression"])) for table in READY.values()}) == len(READY)


@pytest.mark.parametrize(
    ("key", "title", "lang"),
    [
        ("everything", "Anything at all", "en"),
        ("morocco", "Morocco hailed as 'important partner' in Mediterranean", "en"),
        ("morocco", "La croissance marocaine accélère", "fr"),
        ("morocco", "زلزال قوي يضرب وسط المغرب", "ar"),
        ("politics", "Les électeurs votent dimanche", "fr"),
        ("politics", "نتائج الانتخابات البرلمانية", "ar"),
        ("economy", "Central banks keep rates unchanged", "en"),
        ("economy", "الحكومة تقر الميزانية الجديدة", "ar"),
        ("technology", "L’intelligence artificielle au lycée", "fr"),
        ("science", "SpaceX launches rocket to the Moon", "en"),
        ("climate", "Inondations dans le sud", "fr"),
        ("health", "New vaccines against malaria", "en"),
        ("sport", "Médailles d’or aux Jeux olympiques", "fr"),
        ("football", "كأس العالم: المنتخب يفوز", "ar"),
        ("culture", "Festivals, concerts and museums reopen", "en"),
        ("africa", "Élection présidentielle au Sénégal", "fr"),
        ("europe", "قادة الاتحاد الأوروبي يجتمعون", "ar"),
        ("energy", "Oil prices fall after OPEC meeting", "en"),
        ("travel", "Airlines cancel flights", "en"),
        ("world", "Ceasefire talks resume", "en"),
    ],
)
def test_a_ready_topic_catches_what_its_name_promises(key: str, title: str, lang: str) -> None:
    assert matches(parse(READY[key]["expression"]), says(title, lang))


def test_football_is_not_american_football() -> None:
    assert not matches(parse(READY["football"]["expression"]), says("NFL: a football star retires", "en"))


@pytest.mark.parametrize(
    ("key", "category", "precision"), [("sport", "2", 0.8), ("economy", "3", 0.65), ("technology", "4", 0.7)]
)
def test_most_of_what_a_ready_topic_catches_is_of_its_kind(
    shared_data: Path, key: str, category: str, precision: float
) -> None:
    matcher = Matcher()
    matcher.add(key, parse(READY[key]["expression"]))
    with (shared_data / "headlines" / "ag_news" / "test.csv").open(encoding="utf-8", newline="") as rows:
        caught = [row[0] for row in csv.reader(rows) if matcher.match(says(row[1], "en"))]
    assert len(caught) > 50
    assert caught.count(category) / len(caught) > precision


def test_french_headlines_find_their_topic_as_well(shared_data: Path) -> None:
    matcher = Matcher()
    matcher.add("health", parse(READY["health"]["expression"]))
    with gzip.open(shared_data / "headlines" / "masakhanews" / "fra" / "dev.tsv.gz", "rt", encoding="utf-8") as rows:
        told = [
            (row["category"], bool(matcher.match(says(row["headline"], "fr"))))
            for row in csv.DictReader(rows, delimiter="\t")
        ]
    caught = [category for category, found in told if found]
    assert caught.count("health") / len(caught) > 0.8
    assert caught.count("health") / [category for category, _ in told].count("health") > 0.6
