"""The time zones that chats live in: an IANA name, or an offset as in +05:30. Owns what such a name means.

Here: a name -> a zone; an offset as people type it -> a name.
Not here: places and where their zones are (desk/places), the zones that dates on pages name (ingest/zonenames).
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.news.clocktimes import plain_digits

# The clocks that are farthest from Greenwich: Baker Island's and Kiribati's.
_FARTHEST_WEST, _FARTHEST_EAST = -12 * 60, 14 * 60

_NAME = re.compile(r"([+-])(\d\d):(\d\d)")
_TYPED = re.compile(r"(?:utc|gmt|z)?\s*([+−–-])\s*(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(?:h|hours?)?", re.IGNORECASE)
_GREENWICH = re.compile(r"utc|gmt|z|(?:utc|gmt)?\s*[+-]?0", re.IGNORECASE)


def zone_of(name: str) -> tzinfo:
    """The zone that a chat's preferences name; UTC for one that nobody knows (any more), or none."""
    if offset := _NAME.fullmatch(name):
        return timezone(_ahead(*offset.groups()))
    return _of_iana(name) or UTC


def is_zone(name: str) -> bool:
    """Whether the name is an offset's or one of IANA's that we know."""
    return _NAME.fullmatch(name) is not None or _of_iana(name) is not None


def read_offset(text: str) -> str:
    """The name of the zone that is an offset as typed (+5:30, UTC+1, GMT-3, UTC); empty where it is none."""
    text = plain_digits(text).strip()
    if _GREENWICH.fullmatch(text):
        return "+00:00"
    found = _TYPED.fullmatch(text)
    if found is None:
        return ""
    minutes = int(_ahead(found[1], found[2], found[3] or "0").total_seconds()) // 60
    return _name_of(minutes) if _FARTHEST_WEST <= minutes <= _FARTHEST_EAST else ""


def _of_iana(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # an empty name is a folder
        return None


def _ahead(sign: str, hours: str, minutes: str) -> timedelta:
    return timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)


def _name_of(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
