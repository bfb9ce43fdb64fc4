"""Boxes in the structures of many sites' pages, among the decoys beside them there. The pages are our own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from boxpages import read, shown

FILE = Path(__file__).parent.parent / "data" / "boxes" / "structures.toml"
STRUCTURES: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
TITLES = (
    "Harbour reopens after the longest storm of the autumn",
    "Parliament passes the budget with a narrow majority",
    "Two villages cut off by snow are reached at last",
    "Ferry line to the islands ends after forty years",
    "Hospital opens its new wing for children in spring",
    "Museum shows letters that were thought to be lost",
)
TIMES = ("12:15", "12:02", "11:45", "10:58", "09:05", "23:50")
MOST_READ = ("08:12", "17:40", "06:05", "21:30", "11:11", "05:20")


def day(clock: str) -> int:
    """The last row is a day older."""
    return 22 if clock == TIMES[-1] else 23


def spelled(structure: dict[str, Any], clock: str) -> str:
    hour, minute = map(int, clock.split(":"))
    half = "AM" if hour < 12 else "PM"
    hour = (hour % 12 or 12) if structure.get("hours") == 12 else hour
    text = structure.get("times", "{h:02}:{m:02}").format(h=hour, m=minute, d=day(clock), half=half)
    return text.translate(dict(zip(map(ord, "0123456789"), structure.get("digits", "0123456789"), strict=True)))


def page(structure: dict[str, Any]) -> str:
    rows = [
        structure["row"].format(
            time=spelled(structure, clock),
            title=title,
            href=f"/2026/story-{n}.html",
            n=n,
            iso=f"2026-11-{day(clock)}T{clock}:00Z",
        )
        for n, (clock, title) in enumerate(zip(TIMES, TITLES, strict=True))
    ]
    decoys = [structure.get("decoy", "").format(n=n, most_read=clock) for n, clock in enumerate(MOST_READ)]
    return around(structure["box"].format(rows="".join(rows), decoys="".join(decoys)))


def around(box: str) -> str:
    """A page as articles have it: a menu, a story with times among its words, the box, a footer."""
    menu = "".join(f"<li><a href='/s{n}'>Section number {n}</a></li>" for n in range(8))
    words = "<p>The harbour was closed at 9:30 and <a href='/h'>opened again in the evening of that day</a>.</p>"
    story = f"<h1>A long story</h1><time datetime='2026-11-23T10:00:00Z'>23 November 2026, 10:00</time>{words * 3}"
    body = f"<nav><ul>{menu}</ul></nav><article>{story}</article><aside>{box}</aside><footer>Call from 08:00.</footer>"
    return f"<html lang='en'><head><title>News</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_box_of_any_structure_gives_just_its_headlines_in_order(name: str) -> None:
    listing = read(page(STRUCTURES[name]))
    assert shown(listing) == list(zip(TIMES, TITLES, strict=True))
    assert [row.url for row in listing.rows] == [f"https://example.org/2026/story-{n}.html" for n in range(6)]
    assert [f"{row.published_at:%d}" for row in listing.rows] == ["23"] * 5 + ["22"]


@pytest.mark.parametrize("name", [name for name in STRUCTURES if "telephones before" not in name])
def test_the_selectors_that_are_offered_find_the_same_rows(name: str) -> None:
    html = page(STRUCTURES[name])
    found = read(html).found
    assert found is not None
    assert found.selectors is not None
    assert read(html, selectors=found.selectors).rows == read(html).rows


@pytest.mark.parametrize("parting", ["<h4>{}</h4><ul>{}</ul>", "<div class='day'><b>{}</b><ul>{}</ul></div>"])
def test_rows_that_stand_below_their_days_are_of_these_days(parting: str) -> None:
    line = "<li><div class='time'>{}</div><a href='/{}'>{}</a></li>"
    lines = [line.format(clock, n, title) for n, (clock, title) in enumerate(zip(TIMES, TITLES, strict=True))]
    box = parting.format("Monday, 23 November", "".join(lines[:5])) + parting.format("22 November", lines[5])
    listing = read(around(f"<section><h3>Лента новостей</h3>{box}</section>"))
    assert shown(listing) == list(zip(TIMES, TITLES, strict=True))
    assert f"{listing.rows[5].published_at:%d}" == "22"


def test_days_may_stand_among_the_rows_of_the_list() -> None:
    line = "<li><i>{}</i> <a href='/{}'>{}</a></li>"
    lines = [line.format(clock, n, title) for n, (clock, title) in enumerate(zip(TIMES, TITLES, strict=True))]
    listing = read(around(f"<ul><li>Today</li>{''.join(lines[:5])}<li>Sunday, 22 November</li>{lines[5]}</ul>"))
    assert shown(listing) == list(zip(TIMES, TITLES, strict=True))


def test_rows_that_lead_to_places_of_one_page_are_headlines_of_their_own() -> None:
    line = "<li><b>{}</b> <a href='/live/#item-{}'>{}</a></li>"
    lines = [line.format(clock, n, title) for n, (clock, title) in enumerate(zip(TIMES, TITLES, strict=True))]
    listing = read(around(f"<ul>{''.join(lines)}</ul>"))
    assert shown(listing) == list(zip(TIMES, TITLES, strict=True))
    assert len({row.id for row in listing.rows}) == 6


def test_a_row_without_a_link_does_not_take_the_link_of_its_neighbour() -> None:
    rows = "".join(f"<li><b>12:1{n}</b> <p>A flash of news in words alone, number {n}</p></li>" for n in (9, 8))
    line = "<li><b>{}</b> <a href='/{}'>{}</a></li>"
    lines = [line.format(clock, n, title) for n, (clock, title) in enumerate(zip(TIMES, TITLES, strict=True))]
    assert shown(read(around(f"<ul>{rows}{''.join(lines)}</ul>"))) == list(zip(TIMES, TITLES, strict=True))
