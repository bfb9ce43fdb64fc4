"""Boxes of many makes. The pages are our own, in the manner of real ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from boxpages import THREE, URL, page, read, shown

from bot.news.model import Kind

DATA = Path(__file__).parent.parent / "data" / "boxes"
SEVEN = [
    ("12:15", "Morocco hailed as ‘important partner’ for Germany and EU in agriculture"),
    ("11:45", "Marrakech premieres film festival celebrating Moroccan heritage and memory"),
    ("11:15", "How NASA turned the Hubble telescope into an innovative UV camera cleaner"),
    ("10:45", "First monkeypox case detected in Azerbaijan as traveler tests positive"),
    ("10:15", "Sacred melodies: The hidden political power of spiritual songs across cultures"),
    ("09:44", "Palestinian Authority signals readiness for Gaza control as ceasefire deal advances"),
    ("09:10", "Historic reopening: First commercial vehicle crosses Morocco-Spain border after six years"),
]


def test_a_box_among_everything_that_surrounds_it_gives_exactly_its_headlines() -> None:
    listing = read((DATA / "seed-style.html").read_bytes())
    assert listing.kind is Kind.BOX
    assert shown(listing) == SEVEN
    assert listing.rows[0].url == "https://example.org/2026/11/morocco-germany"
    assert (listing.title, listing.lang) == ("Strengthening ties | The Example", "en")


def test_a_box_in_plain_text_gives_its_headlines_to_the_letter() -> None:
    listing = read((DATA / "seed-style.txt").read_bytes())
    assert shown(listing) == SEVEN
    assert len({row.id for row in listing.rows}) == 7
    assert listing.rows[0].url.startswith(f"{URL}#:~:text=Morocco%20hailed")


def test_the_seed_gives_its_seven_headlines(shared_data: Path) -> None:
    seed = shared_data.parent / "seed" / "article-with-latest-news-box.txt"
    assert shown(read(seed.read_bytes())) == SEVEN


@pytest.mark.parametrize(
    "row",
    [
        '<li><span class="time">{time}</span><a href="{href}">{title}</a></li>',
        '<li><a href="{href}"><span>{time}</span> {title}</a></li>',
        '<li><a href="{href}"><small>{time}</small> <span>{title}</span></a></li>',
        '<li><a href="{href}">{time}{title}</a></li>',
        '<li><a href="{href}">{time} – {title}</a></li>',
        '<li>{time} <a href="{href}">{title}</a></li>',
        '<li><a href="{href}">{title}</a> <em>{time}</em></li>',
        '<li><a href="{href}">{time}</a> <a href="{href}">{title}</a></li>',
        '<li><span>{time} <b>POLITICS</b></span><h3><a href="{href}">{title}</a></h3></li>',
        '<li><i>{time}</i> <a href="/politics">Politics</a> <a href="{href}">{title}</a></li>',
        '<li><a href="{href}"><div><p>{time} <strong>News</strong></p><h3>{title}</h3></div><img src="x.jpg"></a></li>',
        '<li><a href="{href}"><time>{time}</time><h4>{title}</h4><p>And a longer summary of the story</p></a></li>',
        '<li><a href="{href}"><time>{time}</time><div class="news-title">{title}</div></a><a href="#c">3</a></li>',
        '<li><a href="{href}">{time} <span>{title}</span></a></li>',
        '<li><div><div><time>{time}</time></div><div><div><a href="{href}">{title}</a></div></div></div></li>',
        '<li><span>{time}</span><a href="{href}" title="{title}"><img src="x.jpg"></a></li>',
    ],
)
def test_a_row_may_be_made_in_any_way(row: str) -> None:
    listing = read(page(row))
    assert shown(listing) == THREE
    assert [row.url for row in listing.rows] == [f"https://example.org/story-{number}" for number in range(3)]


@pytest.mark.parametrize(
    ("row", "around"),
    [
        ("<tr><td>{time}</td><td><a href='{href}'>{title}</a></td></tr>", "<table>{}</table>"),
        ("<dt>{time}</dt><dd><a href='{href}'>{title}</a></dd>", "<dl>{}</dl>"),
        ("<b>{time}</b> <a href='{href}'>{title}</a><br>", "<div>{}</div>"),
        ("<a href='{href}'>{title}</a> <i>{time}</i><br>", "<div>{}</div>"),
        ("{time} <a href='{href}'>{title}</a><br>", "<div>{}</div>"),
        ("<a href='{href}'><b>{title}</b></a> {time}<br>", "<p>{}</p>"),
        ("<div><div><time>{time}</time><a href='{href}'>{title}</a></div></div>", "<section>{}</section>"),
        ("<a href='{href}'><time>{time}</time><p>{title}</p></a>", "<main><div>{}</div></main>"),
    ],
)
def test_a_list_may_be_made_in_any_way(row: str, around: str) -> None:
    assert shown(read(page(row, around))) == THREE


@pytest.mark.parametrize(
    "times",
    [
        ("12h15", "11h45", "23h50"),
        ("12.15", "11.45", "23.50"),
        ("12:15 Uhr", "11:45 Uhr", "23:50 Uhr"),
        ("12 h 15", "11 h 45", "23 h 50"),
        ("12H15", "11H45", "23H50"),
        ("12:15 PM", "11:45 AM", "11:50 PM"),
        ("12:15 p.m.", "11:45 a.m.", "11:50 p.m."),
        ("12:15 p. m.", "11:45 a. m.", "11:50 p. m."),
        ("12.15 pm", "11.45 am", "11.50 pm"),
        ("kl. 12.15", "kl. 11.45", "kl. 23.50"),
        ("12時15分", "11時45分", "23時50分"),
        ("오후 12:15", "오전 11:45", "오후 11:50"),
        ("12:15 | 23 Nov", "11:45 | 23 Nov", "23:50 | 22 Nov"),
        ("23 Nov 2026 at 12:15", "23 Nov 2026 at 11:45", "22 Nov 2026 at 23:50"),
        ("[12:15]", "[11:45]", "[23:50]"),
        ("(12:15)", "(11:45)", "(23:50)"),
        ("12:15:40", "11:45:09", "23:50:31"),
        ("١٢:١٥", "١١:٤٥", "٢٣:٥٠"),
        ("۱۲:۱۵", "۱۱:۴۵", "۲۳:۵۰"),
        ("12:15 GMT", "11:45 GMT", "23:50 GMT"),
        ("23.11. 12:15", "23.11. 11:45", "22.11. 23:50"),
        ("Today 12:15", "Today 11:45", "Yesterday 23:50"),
        ("2026-11-23 12:15", "2026-11-23 11:45", "2026-11-22 23:50"),
    ],
)
def test_a_time_may_be_written_in_any_way(times: tuple[str, ...]) -> None:
    listing = read(page("<li><span>{time}</span> <a href='{href}'>{title}</a></li>", times=times))
    assert shown(listing) == THREE
    assert f"{listing.rows[2].published_at:%d}" == "22"


def test_rows_are_dated_in_the_sources_zone() -> None:
    fetched = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 15:00 in Tokyo
    listing = read(page("<li>{time} <a href='{href}'>{title}</a></li>"), fetched, "Asia/Tokyo")
    assert [f"{row.published_at:%d %H:%M}" for row in listing.rows] == ["23 03:15", "23 02:45", "22 14:50"]


SHOWN = (("23", "12:15"), ("23", "11:45"), ("22", "23:50"))


def machine_page(*said: tuple[str, str]) -> str:
    rows = (
        f"<li><time datetime='{machine}'>{human}</time> <a href='/{number}'>{THREE[number][1]}</a></li>"
        for number, (machine, human) in enumerate(said)
    )
    return f"<html><body><ul>{''.join(rows)}</ul></body></html>"


def test_a_machines_time_is_believed_over_the_zone() -> None:
    said = [(f"2026-11-{day}T{clock}:40+01:00", clock) for day, clock in SHOWN]
    listing = read(machine_page(*said), zone="Asia/Tokyo")
    assert [f"{row.published_at:%d %H:%M:%S}" for row in listing.rows] == ["23 11:15:40", "23 10:45:40", "22 22:50:40"]


def test_a_machines_time_stands_in_where_people_are_told_how_long_ago() -> None:
    listing = read(
        machine_page(
            ("2026-11-23T12:15:00Z", "15 minutes ago"),
            ("2026-11-23T11:45:00Z", "45 minutes ago"),
            ("2026-11-22T23:50:00Z", "yesterday"),
        )
    )
    assert shown(listing) == THREE


def test_a_page_that_shows_utc_until_its_script_runs_is_read_by_what_machines_are_told() -> None:
    said = [(f"2026-11-{day}T{clock}:00Z", clock) for day, clock in SHOWN]
    assert shown(read(machine_page(*said), zone="Europe/Berlin")) == THREE


def test_a_machines_time_without_a_zone_gives_the_day_to_the_clock_that_is_shown() -> None:
    listing = read(machine_page(*((f"2026-11-22T{time}", f"{time}pm") for time in ("11:55", "11:30", "07:03"))))
    assert [f"{row.published_at:%d %H:%M}" for row in listing.rows] == ["22 23:55", "22 23:30", "22 19:03"]


def test_a_machines_date_goes_with_the_clock_that_is_shown() -> None:
    listing = read(machine_page(("2026-11-21", "12:15"), ("2026-11-21", "11:45"), ("2026-11-20", "23:50")))
    assert [f"{row.published_at:%d %H:%M}" for row in listing.rows] == ["21 12:15", "21 11:45", "20 23:50"]


def test_the_day_of_a_row_may_be_told_by_the_row_as_a_whole() -> None:
    published = datetime(2026, 11, 20, 11, 15, 45, tzinfo=UTC)  # 12:15 in Paris, three days ago
    row = "<li data-published-at='{said}'><div><a href='{href}'><span>{time}</span> {title}</a></div></li>"
    html = page(row.replace("{said}", f"{published.timestamp():.0f}.55"), times=("12:15", "12:15", "11:45"))
    listing = read(html, zone="Europe/Paris")
    assert [f"{row.published_at:%d %H:%M}" for row in listing.rows] == ["20 11:15", "20 11:15", "20 10:45"]


def test_a_machines_time_of_something_else_in_the_row_is_not_taken() -> None:
    row = "<li data-date='2026-11-20T09:07:31Z'><div><a href='{href}'><span>{time}</span> {title}</a></div></li>"
    assert f"{read(page(row)).rows[0].published_at:%d %H:%M}" == "23 12:15"


def test_a_copy_of_the_box_for_telephones_adds_nothing() -> None:
    box = page("<li>{time} <a href='{href}'>{title}</a></li>", "<ul>{}</ul>")
    copy = box.replace("<body>", "<body><div class='mobile'>").replace("</body>", "</div></body>")
    both = box.removesuffix("</body></html>") + copy.removeprefix("<html><body>")
    assert shown(read(both)) == THREE


def test_the_rows_of_a_new_day_belong_to_the_box_below() -> None:
    row = "<li><span class='time'>{}</span> <a href='/{}'>{} in the long words of a headline</a></li>"
    today = row.format("00:35", 1, "First") + row.format("00:05", 2, "Second")
    before = "".join(row.format(f"23:{50 - number}", number, f"Number {number}") for number in range(3, 9))
    html = f"<html><body><ul><li>Today<ul>{today}</ul></li><li>Yesterday<ul>{before}</ul></li></ul></body></html>"
    listing = read(html, datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    assert [f"{row.published_at:%d %H:%M}" for row in listing.rows[:3]] == ["23 00:35", "23 00:05", "22 23:47"]
    assert len(listing.rows) == 8


def test_a_truncated_title_is_whole_where_the_link_has_it() -> None:
    row = "<li>{time} <a href='{href}' title='{title}'>Something else</a></li>"
    cut = page(row).replace("Something else", "Harbour reopens after…", 1)
    assert shown(read(cut))[0] == THREE[0]
