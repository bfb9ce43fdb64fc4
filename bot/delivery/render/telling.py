"""Who tells a headline's story, in a few words.

Here: one source by its name, several by their number and as many names as there is room for.
Not here: which count as sources of their own (news/growth).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.html import escape, isolated
from bot.delivery.render.named import named
from bot.news.growth import independent
from bot.news.model import Telling
from bot.news.said import Tongue

LONGEST_SOURCES = 40


def follow_label(say: Tongue, *, followed: bool) -> str:
    """What the button under an alert says that follows its story, or, where it is followed, no longer."""
    return say("✅ You follow this story") if followed else say("+ Follow this story")


def sources_of(say: Tongue, source: str, tellings: Sequence[Telling], longest: int = LONGEST_SOURCES) -> list[str]:
    """The headline's source in italics; where several tell the story, their number and names, `longest` characters."""
    names = [telling.source for telling in independent(tellings)]
    if len(names) < 2:
        return [f"<i>{escape(isolated(named(source, longest)))}</i>"] if source else []
    listed = escape(isolated(_listed(names, longest)))
    told = say.many("{n} source: {names}", "{n} sources: {names}", len(names), names=listed)
    return [f"<i>{told}</i>"]


def _listed(names: Sequence[str], longest: int) -> str:
    """As many names as there is room for, one at the least."""
    shown = [named(names[0], longest)]
    for name in (named(name, longest) for name in names[1:]):
        if len(", ".join([*shown, name])) > longest:
            break
        shown.append(name)
    return ", ".join(shown) + (" …" if len(shown) < len(names) else "")
