"""Values of the house <-> text in Redis. Owns epoch milliseconds: outside this file instants are aware datetimes.

Here: every conversion, and the reading of stream entries that other programs wrote.
Not here: which key a value stands in (keys), when it is written (the owners).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bot.news import languages
from bot.news.hosts import ascii_host
from bot.news.identity import headline_id
from bot.news.model import Headline, Subscription, Telling
from bot.news.text import clean

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

# What a stream entry may say about time: epoch milliseconds of this century. Seconds would be January 1970.
SANE = range(946_684_800_000, 4_102_444_800_000)
LONGEST_URL = 2000
LONGEST_SUMMARY = 1000
LONGEST_TEXT = 200_000
LONGEST_SECTION = 40


class Malformed(ValueError):
    """An entry of the stream that is no headline; the text says why."""


def ms(instant: datetime) -> int:
    """An instant as epoch milliseconds."""
    return (instant - EPOCH) // MILLISECOND


def exact_ms(instant: datetime) -> float:
    """An instant as epoch milliseconds with their fraction."""
    return (instant - EPOCH) / MILLISECOND


def instant(milliseconds: str | float) -> datetime:
    """Epoch milliseconds as an instant."""
    return EPOCH + int(milliseconds) * MILLISECOND


def span_ms(span: timedelta) -> int:
    """A span of time in whole milliseconds."""
    return span // MILLISECOND


def seconds(span: timedelta) -> int:
    """A span of time in whole seconds."""
    return span // timedelta(seconds=1)


def fields_of(flat: Sequence[str] | None) -> dict[str, str]:
    """Redis's field, value, field, value … as a mapping."""
    return dict(zip(flat[::2], flat[1::2], strict=True)) if flat else {}


# ---- headlines


def headline_fields(headline: Headline) -> list[str | int]:
    """A headline as a stream entry's, or its record's, fields and values."""
    fields: dict[str, str | int] = {
        "id": headline.id,
        "title": headline.title,
        "url": headline.url,
        "published_at": ms(headline.published_at),
        "source": headline.source,
        "seen_at": ms(headline.seen_at),
    }
    optional = {
        "summary": headline.summary[:LONGEST_SUMMARY],
        "text": headline.text[:LONGEST_TEXT],
        "lang": headline.lang,
        "backlog": "1" if headline.backlog else "",
        "section": ",".join(headline.sections),
    }
    fields.update((name, value) for name, value in optional.items() if value)
    return [part for pair in fields.items() for part in pair]


def headline_of(record: Mapping[str, str]) -> Headline:
    """A headline from its record."""
    return Headline(
        id=record["id"],
        title=record["title"],
        url=record["url"],
        source=record["source"],
        published_at=instant(record["published_at"]),
        seen_at=instant(record["seen_at"]),
        summary=record.get("summary", ""),
        text=record.get("text", ""),
        lang=record.get("lang", ""),
        backlog=record.get("backlog") == "1",
        sections=_sections(record.get("section", "")),
        story=record.get("story", ""),
        tellings=tellings_of(record.get("tellings", "")),
    )


def tellings_of(text: str) -> tuple[Telling, ...]:
    """Who tells a story, from the lines that lua/tell.lua writes: source, host, instant, headline."""
    parts = (line.split(" ") for line in text.splitlines())
    return tuple(Telling(source, host, instant(at), headline) for source, host, at, headline in parts)


# What an alert shows and measures of a headline; its text may be two hundred times as long.
IN_ALERTS = ("id", "title", "url", "source", "published_at", "seen_at", "tellings")


def in_alert(values: Sequence[str | None]) -> Headline | None:
    """A headline as an alert tells it, from the values of IN_ALERTS; None where there is no record."""
    record = {name: value for name, value in zip(IN_ALERTS, values, strict=True) if value is not None}
    return headline_of(record) if record else None


def read_entry(entry: str, fields: Mapping[str, str], now: datetime) -> Headline:
    """The headline that a stream entry tells, whoever wrote it. Raises Malformed with the reason."""
    title = clean(fields.get("title", ""))
    if not title:
        raise Malformed("title is missing.")
    url = _web_address(fields.get("url", ""))
    seen = _seen(entry, fields, now)
    return Headline(
        id=headline_id(url, fields.get("id", "").strip()),
        title=title,
        url=url,
        source=_source_name(fields.get("source", "")) or _source_name(ascii_host(urlsplit(url).hostname or "")),
        published_at=min(_published(fields.get("published_at", "").strip()) or seen, now),
        seen_at=seen,
        summary=clean(fields.get("summary", ""), LONGEST_SUMMARY),
        text=_paragraphs(fields.get("text", "")),
        lang=languages.code(fields.get("lang", "")),
        backlog=fields.get("backlog") == "1",
        sections=_sections(fields.get("section", "")),
    )


def _sections(text: str) -> tuple[str, ...]:
    """Names of sections, parted by commas."""
    names = (clean(part, LONGEST_SECTION) for part in text[:LONGEST_SUMMARY].split(","))
    return tuple(name for name in names if name)


def excerpt(fields: Mapping[str, str]) -> list[str]:
    """A malformed entry's fields and values, as far as they help to see what is wrong."""
    return [part[:1000] for pair in list(fields.items())[:32] for part in pair]


def _web_address(text: str) -> str:
    url = text.strip()
    if not url:
        raise Malformed("url is missing.")
    try:
        parts = urlsplit(url)
        good = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or len(url) > LONGEST_URL or re.search(r"[\s\x00-\x1f\x7f\ufffd]", url):
        raise Malformed("url is no address that begins with http:// or https://.")
    return url


def _published(text: str) -> datetime | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) in SANE):
        raise Malformed(f"published_at must be epoch milliseconds; it is {text[:40]!r}.")
    return instant(text)


def _seen(entry: str, fields: Mapping[str, str], now: datetime) -> datetime:
    """When we, or else the stream, first saw it; never later than now."""
    for text in (fields.get("seen_at", ""), entry.partition("-")[0]):
        if text.isascii() and text.isdigit() and len(text) < 16 and int(text) in SANE:
            return min(instant(text), now)
    return now


def _source_name(text: str) -> str:
    """As sources are named, so that topics can say source:name."""
    name = re.sub(r"[^a-z0-9.]+", "-", text.lower().removeprefix("www."))
    return name[:40].strip("-.")


def _paragraphs(text: str) -> str:
    paragraphs = (clean(part, LONGEST_TEXT) for part in re.split(r"\n\s*\n", text[:LONGEST_TEXT]))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


# ---- wishes


def wish_text(wish: Subscription) -> str:
    """A wish as it stands in a chat's wishes, without the chat and the topic's id."""
    return f"{ms(wish.since)}\t{wish.name}\t{wish.expression}"


def wish_of(chat: int, topic_id: str, text: str) -> Subscription:
    """The wish that `wish_text` wrote."""
    since, name, expression = text.split("\t", 2)
    return Subscription(chat, topic_id, expression, instant(since), name)


def shown_of(wish: str) -> str:
    """The topic of a wish as the person knows it; empty where there is no wish any more."""
    return wish_of(0, "", wish).shown if wish else ""
