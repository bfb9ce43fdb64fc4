"""The status page: how the bot stands, on one page that a phone can show.

Here: what the page tells, as a value, and the parts of the page made of it; everything from outside is escaped.
Not here: how a single thing is told (telling, bars, fares, steps), where the facts come from (bot/doors), who may see
the page (http), how it stays up to date while it is open (live, page/status.js).
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from string import Template

from bot import __version__
from bot.news.answers import SourceReport
from bot.news.model import Headline
from bot.ops.bars import Bar, Chart, drawn
from bot.ops.fares import fares, in_trouble
from bot.ops.metrics import ALERT_DELAY
from bot.ops.steps import Step, slowest, spread
from bot.ops.telling import clock, instant, link, many, number, span, table

HOUR = timedelta(hours=1)
# What stands below every sixth bar of a day.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Status:
    """How the bot stands at `now`; `problems` are sentences, none where all is well.

    `taken` of `per_second` places in Telegram's budget are taken just now, and nothing is sent before `held_until`.
    `came` and `told` count headlines and alerts in each of the last hours, oldest first. `steps` are what this process
    has measured since it `started`.
    """

    started: datetime
    now: datetime
    problems: tuple[str, ...] = ()
    stream: int = 0
    pending: int = 0
    rejected: int = 0
    chats: int = 0
    owed_chats: int = 0
    oldest_due: datetime | None = None
    taken: int = 0
    per_second: int = 30
    held_until: datetime | None = None
    came: tuple[int, ...] = ()
    told: tuple[int, ...] = ()
    headlines: tuple[Headline, ...] = ()
    sources: tuple[SourceReport, ...] = ()
    steps: tuple[Step, ...] = ()


def page(status: Status) -> str:
    """The whole page as HTML."""
    return _filled(parts(status))


def page_without_facts(problem: str) -> str:
    """The page where not even the facts can be had."""
    nothing = '<p class="none">Unknown.</p>'
    unknown = dict.fromkeys(("now", "day", "headlines", "sources", "steps"), nothing)
    return _filled({**unknown, "version": escape(__version__), "asof": "", "summary": _summary((problem,))})


def parts(status: Status) -> dict[str, str]:
    """What may change, by the id of its place on the page."""
    return {
        "version": escape(__version__),
        "summary": _summary((*status.problems, *_silence(status))),
        "asof": f"As of {instant(status.now)} UTC",
        "now": f"<dl>{''.join(_tiles(status))}</dl>",
        "day": _day(status),
        "headlines": _headlines(status),
        "sources": fares(status.sources, status.now),
        "steps": slowest(status.steps),
    }


def parts_without_facts(problem: str) -> dict[str, str]:
    """What changes where they cannot be had any more."""
    return {"summary": _summary((f"{problem.rstrip('.')}. What stands below is not up to date.",))}


def shown(name: str) -> str:
    """A file of the page."""
    return importlib.resources.files("bot.ops").joinpath(f"page/{name}").read_text(encoding="utf-8")


def _filled(places: Mapping[str, str]) -> str:
    return Template(shown("status.html")).substitute(places)


def _summary(problems: Iterable[str]) -> str:
    told = "".join(f'<p class="bad">{escape(problem)}</p>' for problem in problems)
    return told or '<p class="good">Redis and Telegram answer.</p>'


def _silence(status: Status) -> Iterable[str]:
    """What is to be said where no source can be read: the bot is well, and nobody hears anything."""
    if status.sources and len(in_trouble(status.sources)) == len(status.sources):
        yield "No source can be read; below stands why."


def _tiles(status: Status) -> Iterator[str]:
    late = status.oldest_due is not None and status.oldest_due < status.now
    oldest = f"the oldest has been due for {span(status.now - status.oldest_due)}" if late and status.oldest_due else ""
    yield _tile("Owed", number(status.owed_chats), oldest or "nothing is late")
    yield _tile("Budget used", f"{number(status.taken)} of {number(status.per_second)}", _budget(status))
    yield _tile("Chats", number(status.chats), "that can be written to")
    yield _tile("Sources", *_readable(status))
    yield _tile("In the stream", number(status.stream), f"of which not yet alerted to: {number(status.pending)}")
    yield _tile("Set aside", number(status.rejected), "entries that were malformed")
    yield _tile("Running for", span(status.now - status.started), f"since {clock(status.started)} UTC")


def _tile(name: str, figure: str, more: str) -> str:
    return f"<div><dt>{name}</dt><dd><strong>{figure}</strong> <span>{more}</span></dd></div>"


def _budget(status: Status) -> str:
    if status.held_until and status.held_until > status.now:
        return f"Telegram asks for silence for {span(status.held_until - status.now)}"
    share = min(100 * status.taken / max(status.per_second, 1), 100)
    bar = f'<svg class="meter" aria-hidden="true" width="100%" height="6"><rect width="{share:.0f}%" height="6"/></svg>'
    return f"calls to Telegram this second{bar}"


def _readable(status: Status) -> tuple[str, str]:
    asked = sum(report.was_asked for report in status.sources)
    waiting = len(status.sources) - asked
    told = f"{number(asked - len(in_trouble(status.sources)))} of {number(asked)}"
    return told, "can be read" + (f", {number(waiting)} not asked yet" if waiting else "")


def _day(status: Status) -> str:
    delays = next((step for step in status.steps if step.metric == ALERT_DELAY), None)
    charts = [
        _hours("came", "Headlines an hour", "headline", status.came, status.now),
        _hours("told", "Alerts an hour", "alert", status.told, status.now),
    ]
    if delays:
        charts.append(spread(delays, "delays", "Alerts by their delay"))
    hours = zip(_begins(len(status.came), status.now), status.came, status.told, strict=True)
    rows = (("", (_hour(begin), number(came), number(told))) for begin, came, told in reversed(list(hours)))
    figures = table("figures", ("Hour", "Headlines", "Alerts"), rows)
    return f"{''.join(map(drawn, charts))}<details><summary>The hours as a table</summary>{figures}</details>"


def _hours(name: str, title: str, noun: str, counts: tuple[int, ...], now: datetime) -> Chart:
    bars = (
        Bar(count, _hour(begin), f"{begin:%H:%M}" if begin.hour % _NAMED == 0 else "")
        for begin, count in zip(_begins(len(counts), now), counts, strict=True)
    )
    return Chart(name, title, many(sum(counts), noun), tuple(bars), begun=True)


def _begins(count: int, now: datetime) -> list[datetime]:
    """When each of the last hours began, the one that has begun last."""
    last = now.replace(minute=0, second=0, microsecond=0)
    return [last - HOUR * back for back in range(count - 1, -1, -1)]


def _hour(begin: datetime) -> str:
    return f"{begin:%d %b %H:%M} to {begin + HOUR:%H:%M}"


def _headlines(status: Status) -> str:
    if not status.headlines:
        return '<p class="none">No headlines yet.</p>'
    rows = "".join(
        f'<li id="headline-{escape(one.id)}">{clock(one.published_at)} <span>{link(one.url, one.title)} '
        f"<small>{escape(one.source)}</small></span></li>"
        for one in status.headlines
    )
    return f"<ol>{rows}</ol>"
