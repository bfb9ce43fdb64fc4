"""The panels of /settings: each shows what holds with a tick, and changes it with a tap.

Here: a panel for each kind of choice.
Not here: the overview that leads to them (settings), what a tap does (handlers/settings).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from bot.delivery.render.hours import NIGHTS, TIMES
from bot.delivery.render.pressing import laid_out, page_at, rows_of, short, turning
from bot.delivery.render.settings import ABREAST, OVERVIEW, Standing, line, undoing
from bot.delivery.render.welcome import TICK
from bot.news.errors import UserError
from bot.news.hours import span_text, time_text
from bot.news.message import Button, Message, Style
from bot.news.preferences import Preferences
from bot.news.said import Tongue, said
from bot.news.setting import ALERTS_A_DAY, Wish, chosen, gather

TOPICS_A_PAGE = 8

Rows = tuple[tuple[Button, ...], ...]


def panel(say: Tongue, standing: Standing, name: str, *, skip: int = 0, undo: Wish | None = None) -> Message:
    """One panel; `undo` takes back what was just changed in it. Raises UserError where there is no such panel."""
    if name not in _PANELS:
        raise UserError(said("That can no longer be chosen; /settings shows what can."))
    text, rows = _PANELS[name](say, standing, skip)
    taken_back = (undoing(say, undo),) if undo else ()
    return Message(text, laid_out(*rows, (Button(say("‹ Settings"), OVERVIEW), *taken_back)))


def panel_of(wish: Wish) -> str:
    """The panel in which a choice is made."""
    return _HOMES.get(wish.name, wish.name)


def _choice(standing: Preferences, label: str, wish: Wish) -> Button:
    """A button that chooses, ticked where that is so already."""
    return _ticked(label, wish, is_so=chosen(standing, wish) == standing)


def _ticked(label: str, wish: Wish, *, is_so: bool) -> Button:
    """A button that chooses, ticked where `is_so`."""
    return Button(f"{TICK} {label}" if is_so else label, f"set:{wish.name}:{wish.value}")


def _choices(standing: Preferences, name: str, labels: Iterable[tuple[str, str]]) -> list[Button]:
    return [_choice(standing, label, Wish(name, value)) for value, label in labels]


def _switch(standing: Preferences, name: str, on: str, off: str) -> tuple[Button, ...]:
    """The two sides of a switch."""
    return tuple(_choices(standing, name, (("1", on), ("0", off))))


def _lang(say: Tongue, standing: Standing, skip: int) -> tuple[str, Rows]:
    languages = _choices(standing.preferences, "lang", standing.languages.items())
    own = _choice(standing.preferences, say("Same as my Telegram"), Wish("lang"))
    return say("Which language shall I speak?"), (*rows_of(languages, ABREAST), (own,))


def _quiet(say: Tongue, standing: Standing, skip: int) -> tuple[str, Rows]:
    holds = standing.preferences
    spans = _with_own(NIGHTS, span_text(holds.quiet).replace("–", "-") if holds.quiet else "")
    buttons = _choices(holds, "quiet", [*((span, span.replace("-", "–")) for span in spans), ("", say("None"))])
    breaking = _switch(holds, "breaking", say("Breaking news: tell"), say("Breaking news: hold"))
    text = "\n".join(
        (
            f"<b>{line(say, holds, 'quiet')}</b>",
            line(say, holds, "breaking"),
            "",
            say("In quiet hours I say nothing; what came in them follows in one message after. Tap, or write yours:")
            + " <code>22:30-7</code>",
        )
    )
    return text, (*rows_of(buttons, ABREAST), *rows_of(breaking, 1))


def _digest(say: Tongue, standing: Standing, skip: int) -> tuple[str, Rows]:
    holds = standing.preferences
    own = " ".join(map(time_text, holds.digest.at)) if holds.digest else ""
    labels = [*((times, times.replace(" ", " + ")) for times in _with_own(TIMES, own)), ("", say("None"))]
    text = "\n".join(
        (
            f"<b>{line(say, holds, 'digest')}</b>",
            "",
            say("A digest brings the news together at the times that you choose. Tap, or write yours:")
            + " <code>7:30 19</code>",
            *((say("Below: which topics it gathers; the others are told at once."),) if holds.digest else ()),
        )
    )
    return text, (*rows_of(_choices(holds, "digest", labels), ABREAST), *_gathered(say, standing, skip))


def _gathered(say: Tongue, standing: Standing, skip: int) -> Rows:
    """Which topics the digest gathers, and whether it repeats what was told at once."""
    holds, followed = standing.preferences, standing.followed
    if holds.digest is None:
        return ()
    skip = page_at(skip, TOPICS_A_PAGE, len(followed))
    gathered, again = holds.digest.topics, holds.digest.again
    topics = [
        _ticked(short(wish.shown), gather(wish.topic, on=wish.topic not in gathered), is_so=wish.topic in gathered)
        for wish in followed[skip : skip + TOPICS_A_PAGE]
    ]
    return (
        (_choice(holds, say("All topics"), gather("", on=False)),),
        *rows_of(topics, ABREAST),
        turning(say, "panel", skip, TOPICS_A_PAGE, len(followed), "digest"),
        (_ticked(say("Repeat what was told"), Wish("again", "0" if again else "1"), is_so=again),),
    )


def _alerts(say: Tongue, standing: Standing, skip: int) -> tuple[str, Rows]:
    holds = standing.preferences
    most = [(str(number), str(number) if number else say("No limit")) for number in ALERTS_A_DAY]
    text = "\n".join(
        (
            f"<b>{line(say, holds, 'silent')}</b>",
            f"<b>{line(say, holds, 'most_a_day')}</b>",
            "",
            say("When the alerts of a day are used up, the other news wait for one message together."),
        )
    )
    sound = tuple(_choices(holds, "silent", (("0", say("With sound")), ("1", say("Silent")))))
    return text, (sound, *rows_of(_choices(holds, "most_a_day", most), 3))


def _articles(say: Tongue, standing: Standing, skip: int) -> tuple[str, Rows]:
    holds = standing.preferences
    styles = {Style.RICH: say("In one piece"), Style.PAGES: say("In pages"), Style.TEXT: say("Plain text")}
    now = holds.style or standing.style
    buttons = tuple(_ticked(label, Wish("style", style), is_so=style is now) for style, label in styles.items())
    text = "\n".join(
        (
            f"<b>{styles[now]}</b>",
            line(say, holds, "pictures"),
            line(say, holds, "previews"),
            "",
            say("How shall I show articles? In one piece is the most beautiful; plain text is best read aloud."),
        )
    )
    pictures = _switch(holds, "pictures", say("Pictures"), say("No pictures"))
    previews = _switch(holds, "previews", say("Link previews"), say("No previews"))
    return text, (*rows_of(buttons, 1), pictures, previews)


def _manage(say: Tongue, standing: Standing, skip: int) -> tuple[str, Rows]:
    holds = standing.preferences
    text = f"<b>{line(say, holds, 'all_manage')}</b>\n\n" + say(
        "Who may choose topics and settings here? Everybody may list and read in any case."
    )
    return text, (tuple(_choices(holds, "all_manage", (("0", say("Only admins")), ("1", say("Everybody"))))),)


def _with_own(usual: Sequence[str], own: str) -> tuple[str, ...]:
    """The usual choices, and the chat's own behind them."""
    return (*usual, own) if own and own not in usual else tuple(usual)


_PANELS: Mapping[str, Callable[[Tongue, Standing, int], tuple[str, Rows]]] = MappingProxyType(
    {
        "lang": _lang,
        "quiet": _quiet,
        "digest": _digest,
        "alerts": _alerts,
        "articles": _articles,
        "manage": _manage,
    }
)
_HOMES = MappingProxyType(
    {
        "breaking": "quiet",
        "gather": "digest",
        "again": "digest",
        "silent": "alerts",
        "most_a_day": "alerts",
        "previews": "articles",
        "pictures": "articles",
        "style": "articles",
        "all_manage": "manage",
    }
)
