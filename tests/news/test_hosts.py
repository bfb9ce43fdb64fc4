"""Hosts whose letters look like others' are shown as what they are; honest names stand in their own letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.ingest.links import followable
from bot.news.hosts import ascii_host, is_deceptive, shown_host
from bot.news.identity import canonical_url


@pytest.mark.parametrize(
    "host",
    [
        "example.org", "bücher.de", "straße.de", "fóo.com", "новости.рф", "москва.com", "ελλάδα.gr",
        "例え.jp", "ニュース.jp", "한국.kr", "العربية.net", "חדשות.co.il", "ข่าว.th", "समाचार.भारत",
        "中国新闻.cn", "my_paper.example.org", "24.hu",
    ],
)  # fmt: skip
def test_honest_names_stand_in_their_own_letters(host: str) -> None:
    assert shown_host(ascii_host(host)) == host
    assert not is_deceptive(host)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("аpple.com", "xn--pple-43d.com"),  # Cyrillic а
        ("аррӏе.com", "xn--80ak6aa92e.com"),  # Cyrillic throughout
        ("αpple.gr", "xn--pple-zld.gr"),  # Greek α
        ("ɑpple.com", "xn--pple-p5b.com"),  # Latin, of the phonetic alphabet
        ("news日本.jp", "xn--news-j79hm9d.jp"),
        ("ꮪꮯ.com", "xn--tbek.com"),  # Cherokee
        ("bank.аррӏе.com", "bank.xn--80ak6aa92e.com"),
        ("XN--PPLE-43D.com", "xn--pple-43d.com"),
        ("xn--.com", "xn--.com"),
    ],
)
def test_a_name_that_could_pass_for_another_is_shown_as_it_is_looked_up(host: str, shown: str) -> None:
    assert shown_host(host) == shown
    assert is_deceptive(host)


@pytest.mark.parametrize(
    "host", ["", ".", "..", "a" * 400, "é" * 400, "\ud800", "xn--" + "9" * 300, "\u202e", "ª.com", "1.2.3.4", "::1"]
)
def test_what_is_no_name_is_shown_and_breaks_nothing(host: str) -> None:
    assert isinstance(shown_host(host), str)
    assert is_deceptive(host) in {True, False}


def test_letters_that_look_like_ours_never_stand_in_a_name(shared_data: Path) -> None:
    table = json.loads(
        next((shared_data / "hostile" / "confusables").rglob("confusables.json")).read_text(encoding="utf-8")
    )
    passed = []
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for other in (each["c"] for each in table.get(letter, [])):
            name = f"exam{other}ple.com"
            if (
                len(other) == 1
                and not other.isascii()
                and shown_host(name) not in {f"exam{letter}ple.com", ascii_host(name)}
            ):
                passed.append(other)
    assert passed == []


def test_a_link_names_its_host_as_it_is_looked_up() -> None:
    assert followable("https://bücher.example:8443/é?q=ü") == "https://xn--bcher-kva.example:8443/%C3%A9?q=%C3%BC"
    assert canonical_url("https://bücher.example/x") == canonical_url("https://xn--bcher-kva.example/x")
