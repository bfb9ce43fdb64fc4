"""The stream: what is news, what waits until it is done, and what other programs write into it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.news.identity import headline_id
from bot.news.model import Headline
from bot.store.database import Database
from bot.store.headlines import Added, Headlines, Keep

URL = "https://example.com/news/fed"


def fed(now: datetime, **changes: object) -> Headline:
    known = Headline(headline_id(URL), "Fed holds", URL, "wire", now - timedelta(minutes=1), now)
    return replace(known, **changes)


async def write(database: Database, **fields: object) -> str:
    """What another program does."""
    return await database.call("XADD", "news:latest", "*", *[part for pair in fields.items() for part in pair])


async def rejected(database: Database) -> list[dict[str, str]]:
    return [fields for _, fields in await database.call("XRANGE", "news:rejected", "-", "+")]


async def test_a_headline_is_new_once_however_often_it_is_seen(headlines, clock):
    assert await headlines.add(fed(clock.now()), clock.now()) is Added.NEW
    clock.tick(hours=1)
    assert await headlines.add(fed(clock.now()), clock.now()) is Added.KNOWN
    assert (await headlines.stats()).length == 1


async def test_what_was_added_comes_back_as_it_was(headlines, clock):
    whole = fed(clock.now(), summary="Rates stay.", text="One.\n\nTwo.", lang="en", backlog=True)
    await headlines.add(whole, clock.now())
    assert await headlines.get([whole.id, "nobody"]) == {whole.id: whole}
    assert await headlines.newest(5) == [whole]
    [claimed] = await headlines.claim("a", 10, clock.now())
    assert claimed.headline == whole


async def test_an_alert_does_not_carry_what_it_does_not_show(headlines, clock):
    whole = fed(clock.now(), summary="Rates stay.", text="One.\n\nTwo.")
    await headlines.add(whole, clock.now())
    assert await headlines.for_alerts(["nobody", whole.id]) == {whole.id: replace(whole, summary="", text="")}


async def test_a_changed_title_is_a_correction_of_the_same_headline(headlines, clock):
    await headlines.add(fed(clock.now()), clock.now())
    assert await headlines.add(fed(clock.now(), title="Fed holds rates"), clock.now()) is Added.CORRECTED
    first, second = await headlines.claim("a", 10, clock.now())
    assert (first.corrected, second.corrected) == (False, True)
    assert second.headline.title == "Fed holds rates"
    assert [headline.title for headline in await headlines.newest(5)] == ["Fed holds rates"]


async def test_a_source_that_cannot_decide_between_two_titles_is_no_news(headlines, clock):
    await headlines.add(fed(clock.now()), clock.now())
    await headlines.add(fed(clock.now(), title="Fed holds rates"), clock.now())
    assert await headlines.add(fed(clock.now()), clock.now()) is Added.KNOWN


async def test_a_source_that_changes_a_title_for_ever_is_heard_ten_times(headlines, clock):
    titles = [f"Live: update {number}" for number in range(30)]
    added = [await headlines.add(fed(clock.now(), title=title), clock.now()) for title in titles]
    assert added.count(Added.CORRECTED) == 9


async def test_another_source_with_the_same_link_and_another_title_is_no_correction(headlines, clock):
    await headlines.add(fed(clock.now()), clock.now())
    assert await headlines.add(fed(clock.now(), source="other", title="FED HOLDS!"), clock.now()) is Added.KNOWN


async def test_a_headline_older_than_the_stream_keeps_is_stale(headlines, clock):
    old = fed(clock.now(), published_at=clock.now() - timedelta(days=8))
    assert await headlines.add(old, clock.now()) is Added.STALE
    assert await headlines.get([old.id]) == {}


async def test_a_claimed_headline_comes_again_until_it_is_done(headlines, clock):
    await headlines.add(fed(clock.now()), clock.now())
    first = await headlines.claim("a", 10, clock.now())
    again = await headlines.claim("a", 10, clock.now())
    assert first == again
    assert (await headlines.stats()).pending == 1
    await headlines.done([news.entry for news in again])
    assert await headlines.claim("a", 10, clock.now()) == []
    assert (await headlines.stats()).pending == 0


async def test_a_correction_that_was_not_done_comes_again_as_a_correction(headlines, clock):
    await headlines.add(fed(clock.now()), clock.now())
    await headlines.done([news.entry for news in await headlines.claim("a", 10, clock.now())])
    await headlines.add(fed(clock.now(), title="Fed holds rates"), clock.now())
    first = await headlines.claim("a", 10, clock.now())
    assert [news.corrected for news in first] == [True]
    assert await headlines.claim("a", 10, clock.now()) == first


async def test_two_consumers_share_the_stream_and_never_an_entry(headlines, clock):
    for number in range(4):
        url = f"{URL}/{number}"
        await headlines.add(fed(clock.now(), id=headline_id(url), url=url), clock.now())
    one = await headlines.claim("a", 2, clock.now())
    other = await headlines.claim("b", 2, clock.now())
    assert len({news.entry for news in one + other}) == 4


async def test_what_a_dead_consumer_held_is_taken_over(headlines, database, clock):
    await headlines.add(fed(clock.now()), clock.now())
    [news] = await headlines.claim("dead", 10, clock.now())
    assert await headlines.claim("alive", 10, clock.now()) == []
    await database.call("XCLAIM", "news:latest", "alerter", "dead", 0, news.entry, "IDLE", 61_000)
    assert await headlines.claim("alive", 10, clock.now()) == [news]


async def test_any_program_may_write_a_headline_with_a_title_and_a_url(headlines, database, clock):
    await write(database, title="Fed  holds\n", url=URL)
    [news] = await headlines.claim("a", 10, clock.now())
    assert (news.headline.title, news.headline.id) == ("Fed holds", headline_id(URL))
    assert news.headline.source == "example.com"
    assert news.headline.published_at <= clock.now()
    assert await headlines.newest(1) == [news.headline]
    assert await headlines.claim("a", 10, clock.now()) == [news]


async def test_what_another_program_repeats_is_no_news(headlines, database, clock):
    await write(database, title="Fed holds", url=URL)
    await headlines.done([news.entry for news in await headlines.claim("a", 10, clock.now())])
    await write(database, title="Fed holds", url=URL)
    assert await headlines.claim("a", 10, clock.now()) == []
    assert (await headlines.stats()).pending == 0


async def test_another_programs_changed_title_is_a_correction(headlines, database, clock):
    await write(database, title="Fed holds", url=URL, source="Reuters")
    await write(database, title="Fed holds rates", url=URL, source="reuters")
    claimed = await headlines.claim("a", 10, clock.now())
    assert [(news.corrected, news.headline.title) for news in claimed] == [
        (False, "Fed holds"),
        (True, "Fed holds rates"),
    ]


async def test_a_correction_overtaken_by_a_later_one_is_passed_over(headlines, database, clock):
    for title in ("One", "Two", "Three"):
        await write(database, title=title, url=URL, source="wire")
    await headlines.claim("a", 10, clock.now())
    again = await headlines.claim("a", 10, clock.now())
    assert [news.headline.title for news in again] == ["Three", "Three"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"url": URL}, "title is missing."),
        ({"title": " \u200b\x00 ", "url": URL}, "title is missing."),
        ({"title": "Fed"}, "url is missing."),
        ({"title": "Fed", "url": "javascript:alert(1)"}, "url is no address that begins with http:// or https://."),
        ({"title": "Fed", "url": "https:///x"}, "url is no address that begins with http:// or https://."),
        ({"title": "Fed", "url": "http://[x"}, "url is no address that begins with http:// or https://."),
        ({"title": "Fed", "url": "http://a/ b"}, "url is no address that begins with http:// or https://."),
        ({"title": "Fed", "url": "http://a:99999/"}, "url is no address that begins with http:// or https://."),
        ({"title": "Fed", "url": b"http://a/\xff\xfe"}, "url is no address that begins with http:// or https://."),
        ({"title": "Fed", "url": "http://a/" + "b" * 2000}, "url is no address that begins with http:// or https://."),
        (
            {"title": "Fed", "url": URL, "published_at": "yesterday"},
            "published_at must be epoch milliseconds; it is 'yesterday'.",
        ),
        (
            {"title": "Fed", "url": URL, "published_at": "1763900000"},
            "published_at must be epoch milliseconds; it is '1763900000'.",
        ),
        ({"title": "Fed", "url": URL, "published_at": "1000000000000"}, "published_at is more than 7 days back."),
    ],
)
async def test_a_malformed_entry_is_set_aside_with_the_reason(headlines, database, clock, fields, reason):
    entry = await write(database, **fields)
    await write(database, title="Good", url=URL + "/good")
    assert [news.headline.title for news in await headlines.claim("a", 1, clock.now())] == ["Good"]
    [aside] = await rejected(database)
    assert (aside["entry"], aside["reason"]) == (entry, reason)
    assert (await headlines.stats()).pending == 1
    assert (await headlines.stats()).rejected == 1


async def test_a_malformed_entry_is_set_aside_once_though_it_is_brought_again(headlines, database, clock):
    entry = await write(database, title="no link")
    await headlines.claim("a", 10, clock.now())
    await database.call("XCLAIM", "news:latest", "alerter", "a", 0, entry, "FORCE")
    await headlines.claim("a", 10, clock.now())
    assert len(await rejected(database)) == 1


@pytest.mark.parametrize("trips", range(6))
async def test_a_claim_that_was_cut_short_gives_the_same_news_the_next_time(fused, clock, trips):
    headlines = Headlines(fused)
    await headlines.add(fed(clock.now()), clock.now())
    await write(fused, title="no link")
    await write(fused, title="Fed holds", url=URL, source="wire")
    await write(fused, title="From elsewhere", url=URL + "/elsewhere")
    await headlines.add(fed(clock.now(), title="Fed holds rates"), clock.now())
    fused.left = trips
    with suppress(fused.cut):
        await headlines.claim("a", 10, clock.now())
    fused.left = 10**9
    claimed = await headlines.claim("a", 10, clock.now())
    told = [(news.headline.url, news.corrected) for news in claimed]
    assert told == [(URL, False), (URL + "/elsewhere", False), (URL, True)]
    assert len(await rejected(fused)) == 1
    assert (await headlines.stats()).pending == 3


async def test_bytes_that_are_no_text_do_not_jam_the_stream(headlines, database, clock):
    await write(database, title=b"Caf\xe9 opens", url=URL, summary=b"\xff\xfe")
    [news] = await headlines.claim("a", 10, clock.now())
    assert news.headline.title == "Caf\ufffd opens"


async def test_huge_and_strange_fields_are_cut_to_size(headlines, database, clock):
    await write(
        database,
        title="T" * 100_000,
        url=URL,
        summary="s " * 100_000,
        text="word " * 100_000 + "\n\n\x00",
        lang="en-GB",
        id="not an id \x00",
        source="Le  Monde (Afrique)!",
        published_at="3999999999999",
        other="x",
    )
    [news] = await headlines.claim("a", 10, clock.now())
    headline = news.headline
    assert len(headline.title) <= 300
    assert len(headline.summary) <= 1000
    assert len(headline.text) <= 200_000
    assert (headline.lang, headline.source) == ("en", "le-monde-afrique")
    assert headline.published_at == clock.now()
    assert headline.id == headline_id(URL, "not an id \x00")


async def test_an_entry_that_waited_longer_than_the_stream_keeps_is_news_still(headlines, database, clock):
    entry = await write(database, title="Fed holds", url=URL)
    later = clock.now() + timedelta(days=30)
    assert [news.entry for news in await headlines.claim("a", 10, later)] == [entry]


async def test_an_entry_that_was_deleted_while_it_waited_is_ticked_off(headlines, database, clock):
    entry = await write(database, title="Fed holds", url=URL)
    await headlines.claim("a", 10, clock.now())
    await database.call("XDEL", "news:latest", entry)
    assert await headlines.claim("a", 10, clock.now()) == []
    assert (await headlines.stats()).pending == 0


async def test_a_headline_is_found_by_its_link_in_any_form(headlines, clock):
    chosen = fed(clock.now(), id="afp:123")
    await headlines.add(chosen, clock.now())
    assert await headlines.by_url(URL) == chosen
    assert await headlines.by_url(URL + "#comments") == chosen
    assert await headlines.by_url(URL + "/else") is None


async def test_the_newest_are_listed_by_their_own_time(headlines, clock):
    for minutes in (5, 1, 3):
        url = f"{URL}/{minutes}"
        at = clock.now() - timedelta(minutes=minutes)
        await headlines.add(fed(clock.now(), id=headline_id(url), url=url, published_at=at), clock.now())
    listed = [headline.url[-1] for headline in await headlines.newest(2)]
    assert listed == ["1", "3"]
    since = clock.now() - timedelta(minutes=4)
    assert [headline.url[-1] for headline in await headlines.recent(since, 10)] == ["1", "3"]
    assert await headlines.newest(0) == []


async def filled(database: Database, headlines: Headlines, count: int) -> list[str]:
    return [await write(database, title=f"News {number}", url=f"{URL}/{number}") for number in range(count)]


async def test_trimming_never_takes_what_nobody_has_finished(database, clock):
    headlines = Headlines(database, Keep(days=1, length=100))
    entries = await filled(database, headlines, 250)
    await headlines.trim(clock.now() + timedelta(days=400))
    claimed = await headlines.claim("a", 1000, clock.now())
    assert [news.entry for news in claimed] == entries

    await headlines.done(entries[:200])
    await headlines.trim(clock.now() + timedelta(days=400))
    assert [news.entry for news in await headlines.claim("a", 1000, clock.now())] == entries[200:]
    assert (await headlines.stats()).length == 50


async def test_a_stream_that_nobody_reads_is_bounded_at_last(database, clock):
    headlines = Headlines(database, Keep(length=10))
    await filled(database, headlines, 60)
    await headlines.trim(clock.now())
    assert (await headlines.stats()).length == 40


async def test_a_long_stream_is_cut_to_its_length(database, clock):
    headlines = Headlines(database, Keep(length=100))
    await filled(database, headlines, 390)
    await headlines.done([news.entry for news in await headlines.claim("a", 1000, clock.now())])
    await headlines.trim(clock.now())
    assert 100 <= (await headlines.stats()).length <= 200
    assert len(await headlines.newest(1000)) == 100


async def test_what_is_too_old_is_not_listed_any_more_but_known(headlines, clock):
    await headlines.add(fed(clock.now()), clock.now())
    clock.tick(days=8)
    await headlines.trim(clock.now())
    assert await headlines.newest(5) == []
    assert len(await headlines.get([headline_id(URL)])) == 1


async def test_trimming_an_empty_database_is_no_error(headlines, clock):
    await headlines.trim(clock.now())
    assert await headlines.claim("a", 10, clock.now()) == []
    await headlines.trim(clock.now())
