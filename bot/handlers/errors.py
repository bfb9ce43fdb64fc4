"""What a person hears when something went wrong.

Here: an error -> one sentence in the chat, and a line in the log where it is ours to mend.
Not here: the tree of errors (news/errors), which secrets a log must not hold (ops/log).
"""

from __future__ import annotations

from contextlib import suppress

import structlog
from telegram import Update
from telegram.error import TelegramError

from bot.delivery.render import house, wishes
from bot.handlers.asking import caller
from bot.handlers.context import Context
from bot.handlers.speech import beside
from bot.news.errors import BadTopic, Enough, StoreError, UserError
from bot.news.message import Message
from bot.news.said import Tongue

log = structlog.get_logger()


async def on_error(update: object, context: Context) -> None:
    """Tell the chat in a sentence. Where Telegram itself is the trouble, there is nobody to tell."""
    error = context.error
    if isinstance(error, Enough) and not error.sentence:
        return  # they were told
    message = _told(error, await _tongue(update, context))
    if isinstance(error, TelegramError):
        log.warning("answer not delivered", error=type(error).__name__, reason=str(error))
    elif isinstance(error, StoreError):
        log.warning("question not answered", reason=str(error))
    elif not isinstance(error, UserError):
        log.error("handler failed", exc_info=error)
    near = update.effective_message if isinstance(update, Update) else None
    if message and near:
        with suppress(TelegramError):
            await beside(context.bot, near, message)


async def _tongue(update: object, context: Context) -> Tongue:
    """The language of who is told; that of their app, where nobody can look up what the chat has chosen."""
    chat, person = (update.effective_chat, update.effective_user) if isinstance(update, Update) else (None, None)
    if chat is not None:
        with suppress(StoreError):
            return (await context.heard(caller(chat, person)))[0]
    return context.tongues.of((person.language_code if person else None) or "")


def _told(error: Exception | None, say: Tongue) -> Message | None:
    match error:
        case BadTopic():
            return wishes.misunderstood(error)
        case UserError():
            return house.sentence(say(error.sentence))
        case StoreError():
            return house.sentence(house.memory_away())
        case TelegramError():
            return None
        case _:
            return house.sentence(house.apology())
