"""What a server sends: told apart, and decoded whatever it claims to be."""

from __future__ import annotations

import pytest

from bot.ingest.bodies import decode, is_listing, is_markup, not_text

TEXTS = {
    "utf-8": "Le pont sera réparé bientôt, dit « la mairie »",
    "cp1252": "Le pont sera réparé bientôt — dit-on",
    "windows-1256": "قال العمدة إن الجسر سيصلح",
    "koi8-r": "Мост починят до зимы",
    "shift_jis": "橋は冬の前に直される",
    "iso-2022-jp": "橋は冬の前に直される",
    "gb18030": "这座桥将在冬天前修好",
    "utf-16": "Le pont sera réparé",
    "utf-8-sig": "Le pont sera réparé",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_text_is_read_in_the_encoding_that_the_server_names(encoding: str) -> None:
    assert decode(TEXTS[encoding].encode(encoding), encoding) == TEXTS[encoding]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("cp1252", "iso-8859-1"), ("koi8-r", "koi8-r"), ("gb18030", "gb2312"), ("shift_jis", "Shift_JIS")],
)
def test_a_page_may_name_its_encoding_itself(encoding: str, declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body>{TEXTS[encoding]}</body></html>'
    assert decode(page.encode(encoding)) == page


def test_a_server_that_names_a_wrong_encoding_is_not_believed() -> None:
    assert decode(TEXTS["utf-8"].encode(), "iso-8859-1") == TEXTS["utf-8"]


def test_one_broken_letter_does_not_spoil_a_page() -> None:
    broken = TEXTS["utf-8"].encode() + b"\xff."
    assert decode(broken, "utf-8").startswith(TEXTS["utf-8"])


@pytest.mark.parametrize(
    "name", ["punycode", "hex", "unicode_escape", "idna", "no-such", "utf-7", "\0", "x" * 1000, ""]
)
def test_names_that_are_no_encodings_of_the_web_are_passed_over(name: str) -> None:
    assert decode(b"caf\xe9", name) == "café"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"%PDF-1.7", "a PDF file"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a picture"),
        (b"PK\x03\x04", "an archive or office file"),
        (bytes(9), "a binary file"),
        (b"<html>\0" + b"a page with a stray mark in it " * 3, ""),
        ("Plain text".encode("utf-16"), ""),
        (b"", ""),
    ],
)
def test_what_is_no_text_is_known_by_its_first_bytes(body: bytes, what: str) -> None:
    assert str(not_text(body) or "") == what


@pytest.mark.parametrize(
    ("text", "markup", "listing"),
    [
        ("<!DOCTYPE html><html>", True, False),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', True, False),
        ('<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0">', False, True),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", False, True),
        ("A title\n\nA paragraph where 3 < 4 and <name> stands for you.", False, False),
    ],
)
def test_pages_feeds_and_plain_texts_are_told_apart(text: str, markup: bool, listing: bool) -> None:
    assert (is_markup(text), is_listing(text)) == (markup, listing)
