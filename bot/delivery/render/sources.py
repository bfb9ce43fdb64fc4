"""The sources that are watched and how they fare, worded for people.

Here: one short paragraph a source, as many as a message holds; for those who run the bot marks, a filter, and one
source with all that is known of it and can be done with it.
Not here: when a source is asked again (news/cadence), what is well and what is not (news/health).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.delivery.render.finding import KINDS, every
from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import TODAY, escape, isolated, link, tg_time
from bot.delivery.render.pressing import laid_out, page_at, rows_of, turning
from bot.news.answers import OneSource, SourceReport
from bot.news.health import TROUBLED, Health, asked_every, health
from bot.news.message import Button, Message
from bot.news.said import Tongue
from bot.news.sourcestate import SourceState

SOURCES_A_PAGE = 12
WATCHED_A_PAGE = 10
LONGEST_TITLE = 60
LONGEST_ERROR = 140
LONGEST_HEADLINE = 110
TROUBLE = "trouble"
# Buttons that hold a number, in one row on a telephone.
NUMBERS_A_ROW = 5

MARKS: Mapping[Health, str] = MappingProxyType(
    {
        Health.WAITING: "⏳",
        Health.PAUSED: "⏸",
        Health.FINE: "✅",
        Health.SLOW: "🐢",
        Health.SILENT: "💤",
        Health.TROUBLE: "⚠️",
        Health.ENDED: "🏁",
    }
)


def sources(say: Tongue, reports: Sequence[SourceReport], skip: int = 0) -> Message:
    """One page of the sources, for everybody."""
    if not reports:
        return Message(say("No source is watched yet. Those who run me choose them."))
    skip = page_at(skip, SOURCES_A_PAGE, len(reports))
    page = [f"{_titled(report)}\n{_fare(say, report)}" for report in reports[skip : skip + SOURCES_A_PAGE]]
    text = "\n\n".join([_heading(say, len(reports)), *page])
    latest = (Button(say("Latest headlines"), "find:"),)
    return Message(text, laid_out(turning(say, "sources", skip, SOURCES_A_PAGE, len(reports)), latest))


def watched(
    say: Tongue, reports: Sequence[SourceReport], now: datetime, skip: int = 0, *, only_troubled: bool = False
) -> Message:
    """One page of the sources with a mark each, for those who run the bot; each can be opened."""
    if not reports:
        nothing = say("No source is watched yet. Name one in config/sources.toml, or send /addsource and an address.")
        return Message(nothing)
    troubled = [report for report in reports if health(report, now) in TROUBLED]
    shown = troubled if only_troubled else list(reports)
    skip = page_at(skip, WATCHED_A_PAGE, len(shown))
    page = list(enumerate(shown[skip : skip + WATCHED_A_PAGE], skip + 1))
    parts = [f"{number}. {_marked(say, report, now)}" for number, report in page]
    head = say("<b>All sources are well.</b>") if only_troubled and not shown else _heading(say, len(reports))
    opens = [Button(f"{number} {_mark(one, now)}", f"source:{one.source.name}:{skip}") for number, one in page]
    parted = (TROUBLE,) if only_troubled else ()
    others = Button(say("All sources"), "sources:0")
    if not only_troubled:
        others = Button(say("In trouble ({n})", n=len(troubled)), f"sources:0:{TROUBLE}")
    return Message(
        "\n\n".join([head, *parts]),
        laid_out(
            *rows_of(opens, NUMBERS_A_ROW),
            turning(say, "sources", skip, WATCHED_A_PAGE, len(shown), *parted),
            (others, Button(say("Remove one …"), "removable:")),
        ),
    )


def source(say: Tongue, one: OneSource, now: datetime, skip: int = 0) -> Message:
    """One source with all that is known of it, and what can be done with it."""
    report, state = one.report, one.report.state
    name = report.source.name
    facts = [f"{_mark(report, now)} <b>{_titled(report)}</b>", escape(report.source.url), _word(say, report, now)]
    if state is not None:
        facts += _known(say, report, state)
    if one.last is not None:
        title = link(fitted(one.last.title, LONGEST_HEADLINE), one.last.url)
        facts.append(say("Its last headline: {time} {title}", time=_time(one.last.published_at, now), title=title))
    turn = Button(say("Watch it again"), f"wake:{name}") if report.paused else Button(say("Pause it"), f"idle:{name}")
    acts = (turn,) if report.paused else (Button(say("Ask it now"), f"ask-now:{name}"), turn)
    remove = (Button(say("Remove"), f"unwatch:{name}"),) if one.can_go else ()
    return Message("\n".join(facts), laid_out(acts, (*remove, Button(say("‹ Back"), f"sources:{skip}"))))


def _known(say: Tongue, report: SourceReport, state: SourceState) -> list[str]:
    kind = report.source.kind or state.kind
    facts = [say(KINDS[kind])] if kind else []
    learned = asked_every(state)
    if learned:
        facts.append(say("asked {every}, as it tells", every=every(say, learned)))
    if state.hub:
        facts.append(say("its hub brings what is new"))
    lines = [" · ".join(facts)] if facts else []
    if state.failures:
        lines.append(say.many("It failed once.", "It failed {n} times in a row.", state.failures))
    if state.last_new:
        lines.append(say("Something new came {time}.", time=tg_time(state.last_new, date=True)))
    return lines


def _heading(say: Tongue, count: int) -> str:
    return say.many("<b>I watch one source</b>", "<b>I watch {n} sources</b>", count)


def _titled(report: SourceReport) -> str:
    source, state = report.source, report.state
    title = fitted((state.title if state else "") or source.title or source.name, LONGEST_TITLE)
    return f"{isolated(link(title, source.url))} <code>source:{escape(source.name)}</code>"


def _marked(say: Tongue, report: SourceReport, now: datetime) -> str:
    return f"{_titled(report)}\n{_mark(report, now)} {_word(say, report, now)}"


def _mark(report: SourceReport, now: datetime) -> str:
    return MARKS[health(report, now)]


def _word(say: Tongue, report: SourceReport, now: datetime) -> str:
    """How a source fares, for those who run the bot."""
    state = report.state
    match health(report, now):
        case Health.PAUSED:
            return say("paused: I do not ask it")
        case Health.SILENT if state and state.last_new:
            days = (now - state.last_new).days
            return say.many("silent for a day", "silent for {n} days", days) + f" · {_next(say, state)}"
        case Health.FINE | Health.SLOW if state:
            rows = say.many("one headline", "{n} headlines", state.found)
            last = [say("last new {time}", time=_time(state.last_new, now))] if state.last_new else []
            return " · ".join([rows, *last, _next(say, state)])
    return _fare(say, report).lstrip("⚠️🏁 ")


def _next(say: Tongue, state: SourceState) -> str:
    return say("next at {time}", time=tg_time(state.due))


def _time(instant: datetime, now: datetime) -> str:
    return tg_time(instant, date=abs(now - instant) > TODAY)


def _fare(say: Tongue, report: SourceReport) -> str:
    state = report.state
    if state is None or not report.was_asked:
        return say("not asked yet")
    if not state.failures and state.last_ok is not None:
        rows = say.many("one headline", "{n} headlines", state.found)
        return say(
            "✅ {rows} at {time}, asked again at {due}", rows=rows, time=tg_time(state.last_ok), due=tg_time(state.due)
        )
    why = escape(fitted(say(state.error), LONGEST_ERROR).rstrip(".。।"))
    seen = say("never reached so far")
    if state.last_ok:
        seen = say("last heard {time}", time=tg_time(state.last_ok, date=True))
    if state.has_ended:
        return say("🏁 {why}; {seen}, asked no more", why=why, seen=seen)
    return say("⚠️ {why}; {seen}, asked again at {due}", why=why, seen=seen, due=tg_time(state.due))
