"""Spans of time as people write them: `90s`, `5m`, `2h`, `1d`."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d{1,6})\s*([smhd]?)")


def parse_span(text: object) -> timedelta:
    """The span that `text` names; a bare number is seconds. Raises ValueError with a sentence."""
    if isinstance(text, timedelta):
        return text
    found = _SPAN.fullmatch(str(text).strip().lower())
    if not found:
        raise ValueError(f"{str(text)[:40]!r} is no span of time; write 90s, 5m, 2h or 1d")
    return timedelta(**{_UNITS[found[2] or "s"]: int(found[1])})
