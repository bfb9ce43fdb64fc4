"""The index behind a search finds what the plain truth finds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.news.evidence import matches
from bot.news.model import Headline
from bot.news.ranking import Order, worth_of_title
from bot.news.shelf import Shelf
from bot.news.topics import parse

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOLD = (
    ("en", "Elections in Morocco", "The minister spoke of interest rates."),
    ("en", "Interest rates rise again", ""),
    ("en", "Rates of interest in football", "A football story from Rabat."),
    ("fr", "Les élections au Maroc", "Le ministre a parlé."),
    ("ar", "الانتخابات في المغرب", ""),
    ("de", "Klimaschutz in Rabat", "Die Wahl ist vorbei."),
    ("en", "Minister goes to Rabat", "He went there by train."),
)
HEADLINES = [
    Headline(f"h{n}", title, f"https://small.example/{n}", "small", AT + timedelta(minutes=n), AT, summary, lang=lang)
    for n, (lang, title, summary) in enumerate(TOLD)
]


def shelf() -> Shelf:
    filled = Shelf()
    for headline in HEADLINES:
        filled.put(headline)
    return filled


@pytest.mark.parametrize(
    "expression",
    [
        *(
            "election",
            "elections morocco",
            "minister -train",
            "rabat OR maroc",
            "minist*",
            "=rates",
            "title:rabat",
            "went",
        ),
        *(
            "lang:fr",
            "lang:en rabat -football",
            "source:small rates",
            "source:other",
            "*",
            "انتخابات",
            "klima",
            "nothing",
        ),
    ],
)
def test_what_is_surely_found_is_what_satisfies_the_topic(expression):
    topic = parse(expression)
    look = shelf().look(topic, 100, 0.0)

    assert look.is_sure
    assert {hit.id for hit in look.hits} == {each.id for each in HEADLINES if matches(topic, each)}
    assert look.found == len(look.hits)


@pytest.mark.parametrize(
    "expression", ['"interest rates"', "minister near/3 rabat", 'rabat -"football story"', "sources:2"]
)
def test_what_takes_a_second_look_misses_nothing(expression):
    topic = parse(expression)
    look = shelf().look(topic, 100, 0.0)

    assert not look.is_sure
    assert {hit.id for hit in look.hits} >= {each.id for each in HEADLINES if matches(topic, each)}


def test_words_in_the_title_come_before_newer_ones_in_the_summary():
    topic = parse("football OR rates")

    best = shelf().look(topic, 1, worth_of_title(Order.BEST)).hits[0]
    newest = shelf().look(parse("minister"), 1, worth_of_title(Order.NEWEST)).hits[0]

    assert best.id == "h2"
    assert best.titled == 1
    assert newest.id == "h6"


def test_what_is_listed_no_more_is_neither_found_nor_counted():
    since = (AT + timedelta(minutes=3)).timestamp()
    look = shelf().look(parse("rabat"), 100, 0.0, since)
    assert {hit.id for hit in look.hits} == {"h5", "h6"}
    assert look.found == 2
