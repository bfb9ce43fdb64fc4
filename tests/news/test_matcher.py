"""What a topic finds: word forms, phrases, languages; and that the index says what the plain truth says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.errors import BadTopic
from bot.news.matcher import Matcher, matches, why
from bot.news.model import Headline
from bot.news.topics import parse

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def says(title: str, lang: str = "en", *, summary: str = "", source: str = "bbc") -> Headline:
    return Headline("h", title, "https://example.org/", source, NOON, NOON, summary=summary, lang=lang)


def found(expression: str, headline: Headline) -> bool:
    """What the index says, once it agrees with the plain truth."""
    topic = parse(expression)
    matcher = Matcher()
    matcher.add("it", topic)
    assert matcher.match(headline) == ({"it"} if matches(topic, headline) else set())
    return matches(topic, headline)


@pytest.mark.parametrize(
    ("expression", "headline"),
    [
        ("election", says("Elections are near")),
        ("ELECTIONS", says("One election, two winners")),
        ("protest", says("Protesters protested at protests")),
        ("élections", says("Election présidentielle", "fr")),
        ("elections", says("Les élections approchent", "fr")),
        ("libéré", says("Les otages LIBERES", "fr")),
        ("réfugiée", says("Des réfugiés au Maroc", "fr")),
        ("haus", says("Viele Häuser in Berlin", "de")),
        ("выборы", says("Итоги выборов", "ru")),
        ("المغرب", says("فوز كبير بالمغرب", "ar")),
        ("اقتصاد", says("نمو الاقتصاد المغربي", "ar")),
        ("أحمد", says("استقبال احمد", "ar")),
        ("经济", says("中国经济增长", "zh")),
        ("정부", says("정부가 발표했다", "ko")),
        ("Trump", says("Trump’s speech")),
        ("us", says("U.S. economy")),
        ("5G", says("5G masts")),
        ("C++", says("Learn C++ in a day")),
        ("iran", says("La crise de l’Iran", "fr")),
        ("post-war", says("Post war years")),
        ('"climate change"', says("Climate changes fast")),
        ("cat dog", says("A cat", summary="and a dog")),
        ("source:bbc", says("Anything")),
        ("lang:fr chat", says("Le chat", "fr")),
        ("lang:fr", says("Le président de la République a annoncé une réforme", "")),
        ("lang:pt", says("Qualquer coisa", "pt-BR")),
        ("apples", says("شركة Apple", "ar")),
        ("*", says("")),
    ],
)
def test_a_topic_finds_every_form_of_its_words(expression: str, headline: Headline) -> None:
    assert found(expression, headline)


@pytest.mark.parametrize(
    ("expression", "headline"),
    [
        ("cat", says("Caterpillar category")),
        ("golf", says("Gulf of Mexico")),
        ("cat dog", says("A cat alone")),
        ('"climate change"', says("Change of climate")),
        ('"cat dog"', says("A cat", summary="dog food")),
        ("football -women", says("Women's football")),
        ("(cat OR dog) food", says("Cat and dog")),
        ("source:bbc", says("BBC", source="cnn")),
        ("lang:fr", says("Anything", "en")),
        ("经济", says("经常济南", "zh")),
    ],
)
def test_a_topic_leaves_alone_what_it_does_not_mean(expression: str, headline: Headline) -> None:
    assert not found(expression, headline)


def test_topics_come_and_go_without_a_trace() -> None:
    matcher = Matcher()
    matcher.add("a", parse("cat OR dog"))
    matcher.add("b", parse("cats"))
    matcher.add("a", parse("cow"))
    assert len(matcher) == 2
    assert "a" in matcher
    assert matcher.match(says("Cat and dog")) == {"b"}
    matcher.remove("a")
    matcher.remove("a")
    matcher.remove("never there")
    assert "a" not in matcher
    assert matcher.match(says("Cow")) == set()
    assert matcher.match(says("Cats")) == {"b"}


def test_a_topic_that_comes_after_its_language_is_found_as_well() -> None:
    matcher = Matcher()
    matcher.add("first", parse("maroc"))
    assert matcher.match(says("Elections au Maroc", "fr")) == {"first"}
    matcher.add("then", parse("élection"))
    assert matcher.match(says("Elections au Maroc", "fr")) == {"first", "then"}


WORDS = [
    "cat",
    "cats",
    "dog",
    "élection",
    "elections",
    "électeur",
    "المغرب",
    "بالمغرب",
    "中",
    "国",
    "经济",
    "l'Iran",
    "post-war",
]
TERMS = st.sampled_from([*WORDS, '"cat dog"', '"cat election cat"', "source:bbc", "source:cnn", "lang:fr", "*"])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(parts, min_size=1, max_size=3)
    without = st.tuples(parts, parts).map(lambda pair: f"({pair[0]} -{pair[1]})")
    return some.map(lambda terms: f"({' '.join(terms)})") | some.map(lambda terms: f"({' OR '.join(terms)})") | without


EXPRESSIONS = st.recursive(TERMS, _joined, max_leaves=6)
TITLES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
HEADLINES = st.builds(
    lambda title, summary, lang, source: says(title, lang, summary=summary, source=source),
    TITLES,
    TITLES,
    st.sampled_from(["en", "fr", "ar", "zh", "xx"]),
    st.sampled_from(["bbc", "cnn"]),
)


def is_possible(expression: str) -> bool:
    """True where the expression, and the expression with one word more, is no contradiction in itself."""
    try:
        parse(expression)
        parse(f"({expression}) dog")
    except BadTopic:
        return False
    return True


POSSIBLE = EXPRESSIONS.filter(is_possible)


@settings(max_examples=300)
@given(st.lists(POSSIBLE, max_size=12), st.lists(st.integers(0, 11)), st.lists(HEADLINES, max_size=5))
def test_the_index_says_what_the_plain_truth_says(
    expressions: list[str], removed: list[int], headlines: list[Headline]
) -> None:
    matcher = Matcher()
    topics = {str(number): parse(expression) for number, expression in enumerate(expressions)}
    for topic_id, topic in topics.items():
        matcher.add(topic_id, topic)
        for headline in headlines[:1]:
            matcher.match(headline)
    for topic_id in {str(number) for number in removed} & topics.keys():
        matcher.remove(topic_id)
        del topics[topic_id]
    assert len(matcher) == len(topics)
    for headline in headlines:
        assert matcher.match(headline) == {topic_id for topic_id, topic in topics.items() if matches(topic, headline)}


@given(POSSIBLE, HEADLINES)
def test_adding_a_word_never_widens_a_topic(expression: str, headline: Headline) -> None:
    if matches(parse(f"({expression}) dog"), headline):
        assert matches(parse(expression), headline)


@given(POSSIBLE, HEADLINES)
def test_every_match_and_every_miss_has_a_reason(expression: str, headline: Headline) -> None:
    assert why(parse(expression), headline)
    assert "\n" not in why(parse(expression), headline)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("election maroc", "it has “elections” for “election”; it has “maroc” for “maroc”"),
        ("election OR cat", "it has “elections” for “election”"),
        ("election cat", "it has no “cat”"),
        ("cat OR dog", "none of these: it has no “cat”, it has no “dog”"),
        ("election -maroc", "it has “maroc” for “maroc”, which is not wanted"),
        ("source:cnn", "it is not from the source cnn"),
        ("lang:fr source:bbc", "it is in French; it is from the source bbc"),
        ("*", "it catches every headline"),
    ],
)
def test_a_match_is_explained_in_one_line(expression: str, reason: str) -> None:
    assert why(parse(expression), says("Elections au Maroc", "fr")) == reason


def test_a_hostile_headline_costs_milliseconds_not_seconds() -> None:
    matcher = Matcher()
    matcher.add("cat", parse('"cat cat cat dog"'))
    for title in (
        "cat " * 100_000,
        "e" + "\u0301" * 100_000,
        "'" * 100_000,
        "a." * 100_000,
        "\ud800\x00" * 50_000,
        "中" * 9_999,
    ):
        assert matcher.match(says(title, "", summary=title)) == set()
