"""Which timed links of a page are its latest-news box. Owns that judgement.

Here: rows that stand together, and what tells news from programmes, scores, comments, videos and menus.
Not here: finding rows (boxrows), their days (boxmoments).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import islice, pairwise

from lxml.html import HtmlElement

from bot.ingest.boxrows import TimedLink
from bot.ingest.boxtitles import width
from bot.news.clocktimes import MIDNIGHT_RISE
from bot.news.days import read_day

# Two timed links may be anything; three that run back in time are a list.
FEWEST_ROWS = 3
# The mean width of headlines; names, teams and menus are narrower.
NARROWEST_MEAN = 22
# Rises, rows with a later time than the row above: over midnight, once in so many rows at the most; and less
# than so many minutes, where somebody put a row in its place by hand, even more seldom. More is no order.
ROWS_FOR_A_MIDNIGHT, ROWS_FOR_A_DISORDER = 3, 5
MIDNIGHT_RISE_MINUTES = MIDNIGHT_RISE // timedelta(minutes=1)
# Rows of the same minutes stand in any order.
SAME_MINUTES = 15
# So many rows in a hundred must have a time, and a link, of their own; when news breaks, ten share a minute.
OWN_TIMES, OWN_LINKS = 10, 70
# Lists stand side by side within so many steps up.
NEAR = 3
# Rows that name their days: a box of latest news has at least one a day.
DAYS_A_ROW = 2
_PEOPLE_TALK = re.compile(
    r"/(?:forum|comment|kommentar|users?|profile?|members?)|[#&?](?:comment|formular)", re.IGNORECASE
)
_LASTS = re.compile(r"duration|dur[eé]e|dauer|runtime|length|laenge|vod|playtime|video-?time", re.IGNORECASE)
_DOTTED = re.compile(r"\d+\.\d")
_SECONDS = re.compile(r"\d:\d\d:\d\d(?!\d)")

_Key = tuple[HtmlElement | None, str, str]


def latest_news(rows: Sequence[TimedLink], today: date) -> list[TimedLink]:
    """The rows that are of latest-news boxes, in the page's order."""
    groups = _groups(rows)
    good = {key for key, group in groups.items() if _is_news(group, today)}
    # The one or two rows of a new day may stand in a list of their own beside the good one.
    small = {key for key, group in groups.items() if len(group) < FEWEST_ROWS}
    good |= {key for key in small if any(_are_near(key, other) for other in good)}
    chosen = {row for key in good for row in groups[key]}
    return [row for row in rows if row in chosen]


def _groups(rows: Sequence[TimedLink]) -> dict[_Key, list[TimedLink]]:
    """The rows by the list that they stand in and by how their time is marked."""
    counts: Counter[HtmlElement] = Counter()
    for row in rows:
        counts.update((row.holder, *row.holder.iterancestors()))
    groups: dict[_Key, list[TimedLink]] = {}
    for row in rows:
        top = row.holder
        while (above := top.getparent()) is not None and counts[above] == 1:
            top = above
        groups.setdefault((top.getparent(), str(row.stamp.element.tag), _mark(row)), []).append(row)
    return _gathered(groups, {row: place for place, row in enumerate(rows)})


def _gathered(groups: dict[_Key, list[TimedLink]], places: dict[TimedLink, int]) -> dict[_Key, list[TimedLink]]:
    """The groups, where one or two rows that stand a step deeper than the others are with them."""
    gathered = dict(groups)
    for (parent, *marked), group in groups.items():
        outer = (parent.getparent() if parent is not None else None, *marked)
        if len(group) < FEWEST_ROWS and parent is not None and outer in gathered:
            together = [*gathered.pop((parent, *marked)), *gathered[outer]]
            gathered[outer] = sorted(together, key=places.__getitem__)
    return gathered


def _around(element: HtmlElement | None) -> list[HtmlElement]:
    """An element and the few around it."""
    return [] if element is None else [element, *islice(element.iterancestors(), NEAR)]


def _are_near(one: _Key, other: _Key) -> bool:
    """Whether two lists mark their times alike and stand side by side."""
    return one[1:] == other[1:] and bool(one[2]) and not set(_around(one[0])).isdisjoint(_around(other[0]))


def _mark(row: TimedLink) -> str:
    """How the page marks the row's time: the class of its element, or of the next one around it that has any."""
    for element in (row.stamp.element, *row.stamp.element.iterancestors()):
        if element is row.holder:
            break
        if element.get("class"):
            return str(element.get("class"))
    return ""


def _is_news(group: Sequence[TimedLink], today: date) -> bool:
    many = len(group)
    return (
        many >= FEWEST_ROWS
        and len({row.href for row in group}) * 100 >= many * OWN_LINKS
        and len({row.clock for row in group}) * 100 >= max(200, many * OWN_TIMES)
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
    return midnights * ROWS_FOR_A_MIDNIGHT + disorder * ROWS_FOR_A_DISORDER <= len(minutes)


def _are_lengths(group: Sequence[TimedLink]) -> bool:
    """Whether the times are how long videos last: called so, or with seconds behind some of them."""
    marks = (f"{row.stamp.element.get('class')} {row.stamp.element.get('title')}" for row in group)
    seconds = sum(bool(_SECONDS.search(row.stamp.text)) for row in group)
    return any(_LASTS.search(mark) for mark in marks) or 0 < seconds < len(group)


def _are_dates(group: Sequence[TimedLink]) -> bool:
    """Whether 07.11 is a day rather than a time: behind the dot of many there is never more than twelve."""
    return all(_DOTTED.match(row.stamp.text, row.stamp.clock.start) and row.clock.minute <= 12 for row in group)


def _is_seldom(days: Sequence[date]) -> bool:
    """Whether rows that name their days are too far apart for latest news."""
    return len(days) >= FEWEST_ROWS and (max(days) - min(days)).days > len(days) * DAYS_A_ROW
