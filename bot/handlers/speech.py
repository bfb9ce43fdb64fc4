"""How a handler answers: a new message, or an old one rewritten.

Here: where an answer goes (the thread, the question it belongs to), and what is done where Telegram refuses it.
Not here: the wire (delivery/wire), how an answer is worded (delivery/render).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial

import structlog
import telegram
from telegram import Chat
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.delivery.render.groups import managed
from bot.delivery.send import bare
from bot.delivery.whispers import Spot, Whisper
from bot.delivery.wire import WireBot
from bot.handlers.asking import Ask
from bot.news.looks import as_chosen
from bot.news.message import Message
from bot.news.verdicts import Delivered, judge_answer

GROUPS = {Chat.GROUP, Chat.SUPERGROUP}
# An answer that is there within so many seconds needs no announcement; Telegram shows one for five.
AT_ONCE, SHOWN_FOR = 0.15, 4.5
# No page takes longer than that many times to be read.
SHOWN_TIMES = 20
# In a message that stands for a tap (typed): the id of that tap.
TAPPED = "callback_query_id"

log = structlog.get_logger()


async def answer(ask: Ask, message: Message) -> int | None:
    """Answer a question where it was asked, or where its asker reads; gives the answer's id, where the server tells it.

    In a group it is for who asked alone, where the group takes that. What is about another chat than the one in which
    it is read says so.
    """
    message = as_chosen(message, ask.preferences)
    if ask.is_elsewhere:
        message = managed(ask.say, ask.caller, message)
    if ask.to == ask.message.chat.id:
        return await beside(ask.bot, ask.message, message, reply_to=question(ask.message), whisper=ask.whisper)
    if ask.to:
        await deliver(ask.bot, ask.to, message)
    return None


async def announce(ask: Ask, message: Message) -> int | None:
    """Answer a question so that everybody in the group reads it: what it changed concerns them all."""
    return await answer(replace(ask, whisper=None), message)


async def beside(
    bot: WireBot,
    near: telegram.Message,
    message: Message,
    *,
    reply_to: int | None = None,
    whisper: Whisper | None = None,
) -> int | None:
    """Say it in the chat, and the thread, of a message; a `whisper` to one person, where the group takes that."""
    thread = near.message_thread_id if near.is_topic_message else None
    return await deliver(bot, near.chat.id, message, thread=thread, reply_to=reply_to, whisper=whisper)


async def deliver(
    bot: WireBot,
    chat: int,
    message: Message,
    *,
    thread: int | None = None,
    reply_to: int | None = None,
    whisper: Whisper | None = None,
) -> int | None:
    """Say it in a chat; in plain text where Telegram finds fault with our HTML or a button."""
    write = partial(bot.write, chat, thread=thread, reply_to=reply_to, whisper=whisper)
    try:
        return await write(message)
    except BadRequest as error:
        log.warning("answer refused", reason=error.message)
        return await write(bare(message))


async def rewrite(bot: WireBot, old: telegram.Message, message: Message) -> int | None:
    """Say it in the place of one of our messages, or anew where that one is gone; gives the id of what says it."""
    try:
        await bot.rewrite(spot_of(old), message)
    except ChatMigrated:  # it stayed behind in the old group
        return await beside(bot, old, message)
    except BadRequest as error:
        if not isinstance(judge_answer(400, error.message), Delivered):  # it is when nothing had to change
            return await beside(bot, old, message)
    return old.message_id


async def instead(ask: Ask, message_id: int | None, message: Message) -> None:
    """Put the answer in the place of the one that was given at first, or beside it where it cannot be changed."""
    if message_id is not None:
        with suppress(BadRequest):
            await ask.bot.rewrite(Spot(ask.to, message_id), message)
            return
    await answer(ask, message)


@asynccontextmanager
async def typing(message: telegram.Message) -> AsyncIterator[None]:
    """Meanwhile show that an answer is on its way, if it does not come at once.

    It is a courtesy: where it cannot be shown, the answer still comes, and no answer waits for it.
    """
    shown = asyncio.create_task(_type(message))
    try:
        yield
    finally:
        shown.cancel()


async def _type(message: telegram.Message) -> None:
    thread = message.message_thread_id if message.is_topic_message else None
    await asyncio.sleep(AT_ONCE)
    for _ in range(SHOWN_TIMES):
        with suppress(TelegramError):
            await message.chat.send_action(ChatAction.TYPING, message_thread_id=thread)
        await asyncio.sleep(SHOWN_FOR)


def question(message: telegram.Message) -> int | None:
    """In a group several people ask at once, so an answer shows which question it belongs to."""
    return message.message_id if message.chat.type in GROUPS else None


def spot_of(message: telegram.Message) -> Spot:
    """Where a message of ours stands."""
    only = message.api_kwargs.get("receiver_user")
    if whispered_as(message) and isinstance(only, Mapping):
        return Spot(message.chat.id, whispered_as(message), int(only["id"]))
    return Spot(message.chat.id, message.message_id)


def whispered_as(message: telegram.Message) -> int:
    """The number of a message that one person sees alone, or only we do; 0: it is a usual one."""
    found = message.api_kwargs.get("ephemeral_message_id")
    return found if isinstance(found, int) else 0


def whisper_to(message: telegram.Message) -> Whisper | None:
    """The answer to who wrote a message in a group is for their eyes; who it is must be known."""
    person = message.from_user
    if message.chat.type not in GROUPS or message.sender_chat is not None or person is None or person.is_bot:
        return None
    return Whisper(person.id, tap=message.api_kwargs.get(TAPPED, ""), asked=whispered_as(message))
