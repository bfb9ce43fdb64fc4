"""What a server's answer says beside its body. Owns reading status and headers.

Here: Retry-After, Cache-Control, content types, ETags, and a sentence for people for every refusal.
Not here: asking (web).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from bot.news.page import Tags

LONGEST_RETRY_AFTER = timedelta(days=1)
# A tag longer than this is not kept: it would be sent back with every poll.
_LONGEST_TAG = 500
_MAX_AGE = re.compile(r"(?<![\w-])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def refusal(status: int) -> str:
    """A sentence for a status that is no page."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        return f"The server answered {status}."
    return f"The server answered {status} ({phrase})."


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks us to stay away, within a day; None where it does not say."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        wait = timedelta(seconds=min(int(said[:9]), 10**6))
    else:
        try:
            until = parsedate_to_datetime(said)
        except ValueError:
            return None
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return max(timedelta(0), min(wait, LONGEST_RETRY_AFTER))


def max_age(headers: Mapping[str, str]) -> timedelta | None:
    """How much longer the answer stays fresh by the server's word; None where it does not say."""
    found = _MAX_AGE.search(headers.get("Cache-Control", ""))
    if not found:
        return None
    age = headers.get("Age", "").strip()
    spent = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
    return timedelta(seconds=max(0, int(found[1]) - spent))


def tags(headers: Mapping[str, str]) -> Tags:
    """What to ask again with."""
    etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    return Tags(etag if len(etag) <= _LONGEST_TAG else "", modified if len(modified) <= _LONGEST_TAG else "")


def asking(tags: Tags) -> dict[str, str]:
    """The headers that make a request conditional."""
    asked = {"If-None-Match": tags.etag, "If-Modified-Since": tags.modified}
    return {name: value for name, value in asked.items() if value and value.isprintable()}


def content_type(headers: Mapping[str, str]) -> tuple[str, str]:
    """The type of the body, bare and in lower case, and its charset; empty where the server does not say."""
    said = headers.get("Content-Type", "")
    charset = _CHARSET.search(said)
    return said.partition(";")[0].strip().lower(), charset[1] if charset else ""
