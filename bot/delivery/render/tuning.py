"""Topics near one that is followed, worded: what each would have told, and a button to take it.

Here: the choice of narrower and wider topics, and the question before one that catches nearly everything.
Not here: which topics those are (news/suggestions).
"""

from __future__ import annotations

from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, pressing, rows_of, saying
from bot.delivery.render.previews import in_short, would_have
from bot.news.answers import Direction, Doubt, Tunings
from bot.news.message import Button, Message
from bot.news.model import Subscription
from bot.news.said import Tongue

ABREAST = 4


def choice(say: Tongue, tunings: Tunings) -> Message:
    """The topics on offer, each with what it would have told."""
    ident, is_less = tunings.subscription.topic, tunings.direction is Direction.NARROWER
    back = (*pressing(say("‹ Back"), "keep", ident), *pressing(say("All my topics"), "topics"))
    now = f"“{escape(tunings.subscription.shown)}”: {in_short(say, tunings.now)}"
    if not tunings.offered:
        return Message(f"{now}\n\n{_nothing_near(say, is_less)}", (back,))
    lines = [
        f"{number}. <b>{escape(say(near.label))}</b>: <code>{escape(near.expression)}</code>\n{in_short(say, preview)}"
        for number, (near, preview) in enumerate(tunings.offered, 1)
    ]
    numbers = [Button(str(number), f"take:{ident}:{tunings.direction}:{number}") for number in range(1, len(lines) + 1)]
    asked = say("Take a narrower one instead:") if is_less else say("Take a wider one instead:")
    return Message("\n\n".join([now, asked, *lines]), laid_out(*rows_of(numbers, ABREAST), back))


def _nothing_near(say: Tongue, is_less: bool) -> str:
    if is_less:
        return say("I know nothing narrower than that. Add a word, and send it as a new topic.")
    return say("I know nothing wider than that. Take a word away, or put OR between two, and send it as a new topic.")


def kept(say: Tongue, wish: Subscription) -> Message:
    """The topic stays as it is."""
    text = say("I tell you about “{topic}”.", topic=escape(wish.shown))
    return Message(
        text,
        laid_out(
            (*pressing(say("Latest on it"), "newest", wish.words), *pressing(say("Unsubscribe"), "unsub", wish.topic)),
            pressing(say("All my topics"), "topics"),
        ),
    )


def doubtful(say: Tongue, doubt: Doubt) -> Message:
    """Before a topic is followed that would catch nearly everything or nothing: why, and whether that is meant."""
    meaning, shown = escape(say(doubt.meaning)), escape(doubt.expression)
    if doubt.unknown:
        names = ", ".join(f"“{escape(name)}”" for name in doubt.unknown)
        why = say("I watch no source called {names}; /sources shows the names of those that I watch.", names=names)
        what = say("You would hear of {meaning}.", meaning=meaning)
    else:
        why = say("“{topic}” catches nearly everything.", topic=shown)
        what = say("It means: {meaning}", meaning=meaning)
    end = say("I have not saved it yet. Change it, or follow it as it is.")
    follow = pressing(say("Follow it anyway"), "follow", doubt.expression)
    return Message(
        "\n\n".join([why, what, would_have(say, doubt.preview), end]),
        laid_out(
            (*follow, *pressing(say("Search"), "find", doubt.expression)),
            saying(say("How to write a topic"), "/help topics"),
        ),
    )
