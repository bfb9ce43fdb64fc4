"""Time zones as dates name them. Owns what an abbreviation or an offset means.

Here: +0100, +01:00, GMT+1, Etc/GMT, Z, CEST (a comment in brackets behind it is passed over).
Not here: the rest of a date (instants), the zones of sources, which have IANA's names (listing).
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache

# What feeds abbreviate, in hours from UTC; Indian, not Irish or Israeli, where one name has several meanings.
_HOURS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "CT": -6, "MST": -7,
    "MDT": -6, "MT": -7, "PST": -8, "PDT": -7, "PT": -8, "AT": -4, "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3,
    "ART": -3, "WET": 0, "WEST": 1, "BST": 1, "WAT": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "MET": 1, "MEST": 2,
    "SAST": 2, "CAT": 2, "EET": 2, "EEST": 3, "EAT": 3, "MSK": 3, "MSD": 4, "TRT": 3, "IRST": 3.5, "GST": 4, "PKT": 5,
    "IST": 5.5, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
# What may stand behind a date, for the patterns that read one.
ZONE = r"((?:(?:Etc/)?(?:GMT|UTC|UT))? ?[+-]\d{1,2}(?::?\d\d)?|(?:Etc/)?[A-Za-z]{1,5})?(?: ?\([^)]*\))?"
_SAID = re.compile(
    r"\W*?(?:(?:etc/)?(?:gmt|utc|ut)\b)? ?([+-])(\d{1,2})(?::?(\d\d))?(?![\d:])|\W*(?:etc/)?([a-z]{1,5})\b",
    re.IGNORECASE,
)
_FARTHEST = timedelta(hours=24)


@lru_cache(256)
def zone_of(said: str) -> tzinfo | None:
    """The zone that the text begins with; None where it begins with none that we know."""
    found = _SAID.match(said)
    if found is None:
        return None
    sign, hours, minutes, name = found.groups()
    if name:
        seconds = offset_of(name, None)
        return None if seconds is None else timezone(timedelta(seconds=seconds))
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return timezone(ahead) if abs(ahead) < _FARTHEST else UTC


def offset_of(name: str | None, offset: int | None) -> int | None:
    """Seconds ahead of UTC of a zone's abbreviation, or as they are given with it; None where nobody knows."""
    hours = _HOURS.get((name or "").upper())
    return int(hours * 3600) if hours is not None else offset
