"""The tree of errors. Owns every exception that crosses a floor; foreign exceptions stop at the doors.

HouseError
├── ConfigError        the operator can fix it       -> listed at start, exit 2, no traceback
├── UserError          the person can fix it         -> its text is sent to the chat
│   ├── BadTopic           an expression that is wrong (`place`: where, 0-based)
│   ├── NoSuchHeadline     a number or link that leads nowhere
│   ├── LongGone           what a button or a number meant is there no more
│   ├── NotReadable        an article that cannot be shown (`url`: the original)
│   ├── BadHeadline        what a publisher sent is no headline (`item`: which, 0-based)
│   ├── TooManySubscriptions
│   └── Enough             somebody asks more than their share; without a sentence: they were told
├── Behind             the alerter has to catch up   -> whoever publishes is asked to wait
├── StoreError         Redis is away or refuses      -> loops back off, readiness off
└── IngestError        the source or net is at fault -> counted, cadence decides, never fatal
    ├── FetchFailed        (`retry_after`: what the server asked for; `gone`: it said 410; `status`: what it said)
    └── NotParseable
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.news.said import Said


class HouseError(Exception):
    """Everything that goes wrong in ways we know; its text is `sentence`, for people in whose language they read."""

    def __init__(self, sentence: Said | str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class ConfigError(HouseError):
    """What the operator has to mend: every problem at once, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UserError(HouseError):
    """What a person asked and cannot have; the text is written for them."""


class BadTopic(UserError):
    """A topic expression that cannot be understood; `place` is the offending character's index in `expression`."""

    def __init__(self, sentence: Said | str, place: int = 0, expression: str = "") -> None:
        super().__init__(sentence)
        self.place = place
        self.expression = expression


class NoSuchHeadline(UserError):
    """A row, id or link that we do not know."""


class LongGone(UserError):
    """What a button or a number meant is there no more."""


class NotReadable(UserError):
    """An article that cannot be shown; the original stands at `url`."""

    def __init__(self, sentence: Said | str, url: str) -> None:
        super().__init__(sentence)
        self.url = url


class BadHeadline(UserError):
    """What a publisher sent is no headline; `item` is its place among those sent with it."""

    def __init__(self, sentence: Said | str, item: int = 0) -> None:
        super().__init__(sentence)
        self.item = item


class TooManySubscriptions(UserError):
    """A chat has as many topics as one chat may have."""


class Enough(UserError):
    """Somebody asks for more than one person's share; the sentence is empty where they were told so already."""


class Behind(HouseError):
    """More headlines wait to be read than may; who publishes is asked to bring the same again later."""


class StoreError(HouseError):
    """Redis cannot be reached or refuses what we ask."""


class IngestError(HouseError):
    """A source or the net between is at fault."""


class FetchFailed(IngestError):
    """Nothing usable came back; the sentence holds no secret."""

    def __init__(
        self, sentence: Said | str, retry_after: timedelta | None = None, *, gone: bool = False, status: int = 0
    ) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
        self.gone = gone
        self.status = status


class NotParseable(IngestError):
    """Something came back and is not a listing or an article."""
