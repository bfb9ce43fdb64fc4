"""The sources on the status page: how each fares, how often it is asked, when next, and what is wrong.

Here: a row a source, those in trouble first, and no more rows than a page can hold.
Not here: what is well and what is not (news/health), when a source is asked (news/cadence).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from html import escape

from bot.news.answers import SourceReport
from bot.news.health import TROUBLED, Health, asked_every, health
from bot.ops.telling import ago, ahead, link, many, number, span, table

# A page with more rows is no page; whoever watches more wants those in trouble, and asks for one by its name.
SHOWN = 100
LONGEST_ERROR = 300
_HEAD = ("Source", "State", "Asked every", "Next", "Read", "Rows", "Last new row")
_ORDER = tuple(reversed(Health))


def fares(reports: Sequence[SourceReport], now: datetime) -> str:
    """All of it: a sentence, and the table."""
    if not reports:
        return '<p class="none">No source is watched. Name one in config/sources.toml.</p>'
    words = {report.source.name: health(report, now) for report in reports}
    ordered = sorted(reports, key=lambda report: _ORDER.index(words[report.source.name]))
    rows = ((f"source-{one.source.name}", _cells(one, words[one.source.name], now)) for one in ordered[:SHOWN])
    left = len(reports) - SHOWN
    more = f"<p>And {number(left)} more that fare no worse: <code>headline-bot sources</code>.</p>" if left > 0 else ""
    return f"<p>{_counted(list(words.values()))}</p>{table('sources', _HEAD, rows)}{more}"


def in_trouble(reports: Sequence[SourceReport]) -> list[SourceReport]:
    """Those that could not be read when they were asked last."""
    return [report for report in reports if report.state and report.state.failures]


def _counted(words: list[Health]) -> str:
    """How many fare how, the worst first."""
    told = (f"{number(words.count(word))} {word}" for word in _ORDER if word in words)
    return f"{many(len(words), 'source')}: {', '.join(told)}."


def _cells(report: SourceReport, word: Health, now: datetime) -> Iterator[str]:
    source, state = report.source, report.state
    yield f"{link(source.url, source.title or source.name)} <small>{escape(source.name)}</small>"
    yield f'<span class="{_colour(word)}">{word}</span>{_error(report)}'
    yield _every(report)
    yield _next(report, now)
    yield ago(state.last_ok, now) if state else "never"
    yield number(state.found) if state and state.last_ok else "–"
    yield ago(state.last_new, now) if state else "never"


def _next(report: SourceReport, now: datetime) -> str:
    if report.paused:
        return "when it is woken"
    if report.state is None:
        return "now"
    return "never" if report.state.has_ended else ahead(report.state.due, now)


def _every(report: SourceReport) -> str:
    """How often it is asked; where its hub brings what is new, that says so."""
    state = report.state
    learned = asked_every(state) if state else timedelta(0)
    every = learned or report.source.every
    told = span(every) if every else "–"
    return f"{told}, hub brings" if state and state.hub else told


def _error(report: SourceReport) -> str:
    state = report.state
    if state is None or not state.failures:
        return ""
    error = str(state.error)
    shown = error if len(error) <= LONGEST_ERROR else f"{error[:LONGEST_ERROR]}…"
    times = "once" if state.failures == 1 else f"{number(state.failures)} times in a row"
    return f" <small>{escape(shown)} (failed {times})</small>"


def _colour(word: Health) -> str:
    if word in TROUBLED:
        return "bad"
    return "good" if word in {Health.FINE, Health.SLOW} else "calm"
