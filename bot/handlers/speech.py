"""How a handler answers: a new message, or an old one rewritten.

Here: where an answer goes (the thread, the question it belongs to), and what is done where Telegram refuses it.
Not here: the wire (delivery/wire), how an answer is worded (delivery/render).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
import telegram
from telegram import Chat
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.delivery.send import bare
from bot.delivery.wire import WireBot
from bot.handlers.asking import Ask
from bot.news.message import Message
from bot.news.verdicts import Delivered, judge_answer

# An answer that is there within so many seconds needs no announcement; Telegram shows one for five.
AT_ONCE, SHOWN_FOR = 0.15, 4.5
# No page takes longer than that many times to be read.
SHOWN_TIMES = 20

log = structlog.get_logger()


async def answer(ask: Ask, message: Message) -> int | None:
    """Answer a question where it was asked; gives the answer's id, where the server tells it."""
    return await beside(ask.bot, ask.message, message, reply_to=_question(ask.message))


async def beside(bot: WireBot, near: telegram.Message, message: Message, *, reply_to: int | None = None) -> int | None:
    """Say it in the chat, and the thread, of a message."""
    thread = near.message_thread_id if near.is_topic_message else None
    return await deliver(bot, near.chat.id, message, thread=thread, reply_to=reply_to)


async def deliver(
    bot: WireBot, chat: int, message: Message, *, thread: int | None = None, reply_to: int | None = None
) -> int | None:
    """Say it in a chat; in plain text where Telegram finds fault with our HTML or a button."""
    try:
        return await bot.write(chat, message, thread=thread, reply_to=reply_to)
    except BadRequest as error:
        log.warning("answer refused", reason=error.message)
        return await bot.write(chat, bare(message), thread=thread, reply_to=reply_to)


async def rewrite(bot: WireBot, old: telegram.Message, message: Message) -> int | None:
    """Say it in the place of one of our messages, or anew where that one is gone; gives the id of what says it."""
    try:
        await bot.rewrite(old.chat.id, old.message_id, message)
    except BadRequest as error:
        if not isinstance(judge_answer(400, error.message), Delivered):  # it is when nothing had to change
            return await beside(bot, old, message)
    return old.message_id


async def instead(ask: Ask, message_id: int | None, message: Message) -> None:
    """Put the answer in the place of the one that was given at first, or beside it where it cannot be changed."""
    if message_id is not None:
        with suppress(BadRequest):
            await ask.bot.rewrite(ask.chat, message_id, message)
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


def _question(message: telegram.Message) -> int | None:
    """In a group several people ask at once, so an answer shows which question it belongs to."""
    return message.message_id if message.chat.type in {Chat.GROUP, Chat.SUPERGROUP} else None
