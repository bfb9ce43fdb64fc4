"""Everything that is typed: which messages are meant for us, and silence about the others.

Here: commands with and without our name, mentions and replies in groups, everything in private.
Not here: what a text does that is meant for us (typed).
"""

from __future__ import annotations

import re

import telegram
from telegram import Update

from bot.handlers.addsource import is_list, take_list
from bot.handlers.context import Context
from bot.handlers.typed import COMMAND, asked, heed, obey


async def on_message(update: Update, context: Context) -> None:
    """Answer a message that is meant for us; others are none of our business."""
    message = update.effective_message
    if message is None or message.is_automatic_forward:  # the channel of a group posted it, for its readers
        return
    text = (message.text or message.caption or "").strip()
    if message.chat.type == telegram.Chat.PRIVATE:
        if is_list(message):
            await take_list(await asked(message, text, context), context)
        else:
            await heed(message, text, context)
    elif command := COMMAND.match(text):
        await _commanded(message, command, context)
    elif (text or message.location) and _is_for_us(message, text, context):
        await heed(message, _without_name(text, context), context)


async def _commanded(message: telegram.Message, typed: re.Match[str], context: Context) -> None:
    """A command among others' talk: one that names another bot is its, one that we do not know may be."""
    named = (typed["bot"] or "").casefold()
    if named == context.bot.username.casefold() or (not named and context.command(typed["name"])):
        await obey(message, typed["name"], typed["rest"], context)


def _is_for_us(message: telegram.Message, text: str, context: Context) -> bool:
    """In groups people talk to one another: only our name, or a reply to us, is meant for us."""
    replied = message.reply_to_message
    to_us = bool(replied and replied.from_user and replied.from_user.id == context.bot.id)
    return to_us or _name(context).search(text) is not None


def _without_name(text: str, context: Context) -> str:
    return _name(context).sub("", text).strip()


def _name(context: Context) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(context.bot.username)}\b", re.IGNORECASE)
