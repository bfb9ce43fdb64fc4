"""The topic language: what people type, what it means, and what they are told when it means nothing."""

from __future__ import annotations

import pytest

from bot.news.errors import BadTopic
from bot.news.topics import LANGUAGE, Way, canonical, caret, explain, nearly_everything, parse


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
        ("cat & dog ! cow", "cat dog cow"),
        ("cat, (dog), cow", "cat dog cow"),
        ("* OR cat", "*"),
        ("Title:Cat", 'title:"cat"'),
        ("title:(cat OR dog)", "title:cat OR title:dog"),
        ("title:(cat near/2 dog)", "title:cat near/2 dog"),
        ("dog NEAR/3 cat", "cat near/3 dog"),
        ("Éléct*", "elect*"),
        ("G-7 F‑16", "g7 f16"),
        ("=Élection", "=election"),
        ("国*", "国"),
        ("section:Middle-East", 'section:"middle east"'),
        ("sources>2", "sources >= 3"),
        ("sources≥3", "sources:3"),
        ("~Climate  policy", '~"climate policy"'),
        ("~60%:climate policy cat OR dog", '~60:"climate policy cat" OR dog'),
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
        ("source:fr", "lang:fr"),
        ("cat*", "cat"),
        ("=cat", "cat"),
        ("title:cat", "cat"),
        ("cat near/2 dog", "cat near/3 dog"),
        ("cat near/2 dog", "cat dog"),
        ("~climate policy", "climate policy"),
        ("~60:climate", "~climate"),
        ("story:Ab", "story:ab"),
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
        ("climat*", "headlines with words that begin with “climat”"),
        ("=apple", "headlines with “apple” in this form only"),
        (
            'title:"climate summit" source:bbc',
            "headlines with “climate summit” in the title and from the source bbc (words in any form)",
        ),
        (
            "climate near/3 polic* lang:fr",
            "headlines with “climate” within 3 words of words that begin with “polic” and in French "
            "(words in any form)",
        ),
        ("section:Middle-East sources>=3", "headlines in the section middle east and told by 3 sources or more"),
        ("story:a1", "headlines of the story a1"),
        ("~climate policy", "headlines that mean something like “climate policy”"),
        ("~60:climate", "headlines that mean something like “climate” (60 % alike or more)"),
        (
            "climate change or heatwave but not football",
            "headlines either with “heatwave” or with “climate” and “change”, but not with “football” "
            "(words in any form)",
        ),
    ],
)
def test_a_topic_is_explained_in_plain_english(expression: str, meaning: str) -> None:
    assert str(explain(parse(expression))) == meaning


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
        ("cat foo:bar", 4, "There is no foo:. Fields are title:, source:, section: and lang:."),
        ("cat lang:xyz", 9, "There is no language xyz"),
        ("source:", 7, "name of a source"),
        ("cat mo*", 4, "Half of all words begin so; write 3 letters"),
        ("mor*co", 3, "ends the beginning of a word"),
        ('"fall * leaves"', 6, "ends the beginning of a word"),
        ("=moroc*", 0, "leave one of them out"),
        ("title: cat", 0, "Write directly behind title:"),
        ("cat near/3", 4, "stands between two words"),
        ("near/3 cat", 0, "stands between two words"),
        ("cat near/3 (dog OR cow)", 4, "stands between two words or phrases"),
        ("cat near/x dog", 9, "from 1 to 20"),
        ("g7*", 0, "Half of all words"),
        ("cat near/21 dog", 9, "from 1 to 20"),
        ("cat near / 21 dog", 11, "from 1 to 20"),
        ("cat near/3 dog near/3 cow", 15, "Only two can be near"),
        ("cat near/3 cat", 4, "two different words"),
        ("sources>=1", 9, "a number from 2 to 50"),
        ("sources>=51", 9, "a number from 2 to 50"),
        ("sources>=many", 0, "as in: sources>=3"),
        ("sources=3", 0, "as in: sources>=3"),
        ("section:", 8, "name of a section"),
        ("story:/", 6, "no such story"),
        ("~", 0, "what it should mean"),
        ("~ (cat)", 0, "what it should mean"),
        ("~" + "long " * 70, 0, "300 characters or less"),
        ("~100:cat", 1, "from 1 to 99 per cent"),
        ("~0:cat", 1, "from 1 to 99 per cent"),
        ("see https://example.org/x", 4, "This is a link"),
        ("cat -cat", 0, "can never match"),
        ("dog OR cat -cat", 7, "can never match"),
        ("title:cat -cat", 0, "can never match"),
        ('"cat dog" -dog', 0, "can never match"),
        ("(cat OR cats) -cat -cats", 0, "can never match"),
        ("=climate -climat*", 0, "can never match"),
        ("cat near/3 dog -cat", 0, "can never match"),
        ("sources>=3 -sources>=2", 0, "can never match"),
        ("lang:fr lang:en", 0, "can never match; put OR between them"),
        ("source:bbc source:cnn", 0, "can never match"),
        ("(source:bbc OR source:cnn) source:ap", 0, "can never match"),
        ("source:bbc -source:bbc", 0, "can never match"),
        ("🔥", 0, "no letter or digit"),
        ("!?", 0, "write letters or digits"),
        ("(" * 500, 8, "too deep"),
        ("cat " * 200, 512, "128 words"),
        ("c" * 3000, 1600, "1600 characters"),
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
        ('"climate ch*"', '"climate ch*"\n         ^'),
    ],
)
def test_a_caret_stands_under_the_mistake(expression: str, drawn: str) -> None:
    with pytest.raises(BadTopic) as caught:
        parse(expression)
    assert caret(expression, caught.value) == drawn


@pytest.mark.parametrize(
    "expression",
    ["climat* -climate", "climate -climat*", "cat -title:cat", "cat -=cats", "cat -(cat dog)", "~cat -cat"],
)
def test_what_might_match_once_is_no_contradiction(expression: str) -> None:
    assert parse(expression)


@pytest.mark.parametrize(
    ("expression", "everything"),
    [
        ("*", True),
        ("* -football", True),
        ("cat OR (* -cat)", True),
        ("the", True),
        ("the OR cat", True),
        ("the cat", False),
        ('"the who"', False),
        ("der", True),
        ("die hard", False),
        ("* lang:fr", False),
        ("cat OR dog", False),
        ("source:bbc", False),
    ],
)
def test_a_topic_that_asks_for_nearly_everything_is_known_by_its_form(expression: str, everything: bool) -> None:
    assert nearly_everything(parse(expression)) is everything


@pytest.mark.parametrize("way", LANGUAGE, ids=lambda way: way.name)
def test_every_example_of_the_table_is_a_topic(way: Way) -> None:
    assert str(explain(parse(way.example)))
