"""Forum threads, worded: which topic goes into which, and moving one.

Here: what is added to other answers in a forum, the list of places, and what a chat's admins hear of a thread.
Not here: what a chat follows (wishes), which thread an alert goes to (news/threads).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape, is_web
from bot.delivery.render.pressing import laid_out, page_at, pressing, rows_of, short, turning
from bot.news.message import Button, Message
from bot.news.model import Subscription
from bot.news.said import Tongue

TOPICS_A_PAGE = 10
LONGEST_TITLE = 100
# A supergroup's id in links is what follows this in the Bot API.
_SUPERGROUP = "-100"


def with_threads(say: Tongue, message: Message) -> Message:
    """The list of topics, in a forum: where they go is a tap away."""
    return replace(message, buttons=(*message.buttons, *laid_out(pressing(say("🧵 Threads"), "threads", 0))))


def came_here(say: Tongue, message: Message, topic: str) -> Message:
    """A topic was named in a thread: its alerts come there."""
    text = say("Its alerts come into this thread.")
    rows = laid_out(pressing(say("To General instead"), "place", topic, 0))
    return replace(message, html=f"{message.html}\n\n{text}", buttons=(*message.buttons, *rows))


def places(say: Tongue, chat: int, wishes: Sequence[Subscription], at: Mapping[str, int], skip: int = 0) -> Message:
    """Where each topic goes, with a button to move each."""
    if not wishes:
        return Message(say("You follow no topic yet, so there is nothing to move."), laid_out(_back(say)))
    skip = page_at(skip, TOPICS_A_PAGE, len(wishes))
    page = wishes[skip : skip + TOPICS_A_PAGE]
    lines = [f"• {escape(fitted(wish.shown, LONGEST_TITLE))}: {_place(say, chat, at.get(wish.topic))}" for wish in page]
    moves = [button for wish in page for button in pressing(short(wish.shown), "thread", wish.topic)]
    return Message(
        "\n".join([say("<b>Where the alerts of each topic go</b>"), "", *lines, "", say("Tap a topic to move it.")]),
        laid_out(*rows_of(moves, 2), turning(say, "threads", skip, TOPICS_A_PAGE, len(wishes)), _back(say)),
    )


def place(say: Tongue, chat: int, wish: Subscription, at: int | None, here: int | None) -> Message:
    """Where one topic goes, and where else it may; `here` is the thread in which that is asked."""
    text = say(
        "The alerts of “{topic}” go to: {place}",
        topic=escape(fitted(wish.shown, LONGEST_TITLE)),
        place=_place(say, chat, at),
    )
    return Message(
        text,
        laid_out(
            pressing(say("📌 Into this thread"), "place", wish.topic, here) if here and here != at else (),
            pressing(say("To General"), "place", wish.topic, 0) if at else (),
            pressing(say("🧵 A new thread"), "place", wish.topic, "new") if not at else (),
            pressing(say("‹ All topics"), "threads", 0),
        ),
    )


def thread_gone(say: Tongue, title: str, topics: Sequence[str]) -> Message:
    """A thread is closed or was deleted; said to one of the group's admins."""
    where = f"<b>{escape(fitted(title, LONGEST_TITLE))}</b>" if title else say("a chat of yours")
    text = say(
        "In {where} the thread for {topics} is closed or gone. What I have to tell goes to General from now on; send "
        "/topics there to choose another thread.",
        where=where,
        topics=", ".join(f"“{escape(short(topic))}”" for topic in topics) or say("some topics"),
    )
    return Message(text)


def _place(say: Tongue, chat: int, thread: int | None) -> str:
    if not thread:
        return say("General")
    link = f"https://t.me/c/{str(chat).removeprefix(_SUPERGROUP)}/{thread}"
    own = say("a thread of its own")
    return f'<a href="{link}">{own}</a>' if is_web(link) else own


def _back(say: Tongue) -> tuple[Button, ...]:
    return pressing(say("My topics"), "topics", 0)
