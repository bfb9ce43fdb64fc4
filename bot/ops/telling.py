"""How the status page tells things: spans, instants, counts, links and table cells as HTML.

Here: values -> pieces of the page, each escaped.
Not here: which pieces there are (status, fares, bars, steps).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlsplit

# The largest unit in which a span of time is told, and how it is written.
_UNITS = (
    (timedelta(days=1), "d"),
    (timedelta(hours=1), "h"),
    (timedelta(minutes=1), "min"),
    (timedelta(seconds=1), "s"),
)
# Below a second, in seconds: what a processor and a network need.
_SMALL = ((1.0, 1.0, "s"), (1e-3, 1e3, "ms"), (0.0, 1e6, "µs"))


def span(length: timedelta) -> str:
    """A span of time in its largest unit, rounded down."""
    for unit, name in _UNITS:
        if length >= unit:
            return f"{length // unit} {name}"
    return "0 s"


def took(seconds: float) -> str:
    """How long a step took: two digits that count, in the unit that suits."""
    if seconds >= 60:
        return span(timedelta(seconds=seconds))
    factor, name = next((factor, name) for least, factor, name in _SMALL if seconds >= least)
    return f"{float(f'{seconds * factor:.2g}'):g} {name}"


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago something was; the instant itself for whoever points at it."""
    return _timed(at, f"{span(now - at)} ago") if at else "never"


def ahead(at: datetime, now: datetime) -> str:
    """When something is to come."""
    return _timed(at, f"in {span(at - now)}" if at > now else "now")


def clock(at: datetime) -> str:
    """An instant as day and clock time, in UTC."""
    return _timed(at, f"{at:%d %b %H:%M}")


def instant(at: datetime) -> str:
    """The same with its seconds."""
    return _timed(at, f"{at:%d %b %H:%M:%S}")


def number(count: int) -> str:
    """A count with its thousands parted."""
    return f"{count:,}"


def many(count: int, noun: str) -> str:
    """A count of things."""
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {noun}s"


def link(url: str, text: str) -> str:
    """A link to a web address; anything else is not made clickable, nor is an account in an address shown.

    Its text may run from right to left, and what stands around it does not.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return f"<bdi>{escape(text)}</bdi>"
    return f'<a href="{escape(url)}" rel="noreferrer"><bdi>{escape(text)}</bdi></a>'


def table(name: str, head: Iterable[str], rows: Iterable[tuple[str, Iterable[str]]]) -> str:
    """A table; a row has a key of its own (empty: none), by which the page that is open finds it again, and its cells.

    On a phone each row is drawn as a card; the roles say that it is a table all the same.
    """
    heads = list(head)
    first = "".join(f'<th role="columnheader" scope="col">{escape(title)}</th>' for title in heads)
    body = "".join(_row(key, heads, cells) for key, cells in rows)
    return (
        f'<table role="table" class="{name}"><thead role="rowgroup"><tr role="row">{first}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(key: str, heads: Iterable[str], cells: Iterable[str]) -> str:
    begin = f'<tr role="row" id="{escape(key)}">' if key else '<tr role="row">'
    first, *others = zip(heads, cells, strict=True)
    rest = "".join(f'<td role="cell" data-head="{escape(head)}">{cell}</td>' for head, cell in others)
    return f'{begin}<th role="rowheader" scope="row">{first[1]}</th>{rest}</tr>'


def _timed(at: datetime, words: str) -> str:
    exact = f"{at:%Y-%m-%d %H:%M:%S} UTC"
    return f'<time datetime="{at.isoformat(timespec="seconds")}" title="{exact}">{words}</time>'
