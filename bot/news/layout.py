"""Whether a box is still the box that it was. Owns what is remembered of one, and what a site's new layout leads to.

Here: the rows of the last look beside those of this one -> which of them are old rows in a new place, when a page has
turned to nonsense, and when the admins should hear of it.
Not here: reading a box (ingest/boxes), when its source is asked again (cadence), telling anybody (workers/poller).

A site that is built anew shows old headlines under new links, or more of them than before; none is news. What tells
them apart is their time beside that of the rows that we know, or beside our last look where we know hardly any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.news.errors import NotParseable
from bot.news.identity import headline_id
from bot.news.model import Fetched, Kind, Listing, Source
from bot.news.said import Said, many_said, said

# A headline may come into view so long after its time: an editor keeps it, a cache does. So few may do at once.
LATE = timedelta(minutes=15)
FEW = 3
# Where fewer of a hundred rows are known, the page as a whole is not the one that we knew.
KNOWN = 20
# Admins hear of one source at most so often, however often it changes.
QUIET = timedelta(days=1)
# After so many looks in a row that found nothing, it is no hiccup.
TRIES = 3
# Headlines are longer than so many characters on average; the words of menus are not.
SHORTEST_MEAN = 16
_DIGITS = re.compile(r"\d+")
_TEXT = "text"


@dataclass(frozen=True, slots=True)
class Box:
    """What is remembered of a box's last look: the ids of its rows, the shapes of their links, their mean width.

    `by` is the selector of the rows where the source's own selectors found them, else empty; `told` is when the admins
    last heard of a change.
    """

    rows: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    width: int = 0
    by: str = ""
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a box led to: what is remembered now, the ids of old rows, and a word for the admins."""

    box: Box | None
    backlog: frozenset[str] = frozenset()
    word: Said | None = None


def look(before: Box | None, source: Source, listing: Listing, last_ok: datetime | None, now: datetime) -> Look:
    """Compare a listing with the last look at it. Raises NotParseable where its rows have turned to nonsense."""
    if listing.kind is not Kind.BOX:
        return Look(None)
    box = _remembered(source, listing, before)
    astray = source.selectors is not None and not box.by and (before is None or bool(before.by))
    gone = said("The selectors of {name} find nothing any more, and its box is read without them.", name=source.name)
    word = gone if astray else None
    backlog: frozenset[str] = frozenset()
    if before is not None and len(before.rows) >= FEW and last_ok is not None:
        _refuse_nonsense(before, box, listing.rows)
        backlog, changed = _old(before, box, listing.rows, last_ok)
        if changed:
            word = said("{what} {old}", what=word or _new_layout(source), old=_untold(len(backlog)))
    if word and (before is None or before.told is None or now - before.told >= QUIET):
        return Look(replace(box, told=now), backlog, said("{what} What comes next is told as usual.", what=word))
    return Look(box, backlog)


def lost(before: Box | None, source: Source, failures: int, reason: NotParseable, now: datetime) -> Look:
    """What becomes of a box that was not found, for the `failures`-th time in a row."""
    due = before is not None and failures == TRIES and (before.told is None or now - before.told >= QUIET)
    if before is None or not due:
        return Look(before)
    word = said(
        "I can no longer read {name}: {reason} I go on trying, less and less often; see /sources.",
        name=source.name,
        reason=reason.sentence,
    )
    return Look(replace(before, told=now), word=word)


def _new_layout(source: Source) -> Said:
    return said("The page of {name} has a new layout.", name=source.name)


def _untold(count: int) -> Said:
    return many_said(
        "An older headline that came into view was told to nobody.",
        "{n} older headlines that came into view were told to nobody.",
        count,
    )


def _remembered(source: Source, listing: Listing, before: Box | None) -> Box:
    rows = listing.rows
    own = source.selectors is not None and listing.found is not None and listing.found.selectors == source.selectors
    return Box(
        rows=tuple(headline_id(row.url, row.id) for row in rows),
        shapes=tuple(sorted({_shape(row) for row in rows})),
        width=sum(len(row.title) for row in rows) // max(len(rows), 1),
        by=" ".join(source.selectors.row.split()) if own and source.selectors is not None else "",
        told=before.told if before is not None else None,
    )


def _shape(row: Fetched) -> str:
    """What the links of one site's headlines have in common: the host, and how the path is built."""
    parts = urlsplit(row.url)
    if "#:~:text=" in row.url:
        return _TEXT
    steps = [_DIGITS.sub("9", step) for step in parts.path.split("/") if step]
    return "/".join([parts.netloc, *(step if len(step) < 3 else str(min(step.count("-"), 2)) for step in steps)])


def _refuse_nonsense(before: Box, box: Box, rows: Sequence[Fetched]) -> None:
    if box.shapes == (_TEXT,) and _TEXT not in before.shapes:
        raise NotParseable(said("The rows of its box lead nowhere any more."))
    if box.width < min(SHORTEST_MEAN, before.width / 2):
        raise NotParseable(said("The rows of its box are no headlines any more."))
    if box.by and len(rows) >= FEW and len({row.published_at for row in rows}) == 1:
        raise NotParseable(said("The rows of its box have all the same time."))
    if len({row.title for row in rows}) * 2 < len(rows):
        raise NotParseable(said("The rows of its box have all the same title."))


def _old(before: Box, box: Box, rows: Sequence[Fetched], last_ok: datetime) -> tuple[frozenset[str], bool]:
    """The ids of rows that are new to us and no news, and whether the page as a whole is another."""
    known = [row for row, ident in zip(rows, box.rows, strict=True) if ident in before.rows]
    fresh = {ident: row for row, ident in zip(rows, box.rows, strict=True) if ident not in before.rows}
    strange = len(known) * 100 < len(rows) * KNOWN
    if strange and len(fresh) >= FEW and set(box.shapes).isdisjoint(before.shapes):
        return frozenset(fresh), True
    times = [row.published_at for row in known if row.published_at is not None]
    seen = last_ok if strange or not times else max(times)
    old = frozenset(
        ident for ident, row in fresh.items() if row.published_at is None or row.published_at <= seen - LATE
    )
    return (old, strange) if len(old) >= FEW else (frozenset(), False)
