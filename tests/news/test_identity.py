from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.identity import canonical_url, headline_id, short_id

STORY = "https://example.org/2026/11/story"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://example.org/2026/11/story",
        "HTTPS://WWW.Example.ORG/2026/11/story",
        "https://www.example.org./2026/11/story",
        "https://example.org:443/2026/11/story",
        "http://example.org:80/2026/11/story",
        "https://example.org/2026/11/story/",
        "https://example.org//2026/11/story",
        "https://example.org/2026/11/story/index.html",
        "https://example.org/2026/11/story#comments",
        "https://example.org/2026/11/%73tory",
        "https://reader:secret@example.org/2026/11/story",
        "https://example.org/2026/11/story;jsessionid=0A1B",
        " https://example.org/2026/11/story\n",
    ],
)
def test_one_address_has_many_spellings(spelling: str) -> None:
    assert canonical_url(spelling) == STORY


@pytest.mark.parametrize(
    "amp",
    [
        "https://amp.example.org/2026/11/story",
        "https://example.org/amp/2026/11/story",
        "https://example.org/2026/11/story/amp/",
        "https://example.org/2026/amp/11/story",
        "https://example.org/2026/11/story.amp",
        "https://example.org/2026/11/story?amp",
        "https://example.org/2026/11/story?amp=1",
        "https://example.org/2026/11/story?outputType=amp",
        "https://www.google.com/amp/s/www.example.org/2026/11/story/amp/",
        "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/2026/11/story",
        "https://example-org.cdn.ampproject.org/v/s/amp.example.org/2026/11/story?amp_js_v=0.1&amp_gsa=1&usqp=mq331",
    ],
)
def test_the_fast_copy_of_a_story_is_the_story(amp: str) -> None:
    assert canonical_url(amp) == STORY


@pytest.mark.parametrize(
    "tracking",
    [
        "utm_source=rss&utm_medium=feed&utm_campaign=x",
        "UTM_Source=rss",
        "fbclid=IwAR0",
        "gclid=x&gbraid=y&_ga=2.1",
        "at_medium=RSS&at_campaign=KARANGA",
        "xtor=RSS-3208",
        "mc_cid=1&mc_eid=2",
        "ns_mchannel=rss",
        "CMP=Share_iOSApp_Other",
        "cmpid=twitter",
        "smid=nytcore-ios-share",
        "ref=homepage",
        "ref_src=twsrc%5Etfw",
        "ICID=continue",
        "from=rss",
        "__twitter_impression=true",
        "traffic_source=rss",
        "_hsenc=p2&_hsmi=1",
        "mkt_tok=abc",
        "srsltid=1",
        "wt_mc=x",
        "mtm_campaign=x&pk_kwd=y",
        "igshid=1",
        "yclid=1",
        "guccounter=1",
    ],
)
def test_how_a_reader_came_does_not_matter(tracking: str) -> None:
    assert canonical_url(f"{STORY}?{tracking}") == STORY
    assert canonical_url(f"{STORY}?id=7&{tracking}") == canonical_url(f"{STORY}?id=7")


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("https://example.org/?b=2&a=1") == canonical_url("https://example.org/?a=1&b=2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/?1", "https://example.org/?2"),
        ("https://example.org/", "https://news.example.org/"),
        ("https://example.org/", "https://example.org:8080/"),
        ("https://example.org/?at=1", "https://example.org/?at=2"),
        ("https://example.org/?v=utm", "https://example.org/"),
        ("https://example.org/amplifier", "https://example.org/lifier"),
        ("https://www.com/a", "https://com/a"),
        ("ftp://example.org/a", "https://example.org/a"),
    ],
)
def test_different_addresses_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_names_beyond_ascii_are_one_name() -> None:
    assert canonical_url("https://café.example/é") == canonical_url("https://xn--caf-dma.example/%C3%A9")


@pytest.mark.parametrize(
    "broken", ["", "  ", "http://[x", "http://h:99999999/", "//", "javascript:alert(1)", "a\ud800b"]
)
def test_what_is_no_address_passes(broken: str) -> None:
    assert isinstance(canonical_url(broken), str)


ADDRESSES = st.from_regex(r"https?://[a-z.]{1,8}(:80)?/[a-z%0-9A-F/;.=]{0,12}(\?[a-z&=%0-9F]{0,12})?", fullmatch=True)


@given(st.text() | ADDRESSES)
def test_the_canonical_spelling_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_a_given_id_is_kept_where_it_fits() -> None:
    assert headline_id("https://example.org/a", "news:2026-1.7") == "news:2026-1.7"
    long = "tag:example.org,2026:" + "x" * 40
    assert headline_id("https://example.org/a", long) == short_id(long)
    assert headline_id("https://example.org/a", "no spaces") == short_id("no spaces")


def test_without_a_given_id_the_address_is_the_id() -> None:
    assert headline_id("http://www.example.org/a/?utm_source=x") == headline_id("https://example.org/a")
    assert headline_id("https://example.org/a") != headline_id("https://example.org/b")
