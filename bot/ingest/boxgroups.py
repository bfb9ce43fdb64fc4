"""Which timed links of a page stand together. Owns the lists of a page.

Here: rows -> lists, by where they stand and how their times are marked.
Not here: finding rows (boxrows), whether a list is latest news (boxverdicts), which link of a row is meant (boxroles).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lxml.html import HtmlElement

from bot.ingest.boxrows import TimedLink

_PARTS = re.compile(r"^\D*\d+\s*")
# Two timed links may be anything; three that run back in time are a list.
FEWEST_ROWS = 3
# Lists stand side by side within so many steps up.
NEAR = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand in one list and mark their times alike, in the page's order; a row's holder is all of the row."""

    parent: HtmlElement | None
    tag: str
    notation: str
    mark: str
    rows: tuple[TimedLink, ...]

    def is_like(self, other: Group) -> bool:
        """Whether two lists mark their times alike."""
        mine, others = (self.tag, self.notation, self.mark), (other.tag, other.notation, other.mark)
        return mine == others and bool(self.mark)

    def is_near(self, other: Group) -> bool:
        """Whether two lists mark their times alike and stand side by side."""
        return self.is_like(other) and not set(_around(self.parent)).isdisjoint(_around(other.parent))


def groups(rows: Sequence[TimedLink]) -> list[Group]:
    """The rows by the list that they stand in and by how their time is marked, in the page's order."""
    counts: Counter[HtmlElement] = Counter()
    for row in rows:
        counts.update((row.holder, *row.holder.iterancestors()))
    found: dict[_Key, list[TimedLink]] = {}
    for row in rows:
        top = row.holder
        while (above := top.getparent()) is not None and counts[above] == 1:
            top = above
        key = (top.getparent(), str(row.stamp.element.tag), _notation(row), _mark(row))
        found.setdefault(key, []).append(replace(row, holder=top))
    gathered = _gathered(found, {row.stamp: place for place, row in enumerate(rows)})
    return [Group(*key, tuple(group)) for key, group in gathered.items()]


_Key = tuple[HtmlElement | None, str, str, str]


def _gathered(found: dict[_Key, list[TimedLink]], places: dict[object, int]) -> dict[_Key, list[TimedLink]]:
    """The groups, where one or two rows that stand a step deeper than the others are with them."""
    gathered = dict(found)
    for (parent, *marked), group in found.items():
        outer = (parent.getparent() if parent is not None else None, *marked)
        if len(group) < FEWEST_ROWS and parent is not None and outer in gathered:
            together = [*gathered.pop((parent, *marked)), *gathered[outer]]
            gathered[outer] = sorted(together, key=lambda row: places[row.stamp])
    return gathered


def _around(element: HtmlElement | None) -> list[HtmlElement]:
    """An element and the few around it."""
    return [] if element is None else [element, *islice(element.iterancestors(), NEAR)]


def _notation(row: TimedLink) -> str:
    """What parts hours from minutes: 4.25 beside 17:35 is a price."""
    stamp = row.stamp
    return _PARTS.sub("", stamp.text[stamp.clock.start : stamp.clock.end])[:1].lower()


def _mark(row: TimedLink) -> str:
    """How the page marks the row's time: the class of its element, or of the next one around it that has any."""
    for element in (row.stamp.element, *row.stamp.element.iterancestors()):
        if element is row.holder:
            break
        if element.get("class"):
            return str(element.get("class"))
    return ""
