"""What a server's answer says beside its body. Owns reading status and headers.

Here: Retry-After, Cache-Control, Expires, content types, ETags, and a sentence for people for every refusal. Headers
are named in lower case.
Not here: asking (web).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from bot.news.page import Tags
from bot.news.said import Said, said

LONGEST_RETRY_AFTER = timedelta(days=1)
# A tag longer than this is not kept: it would be sent back with every poll.
_LONGEST_TAG = 500
_MAX_AGE = re.compile(r"(?<![\w-])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_UNCACHED = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]{1,2000})>([^<>]{0,500})")
_RELATION = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([\w-]+))", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def refusal(status: int) -> Said:
    """A sentence for a status that is no page."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        return said("The server answered {status}.", status=status)
    return said("The server answered {status} ({phrase}).", status=status, phrase=phrase)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks us to stay away, within a day; None where it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        wait = timedelta(seconds=min(int(said[:9]), 10**6))
    else:
        until = _instant(said)
        if until is None:
            return None
        wait = until - now
    return max(timedelta(0), min(wait, LONGEST_RETRY_AFTER))


def max_age(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How much longer the answer stays fresh by the server's word; None where it does not say.

    Cache-Control's word goes before that of Expires, which is compared with the server's own clock where it tells
    that (RFC 9111, 4.2.1).
    """
    control = headers.get("cache-control", "")
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        spent = int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0
        return timedelta(seconds=max(0, int(found[1]) - spent))
    expires = None if _UNCACHED.search(control) else _instant(headers.get("expires", ""))
    if expires is None:
        return None
    return max(timedelta(0), expires - (_instant(headers.get("date", "")) or now))


def _instant(said: str) -> datetime | None:
    """A date of HTTP as an instant; None where it is none."""
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def linked(headers: Mapping[str, str], relation: str) -> str:
    """The whole address that a Link header gives for a relation (RFC 8288); empty where none does."""
    for link in _LINK.finditer(headers.get("link", "")):
        found = _RELATION.search(link[2])
        if found and relation in (found[1] or found[2]).lower().split():
            return link[1].strip() if "://" in link[1] else ""
    return ""


def tags(headers: Mapping[str, str]) -> Tags:
    """What to ask again with."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Tags(etag if len(etag) <= _LONGEST_TAG else "", modified if len(modified) <= _LONGEST_TAG else "")


def asking(tags: Tags) -> str:
    """The headers that make a request conditional, as lines."""
    asked = (("If-None-Match", tags.etag), ("If-Modified-Since", tags.modified))
    return "".join(f"{name}: {value}\r\n" for name, value in asked if value and value.isprintable())


def content_type(headers: Mapping[str, str]) -> tuple[str, str]:
    """The type of the body, bare and in lower case, and its charset; empty where the server does not say."""
    said = headers.get("content-type")
    if said is None:
        return "", ""
    charset = _CHARSET.search(said)
    return said.partition(";")[0].strip().lower(), charset[1] if charset else ""
