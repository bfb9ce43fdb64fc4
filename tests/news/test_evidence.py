"""What it takes for a headline to satisfy each part of the topic language, and how that is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.news.evidence import ALONE, Around, matches, why
from bot.news.model import Headline
from bot.news.sections import section_name, sections
from bot.news.suggestions import narrower, wider
from bot.news.topics import parse
from bot.news.topics_tree import Meaning

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TOLD = Around("s1", 3, frozenset({Meaning("climate policy"), Meaning("climate policy", 60)}))


def says(title: str, summary: str = "", *, lang: str = "en", url: str = "https://example.org/x.html") -> Headline:
    return Headline("h", title, url, "bbc", NOON, NOON, summary=summary, lang=lang)


SPORT = says("A cup", url="https://www.example.org/2026/11/sport/Middle-East/a-cup-is-won.html?from=/news/x")


@pytest.mark.parametrize(
    ("expression", "headline", "around"),
    [
        ("climat*", says("Climatologists warn"), ALONE),
        ("élect*", says("ÉLECTRICITÉ : les prix", lang="fr"), ALONE),
        ("المغر*", says("المغربية", lang="ar"), ALONE),
        ("=apple", says("Apple opens a shop"), ALONE),
        ("=élysée", says("L’Elysee se tait", lang="fr"), ALONE),
        ('"climate chang*"', says("Climate changing"), ALONE),
        ("title:cat", says("Cats", "and dogs"), ALONE),
        ('title:"cat dog"', says("A cat dog", "and a cow"), ALONE),
        ("climate near/3 policy", says("Climate and energy policy"), ALONE),
        ("climate near/3 policy", says("The policy on climate"), ALONE),
        ("climate near/1 policy", says("Climate policy"), ALONE),
        ('"climate change" near/2 "new law"', says("Climate change: a new law"), ALONE),
        ('title:(climate near/2 "new law")', says("New law on climate"), ALONE),
        ("climate near/3 policy", says("Rain", "a climate policy"), ALONE),
        ("section:sport", SPORT, ALONE),
        ('section:"middle east"', SPORT, ALONE),
        ("sources>=3", says("A cup"), TOLD),
        ("story:s1", says("A cup"), TOLD),
        ("~climate policy", says("A cup"), TOLD),
        ("~60:climate policy", says("A cup"), TOLD),
        ("cup -sources>=4", says("A cup"), TOLD),
    ],
)
def test_a_headline_has_what_the_topic_asks_for(expression: str, headline: Headline, around: Around) -> None:
    assert matches(parse(expression), headline, around)


@pytest.mark.parametrize(
    ("expression", "headline", "around"),
    [
        ("climat*", says("Acclimatise"), ALONE),
        ("=apple", says("Apples are ripe"), ALONE),
        ("title:dog", says("Cats", "and dogs"), ALONE),
        ('title:"cat dog"', says("A cat", "dog food"), ALONE),
        ("climate near/3 policy", says("Climate, energy and trade policy"), ALONE),
        ("climate near/1 policy", says("Climate and policy"), ALONE),
        ("climate near/3 policy", says("A climate", "policy"), ALONE),
        ("title:(climate near/3 policy)", says("Rain", "a climate policy"), ALONE),
        ("section:news", SPORT, ALONE),
        ("section:2026", SPORT, ALONE),
        ('section:"a cup is won.html"', SPORT, ALONE),
        ("sources>=4", says("A cup"), TOLD),
        ("sources>=2", says("A cup"), ALONE),
        ("story:s2", says("A cup"), TOLD),
        ("~climate policy", says("A climate policy"), ALONE),
        ("~70:climate policy", says("A cup"), TOLD),
    ],
)
def test_a_headline_lacks_what_the_topic_asks_for(expression: str, headline: Headline, around: Around) -> None:
    assert not matches(parse(expression), headline, around)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("climat*", "it has “climatologists” for “climat*”"),
        ("title:=rain", "it has “rain” for “=rain”"),
        ("title:dry", "it has no “dry” in the title"),
        ("climat* near/3 rain", "it has “climatologists predict rain” for “climat* near rain”"),
        ("climat* near/1 rain", "it has no “climat*” within 1 words of “rain”"),
        ("section:sport", "it is not in the section sport"),
        ("sources>=3", "it is told by 3 sources or more"),
        ("sources>=4", "it is not told by 4 sources or more"),
        ("~climate policy", "it is near “climate policy” in its meaning"),
        ("rain -story:s1", "it is of the story s1, which is not wanted"),
    ],
)
def test_a_verdict_is_told_in_one_line(expression: str, reason: str) -> None:
    assert why(parse(expression), says("Climatologists predict rain", "It was dry"), TOLD) == reason


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://example.org/sport/football/x.html", {"sport", "football"}),
        ("https://example.org/fr/%C3%A9conomie/2026/11/x", {"fr", "economie"}),
        ("https://example.org/x.html", set()),
        ("https://example.org", set()),
        ("https://example.org/?a=/sport/", set()),
        ("not an address", set()),
        ("", set()),
    ],
)
def test_an_address_tells_the_sections(url: str, names: set[str]) -> None:
    assert sections(says("A", url=url)) == names


def test_a_section_has_one_name() -> None:
    assert section_name("Middle-East") == section_name(" middle_east ") == section_name("MIDDLE EAST") == "middle east"


@pytest.mark.parametrize(
    ("expression", "offered"),
    [
        ("climate policy", ["As a phrase", "In the title only", "Told by 2 sources", "Told by 3 sources"]),
        ("climate OR heat", ["In the title only", "All of them", "Told by 2 sources", "Told by 3 sources"]),
        ("~climate policy", ["10 % more alike", "Told by 2 sources", "Told by 3 sources"]),
        ("title:climate sources>=3", ["Told by 4 sources", "Told by 5 sources"]),
        ("*", ["Told by 2 sources", "Told by 3 sources"]),
    ],
)
def test_a_topic_can_be_narrowed(expression: str, offered: list[str]) -> None:
    assert [str(suggestion.label) for suggestion in narrower(parse(expression), 60)] == offered


@pytest.mark.parametrize(
    ("expression", "offered"),
    [
        ("climate policy", ["climate OR policy", "(clima* OR climate) policy"]),
        ('"climate policy" -golf', ["climate policy -golf", '"climate policy"']),
        ("~70:climate", ['~60:"climate"']),
        ("=climate", ["climate", "=climate OR clima*"]),
        ("title:cat lang:fr sources>=3", ["cat lang:fr sources>=3", "lang:fr title:cat", "sources>=3 title:cat"]),
        ("cat near/3 dog", ["cat dog"]),
        ("*", []),
    ],
)
def test_a_topic_can_be_widened(expression: str, offered: list[str]) -> None:
    assert [suggestion.expression for suggestion in wider(parse(expression), 60)] == offered


def test_a_meaning_is_tuned_from_where_the_operator_set_it() -> None:
    assert narrower(parse("~climate"), 60)[0].expression == '~70:"climate"'
    assert wider(parse("~climate"), 35)[0].expression == '~25:"climate"'
