"""What a person hears when something went wrong.

Here: an error -> one sentence in the chat with what to do next, and a line in the log where it is ours to mend.
Not here: the tree of errors (news/errors), which secrets a log must not hold (ops/log).
"""

from __future__ import annotations

from contextlib import suppress

import structlog
import telegram
from telegram import Update
from telegram.error import TelegramError

from bot.delivery.render import groups, house, wishes
from bot.delivery.render.pressing import way_out
from bot.handlers.admins import decides_in
from bot.handlers.asking import caller
from bot.handlers.context import Context
from bot.handlers.manage import beside_channel
from bot.handlers.speech import beside, deliver, question, whisper_to
from bot.news.errors import BadTopic, Enough, HouseError, StoreError, UserError
from bot.news.mending import mended
from bot.news.message import Message
from bot.news.said import Tongue
from bot.news.text import clean
from bot.news.verdicts import Paused, judge_answer

# Of what was typed a button "Try again" says so much again.
LONGEST_AGAIN = 1000

log = structlog.get_logger()


async def on_error(update: object, context: Context) -> None:
    """Tell the chat in a sentence. Where Telegram itself is the trouble, there is nobody to tell."""
    error = context.error
    if isinstance(error, Enough) and not error.sentence:
        return  # they were told
    message = _told(error, await _tongue(update, context), _typed(update))
    if isinstance(error, TelegramError):
        log.warning("answer not delivered", error=type(error).__name__, reason=str(error))
    elif isinstance(error, StoreError):
        log.warning("question not answered", reason=str(error))
    elif not isinstance(error, UserError):
        log.error("handler failed", exc_info=error)
    if not isinstance(update, Update):
        return
    if isinstance(error, TelegramError):
        with suppress(TelegramError, HouseError):
            await _tell_of_shut(update, error, context)
    elif message and update.effective_message:
        with suppress(TelegramError):
            await _tell(update.effective_message, message, context)


async def _tell(near: telegram.Message, message: Message, context: Context) -> None:
    """Say it where it was asked; of a channel, where one of its admins reads."""
    if near.chat.type != telegram.Chat.CHANNEL:
        asked = None if near.from_user == context.bot.bot else question(near)
        await beside(context.bot, near, message, reply_to=asked, whisper=whisper_to(near))
    elif reader := await beside_channel(near.chat, context):
        await deliver(context.bot, reader, message)


async def _tell_of_shut(update: Update, error: TelegramError, context: Context) -> None:
    """An admin whose group did not let us answer is told in private, once, as of alerts (workers/admins)."""
    verdict, chat, person = judge_answer(400, error.message), update.effective_chat, update.effective_user
    if not isinstance(verdict, Paused) or chat is None or person is None or chat.type == telegram.Chat.PRIVATE:
        return
    pause = await context.desk.door.shut(chat.id)
    if pause.is_told or await decides_in(context.bot, chat.id, person.id) is None:
        return
    title = pause.title or clean(chat.title or "")
    await deliver(context.bot, person.id, groups.shut_out(await context.tongue(person), title, verdict.shut))
    await context.desk.door.warned(caller(chat, person))


async def _tongue(update: object, context: Context) -> Tongue:
    """The language of who is told; that of their app, where nobody can look up what the chat has chosen."""
    chat, person = (update.effective_chat, update.effective_user) if isinstance(update, Update) else (None, None)
    if chat is not None:
        with suppress(StoreError):
            return (await context.heard(caller(chat, person)))[0]
    return context.tongues.of((person.language_code if person else None) or "")


def _told(error: Exception | None, say: Tongue, typed: str) -> Message | None:
    match error:
        case BadTopic():
            return wishes.misunderstood(say, error, mended(error.expression))
        case UserError():
            return house.sentence(say(error.sentence), way_out(say))
        case StoreError():
            return house.trouble(say, say(house.memory_away()), typed)
        case TelegramError():
            return None
        case _:
            return house.trouble(say, say(house.apology()), typed)


def _typed(update: object) -> str:
    """What a person typed, to be tried again; nothing where it was a tap."""
    message = update.message if isinstance(update, Update) else None
    return clean(message.text or "", LONGEST_AGAIN) if message else ""
