"""Sources that were found and may be watched. Owns which of them are one, and which is offered first.

Here: candidates as values, what tells a feed of readers' comments, and two addresses of one feed.
Not here: where candidates are looked for (ingest/discovery, desk/finding), who picks one (handlers, verbs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.news.identity import canonical_url, short_id
from bot.news.model import Fetched, Found, Kind, Listing, Source
from bot.news.said import Said
from bot.news.text import clean, fold

# More is no choice any more; they also have to fit into one message.
MOST_CANDIDATES = 6
# A source without news for so long is offered behind those that have some.
STALE = timedelta(days=30)
# Two feeds with so much in common among their first rows are one feed in two formats, or at two addresses.
_ALIKE = 0.8
# Unless one has more than twice as many rows: then it is the site's, and the other a section's with much to tell.
_AS_LONG = 0.5
_COMPARED = 20
SHOWN_ROWS = 3

_COMMENTS = re.compile(
    r"(?<![a-z])(?:comments?|comment-?feeds?|kommentare?|commentaires?|comentarios?|commenti|komentarze|yorumlar|"
    r"repl(?:y|ies))(?![a-z])|комментари|تعليقات|评论|コメント"
)
# Of one feed in several formats: Atom's times always have a zone; RDF has the least to say.
_FORMATS = (Kind.ATOM, Kind.RSS, Kind.JSONFEED, Kind.RDF)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may be watched, and what stood there: how many rows, the newest times and the last headlines.

    `source` has no folder and perhaps not the name under which it would be watched; `known` is the name under which
    it is watched already, else empty. `comments`: what readers say, by its name. `box`: how a box was found.
    """

    source: Source
    kind: Kind
    count: int
    newest: datetime | None
    rows: tuple[Fetched, ...]
    comments: bool = False
    known: str = ""
    box: Found | None = None

    @property
    def id(self) -> str:
        """The same for the same address read on the same clock."""
        return candidate_id(self.source)

    @property
    def last(self) -> tuple[Fetched, ...]:
        """The headlines that show what it is."""
        return self.rows[:SHOWN_ROWS]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found at an address, best first; `remarks` are sentences on what was left out, and why."""

    url: str
    asked_at: datetime
    candidates: tuple[Candidate, ...]
    remarks: tuple[Said, ...] = ()


def candidate_id(source: Source) -> str:
    """The id of a source that is offered."""
    return short_id(f"{canonical_url(source.url)} {source.zone}")


def candidate_of(listing: Listing, url: str, title: str = "", zone: str = "UTC") -> Candidate:
    """A listing at an address as a candidate; `title` is what a page calls it, for listings that do not say."""
    rows = sorted(listing.rows, key=lambda row: row.published_at or _LONG_AGO, reverse=True)
    newest = rows[0].published_at if rows else None
    named = clean(listing.title, 100) or clean(title, 100)
    return Candidate(
        Source("", url, named, zone=zone),
        listing.kind,
        len(rows),
        newest,
        tuple(rows[:_COMPARED]),
        comments=_is_of_comments(url, f"{title} {listing.title}"),
        box=listing.found,
    )


def best_first(found: Iterable[Candidate], now: datetime) -> tuple[Candidate, ...]:
    """Each source once, as a person would want them: `found` is in the order in which the page names them.

    What readers say comes last, before that what has long had no news; a feed in several formats is one.
    """
    once: list[Candidate] = []
    for candidate in found:
        place = next((place for place, other in enumerate(once) if _are_one(candidate, other)), None)
        if place is None:
            once.append(candidate)
        elif _is_better(candidate, once[place]):
            once[place] = candidate
    return tuple(sorted(once, key=lambda one: (one.comments, _is_stale(one, now))))


def with_names(candidates: Sequence[Candidate], watched: Sequence[Source]) -> tuple[Candidate, ...]:
    """The candidates, each with the name under which it is watched already."""
    names = {canonical_url(source.url): source.name for source in watched}
    return tuple(replace(one, known=names.get(canonical_url(one.source.url), "")) for one in candidates)


def _is_of_comments(url: str, title: str) -> bool:
    path = url.partition("://")[2].partition("/")[2]
    return bool(_COMMENTS.search(fold(f"{path} {title}")))


def _is_stale(candidate: Candidate, now: datetime) -> bool:
    return not candidate.count or (candidate.newest is not None and candidate.newest < now - STALE)


def _are_one(one: Candidate, other: Candidate) -> bool:
    if canonical_url(one.source.url) == canonical_url(other.source.url):
        return True
    if not {one.kind, other.kind} <= set(_FORMATS) or not one.rows or not other.rows:
        return False  # a box and a feed of the same site are two ways to watch it
    if min(one.count, other.count) < _AS_LONG * max(one.count, other.count):
        return False
    seen = min(len(one.rows), len(other.rows))
    return any(_share(_marks(one, mark)[:seen], _marks(other, mark)[:seen]) >= _ALIKE for mark in ("url", "title"))


def _marks(candidate: Candidate, mark: str) -> list[str]:
    if mark == "url":
        return [canonical_url(row.url) for row in candidate.rows]
    return [fold(row.title) for row in candidate.rows]


def _share(one: list[str], other: list[str]) -> float:
    return len(set(one) & set(other)) / len(set(one) | set(other))


def _is_better(one: Candidate, other: Candidate) -> bool:
    """Whether `one` says more of the same headlines than `other`, which the page names first."""
    return _worth(one) > _worth(other)


def _worth(candidate: Candidate) -> tuple[float, int]:
    dated = sum(row.published_at is not None for row in candidate.rows)
    form = -_FORMATS.index(candidate.kind) if candidate.kind in _FORMATS else 0
    return dated / max(len(candidate.rows), 1), form
