"""How often we ask a source. Owns what becomes of a source's state after each poll.

Here: when a source is due again, after success, silence and failure.
Not here: asking (workers/poller), keeping the state (store/sources), how fast one host may be asked (ingest/web).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.news.errors import FetchFailed, IngestError
from bot.news.layout import Box
from bot.news.model import Kind, Listing, Source
from bot.news.page import Page

# A source that is down is asked half as often each time, but a repaired one is noticed the same day.
LONGEST_BACK_OFF = timedelta(hours=6)
# However long a server asks us to stay away, and one that said "gone": asked once a day.
ONCE_A_DAY = timedelta(days=1)
# A server's word that nothing will change is believed for so long; news that breaks should not wait for a cache.
LONGEST_BELIEVED = timedelta(minutes=15)
# Sources that have been silent are asked less often: (silent for, times the usual wait).
SILENCES = ((timedelta(days=30), 12), (timedelta(days=3), 3))
# Sources with the same cadence spread over this share of it, so that they do not all knock in the same second.
SPREAD = 0.1
# After so many failures in a row at an address that a redirect once gave us, we go back to the source's own.
TRIES_WHERE_IT_MOVED = 3
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Paces:
    """How often sources are asked that do not say it themselves."""

    every: timedelta = timedelta(minutes=5)
    box_every: timedelta = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source has fared. `error` is a sentence for people, empty where the last poll went well.

    `etag` and `modified` make the next poll conditional; `url` is where the source has moved for good,
    else empty; `found` is the number of rows of the last listing; `configured` is the address that all
    this was learnt about; `box` is what is remembered of a box, to notice another layout.
    """

    due: datetime = _LONG_AGO
    last_ok: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0
    error: str = ""
    found: int = 0
    etag: str = ""
    modified: str = ""
    url: str = ""
    kind: Kind | None = None
    title: str = ""
    configured: str = ""
    box: Box | None = None


def current(state: SourceState, source: Source) -> SourceState:
    """The state as far as it is about the address that the source has now; a changed address starts afresh."""
    if state.configured in {"", source.url}:
        return state
    return SourceState(due=state.due)


def fetched_well(
    state: SourceState, source: Source, page: Page, listing: Listing | None, new: int, now: datetime, paces: Paces
) -> SourceState:
    """The state after a poll that went well; `listing` is None where nothing had changed."""
    after = replace(
        state,
        last_ok=now,
        last_new=now if new or state.last_new is None else state.last_new,
        failures=0,
        error="",
        etag=page.tags.etag or (state.etag if page.unchanged else ""),
        modified=page.tags.modified or (state.modified if page.unchanged else ""),
        url=page.moved_to or state.url,
        configured=source.url,
    )
    if listing is not None:
        after = replace(after, found=len(listing.rows), kind=listing.kind, title=listing.title)
    return replace(after, due=now + _spread(source.name, _wait(after, source, page.max_age, now, paces)))


def failed(state: SourceState, source: Source, error: IngestError, now: datetime, paces: Paces) -> SourceState:
    """The state after a poll that failed: asked ever less often, and never before the server allows it."""
    failures = state.failures + 1
    wait = min(_usual(state, source, paces) * 2 ** min(failures, 20), LONGEST_BACK_OFF)
    if isinstance(error, FetchFailed):
        wait = max(wait, min(error.retry_after or timedelta(0), ONCE_A_DAY))
        if error.gone:
            wait = ONCE_A_DAY
    return replace(
        state,
        failures=failures,
        error=str(error),
        url="" if failures >= TRIES_WHERE_IT_MOVED else state.url,
        due=now + _spread(source.name, wait),
        configured=source.url,
    )


def _usual(state: SourceState, source: Source, paces: Paces) -> timedelta:
    """The wait between two polls of such a source."""
    if source.every is not None:
        return source.every
    return paces.box_every if (source.kind or state.kind) is Kind.BOX else paces.every


def _wait(state: SourceState, source: Source, max_age: timedelta | None, now: datetime, paces: Paces) -> timedelta:
    usual = _usual(state, source, paces)
    if source.every is not None:
        return usual  # the operator has said it
    silent = now - (state.last_new or now)
    times = next((times for silence, times in SILENCES if silent >= silence), 1)
    return max(usual * times, min(max_age or timedelta(0), LONGEST_BELIEVED))


def _spread(name: str, wait: timedelta) -> timedelta:
    """`wait`, or up to a tenth more: always the same share for the same source."""
    share = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=2).digest()) / 65536
    return wait * (1 + SPREAD * share)
