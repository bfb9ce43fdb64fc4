"""What a chat has chosen, as it is said: one line a choice, and all of them as an overview.

Here: the lines, the overview with its buttons, and the button that takes a change back.
Not here: the panels that change a choice (panels), the choices (news/preferences).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, rows_of
from bot.news.hours import time_text
from bot.news.message import Button, Message, Style
from bot.news.model import ChatKind, Subscription
from bot.news.preferences import Preferences
from bot.news.said import Tongue
from bot.news.setting import Wish

# The button that leads to the overview, in the place of the message that it stands under.
OVERVIEW = "panel:"
ABREAST = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds in a chat: its choices, its kind, what it follows, and what the operator chose for who chose nothing.

    `there` is the time on the chat's clock, None where its zone is not known. `languages` are those that we speak, each
    by the name that its speakers give it.
    """

    preferences: Preferences
    kind: ChatKind
    followed: Sequence[Subscription]
    style: Style
    languages: Mapping[str, str]
    there: datetime | None


def overview(say: Tongue, standing: Standing) -> Message:
    """Everything that can be chosen, and what holds now."""
    chosen = standing.preferences
    names = ["quiet", "digest", "silent", "most_a_day", "previews", "pictures"]
    if has_managers(standing.kind):
        names.append("all_manage")
    lines = [
        say("Language: {language}", language=standing.languages.get(say.lang, say.lang)),
        *(line(say, chosen, name) for name in names),
        _style(say, chosen.style or standing.style),
        zone_line(say, standing),
    ]
    title = say("Settings")
    return Message(f"<b>{title}</b>\n\n" + "\n".join(lines), _panels(say, standing.kind))


def has_managers(kind: ChatKind) -> bool:
    """Whether the chat can choose who may decide: a channel's readers never do."""
    return kind in {ChatKind.GROUP, ChatKind.SUPERGROUP}


def line(say: Tongue, chosen: Preferences, name: str) -> str:
    """What holds of one choice, in a line."""
    return _LINES[name](say, chosen)


def zone_line(say: Tongue, standing: Standing) -> str:
    """Which clock the chat has."""
    zone = escape(standing.preferences.zone.rpartition("/")[2].replace("_", " "))
    if standing.there is None:
        return say("Time zone: not known yet")
    return say("Time zone: {zone}, {time} there", zone=zone, time=time_text(standing.there.time()))


def undoing(say: Tongue, wish: Wish) -> Button:
    """The button that takes a change back, by choosing what was before."""
    return Button(say("↩️ Undo"), f"set:{wish.name}:{wish.value}")


def _panels(say: Tongue, kind: ChatKind) -> tuple[tuple[Button, ...], ...]:
    panels = [
        Button(say("Language"), "panel:lang"),
        Button(say("Quiet hours"), "panel:quiet"),
        Button(say("Digest"), "panel:digest"),
        Button(say("Alerts"), "panel:alerts"),
        Button(say("Articles"), "panel:articles"),
        Button(say("Time zone"), "panel:zone"),
    ]
    if has_managers(kind):
        panels.append(Button(say("Who decides"), "panel:manage"))
    panels.append(Button(say("My topics"), "topics"))
    if kind is ChatKind.PRIVATE:
        panels.append(Button(say("My channels"), "channels"))
    return laid_out(*rows_of(panels, ABREAST))


def _quiet(say: Tongue, chosen: Preferences) -> str:
    quiet = chosen.quiet
    if quiet is None:
        return say("Quiet hours: none")
    begins, ends = time_text(quiet.begins), time_text(quiet.ends)
    return say("Quiet hours: {begins} to {ends}", begins=begins, ends=ends)


def _digest(say: Tongue, chosen: Preferences) -> str:
    if chosen.digest is None:
        return say("Digest: none, news comes at once")
    return say("Digest: {times}", times=", ".join(map(time_text, chosen.digest.at)))


def _silent(say: Tongue, chosen: Preferences) -> str:
    return say("Alerts: without a sound") if chosen.silent else say("Alerts: with a sound")


def _most_a_day(say: Tongue, chosen: Preferences) -> str:
    n = chosen.most_a_day
    return say.many("Alerts a day: {n} at most", "Alerts a day: {n} at most", n) if n else say("Alerts a day: no limit")


def _style(say: Tongue, style: Style) -> str:
    match style:
        case Style.RICH:
            return say("Articles: in one piece")
        case Style.PAGES:
            return say("Articles: in pages")
        case Style.TEXT:
            return say("Articles: as plain text")


_LINES: Mapping[str, Callable[[Tongue, Preferences], str]] = MappingProxyType(
    {
        "quiet": _quiet,
        "digest": _digest,
        "silent": _silent,
        "most_a_day": _most_a_day,
        "previews": lambda say, chosen: (
            say("Link previews: shown") if chosen.previews else say("Link previews: not shown")
        ),
        "pictures": lambda say, chosen: say("Pictures: shown") if chosen.pictures else say("Pictures: not shown"),
        "breaking": lambda say, chosen: (
            say("Breaking news in quiet hours: told at once")
            if chosen.breaking
            else say("Breaking news in quiet hours: held back")
        ),
        "all_manage": lambda say, chosen: (
            say("Who decides: everybody here") if chosen.all_manage else say("Who decides: the admins")
        ),
    }
)
