"""Headlines that other programs publish, by HTTP or on the command line.

Here: JSON's values -> the stream's fields, and that either all of them are published or none.
Not here: what a headline must have (store/codec), who may publish (ops/http).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.news.errors import BadHeadline
from bot.news.model import Headline
from bot.ports import Clock
from bot.store.codec import Malformed, ms, read_entry
from bot.store.headlines import Headlines

# The contract's fields. Others are ignored, as they are in the stream.
FIELDS = ("id", "title", "url", "published_at", "source", "summary", "text", "lang")


class Publishing:
    """The publisher's way into the stream."""

    def __init__(self, headlines: Headlines, clock: Clock) -> None:
        self._headlines = headlines
        self._clock = clock

    async def publish(self, entries: Sequence[Mapping[str, object]]) -> list[str]:
        """Put headlines into the stream, and give their ids in the same order; publishing again is harmless.

        `published_at` is epoch milliseconds, or ISO 8601 with a time zone. Raises BadHeadline for the first
        that is none, and then nothing was published.
        """
        now = self._clock.now()
        headlines = [self._read(item, entry, now) for item, entry in enumerate(entries)]
        for headline in headlines:
            await self._headlines.add(headline, now)
        return [headline.id for headline in headlines]

    def _read(self, item: int, entry: Mapping[str, object], now: datetime) -> Headline:
        try:
            headline = read_entry("", {name: _text(name, entry.get(name)) for name in FIELDS}, now)
        except Malformed as error:
            raise BadHeadline(str(error), item) from None
        if self._headlines.is_stale(headline, now):
            raise BadHeadline("published_at is longer ago than headlines are kept.", item)
        return headline


def _text(name: str, value: object) -> str:
    """A field as the stream has it. Raises Malformed."""
    if value is None:
        return ""
    if name == "published_at" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not _is_unicode(value):
        raise Malformed(f"{name} must be text.")
    return _milliseconds(value.strip()) if name == "published_at" else value


def _is_unicode(text: str) -> bool:
    """Whether the text can be written at all; half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _milliseconds(text: str) -> str:
    """Epoch milliseconds as they are, ISO 8601 as epoch milliseconds. Raises Malformed."""
    if not text or text.isdigit():
        return text
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(f"published_at must be epoch milliseconds or ISO 8601; it is {text[:40]!r}.") from None
    if instant.tzinfo is None:
        raise Malformed("published_at has no time zone; write it as 2026-11-23T12:15:00Z.")
    return str(ms(instant))
