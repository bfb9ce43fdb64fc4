"""The first message a chat sees.

Here: two sentences, topics to tap, and an example of an alert.
Not here: how an alert looks (alert).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.alert import alert
from bot.delivery.render.pressing import laid_out, page_at, pressing, rows_of, short, turning
from bot.news.alerts import Alert
from bot.news.answers import Choice, Welcome
from bot.news.message import Button, Message
from bot.news.model import Headline
from bot.news.said import ENGLISH

# Three would be cut on a telephone.
ABREAST = 2
# All of them at once would bury the welcome.
TOPICS_A_PAGE = 12
TICK = "✅"


def welcome(shown: Welcome, lang: str) -> Message:
    """The welcome, in which tapped topics wear a tick."""
    parts = [
        "Hello, I watch the latest news and tell you here about the topics that you choose, as soon as I see them. "
        "Tap a topic to follow it, or send me any words.",
        _already(shown.followed),
        _example(shown.example),
    ]
    example = shown.example.id if shown.example else ""
    return Message("\n\n".join(part for part in parts if part), choices(shown.choices, lang, example))


def to_tap(offered: Sequence[Choice], lang: str) -> Message:
    """Topics to tap, for whoever names none."""
    text = "What shall I tell you about? Tap a topic, or name your own, as in <code>/subscribe interest rates</code>."
    return Message(text, choices(offered, lang))


def choices(offered: Sequence[Choice], lang: str, example: str = "", skip: int = 0) -> tuple[tuple[Button, ...], ...]:
    """The buttons under the welcome: a page of ready topics in the person's language, ticked where they are followed.

    `example` is the id of the headline that the welcome shows.
    """
    skip = page_at(skip, TOPICS_A_PAGE, len(offered))
    page = [Button(label(choice, lang), f"sub:{choice.ready.key}") for choice in offered[skip : skip + TOPICS_A_PAGE]]
    turn = turning(ENGLISH, "more", skip, TOPICS_A_PAGE, len(offered), example)
    read = pressing("Read the example", "read", example) if example else ()
    lists = (Button("Latest headlines", "find:"), Button("My topics", "topics"))
    return laid_out(*rows_of(page, ABREAST), turn, read, lists)


def label(choice: Choice, lang: str) -> str:
    """A topic's name in the person's language, ticked where it is followed."""
    name = short(choice.ready.names.get(lang, choice.ready.names["en"]))
    return f"{TICK} {name}" if choice.followed else name


def is_ticked(label: str) -> bool:
    """Whether a button says that its topic is followed."""
    return label.startswith(TICK)


def _already(followed: int) -> str:
    if not followed:
        return ""
    return f"You follow {f'{followed} topics' if followed > 1 else 'one topic'} here already; /topics shows what."


def _example(example: Headline | None) -> str:
    if example is None:
        return "The first headlines are on their way; send /latest in a minute to see them."
    shown, _ = alert(ENGLISH, (Alert(example, "", ""),), example.seen_at)
    return f"An alert looks like this:\n<blockquote>{shown.html}</blockquote>"
