"""What publishers bring: one JSON object -> a headline, by the same rule as the stream's own entries.

Here: the forms that JSON may give to the stream's fields (CONTRACT), and nothing that the stream refuses.
Not here: the rule (codec), where the object came from (a verb, the operator's HTTP server).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.news.model import Headline
from bot.store.codec import Malformed, ms, read_entry

# Other fields are ignored, as they are in the stream.
TEXTS = ("title", "url", "source", "summary", "text", "lang", "section", "id")


def headline_brought(values: object, now: datetime) -> Headline:
    """The headline that a publisher's object tells. Raises Malformed with the reason."""
    if not isinstance(values, Mapping):
        raise Malformed("a headline is a JSON object with title and url.")
    fields = {name: _text(name, values.get(name)) for name in TEXTS}
    return read_entry("", fields | {"published_at": _published(values.get("published_at"))}, now)


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not _is_unicode(value):
        raise Malformed(f"{name} must be text.")
    return value


def _is_unicode(text: str) -> bool:
    """Whether the text can be written at all; half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _published(value: object) -> str:
    """Epoch milliseconds, as they are or from ISO 8601 with a time zone. Raises Malformed."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = _text("published_at", value).strip()
    if not text or text.isdigit():
        return text
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(f"published_at must be epoch milliseconds or ISO 8601; it is {text[:40]!r}.") from None
    if instant.tzinfo is None:
        raise Malformed("published_at has no time zone; write it as 2026-11-23T12:15:00Z.")
    return str(ms(instant))
