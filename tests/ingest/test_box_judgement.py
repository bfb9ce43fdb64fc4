"""What is a latest-news box and what only looks like one; boxes that a source points to; pages that mean harm."""

from __future__ import annotations

import pytest
from boxpages import THREE, page, read, shown

from bot.news.errors import NotParseable
from bot.news.model import Selectors


def rows_of(*rows: str) -> str:
    return f"<html><body><ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul></body></html>"


def five(row: str) -> list[str]:
    """Five rows that run as times of day do; {n} counts them, {hour} runs back and {later} forth."""
    return [row.format(n=n, hour=14 - n, later=17 + n) for n in range(5)]


@pytest.mark.parametrize(
    "decoy",
    [
        pytest.param(five("<a href='/{n}'>Section number {n} of the menu</a>"), id="menu"),
        pytest.param(five("<a href='/{n}'>Home team {n} against the guests</a> {hour}:{n}"), id="scores"),
        pytest.param(five("{later}:45 <a href='/{n}'>Home team {n} against the guests</a>"), id="matches"),
        pytest.param(five("20:45 <a href='/{n}'>Home team {n} against the guests</a>"), id="matches at one hour"),
        pytest.param(five("{hour}:00–18:00 <a href='/{n}'>Our branch number {n} in the town</a>"), id="opening hours"),
        pytest.param(five("{later}:15 <a href='/{n}'>Film of the evening, part {n}</a>"), id="programme"),
        pytest.param(five("<a href='/{n}'>{hour}.11 Report of the weekly meeting</a>"), id="dates"),
        pytest.param(five("<a href='/{n}'>Coffee from the highlands, ground</a> {hour}.50 €"), id="prices"),
        pytest.param(five("<a href='/user{n}'>Reader {n}</a> {hour}:50 I agree."), id="comments"),
        pytest.param(
            five("<div class='comment'><a href='/u'>R{n}</a> <i>{hour}:50</i><p>I agree with point {n}</p></div>"),
            id="comments on lines of their own",
        ),
        pytest.param(five("<a href='/forum/{n}'>On the harbour and its longest storm</a> {hour}:50"), id="forum"),
        pytest.param(five("<a href='/{n}'><b class='duration'>0{n}:10</b> A film of some length</a>"), id="videos"),
        pytest.param(five("<a href='/same'>Subscribe to our newsletter now</a> {hour}:50"), id="one link"),
        pytest.param(five("{hour}:50 <a href='#top'>Back to the top of this long page</a>"), id="no page"),
        pytest.param(
            [f"{t} <a href='/{t}'>The most read story of the week</a>" for t in ("08:12", "17:40", "06:05", "21:30")],
            id="most read",
        ),
    ],
)
def test_other_lists_are_no_headlines(decoy: list[str]) -> None:
    with pytest.raises(NotParseable):
        read(rows_of(*decoy))


def test_a_source_may_say_where_its_rows_are() -> None:
    decoys = "".join(five("<p>{hour}:00 <a href='/no{n}'>A list that would be taken otherwise</a></p>"))
    links = "<a href='/no'>A much longer link, but for something else</a> <a class='t' href='{href}'>{title}</a>"
    box = f"<div class='r'><i>18:00</i><b>{{time}}</b> {links}</div>"
    html = page(box, "<section>{}</section>").replace("<body>", f"<body>{decoys}")
    assert shown(read(html, selectors=Selectors("div.r", "b", "a.t"))) == THREE


def test_selectors_that_are_no_css_are_a_sentence() -> None:
    html = page("<li>{time} <a href='{href}'>{title}</a></li>")
    for selectors in (Selectors("div["), Selectors("li", "::x"), Selectors("li", "", "a[")):
        with pytest.raises(NotParseable, match="selectors"):
            read(html, selectors=selectors)


def test_selectors_that_find_nothing_are_done_without_and_that_is_said() -> None:
    listing = read(page("<li>{time} <a href='{href}'>{title}</a></li>"), selectors=Selectors("div.no-such-row"))
    assert shown(listing) == THREE
    assert listing.found is not None
    assert listing.found.why[0] == "the source's selector div.no-such-row finds no row any more"


def test_a_row_without_what_the_selectors_ask_for_is_no_row() -> None:
    html = page("<li><b>{time}</b> <a class='t' href='{href}'>{title}</a></li>")
    html = html.replace("<ul>", "<ul><li><b>12:20</b> <a href='/ad'>Subscribe to our newsletter now</a></li>")
    assert shown(read(html, selectors=Selectors("li", "b", "a.t"))) == THREE


@pytest.mark.parametrize(
    "hostile",
    [
        "<html><body>" + "<div>" * 100_000,
        "<html><body>" + "<b>12:15</b>" * 5_000,
        "<html><body>" + "".join(f"<b>12:15</b><a href='/{n}'>Harbour reopens today</a>" for n in range(2_000)),
        "<html><body><a href='/x'>" + "<span></span>" * 10_000 + "12:15 Harbour reopens</a>",
        "<html><base href='http://[x'><body>" + "<p>12:15 <a href='http://[x'>Harbour reopens today</a>" * 5,
        "12:15\n" * 100_000,
        "\0<html>12:15",
        "<html>",
        "<!doctype html>",
    ],
    ids=map(str, range(9)),
)
@pytest.mark.timeout(20)
def test_hostile_pages_are_survived(hostile: str) -> None:
    with pytest.raises(NotParseable):
        read(hostile)
