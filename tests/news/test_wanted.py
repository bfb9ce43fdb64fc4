"""What people say without a command is read as they mean it, in every language of the interface."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.news.mending import mended
from bot.news.wanted import Wanted, is_friendly, key_words, ready_key, wanted
from bot.news.wants import Want

FILE = Path(__file__).parents[1] / "data" / "utterances.txt"
SAID = [tuple(line.split("|")) for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
LANGUAGES = sorted({lang for lang, *_ in SAID})
# What changes something at once; it can be undone by a button, and yet should not happen unasked.
CHANGING = {Want.FOLLOW, Want.UNFOLLOW}
# Of a hundred things said, so many are read exactly right; the others get an offer that helps, too.
RIGHT = 0.97


def test_there_are_enough_of_them_in_every_language():
    assert len(SAID) >= 300
    assert len(LANGUAGES) == 12
    assert all(sum(lang == each for each, *_ in SAID) >= 25 for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nearly_everything_is_read_as_it_is_meant(lang: str) -> None:
    said = [(text, want, words) for each, text, want, words in SAID if each == lang]
    wrong = [
        (text, wanted(text)) for text, want, words in said if (wanted(text).want, wanted(text).words) != (want, words)
    ]
    assert len(wrong) <= (1 - RIGHT) * len(said) + 1, wrong


def test_nothing_is_followed_or_ended_that_nobody_asked_for():
    for _, text, want, _ in SAID:
        found = wanted(text).want
        assert found == want or found not in CHANGING, text


@pytest.mark.parametrize(
    "text",
    [
        *("unfollow everything", "unsubscribe from all", "remove all my topics", "please unsubscribe me from it all"),
        *("désabonne-moi de tout", "ya no quiero todo", "deixar de seguir tudo", "alles abbestellen"),
        *("больше не присылай всё", "إلغاء متابعة كل شيء", "همه را دنبال نکن", "her şeyi takip etme"),
        *("berhenti mengikuti semua", "सब कुछ अनफॉलो करो", "取消关注全部"),
    ],
)
def test_who_ends_everything_is_asked_what_shall_stop(text: str) -> None:
    assert wanted(text) == Wanted(Want.STOP)


def test_a_topic_that_begins_with_all_is_ended_as_such():
    assert wanted("unfollow all blacks") == Wanted(Want.UNFOLLOW, "all blacks")


@pytest.mark.parametrize("verb", ["subscribe", "unsubscribe", "abonnieren", "suscribirme"])
def test_a_long_verb_may_be_mistyped_in_a_letter(verb: str) -> None:
    right = wanted(f"{verb} oil")
    swapped = verb[:3] + verb[4] + verb[3] + verb[5:]
    for typed in (verb[:4] + verb[5:], verb[:4] + "x" + verb[4:], verb[:4] + "x" + verb[5:], swapped):
        assert wanted(f"{typed} oil") == right, typed


def test_a_sentence_is_asked_for_by_its_key_words():
    text = "The minister of finance said on Tuesday that the budget of the ministry is cut. " * 50
    assert (wanted(text).want, wanted(text).words) == (Want.MUCH, "minister finance Tuesday budget ministry")
    assert key_words("?!") == ""


@pytest.mark.parametrize(("emoji", "key"), [("🏀", "sport"), ("💰", "economy"), ("🌧️", "climate"), ("🧀", "")])
def test_pictures_stand_for_ready_topics(emoji: str, key: str) -> None:
    assert ready_key(emoji) == key


def test_some_pictures_are_only_kind():
    assert is_friendly("👍🏽")
    assert is_friendly("❤️😊")
    assert not is_friendly("⚽")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oil (gas", "oil (gas)"),
        ("oil) gas", "oil gas"),
        ('"interest rates', '"interest rates"'),
        ("storms lang:zz", "storms"),
        ("title: near/99", "title near 99"),
        ("oil gas", ""),
        ("(((", ""),
    ],
)
def test_a_topic_that_is_wrong_is_mended_to_the_nearest_that_is_right(typed: str, meant: str) -> None:
    assert mended(typed) == meant
