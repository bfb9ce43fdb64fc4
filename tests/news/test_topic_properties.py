"""What holds for every topic: it is spelled so that it is read again, it is read at once, and more words catch less."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.news.errors import BadTopic
from bot.news.evidence import Around, matches, why
from bot.news.model import Headline
from bot.news.suggestions import Suggestion, narrower, wider
from bot.news.topics import Topic, canonical, caret, explain, parse
from bot.news.topics_sense import contradiction
from bot.news.topics_tree import (
    AllOf,
    AnyOf,
    Everything,
    FromSource,
    InLanguage,
    InSection,
    Meaning,
    Node,
    OfStory,
    ToldBy,
    Words,
    all_of,
    any_of,
    near,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# The promise is 5 ms, and benchmarks/match.py measures it (`parse_ms`). Here others use the processor as well.
MOST_SECONDS = 0.025
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)

# ---- expressions: any text, likely pieces in any order, and the well formed

PIECES = st.sampled_from(
    ["cat", "Dog", "élection", "OR", "|", "AND", "NOT", "-", "(", ")", '"', "“", "source:bbc", "lang:fr", "foo:x", "*",
     "lang:", "中国", "المغرب", "C++", "l'Iran", "post-war", "🔥", ",", "、", "http://a.b", " ", "\u200b", "\x00",
     "\ud800", "climat*", "=cat", "title:", "near/3", "near/", "sources>=3", "sources", ">", "section:Middle-East",
     "story:a.b", "~", "~60:", "or", "and", "but", "not", "without", "news", "about", "et", "ou", "أو", "یا", "ama",
     "değil", "नहीं", "或者", "但不", "关于", "的新闻", "hakkında", "haberler", "o", "e", "1,000", "İ", "ﷺ", "½", "ǅ",
     "!", "the", "either", "G-7", "covid19"]
)  # fmt: skip
LIKELY = st.lists(PIECES, max_size=20).map(" ".join) | st.lists(PIECES, max_size=20).map("".join)
WORDS = [
    "cat",
    "cats",
    "dog",
    "élection",
    "elections",
    "المغرب",
    "中",
    "经济",
    "l'Iran",
    "post-war",
    "or",
    "without",
    "about",
]
TERMS = st.sampled_from(
    ["cat", "cats", "dog", "elections", "=elections", "elec*", "中", '"or"', '"cat dog"', '"cat* =dog"', "title:cat",
     'title:"cat dog"', "cat near/2 dog", "elec* near/4 cat", "source:bbc", "source:cnn", "section:sport", "lang:fr",
     "*", "sources>=2", "sources>=3", "story:s1", "~60:cat", "~cat"]
)  # fmt: skip


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(parts, min_size=1, max_size=3)
    without = st.tuples(parts, parts).map(lambda pair: f"({pair[0]} -({pair[1]}))")
    return some.map(lambda terms: f"({' '.join(terms)})") | some.map(lambda terms: f"({' OR '.join(terms)})") | without


EXPRESSIONS = st.recursive(TERMS, _joined, max_leaves=6)


def understood(text: str) -> Topic | BadTopic:
    try:
        return parse(text)
    except BadTopic as error:
        return error


def possible(text: str) -> Topic:
    """The topic, where the text is one: what contradicts itself is of no use to a test."""
    topic = understood(text)
    assume(isinstance(topic, Topic))
    assert isinstance(topic, Topic)
    return topic


# ---- trees, as any expression may give one

SINGLE = st.sampled_from(["cat", "cats", "or", "without", "o", "about", "haberler", "degil", "c++", "中", "المغرب"])
MARKED = SINGLE | st.sampled_from(["elec*", "cats*", "المغر*"]) | SINGLE.map("={}".format)
SAID = st.builds(Words, st.lists(MARKED, min_size=1, max_size=3).map(tuple), in_title=st.booleans())
LEAVES: st.SearchStrategy[Node] = st.one_of(
    SAID,
    st.tuples(SAID, SAID, st.integers(1, 20))
    .filter(lambda three: three[0].words != three[1].words)
    .map(lambda three: near(*three)),
    st.builds(FromSource, st.sampled_from(["bbc", "le monde", "a-b.org"])),
    st.builds(InSection, st.sampled_from(["sport", "middle east"])),
    st.builds(InLanguage, st.sampled_from(["fr", "en"])),
    st.builds(ToldBy, st.integers(2, 50)),
    st.builds(OfStory, st.from_regex(r"[A-Za-z0-9._:-]{1,40}", fullmatch=True)),
    st.builds(Meaning, st.sampled_from(["climate policy", "l'été, déjà", "中国"]), st.none() | st.integers(1, 99)),
    st.just(Everything()),
)


def _grown(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(parts, min_size=1, max_size=3)
    return st.builds(all_of, some, st.lists(parts, max_size=2)) | st.builds(any_of, some)


TREES = st.recursive(LEAVES, _grown, max_leaves=8).map(Topic)


@given(TREES)
def test_every_topic_is_spelled_as_an_expression_that_means_it(topic: Topic) -> None:
    spelled = understood(canonical(topic))
    if isinstance(spelled, BadTopic):
        assume("can never match" not in str(spelled))
        raise AssertionError(f"{canonical(topic)}: {spelled}")
    assert spelled == topic
    assert canonical(spelled) == canonical(topic)


@given(ANY_TEXT | LIKELY | EXPRESSIONS)
def test_whatever_is_typed_is_a_topic_or_a_bad_topic(text: str) -> None:
    match understood(text):
        case BadTopic() as error:
            assert 0 <= error.place <= len(text)
            assert error.expression == text
            assert caret(text, error).endswith("^")
            str(error).encode()
        case topic:
            str(explain(topic)).encode()
            assert parse(canonical(topic)) == topic


# ---- no input takes long


def is_read_at_once(text: str) -> bool:
    """True where one reading of ten takes no more of the processor."""
    return any(_seconds(text) < MOST_SECONDS for _ in range(10))


def _seconds(text: str) -> float:
    start = time.thread_time()
    understood(text)
    return time.thread_time() - start


def repeated(piece: str) -> str:
    return piece * (1600 // len(piece))


@pytest.mark.parametrize(
    "piece",
    ["ﷺ", "e" + "\u0301" * 50, "e" + "\u0301" * 50 + " ", "é ", "é|", "中", "中 ", "中、", "(", ")", "(a|b)", "-(a b) ",
     "-a ", "x -x ", '"a b" -c ', '"', '"a" ', ",", ", ", "or ", "or, ", "but not ", "a or ", "或者", "中或者", "~ ",
     "~a b ", "a near/3 b ", "near/3 ", "title:(", "title:a ", "source:a|", "sources ", "sources >", "a* ", "abc* ",
     "=a ", "1,", "a.", "l'", "\u200b", "\ud800", "🔥", "ﷺ ", "(source:a|source:b) ", "ama a değil "],
)  # fmt: skip
def test_no_topic_takes_longer_to_read_than_the_blink_of_an_eye(piece: str) -> None:
    assert is_read_at_once(repeated(piece))
    assert is_read_at_once("(" * 7 + repeated(piece)[:1980])


@settings(max_examples=150)
@given(st.lists(PIECES | TERMS, min_size=1, max_size=4), st.sampled_from(["", " "]))
def test_nor_does_any_mixture(pieces: list[str], between: str) -> None:
    assert is_read_at_once(repeated(between.join(pieces) + between))


def test_the_big_list_of_naughty_strings_breaks_nothing(shared_data: Path) -> None:
    for text in json.loads((shared_data / "hostile" / "blns" / "blns.json").read_text(encoding="utf-8")):
        assert is_read_at_once(text)
        assert isinstance(understood(text), Topic | BadTopic)


def test_nor_do_the_tokens_of_other_languages(shared_data: Path) -> None:
    for file in sorted((shared_data / "hostile" / "fuzzdict" / "dictionaries").glob("*.dict")):
        text = file.read_bytes().decode("latin-1")
        for start in range(0, min(len(text), 40_000), 2000):
            assert is_read_at_once(text[start : start + 2000])
        for line in text.splitlines()[:200]:
            assert isinstance(understood(line), Topic | BadTopic)


# ---- what is caught

TITLES = st.lists(st.sampled_from([*WORDS, "electric"]), max_size=6).map(" ".join)
# How alike a meaning must be where a topic does not say it.
LEVEL = 50
ALIKE = [Meaning("cat", level) for level in range(1, 100)]
AROUND = st.builds(
    lambda story, sources, alike: Around(
        story, sources, frozenset([*ALIKE[:alike], *([Meaning("cat")] if alike >= LEVEL else [])])
    ),
    st.sampled_from(["", "s1"]),
    st.integers(1, 6),
    st.integers(0, 99),
)
HEADLINES = st.builds(
    lambda title, summary, lang, source, path: Headline(
        "h", title, f"https://example.org/{path}x.html", source, NOON, NOON, summary=summary, lang=lang
    ),
    TITLES,
    TITLES,
    st.sampled_from(["en", "fr", "ar", "zh", "xx"]),
    st.sampled_from(["bbc", "cnn"]),
    st.sampled_from(["", "sport/", "2026/11/sport/"]),
)


@settings(max_examples=300)
@given(EXPRESSIONS, TERMS, HEADLINES, AROUND)
def test_adding_a_word_or_an_exception_never_widens_a_topic(
    expression: str, term: str, headline: Headline, around: Around
) -> None:
    topic = possible(expression)
    for more in (f"({expression}) {term}", f"({expression}) -({term})"):
        narrowed = understood(more)
        if isinstance(narrowed, Topic) and matches(narrowed, headline, around):
            assert matches(topic, headline, around)


@settings(max_examples=500)
@given(TREES, HEADLINES, AROUND)
def test_what_is_said_never_to_match_matches_nothing(topic: Topic, headline: Headline, around: Around) -> None:
    assert not (contradiction(topic.root) and matches(topic, headline, around))


@given(EXPRESSIONS, HEADLINES, AROUND)
def test_every_match_and_every_miss_has_a_reason(expression: str, headline: Headline, around: Around) -> None:
    topic = possible(expression)
    assert why(topic, headline, around)
    assert "\n" not in why(topic, headline, around)


def _offered(suggest: Callable[[Topic, int], tuple[Suggestion, ...]], topic: Topic) -> list[Topic]:
    offered = suggest(topic, LEVEL)
    assert len(offered) <= 4
    assert all(0 < len(str(suggestion.label)) <= 28 for suggestion in offered)
    others = [parse(suggestion.expression) for suggestion in offered]
    assert topic not in others
    assert len(set(others)) == len(others)
    return others


@settings(max_examples=300)
@given(EXPRESSIONS, HEADLINES, AROUND)
def test_a_narrower_topic_catches_nothing_more_and_a_wider_one_nothing_less(
    expression: str, headline: Headline, around: Around
) -> None:
    topic = possible(expression)
    caught = matches(topic, headline, around)
    for other in _offered(narrower, topic):
        assert caught or not matches(other, headline, around)
    for other in _offered(wider, topic):
        assert matches(other, headline, around) or not caught


@given(TREES)
def test_joining_is_the_same_in_whatever_order(topic: Topic) -> None:
    match topic.root:
        case AllOf():
            turned: Node = AllOf(topic.root.wanted[::-1], topic.root.unwanted[::-1])
        case AnyOf():
            turned = AnyOf(topic.root.options[::-1])
        case _:
            turned = topic.root
    assert turned == topic.root
    assert hash(turned) == hash(topic.root)
    assert canonical(Topic(turned)) == canonical(topic)
