"""The sources that are watched and how they fare, worded for people.

Here: one short paragraph a source, as many as a message holds.
Not here: when a source is asked again (news/cadence).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape, link, tg_time
from bot.delivery.render.pressing import laid_out, page_at, pressing, turning
from bot.news.answers import SourceReport
from bot.news.message import Message
from bot.news.said import ENGLISH
from bot.news.sourcestate import SourceState

SOURCES_A_PAGE = 12
LONGEST_TITLE = 60
LONGEST_ERROR = 140


def sources(reports: Sequence[SourceReport], skip: int = 0, *, can_remove: bool = False) -> Message:
    """One page of the sources; who `can_remove` some gets a button for it."""
    if not reports:
        return Message("No source is watched yet. The operator names them in config/sources.toml.")
    skip = page_at(skip, SOURCES_A_PAGE, len(reports))
    page = reports[skip : skip + SOURCES_A_PAGE]
    many = f"{len(reports)} sources" if len(reports) > 1 else "one source"
    text = "\n\n".join([f"<b>I watch {many}</b>", *(_report(report) for report in page)])
    remove = pressing("Remove one …", "removable", "") if can_remove else ()
    return Message(text, laid_out(turning(ENGLISH, "sources", skip, SOURCES_A_PAGE, len(reports)), remove))


def _report(report: SourceReport) -> str:
    source, state = report.source, report.state
    title = fitted((state.title if state else "") or source.title or source.name, LONGEST_TITLE)
    named = f"{link(title, source.url)} <code>source:{escape(source.name)}</code>"
    return f"{named}\n{_fare(state)}"


def _fare(state: SourceState | None) -> str:
    if state is None or (state.last_ok is None and not state.failures):
        return "not asked yet"
    if not state.failures and state.last_ok is not None:
        rows = "one headline" if state.found == 1 else f"{state.found} headlines"
        return f"✅ {rows} at {tg_time(state.last_ok)}, asked again at {tg_time(state.due)}"
    seen = f"last heard {tg_time(state.last_ok, date=True)}" if state.last_ok else "never reached so far"
    error = escape(fitted(state.error, LONGEST_ERROR).rstrip("."))
    if state.has_ended:
        return f"🏁 {error}; {seen}, asked no more"
    return f"⚠️ {error}; {seen}, asked again at {tg_time(state.due)}"
