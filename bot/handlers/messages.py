"""Everything that is typed: which messages are meant for us, and which command they hold.

Here: commands with and without our name, mentions and replies in groups, unknown commands, and silence.
Not here: what a command does (one file each), text without a command (words).

A command is found by its text and not by the entities that Telegram marks it with: servers that speak the
Bot API leave them out, and so do people who paste.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

import telegram
from telegram import Update

from bot.delivery.render import house
from bot.handlers.addsource import is_list, take_list
from bot.handlers.asking import Ask, caller
from bot.handlers.context import Command, Context
from bot.handlers.entrance import spend
from bot.handlers.speech import answer
from bot.handlers.words import words
from bot.news.quotas import Cost
from bot.news.text import clean

# What Telegram lets a person type into one message.
LONGEST_MESSAGE = 4096

_COMMAND = re.compile(r"/(?P<name>[^\s/@]*)(?:@(?P<bot>\w+))?(?P<rest>.*)", re.DOTALL)


async def on_message(update: Update, context: Context) -> None:
    """Answer a message that is meant for us; others are none of our business."""
    message = update.effective_message
    if message is None:
        return
    text = (message.text or message.caption or "").strip()
    command = _COMMAND.match(text)
    if command:
        await _command(message, command, context)
    elif message.chat.type == telegram.Chat.PRIVATE:
        ask = await asked(message, text, context)
        await (take_list(ask, context) if is_list(message) else words(ask, context))
    elif text and _is_for_us(message, text, context):
        await _spoken_to(message, _without_name(text, context), context)


async def _spoken_to(message: telegram.Message, text: str, context: Context) -> None:
    """Somebody in a group turned to us; the name may stand before a command."""
    command = _COMMAND.match(text)
    if command:
        await _command(message, command, context)
    else:
        await words(await asked(message, text, context), context)


async def _command(message: telegram.Message, typed: re.Match[str], context: Context) -> None:
    named = typed["bot"]
    if named and named.casefold() != context.bot.username.casefold():
        return  # another bot's
    known = names_of(context.commands)
    command = known.get(typed["name"].lower())
    if command:
        await command.run(await asked(message, typed["rest"], context), context)
    elif named or message.chat.type == telegram.Chat.PRIVATE:  # in a group it may be another bot's
        ask = await asked(message, typed["rest"], context)
        near = get_close_matches(typed["name"].lower(), known, n=1)
        await answer(ask, house.unknown_command(typed["name"], near[0] if near else ""))


async def asked(message: telegram.Message, text: str, context: Context) -> Ask:
    """The question in a message; the text becomes one line that is safe to show anywhere. Raises Enough."""
    await spend(Cost.ANSWER, message.from_user, message.chat, context)
    who = caller(message.chat, message.from_user)
    say, preferences = await context.heard(who)
    return Ask(context.bot, message, who, clean(text, LONGEST_MESSAGE), say, preferences)


def names_of(commands: tuple[Command, ...]) -> dict[str, Command]:
    """Every command by its name and its aliases."""
    return {name: command for command in commands for name in (command.name, *command.aliases)}


def _is_for_us(message: telegram.Message, text: str, context: Context) -> bool:
    """In groups people talk to one another: only our name, or a reply to us, is meant for us."""
    replied = message.reply_to_message
    to_us = bool(replied and replied.from_user and replied.from_user.id == context.bot.id)
    return to_us or _name(context).search(text) is not None


def _without_name(text: str, context: Context) -> str:
    return _name(context).sub("", text).strip()


def _name(context: Context) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(context.bot.username)}\b", re.IGNORECASE)
