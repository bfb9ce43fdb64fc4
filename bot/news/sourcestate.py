"""How a source has fared, as a value. Owns what is remembered of a source between two polls.

Here: the state, where its source is asked, and what follows from it alone.
Not here: what becomes of it after a poll (cadence), keeping it (store/statecodec).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.news.habits import Habit
from bot.news.layout import Box
from bot.news.model import Kind, Rhythm, Source
from bot.news.said import Said

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ANY_TIME = Rhythm()


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source has fared. `error` is a sentence for people, empty where the last poll went well.

    `etag` and `modified` make the next poll conditional, `digest` tells whether a body is the same as the last one;
    `read` is when a listing was last read. `url` is where the source has moved for good, else empty; `gone` since when
    its server says so. `found` is the number of rows of the last listing; `configured` is the address that all this
    was learnt about. `hub` and `topic` are its WebSub hub and what that calls it; `box` is what is remembered
    of a box, to notice another layout.
    """

    due: datetime = LONG_AGO
    last_ok: datetime | None = None
    last_new: datetime | None = None
    read: datetime | None = None
    gone: datetime | None = None
    failures: int = 0
    error: Said | str = ""
    found: int = 0
    etag: str = ""
    modified: str = ""
    digest: str = ""
    url: str = ""
    kind: Kind | None = None
    title: str = ""
    configured: str = ""
    hub: str = ""
    topic: str = ""
    rhythm: Rhythm = _ANY_TIME
    habit: Habit | None = None
    box: Box | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it is asked no more: its server said, and said again, that it is gone."""
        return self.due >= NEVER


def asked_at(state: SourceState, source: Source) -> str:
    """Where the source is asked."""
    return state.url or source.url


def is_page(state: SourceState, source: Source) -> bool:
    """Whether the source is a page with a box, made for people: for such a one robots.txt is asked."""
    return (source.kind or state.kind) is Kind.BOX
