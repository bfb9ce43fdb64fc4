"""Reading plain topics quickly: whatever is read so is what the whole grammar reads, to the word that is said back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.errors import BadTopic
from bot.news.topics import Topic, canonical, parse
from bot.news.topics_plain import plain

WORDS = ["fed", "rates", "5g", "élection", "œuvre", "or", "and", "not", "but", "without", "ou", "sans", "y", "news"]
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["about", "near", "title", "sources", "the", "AND", "NOT", "OR", "Fed", "fed*", "=fed", "fed,"]),
    st.sampled_from(['"fed rates"', '"fed or"', '"fed  rates"', '""', '"fed', "(fed OR rates)", "(fed OR fed)"]),
    st.sampled_from(["(fed OR rates) -rates", "(fed rates)", "~", "lang:fr", "*", "-", "", "中国", "l'iran", "ß", "÷"]),
    st.text('fedORàé 5()"-*', max_size=8),
)
TEXTS = st.lists(st.tuples(st.sampled_from(["", "", "-", "NOT "]), PIECES).map("".join), max_size=6).map(" ".join)


def by_the_grammar(text: str) -> Topic | None:
    try:
        return parse(text)
    except BadTopic:
        return None


@settings(max_examples=500)
@given(TEXTS)
def test_what_is_read_quickly_is_what_the_grammar_reads(text: str) -> None:
    read = plain(text)
    assert read is None or repr(read) == repr(by_the_grammar(text))


@pytest.mark.parametrize(
    "text",
    [
        "fed",
        "fed rates",
        "élection présidentielle",
        '"climate change"',
        "morocco -football",
        'cup -"world war"',
        "(bank OR banque) rates",
        "(a OR b) (c OR d) -e",
        "fed fed",
    ],
)
def test_most_topics_are_plain_in_the_spelling_that_is_kept(text: str) -> None:
    assert plain(text) == parse(text)
    assert plain(canonical(parse(text))) == parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-fed",
        "fed -fed",
        '"fed rates" -fed',
        "fed or rates",
        "fed without rates",
        "news about fed",
        "a" * 61,
        "fed " * 51,
    ],
)
def test_what_may_mean_something_else_is_left_to_the_grammar(text: str) -> None:
    assert plain(text) is None
