"""The first messages a chat sees.

Here: what the bot does in two sentences, topics to tap, an example of an alert, and what comes after the first tap.
Not here: how an alert looks (alert).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.alert import alert
from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, page_at, pressing, rows_of, saying, short, steps, turning
from bot.news.alerts import Alert
from bot.news.answers import Choice, Welcome
from bot.news.message import Button, Message
from bot.news.model import Headline, Subscription
from bot.news.said import Tongue

# Three would be cut on a telephone.
ABREAST = 2
# All of them at once would bury the welcome.
TOPICS_A_PAGE = 12
TICK = "✅"


def welcome(say: Tongue, shown: Welcome) -> Message:
    """The welcome, in which tapped topics wear a tick; whoever comes back is greeted so."""
    if shown.followed:
        first = say(
            "Welcome back. I watch the latest news and tell you here about what you follow, as soon as I see it."
        )
        already = say.many(
            "You follow {n} topic; tap to follow more, or send me any words.",
            "You follow {n} topics; tap to follow more, or send me any words.",
            shown.followed,
        )
        return _greeting(say, f"{first}\n\n{already}", shown)
    first = say(
        "Hello! I watch the latest news and tell you here about the topics that you choose, as soon as I see it. "
        "Tap a topic to follow it, or just send me any words."
    )
    return _greeting(say, first, shown)


def to_tap(say: Tongue, offered: Sequence[Choice]) -> Message:
    """Topics to tap, for whoever names none."""
    text = say("What shall I tell you about? Tap a topic, or send me any words of your own.")
    return Message(text, choices(say, offered))


def choices(say: Tongue, offered: Sequence[Choice], example: str = "", skip: int = 0) -> tuple[tuple[Button, ...], ...]:
    """The buttons under the welcome: a page of ready topics in the person's language, ticked where they are followed.

    `example` is the id of the headline that the welcome shows.
    """
    skip = page_at(skip, TOPICS_A_PAGE, len(offered))
    page = [Button(label(say, choice), f"sub:{choice.ready.key}") for choice in offered[skip : skip + TOPICS_A_PAGE]]
    turn = turning(say, "more", skip, TOPICS_A_PAGE, len(offered), example)
    read = pressing(say("Read the example"), "read", example) if example else ()
    return laid_out(*rows_of(page, ABREAST), turn, read, steps(say))


def label(say: Tongue, choice: Choice) -> str:
    """A topic's name in the person's language, ticked where it is followed."""
    name = short(choice.ready.names.get(say.lang, choice.ready.names["en"]))
    return f"{TICK} {name}" if choice.followed else name


def is_ticked(label: str) -> bool:
    """Whether a button says that its topic is followed."""
    return label.startswith(TICK)


def first_followed(say: Tongue, wish: Subscription) -> Message:
    """The first topic of a chat is followed: what comes now, and what may be done next."""
    text = say(
        "Done: I write to you here as soon as there is something on “{topic}”. You need do nothing else.\n\n"
        "Too much at once? Choose hours in which I am quiet, or get one digest a day.",
        topic=escape(wish.shown),
    )
    return Message(
        text,
        laid_out(
            (*pressing(say("Latest on it"), "newest", wish.words), *pressing(say("Undo"), "unsub", wish.topic)),
            (*saying(say("Quiet hours"), "/quiet"), *saying(say("Daily digest"), "/digest")),
            (*saying(say("More topics"), "/subscribe"), *saying(say("Help"), "/help")),
        ),
    )


def _greeting(say: Tongue, first: str, shown: Welcome) -> Message:
    example = shown.example.id if shown.example else ""
    return Message(f"{first}\n\n{_example(say, shown)}", choices(say, shown.choices, example))


def _example(say: Tongue, shown: Welcome) -> str:
    """The newest headline as an alert; where none has come in yet one that is made up, and said to be."""
    if shown.example:
        told, before = shown.example, say("This is how an alert looks, with the newest headline:")
    else:
        told = Headline("", say("The new harbour bridge is open"), "", say("an example"), shown.at, shown.at)
        before = say("This is how an alert will look (made up, as no headline has come in yet):")
    seen, _ = alert(say, (Alert(told, "", ""),), told.seen_at)
    return f"{before}\n<blockquote>{seen.html}</blockquote>"
