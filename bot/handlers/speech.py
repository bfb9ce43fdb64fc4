"""How a handler answers: a new message, or the old one edited.

Here: answering a question, and a tap.
Not here: how a message reaches Telegram (delivery/send), how it is worded (delivery/render).
"""

from __future__ import annotations

from contextlib import suppress

import telegram
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.delivery.send import edit, reply
from bot.handlers.asking import Ask
from bot.news.message import Message


async def answer(ask: Ask, message: Message) -> telegram.Message:
    """Say it in the chat that asks."""
    return await reply(ask.message, message)


async def deliver(bot: Bot, chat: int, near: telegram.Message | None, message: Message) -> telegram.Message:
    """Say it in a chat where nobody asked with words: beside the message `near`, if there is one."""
    raise NotImplementedError


async def change(old: telegram.Message, message: Message) -> None:
    """Say it in the place of what one of our messages said."""
    await edit(old, message)


async def typing(message: telegram.Message) -> None:
    """Show that an answer is on its way. It is a courtesy: where it cannot be shown, the answer still comes."""
    with suppress(TelegramError):
        await message.chat.send_action(ChatAction.TYPING, message_thread_id=message.message_thread_id)
