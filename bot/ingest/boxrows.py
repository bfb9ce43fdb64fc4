"""Timed links of a page. Owns what one row of a latest-news box is: a clock time, and the link that belongs to it.

Here: finding the times that stand alone or at an edge of a line, and the link that each of them times.
Not here: a link's headline (boxtitles), which rows are a latest-news box (boxgroups), their days (boxmoments).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import islice

from lxml.html import HtmlElement

from bot.ingest.boxtitles import NARROWEST_HEADLINE, folded, headline, is_heading, is_time, width
from bot.news.clocktimes import Clock, clocks, plain_digits, read_clock

# A row is not a whole page: characters in it, and steps up from its time.
LONGEST_ROW = 1500
HIGHEST_ROW = 9
# What stands before and after the time in its own piece of text: a date, a section, "Updated".
LONGEST_BESIDE_TIME = 40
# A page with more times than that is a table of something, or an attack.
MOST_STAMPS = 3000
# An element with more links is no row and no box.
MOST_LINKS = 1000
# So many times among an element's own words, and as many links, are rows that only line breaks part.
FEWEST_PARTED = 3

_DIGITS = re.compile(r"\d\d")
_LASTS = re.compile(r"duration|dur[eé]e|dauer|runtime|length|laenge|vod|playtime|video-?time", re.IGNORECASE)
_TALK = re.compile(r"#(?:comment|kommentar|disqus|respond|reacties)", re.IGNORECASE)
_NO_PAGE = ("#", "javascript:", "mailto:", "tel:", "whatsapp:", "tg:", "data:")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time that stands alone or at an edge of a piece of text: where, and what else that piece says."""

    element: HtmlElement
    behind: HtmlElement | None  # the child of the element that the piece stands behind
    clock: Clock
    text: str
    shown: bool = True  # to people, too; else only machines are told it


@dataclass(frozen=True, slots=True)
class TimedLink:
    """One row: its time, its link, its headline, and the smallest element that holds them."""

    stamp: Stamp
    link: HtmlElement
    title: str
    holder: HtmlElement

    @property
    def clock(self) -> time:
        """The time of day as the page shows it."""
        return self.stamp.clock.time

    @property
    def href(self) -> str:
        """Where the row leads, as the page writes it."""
        return (self.link.get("href") or "").strip()


def stamps(root: HtmlElement) -> Iterator[Stamp]:
    """The times that may time a row, in the page's order."""
    for element in root.iter():
        found = list(_stamps_of(element))
        links = {link.get("href") for link in islice(element.iter("a"), MOST_LINKS)} if found[1:] else set()
        yield from found if FEWEST_PARTED <= len(found) <= len(links) else found[:1]


def _stamps_of(element: HtmlElement) -> Iterator[Stamp]:
    """The times among an element's own words."""
    pieces = [(None, element.text), *((child, child.tail) for child in element)]
    shown = element.tag != "time" or any(clocks(element.text_content()[:200]))
    if not shown:
        pieces = [(None, element.get("datetime"))]  # people are told "3 minutes ago", or the day
    for behind, piece in pieces:
        if piece and _DIGITS.search(plain_digits(piece)) and (stamp := _stamp(element, behind, folded(piece), shown)):
            yield stamp


def _stamp(element: HtmlElement, behind: HtmlElement | None, text: str, shown: bool) -> Stamp | None:
    """The time in a piece of text, where it is all of it, or leads it, or ends it after some words."""
    found = list(islice(clocks(text[:200]), 2))
    if len(found) != 1:
        return None  # none, or opening hours, or a programme
    [clock] = found
    if _LASTS.search(f"{element.get('class') or ''} {element.get('title') or ''}"):
        return None  # how long a video lasts
    before, after = text[: clock.start], text[clock.end :]
    if read_clock(text) is None and before and not is_time(text[: clock.end]):
        return None  # it stands in a sentence
    if before and len(after) > LONGEST_BESIDE_TIME:
        return None
    return Stamp(element, behind, clock, text, shown)


def timed_links(root: HtmlElement, page: Links) -> list[TimedLink]:
    """Every row on the page, a time with the link that it belongs to, in the page's order."""
    found = list(islice(stamps(root), MOST_STAMPS))
    counts: Counter[HtmlElement] = Counter()
    for stamp in found:
        counts.update((stamp.element, *stamp.element.iterancestors()))
    rows: list[TimedLink] = []
    flat: dict[HtmlElement, list[Stamp]] = {}
    for stamp in found:
        holder = page.holder(stamp)
        if holder is None:
            continue
        if counts[holder] > 1 and page.lead_apart(holder):
            flat.setdefault(holder, []).append(stamp)
        elif len(holder.text_content()) <= LONGEST_ROW:
            rows.append(_row(stamp, page.wide(holder), holder, page))
    taken = {row.link for row in rows}
    for holder, together in flat.items():
        rows.extend(row for row in _flat_rows(holder, together, page) if row.link not in taken)
    places = {stamp: place for place, stamp in enumerate(found)}
    return sorted(rows, key=lambda row: places[row.stamp])


def row_in(holder: HtmlElement, timed: HtmlElement | None, linked: HtmlElement | None, page: Links) -> TimedLink | None:
    """The row that `holder` is. Where its time is, and its link or what is in or around it, may be known."""
    stamp = next(stamps(timed if timed is not None else holder), None)
    place = linked if linked is not None else holder
    links = leading(place) or list(place.iterancestors("a"))[:1]
    if stamp is None or not any(page.title(found) for found in links):
        return None
    return _row(stamp, links, holder, page)


class Links:
    """The links of one page and their headlines, each looked at once."""

    def __init__(self) -> None:
        self._titles: dict[HtmlElement, str] = {}
        self._wide: dict[HtmlElement, list[HtmlElement]] = {}

    def title(self, link: HtmlElement) -> str:
        """The link's headline."""
        if link not in self._titles:
            self._titles[link] = headline(link)
        return self._titles[link]

    def wide(self, element: HtmlElement) -> list[HtmlElement]:
        """The links in an element, or the link that it is, that are as wide as headlines."""
        if element not in self._wide:
            self._wide[element] = [link for link in leading(element) if width(self.title(link)) >= NARROWEST_HEADLINE]
        return self._wide[element]

    def lead_apart(self, element: HtmlElement) -> bool:
        """Whether such links in an element lead to more than one page."""
        links = self.wide(element)
        return any(link.get("href") != links[0].get("href") for link in links)

    def holder(self, stamp: Stamp) -> HtmlElement | None:
        """The smallest element around a time that also holds a link with a headline."""
        element = stamp.element
        for _ in range(HIGHEST_ROW):
            if self.wide(element):
                return element
            element = element.getparent()
            if element is None or element.tag in {"body", "html"}:
                return None
        return None


def leading(element: HtmlElement) -> list[HtmlElement]:
    """The links in an element, or the link that it is, that lead to pages; none where there are too many."""
    links = list(islice(element.iter("a"), MOST_LINKS + 1))
    return [link for link in links if _leads_to_a_page(link)] if len(links) <= MOST_LINKS else []


def _leads_to_a_page(link: HtmlElement) -> bool:
    href = (link.get("href") or "").strip().lower()
    return bool(href) and not href.startswith(_NO_PAGE) and not _TALK.search(href)


def _row(stamp: Stamp, links: Sequence[HtmlElement], holder: HtmlElement, page: Links) -> TimedLink:
    best = max([link for link in links if is_heading(link)] or links, key=lambda link: len(page.title(link)))
    return TimedLink(stamp, best, page.title(best), holder)


def _flat_rows(holder: HtmlElement, together: Sequence[Stamp], page: Links) -> Iterator[TimedLink]:
    """Rows of a list whose times and links are all siblings: each time with the link after it (or before it)."""
    places = {element: place for place, element in enumerate(holder.iter())}
    links = page.wide(holder)  # in the page's order, as the times are
    linked = [places[link] for link in links]
    times = [_place(stamp, places) for stamp in together]
    edges = [*times, len(places)] if linked[0] > times[0] else [-1, *times]
    for stamp, start, end in zip(together, edges, edges[1:], strict=False):
        between = links[bisect_left(linked, start) : bisect_left(linked, end)]
        if between:
            best = max(between, key=lambda link: len(page.title(link)))
            yield TimedLink(stamp, best, page.title(best), best)


def _place(stamp: Stamp, places: Mapping[HtmlElement, int]) -> float:
    """Where a time stands among the places of elements: in its element, or between two of them."""
    if stamp.behind is None:
        return places[stamp.element]
    return max(places[inner] for inner in stamp.behind.iter()) + 0.5
