"""Links of articles lead where they say, and only into the web."""

from __future__ import annotations

import pytest

from bot.delivery.render.honest import spelled
from bot.delivery.render.runs import Ink, html_of, runs_of
from bot.news.article import Mark, MarkKind


def linked(words: str, url: str) -> str:
    """A text whose middle leads somewhere, as HTML."""
    text = f"See {words}, please."
    runs = runs_of(text, [Mark(MarkKind.LINK, 4, 4 + len(words), url)])
    return html_of(runs, Ink(50, 5000))


@pytest.mark.parametrize(
    "words",
    [
        "the report",
        "bank.example",
        "www.bank.example",
        "https://bank.example/account",
        "help.bank.example",
        "Bank.Example",
    ],
)
def test_a_link_that_names_its_own_host_or_none_stands_as_it_is(words):
    assert (
        linked(words, "https://bank.example/login") == f'See <a href="https://bank.example/login">{words}</a>, please.'
    )


@pytest.mark.parametrize(
    ("words", "url", "host"),
    [
        ("bank.example", "https://thief.example/login", "thief.example"),
        ("https://bank.example/login", "https://bank.example.thief.net/login", "bank.example.thief.net"),
        ("bank.example", "https://bank.example@thief.example/", "thief.example"),
        ("your bank (www.bank.example)", "http://192.0.2.7/", "192.0.2.7"),
        ("b\u200bank.example", "https://thief.example/", "thief.example"),
        ("ｂａｎｋ．ｅｘａｍｐｌｅ", "https://thief.example/", "thief.example"),
        ("аpple.example", "https://apple.example/", "apple.example"),
        ("apple.example", "https://аpple.example/", "xn--pple-43d.example"),
    ],
)
def test_a_link_that_names_another_host_is_followed_by_the_one_that_it_leads_to(words, url, host):
    assert f"</a> ({host}), please." in linked(words, url)


def test_a_host_is_the_same_in_its_own_letters_and_in_ascii():
    assert linked("münchen.example", "https://xn--mnchen-3ya.example/").endswith("münchen.example</a>, please.")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "tg://user?id=1",
            "file:///etc/passwd",
            "mailto:a@b.example",
            "/a",
            "",
        ),
        *("http://localhost/", "https://[::1", "https://x.example:0/", "https://x.example:99999/", "https:///a"),
        *("https://x.example/\u202egpj", "https://x.example/a b", "https://x.example/\0", "https://x..example/"),
        "https://x.example/" + "a" * 3000,
    ],
)
def test_what_is_no_link_of_the_web_is_told_without_one(url):
    assert linked("the report", url) == "See the report, please."


def test_an_address_is_spelled_as_every_server_takes_it():
    assert spelled("https://user:secret@BÜCHER.example:8443/ä/?q=é%20&x=1#ü") == (
        "https://xn--bcher-kva.example:8443/%C3%A4/?q=%C3%A9%20&x=1#%C3%BC"
    )


def test_marks_survive_the_cleaning_of_their_text():
    text = "A\u200b  bold\u202e   and\n\n an   italic  word ."
    bold, italic = text.index("bold"), text.index("italic")
    runs = runs_of(text, [Mark(MarkKind.BOLD, bold, bold + 4), Mark(MarkKind.ITALIC, italic - 3, italic + 6)])

    assert html_of(runs, Ink(50, 5000)) == "A <b>bold</b> and an<i> italic</i> word ."


def test_what_there_is_no_ink_for_is_told_without_its_mark():
    runs = runs_of("one two", [Mark(MarkKind.LINK, 0, 3, "https://x.example/a"), Mark(MarkKind.BOLD, 4, 7)])

    assert html_of(runs, Ink(2, 5)) == "one <b>two</b>"
    assert html_of(runs, Ink(0, 5000)) == "one two"
