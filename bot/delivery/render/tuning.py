"""Topics near one that is followed, worded: what each would have told, and a button to take it.

Here: the choice of narrower and wider topics, and the question before one that catches nearly everything.
Not here: which topics those are (news/suggestions).
"""

from __future__ import annotations

from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, pressing, rows_of, short
from bot.delivery.render.wishes import days, often, stories, would_have
from bot.news.answers import Direction, Doubt, Preview, Tunings
from bot.news.message import Button, Message
from bot.news.model import Subscription

ABREAST = 4


def choice(tunings: Tunings) -> Message:
    """The topics on offer, each with what it would have told."""
    ident, name = tunings.subscription.topic, escape(tunings.subscription.shown)
    back = (*pressing("‹ Back", "keep", ident), *pressing("All my topics", "topics"))
    now = f"“{name}” would have told you {_told(tunings.now)}."
    if not tunings.offered:
        hint = "Add a word" if tunings.direction is Direction.NARROWER else "Take a word away, or put OR between two"
        return Message(
            f"{now}\n\nI know nothing {tunings.direction} than that. {hint}, and send it as a new topic.", (back,)
        )
    lines = [
        f"{number}. <b>{escape(str(near.label))}</b>: <code>{escape(near.expression)}</code>\n{_told(preview)}"
        for number, (near, preview) in enumerate(tunings.offered, 1)
    ]
    numbers = [Button(str(number), f"take:{ident}:{tunings.direction}:{number}") for number in range(1, len(lines) + 1)]
    asked = f"Take one of these, {tunings.direction} ones, instead:"
    return Message("\n\n".join([now, asked, *lines]), laid_out(*rows_of(numbers, ABREAST), back))


def kept(wish: Subscription) -> Message:
    """The topic stays as it is."""
    text = f"I tell you about “{escape(wish.shown)}”."
    return Message(
        text, laid_out((*pressing("Unsubscribe", "unsub", wish.topic), *pressing("All my topics", "topics")))
    )


def doubtful(doubt: Doubt) -> Message:
    """Before a topic is followed that would catch nearly everything or nothing: why, and whether that is meant."""
    meaning, told = escape(str(doubt.meaning)), would_have(doubt.preview)
    if doubt.unknown:
        names = " and ".join(f"“{escape(name)}”" for name in doubt.unknown)
        text = (
            f"I watch no source called {names}; /sources lists those that I watch, by the names that source: takes."
            f"\n\nYou would hear of {meaning}. {told}\n\nI have not saved it yet."
        )
    else:
        text = (
            f"“{escape(doubt.expression)}” catches nearly everything: {meaning}.\n\n{told}\n\n"
            "I have not saved it yet. Add a word to narrow it, or follow it as it is."
        )
    follow = pressing(f"Follow “{short(doubt.expression)}” anyway", "follow", doubt.expression)
    return Message(text, laid_out(follow, pressing("Search", "find", doubt.expression)))


def _told(preview: Preview) -> str:
    return f"{stories(preview.caught) if preview.caught else 'nothing'} in {days(preview)}{often(preview)}"
