"""Which lists of a page are its latest-news box, how sure that is, and why. Owns that judgement.

Here: what tells news from programmes, scores, comments, videos and menus; the confidence, made of what was seen.
Not here: which rows make a list (boxgroups), what the page calls it (boxlabels), its days (boxmoments).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

from bot.ingest.boxgroups import FEWEST_ROWS, Group
from bot.ingest.boxlabels import Label, label
from bot.ingest.boxrows import Stamp, TimedLink
from bot.ingest.boxtitles import NARROWEST_MEAN, width
from bot.news.clocktimes import MIDNIGHT_RISE
from bot.news.days import read_day

# Rises, rows with a later time than the row above: over midnight, once in so many rows at the most, and again in
# so many more; and less than so many minutes, where somebody put a row in its place by hand, even more seldom.
ROWS_FOR_A_MIDNIGHT, ROWS_FOR_ANOTHER, ROWS_FOR_A_DISORDER = 3, 4, 5
MIDNIGHT_RISE_MINUTES = MIDNIGHT_RISE // timedelta(minutes=1)
# Rows of the same minutes stand in any order.
SAME_MINUTES = 15
# So many rows in a hundred must have a time, and a link, of their own; when news breaks, ten share a minute.
OWN_TIMES, OWN_LINKS = 10, 70
# Rows that name their days: a box of latest news has at least one a day.
DAYS_A_ROW = 2
# From so much confidence on a list is a box; a list beside a surer one must come so close to it.
SURE_ENOUGH = 0.5
CLOSE = 0.3
_PEOPLE_TALK = re.compile(
    r"/(?:forum|comment|kommentar|users?|profile?|members?)|[#&?](?:comment|formular)", re.IGNORECASE
)
_DOTTED = re.compile(r"\d+\.\d")
_SECONDS = re.compile(r"\d:\d\d:\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A list that may be the box: how sure that is (0 to 1), and why, in sentences' parts."""

    group: Group
    confidence: float
    why: tuple[str, ...]


def verdicts(found: Sequence[Group], today: date) -> list[Verdict]:
    """The lists that may be latest news, surest first."""
    judged = [_judged(group, label(group.parent, group.rows[0].holder), today) for group in found if group.rows]
    return sorted((verdict for verdict in judged if verdict), key=lambda verdict: -verdict.confidence)


def chosen(judged: Sequence[Verdict]) -> list[Verdict]:
    """Of these, surest first, the ones to be read: the first, and others that are about as sure, or marked alike."""
    sure = [verdict for verdict in judged if verdict.confidence >= SURE_ENOUGH]
    first = sure[:1]
    return first + [
        verdict
        for verdict in sure[1:]
        if verdict.confidence >= first[0].confidence - CLOSE or verdict.group.is_like(first[0].group)
    ]


def rows_of(boxes: Sequence[Verdict], found: Sequence[Group]) -> list[TimedLink]:
    """The rows of boxes; the one or two of a new day, in a list of their own beside a box, are of it too."""
    good = [box.group for box in boxes]
    small = [
        _as_in(near[0], row)
        for group in found
        if len(group.rows) < FEWEST_ROWS and (near := [one for one in good if group.is_near(one)])
        for row in group.rows
    ]
    return [*(row for group in good for row in group.rows), *small]


def _as_in(group: Group, row: TimedLink) -> TimedLink:
    """The row, held by an element like the ones that hold the rows of a group: one row alone has no bounds."""
    around = (row.stamp.element, *row.stamp.element.iterancestors())
    holders = [element for element in around if element.tag == group.rows[0].holder.tag]
    held = (holder for holder in holders if holder in (row.link, *row.link.iterancestors()))
    return replace(row, holder=next(held, row.holder))


def _judged(group: Group, called: Label, today: date) -> Verdict | None:
    """None for what cannot be latest news, whatever it is called."""
    if not _may_be_news(group.rows, today) or not (called.latest or len({row.clock for row in group.rows}) > 1):
        return None
    seen = list(_seen(group, called, today))
    confidence = min(max(sum(weight for weight, _ in seen), 0.05), 0.99)
    return Verdict(group, round(confidence, 2), tuple(words for _, words in seen))


def _seen(group: Group, called: Label, today: date) -> Iterator[tuple[float, str]]:
    """What speaks for and against a list, with its weight.

    Rows in order may be chance: one in six times with three rows, one in 120 with five.
    """
    rows = group.rows
    many = len(rows)
    yield 0.5 + 0.05 * min(many - FEWEST_ROWS, 5), f"{many} rows with a time and a link of their own, newest first"
    if called.latest:
        yield 0.2, f"announced as “{called.heading}”" if called.heading else "named so in the page's markup"
    if called.other:
        yield -0.15, f"announced as something else: “{called.heading}”" if called.heading else "named something else"
    if sum(_is_day_to_people(row.stamp, today) for row in rows) * 2 > many:
        yield -0.35, "people are shown the day, and only machines the time"
    elif sum(not row.stamp.element.text_content().strip() for row in rows) * 2 > many:
        yield -0.2, "only machines are told the time"
    if len({row.stamp.element.tag for row in rows}) == 1 and all(len(row.stamp.text) <= 12 for row in rows):
        yield 0.1, "each time stands by itself"
    if len({row.clock for row in rows}) * 5 < many * 2:
        yield -0.15, "many rows have the same time"
    days = {day for row in rows if (day := read_day(row.stamp.text, today))}
    if len(days) >= FEWEST_ROWS:
        yield -0.15, f"the rows are of {len(days)} days"


def _is_day_to_people(stamp: Stamp, today: date) -> bool:
    """Whether a page shows people the day, where it tells machines the time; "3 minutes ago" is as good as a time."""
    return not stamp.shown and read_day(stamp.element.text_content()[:100], today) is not None


def _may_be_news(group: Sequence[TimedLink], today: date) -> bool:
    many = len(group)
    return (
        many >= FEWEST_ROWS
        and len({row.href for row in group}) * 100 >= many * OWN_LINKS
        and len({row.clock for row in group}) * 100 >= many * OWN_TIMES
        and sum(width(row.title) for row in group) >= many * NARROWEST_MEAN
        and sum(bool(_PEOPLE_TALK.search(row.href)) for row in group) * 2 <= many
        and runs_back([row.clock for row in group])
        and not _are_dates(group)
        and not _are_lengths(group)
        and not _is_seldom([day for row in group if (day := read_day(row.stamp.text, today))])
    )


def runs_back(clocks: Sequence[time]) -> bool:
    """Whether times run newest first, as news do; a programme runs the other way, a ranking anyhow."""
    minutes = [clock.hour * 60 + clock.minute for clock in clocks]
    rises = [below - above for above, below in pairwise(minutes) if below > above + SAME_MINUTES]
    midnights = sum(rise >= MIDNIGHT_RISE_MINUTES for rise in rises)
    disorder = len(rises) - midnights
    needed = midnights * ROWS_FOR_ANOTHER + disorder * ROWS_FOR_A_DISORDER
    return needed - (ROWS_FOR_ANOTHER - ROWS_FOR_A_MIDNIGHT if midnights else 0) <= len(minutes)


def _are_lengths(group: Sequence[TimedLink]) -> bool:
    """Whether the times are how long videos last: with seconds behind some of them."""
    seconds = sum(bool(_SECONDS.search(row.stamp.text)) for row in group)
    return 0 < seconds < len(group)


def _are_dates(group: Sequence[TimedLink]) -> bool:
    """Whether 07.11 is a day rather than a time: behind the dot of many there is never more than twelve."""
    return all(_DOTTED.match(row.stamp.text, row.stamp.clock.start) and row.clock.minute <= 12 for row in group)


def _is_seldom(days: Sequence[date]) -> bool:
    """Whether rows that name their days are too far apart for latest news."""
    return len(days) >= FEWEST_ROWS and (max(days) - min(days)).days > len(days) * DAYS_A_ROW
