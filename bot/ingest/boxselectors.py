"""CSS selectors that find the rows of a box again. Owns making them from rows that were found, and reading by them.

Here: what rows, their times and links have in common -> the plainest selectors that find just these rows.
Not here: finding rows without selectors (boxrows, boxverdicts).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, product

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from bot.ingest.boxrows import Links, TimedLink, row_in
from bot.news.model import Selectors

# Names that a build makes anew, css-1yavcuw, sc-12zi4rk-0, bOuCKp, are used only where nothing else tells rows apart;
# names of a state are of one row today and of another tomorrow.
_MADE = re.compile(r"\d|[a-z][A-Z].*[a-z][A-Z]|^[a-zA-Z]{1,2}$|__[A-Za-z0-9]{5,}$")
_STATE = re.compile(
    r"(?:^|[-_])(?:active|current|first|last|odd|even|open|hidden|visible|new|selected)$", re.IGNORECASE
)
_NAMED = re.compile(r"[.#\[]")
_NAME = re.compile(r"[A-Za-z_-][\w-]*")
# Attributes with which pages name things for tests and machines; they outlive a build.
_ATTRIBUTES = ("itemprop", "role", "data-testid", "data-test", "data-qa", "data-role", "data-type", "data-test-tag")
# Elements around a row that may tell it from others; ways to say the rows, and their parts, that are tried.
_AROUND, _ROWS, _PARTS = 5, 4, 3
_Find = Callable[[HtmlElement], HtmlElement | None]


def read_by(root: HtmlElement, selectors: Selectors, page: Links) -> list[TimedLink]:
    """The rows that selectors find on a page, in its order. Raises SelectorError."""
    timed, linked = _finder(selectors.time), _finder(selectors.link)
    rows = (_row(holder, timed, linked, selectors, page) for holder in _all(root, selectors.row))
    return [row for row in rows if row]


def _row(holder: HtmlElement, timed: _Find, linked: _Find, selectors: Selectors, page: Links) -> TimedLink | None:
    """The row that an element is; None without what the selectors ask for."""
    time, link = timed(holder), linked(holder)
    if (selectors.time and time is None) or (selectors.link and link is None):
        return None
    return row_in(holder, time, link, page)


def selectors_of(root: HtmlElement, rows: Sequence[TimedLink], page: Links) -> Selectors | None:
    """Selectors that find just these rows on the page, tried on it; None where there are none that are plain."""
    holders = [row.holder for row in rows]
    if len(set(holders)) < len(rows) or not all(_holds(row) for row in rows):
        return None  # rows that only line breaks part
    times = _ways(rows, lambda row: row.stamp.element)
    links = [*_ways(rows, lambda row: row.link), *_ways(rows, lambda row: next(row.link.iterchildren(), None))]
    wanted = [(row.link, row.stamp.clock, row.title) for row in rows]
    parts = list(islice(product(times, links), _PARTS))
    tries = (Selectors(row, *part) for row in islice(_row_ways(root, holders), _ROWS) for part in parts)
    for tried in tries:
        found = read_by(root, tried, page)
        if [(row.link, row.stamp.clock, row.title) for row in found] == wanted:
            return tried
    return None


def _all(root: HtmlElement, selector: str) -> list[HtmlElement]:
    found = CSSSelector(selector, translator="html")(root)
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []


def _finder(selector: str) -> _Find:
    """What finds the first such element in another; nothing without a selector."""
    if not selector:
        return lambda _: None
    search = CSSSelector(selector, translator="html")

    def first(holder: HtmlElement) -> HtmlElement | None:
        found = search(holder)
        element = found[0] if isinstance(found, list) and found else None
        return element if isinstance(element, HtmlElement) else None

    return first


def _holds(row: TimedLink) -> bool:
    """Whether the row's time and link are both in what holds it."""
    return all(row.holder in (inner, *inner.iterancestors()) for inner in (row.stamp.element, row.link))


def _row_ways(root: HtmlElement, holders: Sequence[HtmlElement]) -> Iterator[str]:
    """Selectors that find these elements: by a name and just these first; then those that find few others."""
    wider: list[tuple[int, str]] = []
    for own in _names(holders):
        for around in ("", *_arounds(holders)):
            found = _all(root, f"{around}{own}")
            if found == list(holders) and _NAMED.search(f"{around}{own}"):
                yield f"{around}{own}"
            elif set(holders) <= set(found):
                wider.append((len(found), f"{around}{own}"))
    yield from (selector for _, selector in sorted(wider))


def _arounds(holders: Sequence[HtmlElement]) -> Iterator[str]:
    """What is said before a row's own name: the elements around that all of them have alike, the nearest first."""
    above = [list(islice(holder.iterancestors(), _AROUND)) for holder in holders]
    for number, level in enumerate(zip(*above, strict=False)):
        for name in _names(level):
            if name not in {"html", "body", "div"}:
                yield f"{name} > " if number == 0 else f"{name} "


def _ways(rows: Sequence[TimedLink], part: Callable[[TimedLink], HtmlElement | None]) -> list[str]:
    """Selectors that find, in every row, this part of it first."""
    parts = [inner for row in rows if (inner := part(row)) is not None]
    if len(parts) < len(rows):
        return []
    if all(inner is row.holder for inner, row in zip(parts, rows, strict=True)):
        return [""]
    named = list(_names(parts))
    above = _names([inner.getparent() for inner in parts])
    tries = chain(named, (f"{name} > {own}" for name in above for own in named))
    right = (selector for selector in tries if _finds(selector, rows, parts))
    return [*islice(right, _PARTS - 1), ""]


def _finds(selector: str, rows: Sequence[TimedLink], parts: Sequence[HtmlElement]) -> bool:
    """Whether a selector finds, in every row, its part first."""
    find = _finder(selector)
    return all(find(row.holder) is inner for inner, row in zip(parts, rows, strict=True))


def _names(elements: Sequence[HtmlElement | None]) -> Iterator[str]:
    """What these elements may all be called, the best first: by an id or a class, by an attribute, by the tag."""
    known = [element for element in elements if element is not None and isinstance(element.tag, str)]
    tags = {str(element.tag) for element in known}
    if len(known) < len(elements) or len(tags) != 1 or not _NAME.fullmatch(tag := tags.pop()):
        return  # broken pages have tags called p{
    classes = _shared_classes(known)
    stable = [name for name in classes if not _MADE.search(name)]
    ids = {element.get("id") or "" for element in known}
    if len(ids) == 1 and _NAME.fullmatch(only := ids.pop()) and not _MADE.search(only):
        yield f"{tag}#{only}"
    yield from (f"{tag}.{name}" for name in stable[:3])
    if len(stable) > 1:
        yield f"{tag}.{'.'.join(stable[:3])}"
    for attribute in _ATTRIBUTES:
        values = {element.get(attribute) or "" for element in known}
        if len(values) == 1 and _NAME.fullmatch(value := values.pop()):
            yield f'{tag}[{attribute}="{value}"]'
    yield tag
    yield from (f"{tag}.{name}" for name in classes if name not in stable)


def _shared_classes(elements: Sequence[HtmlElement]) -> list[str]:
    """The classes that all of them have, in the first one's order."""
    shared = [name for name in (elements[0].get("class") or "").split() if _NAME.fullmatch(name)]
    for element in elements[1:]:
        have = set((element.get("class") or "").split())
        shared = [name for name in shared if name in have]
    return [name for name in dict.fromkeys(shared) if not _STATE.search(name)]


__all__ = ["SelectorError", "read_by", "selectors_of"]
