"""Every sentence has words in every language, with the same places, and buttons fit a telephone."""

from __future__ import annotations

import ast
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.handlers import COMMANDS
from bot.handlers.menus import DESCRIPTION, SHORT_DESCRIPTION, menu
from bot.news.said import Tongue
from bot.tongues import FOLDER, NAMES, RIGHT_TO_LEFT, spoken
from bot.tongues.gather import CODE, FLOORS, KEYWORDS, has_words, sentences

OTHERS = [lang for lang in NAMES if lang != "en"]
# Languages that are not written in Latin letters: what the names of their letters begin with.
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "ru": "CYRILLIC", "hi": "DEVANAGARI", "zh": "CJK"}
# A wide character counts as two. What is longer a telephone cuts, or gives a button a row of its own.
LONGEST_LABEL = 30
LABELLED = {"Button", "pressing", "leading", "saying"}
TAG = re.compile(r"</?[a-z-]+[^>]*>")
COMMAND = re.compile(r"(?<![\w/])/[a-z]+")


@cache
def catalogue(lang: str) -> Catalog:
    with (FOLDER / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


def messages(lang: str) -> list[Message]:
    return [message for message in catalogue(lang) if message.id]


def pairs(lang: str) -> Iterator[tuple[str, str]]:
    """English and translation of each sentence; for one that counts, each form with the English plural."""
    for message in messages(lang):
        if isinstance(message.id, tuple):
            yield from ((message.id[1], form) for form in message.string)
        else:
            yield message.id, str(message.string)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def width(text: str) -> int:
    shown = (each for each in text if unicodedata.category(each) not in {"Mn", "Me", "Cf"})
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in shown)


@pytest.mark.parametrize("lang", OTHERS)
def test_no_sentence_is_missing_and_none_is_left_over(lang: str) -> None:
    said = {message.id for message in sentences() if message.id}
    assert said == {message.id for message in messages(lang)}, "run: python -m bot.tongues.gather"
    untold = [message.id for message in messages(lang) if not has_words(message)]
    assert not untold, f"{len(untold)} have no words in {NAMES[lang]}: {untold[:5]}"


@pytest.mark.parametrize("lang", OTHERS)
def test_places_tags_and_commands_agree(lang: str) -> None:
    for english, words in pairs(lang):
        missing = places(english) ^ places(words)
        assert missing <= {"n"}, f"{lang}: {english!r} and {words!r} differ in {missing}"
        if missing and places(words) - places(english):
            pytest.fail(f"{lang}: {words!r} has a place that {english!r} has not")
        assert Counter(TAG.findall(words)) == Counter(TAG.findall(english)), f"{lang}: {english!r}: {words!r}"
        assert set(COMMAND.findall(words)) == set(COMMAND.findall(english)), f"{lang}: {english!r}: {words!r}"
        assert words.count("\n") == english.count("\n"), f"{lang}: {english!r}: {words!r}"
        assert (words[:1].isspace(), words[-1:].isspace()) == (english[:1].isspace(), english[-1:].isspace())


@pytest.mark.parametrize("lang", OTHERS)
def test_only_a_number_that_a_form_stands_for_may_go_unsaid(lang: str) -> None:
    for message in messages(lang):
        if not isinstance(message.id, tuple) and "n" in places(message.id):
            assert "n" in places(str(message.string)), f"{lang}: {message.id!r} loses its number"


@pytest.mark.parametrize("lang", OTHERS)
def test_every_sentence_is_in_its_language(lang: str) -> None:
    for english, words in pairs(lang):
        bare = re.sub(r"\{\w+\}|<[^>]+>|/\w+|https?://\S+", "", english)
        if len(re.findall(r"[A-Za-z]{3,}", bare)) < 2:
            continue
        assert words != english, f"{lang}: {english!r} is not translated"
        if lang in SCRIPTS:
            assert any(SCRIPTS[lang] in unicodedata.name(letter, "") for letter in words), f"{lang}: {words!r}"


@pytest.mark.parametrize("say", spoken().all(), ids=lambda say: say.lang)
def test_what_stands_on_a_button_fits_it(say: Tongue) -> None:
    for label in labels():
        told = string.Formatter().vformat(say(label), (), Blank())
        assert width(told) <= LONGEST_LABEL, f"{say.lang}: {label!r} is {width(told)} wide: {told!r}"


@pytest.mark.parametrize("say", spoken().all(), ids=lambda say: say.lang)
def test_telegram_takes_every_menu_and_description(say: Tongue) -> None:
    for command in menu(say, COMMANDS, for_operators=True):
        assert 3 <= len(command.description) <= 256
    assert len(say(DESCRIPTION)) <= 512
    assert len(say(SHORT_DESCRIPTION)) <= 120


def test_languages_that_run_from_right_to_left_say_so():
    assert {say.lang for say in spoken().all() if say.is_rtl} == RIGHT_TO_LEFT


def test_what_is_said_stands_in_the_code_as_it_is_said():
    """A literal, no f-string and nothing glued together: translators would never see it."""
    for file in code():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if _says(node):
                odd = [arg for arg in node.args[:1] if isinstance(arg, ast.JoinedStr | ast.BinOp | ast.IfExp)]
                assert not odd, f"{file.relative_to(CODE)}:{node.lineno} says what no translator can find"


def test_nothing_is_said_inside_an_f_string():
    """There it is found by some versions of Python only."""
    for file in code():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            inside = [said for said in ast.walk(node) if _says(said)] if isinstance(node, ast.JoinedStr) else []
            hidden = [said for said in inside if isinstance(said.args[0], ast.Constant)]
            assert not hidden, f"{file.relative_to(CODE)}:{node.lineno} says what no translator can find"


class Blank(dict[str, str]):
    """Every place filled with next to nothing."""

    def __missing__(self, key: str) -> str:
        return "9"


@cache
def labels() -> frozenset[str]:
    """What is said on buttons, as far as it stands where the button is made."""
    found = set()
    for file in code():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in LABELLED and node.args:
                found |= {
                    str(said.args[0].value)
                    for said in ast.walk(node.args[0])
                    if isinstance(said, ast.Call)
                    and _called(said) in {"say", "said"}
                    and said.args
                    and isinstance(said.args[0], ast.Constant)
                }
    return frozenset(found)


def code() -> list[Path]:
    return [file for floor in FLOORS for file in sorted((CODE / floor).rglob("*.py"))]


def _says(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and _called(node) in KEYWORDS and bool(node.args)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")
