"""What a chat is told now, and what later, for all that it may choose."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.news.alerts import Alert, Form, Mailbox, Owed
from bot.news.digest import in_sections
from bot.news.holding import MANY_A_DAY, Waiting, share
from bot.news.model import Headline, Telling
from bot.news.preferences import Digest, Preferences, Quiet

DAY = datetime(2026, 11, 23, tzinfo=UTC)
NIGHT = Quiet(time(22), time(7))
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    """23:00 is of this day, +7:00 of the next one."""
    hour, minute = text.removeprefix("+").split(":")
    return DAY + timedelta(days=text.startswith("+"), hours=int(hour), minutes=int(minute))


def told_by(count: int, when: datetime) -> tuple[Telling, ...]:
    return tuple(Telling(f"s{n}", f"s{n}.example", when, f"h{n}") for n in range(count))


def owed(
    name: str, since: str, *topics: str, source: str = "post", sources: int = 1, told: bool = False, late: bool = False
) -> Waiting:
    """Something that is owed since then; by so many sources, within minutes, or (`late`) long ago."""
    when = at(since)
    tellings = told_by(sources, when - timedelta(days=1) if late else when)
    topic, *also = topics or ("fed",)
    headline = Headline(name, name, f"https://x.example/{name}", source, when, when)
    return Waiting(
        Owed(name, topic, topic, tuple(also), told, when), Alert(headline, topic, topic, name, name, tellings)
    )


def shared(now: str, *waiting: Waiting, told_at: tuple[str, ...] = (), chat: int = 7, **chosen):
    box = Mailbox(
        chat, tuple(w.owed for w in waiting), preferences=Preferences(**chosen), told_at=tuple(map(at, told_at))
    )
    return share(box, waiting, at(now))


def names(share) -> list[str]:
    return [each.owed.name for each in share.told]


def test_who_chose_nothing_is_told_everything_at_once():
    all_of_it = shared("23:00", owed("a", "23:00"), owed("b", "23:00"))
    assert (names(all_of_it), all_of_it.form, all_of_it.until) == (["a", "b"], Form.ALERT, None)


def test_what_had_to_wait_is_told_as_what_waited():
    assert shared("23:00", owed("a", "22:00"), owed("b", "23:00")).form is Form.HELD
    assert shared("23:00", owed("a", "22:00")).form is Form.ALERT


@pytest.mark.parametrize(
    ("now", "told", "until"),
    [("22:30", [], "+7:00"), ("+6:59", [], "+7:00"), ("+7:00", ["a", "b"], None), ("21:59", ["a", "b"], None)],
)
def test_in_quiet_hours_nothing_is_told_until_they_end(now, told, until):
    held = shared(now, owed("a", "21:50"), owed("b", "21:50"), quiet=NIGHT)
    assert names(held) == told
    assert held.until == (at(until) if until else None)
    assert held.wakes == ("!" if until else held.wakes)


def test_quiet_hours_are_of_the_chats_own_clock():
    assert names(shared("21:30", owed("a", "21:30"), quiet=NIGHT, zone="+01:00")) == []
    assert names(shared("22:30", owed("a", "22:30"), quiet=NIGHT, zone="-01:00")) == ["a"]


def test_breaking_news_come_through_quiet_hours_and_others_wait():
    some = shared("23:00", owed("a", "22:30"), owed("b", "23:00", sources=3), quiet=NIGHT)
    assert (names(some), some.until) == (["b"], at("+7:00"))
    none = shared("23:00", owed("b", "23:00", sources=3), quiet=NIGHT, breaking=False)
    assert (names(none), none.wakes) == ([], "-")


def test_a_pause_holds_everything_and_ends_by_itself():
    paused = {"paused_until": at("15:00")}
    held = shared("14:00", owed("a", "13:00", sources=3), owed("b", "14:00"), **paused)
    assert (names(held), held.until, held.wakes) == ([], at("15:00"), "-")
    assert names(shared("15:00", owed("a", "13:00"), owed("b", "14:00"), **paused)) == ["a", "b"]


def test_what_a_muted_topic_brings_is_told_neither_now_nor_later():
    muted = {"muted": {"fed": at("+5:00")}}
    some = shared(
        "14:00", owed("a", "13:00", "fed"), owed("b", "13:00", "fed", "oil"), owed("c", "13:00", "oil"), **muted
    )
    assert (names(some), some.dropped) == (["b", "c"], ("a",))
    assert shared("+6:00", owed("a", "13:00", "fed"), **muted).dropped == ("a",)
    assert names(shared("+6:00", owed("a", "+5:30", "fed"), **muted)) == ["a"]


@pytest.mark.parametrize(
    ("now", "told", "until"),
    [
        ("12:00", [], "18:00"),
        ("18:00", ["a", "b"], None),
        ("18:03", ["a", "b"], None),
        ("+3:00", ["a", "b"], None),
    ],
)
def test_a_digest_comes_at_its_hours_with_what_came_before(now, told, until):
    held = shared(now, owed("a", "11:00"), owed("b", "9:00"), digest=Digest((time(8), time(18))))
    assert (names(held), held.until) == (told, at(until) if until else None)
    assert held.form is (Form.DIGEST if told else held.form)
    assert held.wakes == "-"


def test_what_comes_after_a_digests_hour_waits_for_the_next_one():
    held = shared("18:02", owed("a", "11:00"), owed("b", "18:01"), digest=Digest((time(8), time(18))))
    assert (names(held), held.until) == (["a"], at("+8:00"))


def test_topics_that_are_not_in_the_digest_alert_at_once():
    digest = Digest((time(18),), frozenset({"fed", "oil"}))
    held = shared(
        "12:00", owed("a", "12:00", "fed"), owed("b", "12:00", "rain"), owed("c", "12:00", "oil"), digest=digest
    )
    assert (names(held), held.form, held.until) == (["b"], Form.ALERT, at("18:00"))
    assert held.wakes == "*,fed,oil,"
    assert names(shared("12:00", owed("a", "12:00", "fed", "rain"), digest=digest)) == ["a"]


def test_a_digest_within_quiet_hours_waits_for_their_end():
    held = shared("+6:00", owed("a", "12:00"), digest=Digest((time(6),)), quiet=NIGHT)
    assert (names(held), held.until) == ([], at("+7:00"))
    assert shared("+7:00", owed("a", "12:00"), digest=Digest((time(6),)), quiet=NIGHT).form is Form.DIGEST


def test_a_digest_that_is_asked_for_tells_what_waits_and_leaves_the_next_one_alone():
    digest = Digest((time(18),))
    asked = shared(
        "23:00", owed("a", "19:00"), owed("b", "23:01"), digest=digest, quiet=NIGHT, digest_asked=at("23:00")
    )
    assert (names(asked), asked.form, asked.until) == (["a"], Form.DIGEST, at("+18:00"))


def test_what_was_alerted_to_is_repeated_only_where_that_is_wished():
    digest = Digest((time(18),), frozenset({"oil"}), again=True)
    repeated = shared("18:00", owed("a", "11:00", told=True), owed("b", "11:00", "oil"), digest=digest)
    assert names(repeated) == ["a", "b"]
    assert names(shared("12:00", owed("a", "11:00", told=True), digest=digest)) == []
    not_again = shared("12:00", owed("a", "11:00", told=True), digest=replace(digest, again=False))
    assert (names(not_again), not_again.dropped) == ([], ("a",))
    assert shared("12:00", owed("a", "11:00", told=True)).told  # nothing is chosen: nothing is held


def test_of_a_source_of_which_fewer_are_wanted_the_evening_brings_what_nobody_else_told():
    fewer = {"fewer": frozenset({"gossip"})}
    held = shared("12:00", owed("a", "12:00", source="gossip"), owed("b", "12:00", source="gossip", sources=2), **fewer)
    assert (names(held), held.until, held.wakes) == (["b"], at("20:00"), "*,")
    assert names(shared("20:00", owed("a", "12:00", source="gossip"), **fewer)) == ["a"]
    with_digest = shared(
        "12:00", owed("a", "12:00", "fed", source="gossip"), digest=Digest((time(18),), frozenset({"oil"})), **fewer
    )
    assert (names(with_digest), with_digest.until) == ([], at("18:00"))


def test_when_a_day_has_had_its_alerts_the_rest_comes_in_the_evening():
    limit = {"most_a_day": 2}
    told = ("9:00", "10:00")
    assert names(shared("12:00", owed("a", "12:00"), told_at=told[:1], **limit)) == ["a"]
    full = shared("12:00", owed("a", "12:00"), owed("b", "11:00"), told_at=told, **limit)
    assert (names(full), full.until, full.wakes) == ([], at("20:00"), "!")
    assert names(shared("20:00", owed("a", "12:00"), owed("b", "11:00"), told_at=told, **limit)) == ["a", "b"]
    assert names(shared("12:00", owed("a", "12:00", sources=3), told_at=told, **limit)) == ["a"]


def test_who_is_told_very_much_is_asked_whether_a_digest_would_be_better():
    busy = tuple(f"{8 + n // 4}:{n % 4 * 15}" for n in range(MANY_A_DAY - 1))
    assert shared("16:00", owed("a", "16:00"), told_at=busy).form is Form.OFFER
    assert shared("16:00", owed("a", "16:00"), told_at=busy[1:]).form is Form.ALERT
    assert shared("16:00", owed("a", "16:00"), told_at=busy, chat=-7).form is Form.ALERT
    assert shared("16:00", owed("a", "16:00"), told_at=busy, most_a_day=50).form is Form.ALERT


def test_a_digest_has_a_section_a_topic_with_what_many_tell_and_what_is_new_first():
    waiting = [
        owed("old", "6:00", "fed"),
        owed("new", "17:00", "fed"),
        owed("many", "12:00", "oil", sources=4, late=True),
        owed("alone", "12:00", "oil"),
        owed("both", "12:00", "oil", "fed"),
    ]
    assert [each.name for each in in_sections(waiting, at("18:00"))] == ["many", "both", "alone", "new", "old"]
