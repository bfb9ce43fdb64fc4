"""Lists of sources: what feed readers write is read, and what is written they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ingest.opml import Outline, SourceList, read_opml, write_opml
from bot.news.errors import NotParseable

SHARED = Path(__file__).parents[3] / "shared" / "data"


def listed(body: str) -> SourceList:
    return read_opml(f'<opml version="2.0"><body>{body}</body></opml>'.encode())


def test_the_outlines_around_a_source_are_its_folder() -> None:
    found = listed(
        '<outline text="World"><outline title="Africa" text="x"><outline text="A" xmlUrl="https://a.example/f"/>'
        '</outline><outline text="B" xmlUrl="https://b.example/f"/></outline>'
        '<outline text="C" url="https://c.example/"/>'
    )
    assert found.outlines == (
        Outline("A", "https://a.example/f", folder="World/Africa"),
        Outline("B", "https://b.example/f", folder="World"),
        Outline("C", "https://c.example/", is_feed=False),
    )


def test_a_category_is_the_folder_where_there_are_no_folders() -> None:
    [one] = listed('<outline text="A" XMLURL="https://a.example/f" category="/World/Africa,/Other"/>').outlines
    assert one.folder == "World/Africa"


def test_an_address_that_is_none_of_the_web_is_set_apart() -> None:
    found = listed('<outline text="x" xmlUrl="javascript:alert(1)"/><outline text="A" xmlUrl="https://a.example/f"/>')
    assert [one.url for one in found.outlines] == ["https://a.example/f"]
    assert [one.url for one in found.odd] == ["javascript:alert(1)"]


def test_what_is_written_is_read_again_folder_by_folder() -> None:
    outlines = (
        Outline("A & B", "https://a.example/f?x=1&y=2", folder="World/Africa"),
        Outline("Plain", "https://p.example/f"),
        Outline("C", "https://c.example/", is_feed=False, folder="World"),
    )
    again = read_opml(write_opml(outlines).encode())
    assert set(again.outlines) == set(outlines)
    assert again.odd == ()


def test_a_folder_stands_there_once_however_its_sources_are_mixed() -> None:
    outlines = [Outline(str(number), f"https://a.example/{number}", folder="AB"[number % 2]) for number in range(6)]
    assert write_opml(outlines).count('text="A"') == 1


def test_a_thousand_folders_in_folders_are_three() -> None:
    deep = '<outline text="f">' * 200 + '<outline text="A" xmlUrl="https://a.example/f"/>' + "</outline>" * 200
    [one] = listed(deep).outlines
    assert one.folder == "f/f/f"


@pytest.mark.parametrize("text", ["", "no list", "<rss/>", "<opml", "<opml><body><outline text='x'/></body></opml>"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(NotParseable, match="no OPML"):
        read_opml(text.encode())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real lists are not here")
def test_real_lists_are_read_or_refused_in_a_sentence() -> None:
    read = 0
    for file in SHARED.rglob("*.opml"):
        try:
            found = read_opml(file.read_bytes())
        except NotParseable:
            continue
        read += 1
        assert set(found.outlines) <= set(read_opml(write_opml(found.outlines).encode()).outlines)
    assert read >= 1
