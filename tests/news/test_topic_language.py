"""The topic language: what people type, what it means, and what they are told when it means nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.errors import BadTopic
from bot.news.topics import Topic, canonical, caret, explain, parse

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
PIECES = st.sampled_from(
    ["cat", "Dog", "élection", "OR", "|", "AND", "NOT", "-", "(", ")", '"', "“", "source:bbc", "lang:fr", "foo:x", "*",
     "lang:", "中国", "المغرب", "C++", "l'Iran", "post-war", "🔥", ",", "http://a.b", " ", "\u200b", "\x00", "\ud800"]
)  # fmt: skip
LIKELY = st.lists(PIECES, max_size=20).map(" ".join) | st.lists(PIECES, max_size=20).map("".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B A", "a  b"),
        ("Élections Maroc", "maroc elections"),
        ("cat OR dog", "dog | cat"),
        ("cat AND dog", "dog cat"),
        ("cat NOT dog", "cat -dog"),
        ("cat -(dog OR cow)", "cat -cow -dog"),
        ("((cat)) cat", "cat"),
        ('"cat"', "cat"),
        ("“climate change”", '"Climate-Change"'),
        ("« climate change »", "climate-change"),
        ("Source:BBC", 'source:"bbc"'),
        ("(cat dog) cow", "cat (dog cow)"),
        ("* cat", "cat"),
        ("cat , dog & cow", "cat dog cow"),
        ("l’Iran", "Iran"),
    ],
)
def test_topics_that_mean_the_same_are_one_topic(one: str, other: str) -> None:
    assert canonical(parse(one)) == canonical(parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cat dog", "cat OR dog"),
        ("cat dog", '"cat dog"'),
        ('"cat dog"', '"dog cat"'),
        ("cat dog OR cow", "cat (dog OR cow)"),
        ("cat OR dog -cow", "(cat OR dog) -cow"),
        ("cat or dog", "cat OR dog"),
        ("source:fr", "lang:fr"),
    ],
)
def test_topics_that_mean_something_else_are_two(one: str, other: str) -> None:
    assert canonical(parse(one)) != canonical(parse(other))


@pytest.mark.parametrize(
    ("expression", "meaning"),
    [
        ("Morocco", "headlines with “Morocco” (words in any form)"),
        ("Morocco summit", "headlines with “Morocco” and “summit” (words in any form)"),
        (
            'morocco (summit OR "climate change") -golf',
            "headlines with “morocco” and with “summit” or “climate change”, but not with “golf” (words in any form)",
        ),
        ("cat OR source:bbc", "headlines either with “cat” or from the source bbc (words in any form)"),
        ("lang:fr", "headlines in French"),
        ("* -football -golf", "every headline, but not with “football” or “golf” (words in any form)"),
        ("*", "every headline"),
    ],
)
def test_a_topic_is_explained_in_plain_english(expression: str, meaning: str) -> None:
    assert explain(parse(expression)) == meaning


@pytest.mark.parametrize(
    ("expression", "place", "sentence"),
    [
        ("", 0, "There is no topic yet"),
        ("   ", 0, "There is no topic yet"),
        ("-football", 0, "would match almost everything; add what you do want"),
        ("cat OR -dog", 7, "would match almost everything"),
        ("cat (dog", 4, "never closed; add a )"),
        ("cat dog)", 7, "closes nothing"),
        ("cat ()", 4, "nothing between these brackets"),
        ('cat "dog', 4, "quotation mark is never closed"),
        ('""', 0, "no word between these quotation marks"),
        ("cat OR", 4, "OR needs something on both sides"),
        ("OR cat", 0, "OR needs something on both sides"),
        ("cat OR OR dog", 7, "OR needs something on both sides"),
        ("cat AND", 4, "AND needs something on both sides"),
        ("cat - dog", 4, "stands directly before what you don't want"),
        ("cat --dog", 5, "One - is enough"),
        ("cat foo:bar", 4, "There is no foo:. Fields are source: and lang:."),
        ("cat lang:xyz", 9, "There is no language xyz"),
        ("source:", 7, "name of a source"),
        ("moroc*", 5, "All forms of a word are found anyway"),
        ("see https://example.org/x", 4, "This is a link"),
        ("cat -cat", 0, "can never match"),
        ("🔥", 0, "no letter or digit"),
        ("!?", 0, "write letters or digits"),
        ("(" * 500, 8, "too deep"),
        ("cat " * 200, 512, "128 words"),
        ("c" * 3000, 2000, "2000 characters"),
    ],
)
def test_a_wrong_topic_gets_a_place_and_what_to_write_instead(expression: str, place: int, sentence: str) -> None:
    with pytest.raises(BadTopic) as caught:
        parse(expression)
    assert sentence in str(caught.value)
    assert caught.value.place == place
    assert caught.value.expression == expression


@pytest.mark.parametrize(
    ("expression", "drawn"),
    [
        ("cat foo:bar", "cat foo:bar\n    ^"),
        ("中国 foo:bar", "中国 foo:bar\n     ^"),
        ("e\u0301te\u0301 foo:bar", "e\u0301te\u0301 foo:bar\n    ^"),
        ("a\nb foo:bar", "a b foo:bar\n    ^"),
        ("cat " * 12 + "foo:bar", "…" + "cat " * 6 + "foo:bar\n" + " " * 25 + "^"),
    ],
)
def test_a_caret_stands_under_the_mistake(expression: str, drawn: str) -> None:
    with pytest.raises(BadTopic) as caught:
        parse(expression)
    assert caret(expression, caught.value) == drawn


def understood(text: str) -> Topic | BadTopic:
    try:
        return parse(text)
    except BadTopic as error:
        return error


@given(ANY_TEXT | LIKELY)
def test_whatever_is_typed_is_a_topic_or_a_bad_topic(text: str) -> None:
    match understood(text):
        case BadTopic() as error:
            assert 0 <= error.place <= len(text)
            assert caret(text, error).endswith("^")
            str(error).encode()
        case topic:
            explain(topic).encode()
            assert canonical(parse(canonical(topic))) == canonical(topic)


def test_the_big_list_of_naughty_strings_breaks_nothing(shared_data: Path) -> None:
    for text in json.loads((shared_data / "hostile" / "blns" / "blns.json").read_text(encoding="utf-8")):
        match understood(text):
            case BadTopic() as error:
                caret(text, error).encode()
            case topic:
                explain(topic).encode()
