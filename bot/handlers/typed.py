"""What was typed, and is meant for us: a command in any spelling, or words.

Here: finding the command, the answer to one that does not exist, and a button that types for a person.
Not here: whether a message is meant for us (messages), what a command does (one file each), words (words).

A command is found by its text and not by the entities that Telegram marks it with: servers that speak the
Bot API leave them out, and so do people who paste.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches

import telegram

from bot.delivery.render import house
from bot.handlers.asking import Ask, caller
from bot.handlers.context import Context, names_of
from bot.handlers.entrance import spend
from bot.handlers.manage import reader_of, turned
from bot.handlers.speech import TAPPED, answer, whisper_to
from bot.handlers.tapping import Tap
from bot.handlers.words import answer_words, words
from bot.news.quotas import Cost
from bot.news.text import clean
from bot.news.wanted import wanted
from bot.news.wants import Want

# What Telegram lets a person type into one message.
LONGEST_MESSAGE = 4096

COMMAND = re.compile(r"/(?P<name>[^\s/@]*)(?:@(?P<bot>\w+))?(?P<rest>.*)", re.DOTALL)
# What people type for a slash, or for a command without one: \latest, / latest, !latest, latest@bot.
_NEARLY = re.compile(
    r"(?:(?:[\\／!.]|/\s)\s*(?P<name>\w+)(?:@(?P<bot>\w+))?|(?P<named>\w+)@(?P<its_bot>\w+))(?P<rest>\s.*)?", re.DOTALL
)
# These are no words of a topic that somebody typed a slash before.
_NOT_ASKED = (Want.TOPIC, Want.MUCH, Want.EMOJI, Want.NOTHING)


async def heed(message: telegram.Message, text: str, context: Context) -> None:
    """Do what a text says that is meant for us alone."""
    if command := COMMAND.match(text):
        name, bot, rest = command["name"], command["bot"], command["rest"]
        if not name.strip("/") and not rest.strip("/ "):
            await obey(message, "help", "", context)
            return
        if name:
            await obey(message, name, rest, context, bot or "")
            return
    nearly = _NEARLY.fullmatch(text)
    if nearly and context.command(nearly["name"] or nearly["named"]):
        bot = nearly["bot"] or nearly["its_bot"] or ""
        await obey(message, nearly["name"] or nearly["named"], nearly["rest"] or "", context, bot)
        return
    await words(await asked(message, text, context), context)


async def obey(message: telegram.Message, name: str, rest: str, context: Context, bot: str = "") -> None:
    """Do what a command says, or help whoever typed one that does not exist; `bot` is whose it is, if that is said."""
    command = context.command(name)
    ask = await asked(message, rest, context, for_chat=command is not None and command.for_chat)
    if bot and bot.casefold() != context.bot.username.casefold():
        await answer(ask, house.of_another_bot(ask.say, bot))
    elif command:
        await command.run(ask, context)
    else:
        await _unknown(ask, name, context)


async def _unknown(ask: Ask, name: str, context: Context) -> None:
    """A command in another language, in other words, mistyped, or of a bot that we are not."""
    found = wanted(f"{name.replace('_', ' ')} {ask.text}".strip())
    if found.want not in _NOT_ASKED:
        await answer_words(ask, found, context)
        return
    near = get_close_matches(name.lower(), names_of(context.commands), n=1)
    await answer(ask, house.unknown_command(ask.say, name, near[0] if near else "", ask.text))


async def tap_say(tap: Tap, context: Context) -> None:
    """Do what typing the words of the button would do; whoever taps is who asks."""
    await tap.toast()
    old = tap.query.message
    near = tap.message
    typed = telegram.Message(
        message_id=old.message_id if old else 0,
        date=datetime.fromtimestamp(0, UTC),  # nobody reads when
        chat=tap.chat,
        from_user=tap.query.from_user,
        text=tap.rest,
        message_thread_id=near.message_thread_id if near else None,
        is_topic_message=near.is_topic_message if near else None,
        api_kwargs={TAPPED: tap.query.id},
    )
    typed.set_bot(context.bot)
    await heed(typed, tap.rest, context)


async def asked(message: telegram.Message, text: str, context: Context, *, for_chat: bool = False) -> Ask:
    """The question in a message; the text becomes one line that is safe to show anywhere.

    `for_chat`: it is about a chat, and so about the one that the person manages just then. In a channel nothing is
    answered, as all of its readers would see it. Raises Enough.
    """
    if TAPPED not in message.api_kwargs:  # the tap was counted
        await spend(Cost.ANSWER, message.from_user, message.chat, context)
    who = caller(message.chat, message.from_user)
    say, preferences = await context.heard(who)
    ask = Ask(context.bot, message, who, clean(text, LONGEST_MESSAGE), say, preferences, message.chat.id)
    if message.chat.type == telegram.Chat.CHANNEL:
        return replace(ask, to=await reader_of(who, message.chat, context))
    ask = replace(ask, whisper=whisper_to(message))
    return await turned(ask, context) if for_chat else ask
