"""The threads of a forum: into which one the alerts of a topic go.

Here: a topic that is named in a thread comes there; the buttons that show and move places.
Not here: what else is said of a topic (subscribe, topics), which alerts go where (news/threads).
"""

from __future__ import annotations

from telegram import Message
from telegram.error import TelegramError

from bot.delivery.render import threads as render
from bot.handlers.asking import number_in
from bot.handlers.context import Context
from bot.handlers.tapping import Tap
from bot.news.answers import Caller
from bot.news.errors import UserError
from bot.news.model import Subscription
from bot.news.said import said
from bot.news.threads import placed

LONGEST_NAME = 128
NEW = "new"


def thread_of(message: Message | None) -> int | None:
    """The thread of a forum in which a message stands; General is none."""
    return message.message_thread_id if message and message.is_topic_message else None


async def put(chat: Caller, topic: str, thread: int | None, context: Context) -> None:
    """The alerts of a topic go into a thread from now on; None: to General."""
    followed = {wish.topic for wish in await context.desk.wishes.topics(chat.chat)}
    await context.desk.preferences.change(chat, lambda now: placed(now, topic, thread, followed))


async def tap_threads(tap: Tap, context: Context) -> None:
    """Show where every topic goes, in place: `<skip>`."""
    wishes = await context.desk.wishes.topics(tap.caller.chat)
    at = tap.preferences.threads
    await tap.change(render.places(tap.say, tap.caller.chat, wishes, at, number_in(tap.rest) or 0))


async def tap_thread(tap: Tap, context: Context) -> None:
    """Show where one topic goes, and where else it may: `<topic>`."""
    await _show(tap, await context.desk.wishes.wish(tap.caller.chat, tap.rest), context)


async def tap_place(tap: Tap, context: Context) -> None:
    """Let a topic go into a thread, to General (0), or into a new thread: `<topic>:<thread>`."""
    await tap.must_decide()
    topic, _, place = tap.rest.rpartition(":")
    wish = await context.desk.wishes.wish(tap.caller.chat, topic)
    thread = await _made(tap, wish) if place == NEW else number_in(place)
    await put(tap.caller, topic, thread, context)
    await tap.toast(tap.say("Done: its alerts go there from now on."))
    await _show(tap, wish, context)


async def _show(tap: Tap, wish: Subscription, context: Context) -> None:
    at = (await context.desk.preferences.of(tap.caller.chat)).threads.get(wish.topic)
    await tap.change(render.place(tap.say, tap.caller.chat, wish, at, thread_of(tap.message)))


async def _made(tap: Tap, wish: Subscription) -> int:
    """A new thread for a topic; the one that it has, if it was made by the same tap before."""
    if at := tap.preferences.threads.get(wish.topic):
        return at
    try:
        made = await tap.bot.create_forum_topic(tap.caller.chat, wish.shown[:LONGEST_NAME])
    except TelegramError:
        raise UserError(
            said("I could not make a thread. Make me an admin who may manage topics, or make one and send me /topics.")
        ) from None
    return made.message_thread_id
