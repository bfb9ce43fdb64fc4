"""How often we ask a source. Owns what becomes of a source's state after each poll.

Here: when a source is due again, after success and failure, by its habit, its server's word and the operator's.
Not here: asking (workers/poller), keeping the state (store/sources), learning a habit (habits), how fast one host may
be asked (ingest/turns, store/sources).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.news import habits, websub
from bot.news.errors import FetchFailed, IngestError
from bot.news.habits import DAY, HOUR
from bot.news.model import Listing, Rhythm, Source
from bot.news.page import NO_TAGS, Page, Tags
from bot.news.sourcestate import LONG_AGO, NEVER, SourceState, asked_at, is_page
from bot.news.websub import Push

# A source that is down is asked half as often each time, but a repaired one is noticed the same day.
LONGEST_BACK_OFF = timedelta(hours=6)
# However long a server asks us to stay away: once a day it is asked.
LONGEST_AWAY = DAY
# A server's word that nothing will change is believed for so long; news that breaks should not wait for a cache.
LONGEST_BELIEVED = timedelta(minutes=15)
# Once a day a source is read whole, whatever it says has not changed: there are servers whose tags never change.
READ_AFTER = DAY
# After a gap in our looking, headlines are counted for when they say that they came.
GAP = timedelta(hours=2)
# "Gone" is believed when it is said twice, so long apart: a site that is being rebuilt says it by mistake.
GONE_FOR = timedelta(hours=1)
# Sources with the same cadence spread over this share of it, so that they do not all knock in the same second.
SPREAD = 0.1
# After so many failures in a row at an address that a redirect once gave us, we go back to the source's own.
TRIES_WHERE_IT_MOVED = 3


@dataclass(frozen=True, slots=True)
class Paces:
    """How often sources are asked that do not say it themselves.

    `every` and `box_every` are for a source of the usual rate (habits); what a source's habit suggests stays between
    `fastest` and `slowest`.
    """

    every: timedelta = timedelta(minutes=5)
    box_every: timedelta = timedelta(minutes=2)
    fastest: timedelta = timedelta(minutes=1)
    slowest: timedelta = timedelta(minutes=30)


def asked_with(state: SourceState, now: datetime) -> Tags:
    """What makes the next poll conditional; nothing where it is time to read the whole listing again."""
    if state.read is None or now - state.read >= READ_AFTER:
        return NO_TAGS
    return Tags(state.etag, state.modified)


def says_nothing_new(state: SourceState, page: Page, now: datetime) -> bool:
    """Whether a page need not be read: its server says that it has not changed, or we see it."""
    if page.unchanged:
        return True
    return state.read is not None and now - state.read < READ_AFTER and digest(page) == state.digest


def digest(page: Page) -> str:
    """What tells one body from another."""
    return hashlib.blake2b(page.body, digest_size=8).hexdigest()


def current(state: SourceState, source: Source) -> SourceState:
    """The state as far as it is about the address that the source has now; a changed address starts afresh."""
    return state if state.configured in {"", source.url} else SourceState(due=state.due)


def fetched_well(
    state: SourceState,
    source: Source,
    page: Page,
    listing: Listing | None,
    new: int,
    now: datetime,
    paces: Paces,
) -> SourceState:
    """The state after a poll that went well; `listing` is None where nothing had changed."""
    after = replace(
        state,
        last_ok=now,
        last_new=now if new or state.last_new is None else state.last_new,
        gone=None,
        failures=0,
        error="",
        etag=page.tags.etag or (state.etag if page.unchanged else ""),
        modified=page.tags.modified or (state.modified if page.unchanged else ""),
        url=page.moved_to or state.url,
        configured=source.url,
        habit=habits.learned(state.habit, _came(state, listing, new, now), now),
    )
    if listing is not None:
        after = replace(
            after,
            read=now,
            digest=digest(page),
            found=len(listing.rows),
            kind=listing.kind,
            title=listing.title,
            hub=page.hub or listing.hub,
            topic=page.topic or listing.topic or asked_at(after, source),
            rhythm=listing.rhythm,
        )
    wait = _wait(after, source, page.max_age, now, paces)
    return replace(after, due=_due(after, source, wait, now, first=state.last_ok is None))


def with_push(state: SourceState, source: Source, push: Push | None, now: datetime, paces: Paces) -> SourceState:
    """The state of a source after a poll, where its hub may bring what is new: asking is only the net below then."""
    if push is None or source.every is not None or not websub.works(push, now):
        return state
    due = max(state.due, now + _spread(source.name, paces.slowest))
    return replace(state, due=min(due, max(state.due, websub.renewed_by(push) or due)))


def failed(state: SourceState, source: Source, error: IngestError, now: datetime, paces: Paces) -> SourceState:
    """The state after a poll that failed: asked ever less often, and never before the server allows it."""
    failures = state.failures + 1
    wait = min(_usual(state, source, paces) * 2 ** min(failures, 20), LONGEST_BACK_OFF)
    is_gone = isinstance(error, FetchFailed) and error.gone
    if isinstance(error, FetchFailed):
        wait = max(wait, min(error.retry_after or timedelta(0), LONGEST_AWAY))
    after = replace(
        state,
        failures=failures,
        error=error.sentence,
        gone=(state.gone or now) if is_gone else None,
        url="" if failures >= TRIES_WHERE_IT_MOVED or is_gone else state.url,
        due=now + _spread(source.name, max(wait, GONE_FOR) if is_gone else wait),
        configured=source.url,
    )
    return replace(after, due=NEVER) if is_gone and state.gone and now - state.gone >= GONE_FOR else after


def host_free(error: IngestError | None, now: datetime, spacing: timedelta) -> datetime:
    """From when on a source's host may be asked again, for whatever source: after a pause, or when it allows it."""
    asked = error.retry_after if isinstance(error, FetchFailed) else None
    return now + max(spacing, min(asked or timedelta(0), LONGEST_AWAY))


def _came(state: SourceState, listing: Listing | None, new: int, now: datetime) -> list[datetime]:
    """When the headlines came that are to be counted. A time that a source gives is believed only after a gap."""
    if state.habit is not None and state.last_ok is not None and now - state.last_ok < GAP:
        return [now] * new
    since = state.last_ok if state.habit is not None and state.last_ok is not None else LONG_AGO
    rows = listing.rows if listing is not None else ()
    return [row.published_at for row in rows if row.published_at is not None and since < row.published_at <= now]


def _usual(state: SourceState, source: Source, paces: Paces) -> timedelta:
    """The wait between two polls of such a source."""
    if source.every is not None:
        return source.every
    return paces.box_every if is_page(state, source) else paces.every


def _wait(state: SourceState, source: Source, max_age: timedelta | None, now: datetime, paces: Paces) -> timedelta:
    usual = _usual(state, source, paces)
    if source.every is not None:
        return usual  # the operator has said it
    by_habit = max(habits.wait(state.habit, now, usual, paces.slowest), min(usual, paces.fastest))
    fresh = min(max_age or timedelta(0), LONGEST_BELIEVED)
    return max(by_habit, fresh, min(state.rhythm.ttl or timedelta(0), paces.slowest))


def _due(state: SourceState, source: Source, wait: timedelta, now: datetime, *, first: bool) -> datetime:
    """When the wait is over. After a first look sooner: those that were added together then knock one by one."""
    if source.every is not None:
        return now + _spread(source.name, wait)
    due = now + (wait * (SPREAD + (1 - SPREAD) * _share(source.name)) if first else _spread(source.name, wait))
    return _after_skipped(due, state.rhythm)


def _after_skipped(due: datetime, rhythm: Rhythm) -> datetime:
    """The first instant from `due` on at which the feed does not ask to be left alone; `due` where there is none."""
    if not rhythm.skip_hours and not rhythm.skip_days:
        return due
    hours = (due.replace(minute=0, second=0, microsecond=0) + number * HOUR for number in range(1, 24 * 7 + 1))
    return next((at for at in (due, *hours) if not _is_skipped(at, rhythm)), due)


def _is_skipped(at: datetime, rhythm: Rhythm) -> bool:
    return at.hour in rhythm.skip_hours or at.weekday() in rhythm.skip_days


def _spread(name: str, wait: timedelta) -> timedelta:
    """`wait`, or up to a tenth more: always the same share for the same source."""
    return wait * (1 + SPREAD * _share(name))


def _share(name: str) -> float:
    """A number of its own for each source, from 0 to 1."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=2).digest()) / 65536
