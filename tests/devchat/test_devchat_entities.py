"""The small Telegram reads HTML as Telegram's own server does: tdlib's cases, and what they leave out."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.devchat.entities import fixed, ordered
from bot.devchat.markup import parse_html
from bot.devchat.refusals import Refusal

TYPES = {
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "CustomEmoji": "custom_emoji",
    "PreCode": "pre",
}


def outcome(source: str) -> Any:
    try:
        text, entities = parse_html(source)
    except Refusal as refusal:
        return refusal.description.removeprefix("Bad Request: can't parse entities: ")
    return text, [shown(entity) for entity in ordered(entities) if entity["type"] != "date_time"]


def shown(entity: dict[str, Any]) -> tuple[Any, ...]:
    """An entity as tdlib's cases write it; they do not keep the language of code without a block."""
    extra = entity.get("url") or entity.get("custom_emoji_id")
    if entity["type"] == "pre":
        extra = entity.get("language")
    return entity["type"], entity["offset"], entity["length"], extra


def expected(case: dict[str, Any]) -> Any:
    if "error" in case:
        return case["error"]
    return case["text"], [
        (
            TYPES.get(entity["type"], entity["type"].lower()),
            entity["offset"],
            entity["length"],
            (re.findall(r"\((\d+)\)", entity["extra"]) or [entity["extra"].strip('"')])[0]
            if "extra" in entity
            else None,
        )
        for entity in case["entities"]
    ]


def test_html_is_read_as_in_every_case_of_telegrams_own_library(shared_data) -> None:
    kept = shared_data / "hostile" / "telegram_entities" / "td_message_entities.json"
    cases = json.loads(kept.read_text())["cases"]["check_parse_html"]
    differ = [
        (case["input"], expected(case), outcome(case["input"]))
        for case in cases
        if expected(case) != outcome(case["input"])
    ]
    assert len(cases) > 80
    assert differ == []


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<B>Bold</b>", "Bold", [("bold", 0, 4)]),
        ("  \n<b>a</b> \n ", "a", [("bold", 0, 1)]),
        ("<b> a </b>", " a", [("bold", 0, 2)]),
        ("<b><b>a</b>b</b>", "ab", [("bold", 0, 2)]),
        ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
        ("<b>a</b> <b>b</b>", "a b", [("bold", 0, 1), ("bold", 2, 1)]),
        ("<pre><b>a</b></pre>", "a", [("pre", 0, 1)]),
        ("<b><i>a</i></b>", "a", [("bold", 0, 1), ("italic", 0, 1)]),
        ("a\r\nb\tc", "a\nb c", []),
        ("😀<b>\r😀</b>", "😀😀", [("bold", 2, 2)]),
        ("<b>a</b><i>\r</i>", "a", [("bold", 0, 1)]),
        ('<a href="nowhere">a</a>', "a", []),
        ('<a href="javascript:alert(1)">a</a>', "a", []),
        ('<tg-time unix="1737000000" format="t">12:15</tg-time>', "12:15", [("date_time", 0, 5)]),
        ("&lt;b&gt;", "<b>", []),
        ("<b></b>", "", []),
    ],
)
def test_what_stands_in_the_chat_is_trimmed_and_its_entities_are_merged(source, text, entities) -> None:
    stands, found = fixed(*parse_html(source))
    assert (stands, [(entity["type"], entity["offset"], entity["length"]) for entity in found]) == (text, entities)


def test_the_hundred_first_entities_are_kept() -> None:
    _, entities = fixed(*parse_html("<b>a</b> " * 150))
    assert len(entities) == 100
    assert entities[-1]["offset"] == 198


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="q">a</tg-time>', "Invalid date format used"),
    ],
)
def test_complaints_are_telegrams_own(source, complaint) -> None:
    assert outcome(source) == complaint
