"""The status page: how the bot stands, on one page that a phone can show.

Here: what the page tells, as a value, and the page made of it; everything from outside is escaped.
Not here: where the facts come from (bot/doors), who may see the page (http).
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from string import Template
from urllib.parse import urlsplit

from bot.news.answers import SourceReport
from bot.news.model import Headline

# The largest unit in which a span of time is told, and how it is written.
_UNITS = (
    (timedelta(days=1), "d"),
    (timedelta(hours=1), "h"),
    (timedelta(minutes=1), "min"),
    (timedelta(seconds=1), "s"),
)


@dataclass(frozen=True, slots=True)
class Status:
    """How the bot stands at `now`; `problems` are sentences, none where all is well."""

    version: str
    started: datetime
    now: datetime
    problems: tuple[str, ...]
    stream: int
    pending: int
    rejected: int
    chats: int
    owed_chats: int
    oldest_due: datetime | None
    headlines: tuple[Headline, ...]
    sources: tuple[SourceReport, ...]


def page(status: Status) -> str:
    """The whole page as HTML."""
    return _filled(
        summary=_summary((*status.problems, *_silence(status))),
        facts=_rows(_facts(status)),
        headlines=_rows(_headline(headline) for headline in status.headlines) or _nothing("No headlines yet."),
        sources=_rows(_source(report, status.now) for report in status.sources) or _nothing("No sources."),
        version=escape(status.version),
    )


def page_without_facts(problem: str) -> str:
    """The page where not even the facts can be had."""
    nothing = _nothing("Unknown.")
    return _filled(summary=_summary((problem,)), facts=nothing, headlines=nothing, sources=nothing, version="")


def span(length: timedelta) -> str:
    """A span of time in its largest unit, rounded down."""
    for unit, name in _UNITS:
        if length >= unit:
            return f"{length // unit} {name}"
    return "0 s"


def _filled(**parts: str) -> str:
    text = importlib.resources.files("bot.ops").joinpath("page/status.html").read_text(encoding="utf-8")
    return Template(text).substitute(parts)


def _summary(problems: Iterable[str]) -> str:
    told = "".join(f'<p class="bad">{escape(problem)}</p>' for problem in problems)
    return told or '<p class="good">Redis and Telegram answer.</p>'


def _in_trouble(status: Status) -> list[SourceReport]:
    return [report for report in status.sources if report.state and report.state.failures]


def _silence(status: Status) -> Iterable[str]:
    """What is to be said where no source can be read: the bot is well, and nobody hears anything."""
    if status.sources and len(_in_trouble(status)) == len(status.sources):
        yield "No source can be read; below stands why."


def _facts(status: Status) -> Iterable[tuple[str, str]]:
    owed = _number(status.owed_chats, "chat")
    if status.oldest_due and status.oldest_due < status.now:
        owed += f", the longest for {span(status.now - status.oldest_due)}"
    yield "Running for", span(status.now - status.started)
    yield "Sources that can be read", _readable(status)
    yield "Chats", f"{status.chats}"
    yield "Something is owed to", owed
    yield "Entries in the stream", f"{status.stream}"
    yield "Entries not yet alerted to", f"{status.pending}"
    yield "Malformed entries set aside", f"{status.rejected}"


def _readable(status: Status) -> str:
    asked = sum(report.was_asked for report in status.sources)
    told = f"{asked - len(_in_trouble(status))} of {asked}"
    waiting = len(status.sources) - asked
    return f"{told}, {waiting} not asked yet" if waiting else told


def _headline(headline: Headline) -> tuple[str, str]:
    return _time(
        headline.published_at
    ), f"{_link(headline.url, headline.title)} <small>{escape(headline.source)}</small>"


def _source(report: SourceReport, now: datetime) -> tuple[str, str]:
    source, state = report.source, report.state
    name = f"{_link(source.url, source.title or source.name)} <small>{escape(source.name)}</small>"
    if state is None or not report.was_asked:
        return name, "not asked yet"
    read = f"read {span(now - state.last_ok)} ago" if state.last_ok else "never read"
    if state.failures:
        return (
            name,
            f'<span class="bad">{escape(str(state.error))}</span> '
            f"({_number(state.failures, 'failure')} in a row, {read})",
        )
    return name, f"{read}, {_number(state.found, 'row')}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _rows(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<tr><th>{first}</th><td>{second}</td></tr>" for first, second in pairs)


def _nothing(sentence: str) -> str:
    return f"<tr><td>{sentence}</td></tr>"


def _time(instant: datetime) -> str:
    return f'<time datetime="{instant.isoformat()}">{instant:%d %b %H:%M}</time>'


def _link(url: str, text: str) -> str:
    """A link to a web address; anything else is not made clickable, nor is an account in an address shown."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return escape(text)
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(text)}</a>'
