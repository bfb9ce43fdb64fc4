"""/channels: managing groups and channels from one's private chat, where nobody is disturbed.

Here: turning to a chat and back, and what is typed or tapped there while one is turned to it. Which chat a tap is for
rides in the button that leads back; what is typed is for the chat that was turned to last, for an hour.
Not here: who may decide (admins: they are asked each time), what the commands do (one file each).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import telegram
from telegram import Chat, User
from telegram.error import TelegramError

from bot.delivery.render import groups
from bot.delivery.wire import WireBot
from bot.handlers.admins import decides_in
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer, deliver
from bot.handlers.tapping import Tap
from bot.news.answers import Caller
from bot.news.errors import UserError
from bot.news.message import Message
from bot.news.model import ChatKind
from bot.news.preferences import Preferences
from bot.news.said import Tongue
from bot.news.text import clean

# What the deep link to managing a chat carries before the chat's id.
PAYLOAD = "manage_"
# A chat's id has so many digits at most.
_DIGITS = 16
# So many admins of a channel are looked through for one who knows us.
_TRIED = 20


def link(context: Context, chat: int) -> str:
    """The link that leads an admin to managing the chat in private."""
    return f"https://t.me/{context.bot.username}?start={PAYLOAD}{chat}"


async def channels(ask: Ask, context: Context) -> None:
    """Show the groups and channels that the person manages from here."""
    if ask.message.chat.type != Chat.PRIVATE:
        await answer(ask, groups.only_in_private(ask.say, link(context, ask.chat)))
        return
    mine = await _mine(ask.bot, ask.message.chat.id, context)
    await answer(ask, groups.channels(ask.say, mine, context.bot.username))


async def tap_channels(tap: Tap, context: Context) -> None:
    """The same, in a new message."""
    mine = await _mine(tap.bot, tap.chat.id, context)
    await tap.send(groups.channels(tap.say, mine, context.bot.username))


async def start(ask: Ask, context: Context) -> None:
    """Turn to the chat that a deep link names."""
    ident = _chat_in(ask.text.removeprefix(PAYLOAD))
    chat, preferences = await _turned_to(ask.bot, ask.message.chat.id, ident, context)
    ask = replace(ask, caller=chat, preferences=preferences)
    await answer(ask, await _asked(ask.say, chat, context))


async def tap_manage(tap: Tap, context: Context) -> None:
    """Turn to the chat that the button names."""
    tap.managed, tap.preferences = await _turned_to(tap.bot, tap.chat.id, _chat_in(tap.rest), context)
    await tap.send(await _asked(tap.say, tap.managed, context))


async def tap_own(tap: Tap, context: Context) -> None:
    """Turn back: what is typed is for one's own chat again."""
    await context.desk.managing.end(tap.chat.id)
    await tap.send(groups.own_again(tap.say))


async def turned(ask: Ask, context: Context) -> Ask:
    """The question as one for the chat that the person is turned to, if they are; raises UserError if they may not."""
    if ask.message.chat.type != Chat.PRIVATE:
        return ask
    at = await context.desk.managing.at(ask.message.chat.id)
    if at is None:
        return ask
    chat, preferences = await _turned_to(ask.bot, ask.message.chat.id, at, context)
    return replace(ask, caller=replace(chat, lang=ask.caller.lang), preferences=preferences)


async def turn(tap: Tap, context: Context) -> None:
    """Let the tap be for the chat that its message is about. Raises UserError if the person may not."""
    ident = _about(tap.message) if tap.chat.type == Chat.PRIVATE else None
    if ident is not None:
        tap.managed, tap.preferences = await _turned_to(tap.bot, tap.chat.id, ident, context)


async def added(person: User, chat: Caller, context: Context, *, may_post: bool) -> None:
    """We are in a channel now: ask who added us, in private, what we shall post there. Whoever never started us cannot
    be written to.
    """
    private, say = person.id, await context.tongue(person)
    await context.desk.managing.begin(private, chat.chat)
    offered = await context.desk.wishes.choices(chat.chat)
    message = groups.is_in(say, chat, offered, may_post=may_post)
    with suppress(TelegramError):
        await deliver(context.bot, private, groups.managed(say, chat, message))


async def beside_channel(chat: Chat, context: Context) -> int:
    """Where a channel's admins hear of what was asked in it: the first who knows us, the owner before others; else 0.

    In the channel itself all of its readers would hear it.
    """
    with suppress(TelegramError):
        admins = sorted(await chat.get_administrators(), key=lambda member: member.status != telegram.ChatMember.OWNER)
        people = [member.user.id for member in admins if not member.user.is_bot][:_TRIED]
        return (await context.desk.door.known(people) or [0])[0]
    return 0


async def reader_of(channel: Caller, chat: Chat, context: Context) -> int:
    """Who hears the answer to what was asked in a channel, as beside_channel; they find it in /channels then."""
    reader = await beside_channel(chat, context)
    if reader:
        if await context.desk.managing.about(channel.chat) is None:
            await context.desk.door.arrive(channel)
        await context.desk.managing.note(reader, channel.chat)
    return reader


async def _mine(bot: WireBot, person: int, context: Context) -> tuple[Caller, ...]:
    """The chats that the person manages. Of one that we do not know Telegram is asked: a group may have a new id."""
    managing = context.desk.managing
    for ident in await managing.unknown(person):
        with suppress(UserError):  # Telegram does not tell just now
            now = await decides_in(bot, ident, person)
            if now is None or now == ident:
                await managing.drop(person, ident)
            else:
                await managing.moved(person, ident, now)
    return await managing.chats(person)


async def _turned_to(bot: WireBot, person: int, ident: int | None, context: Context) -> tuple[Caller, Preferences]:
    """The chat, if the person may decide there now; a group that has become a supergroup is found under its new id."""
    managing = context.desk.managing
    now = await decides_in(bot, ident, person) if ident else None
    if ident is None or now is None:
        await managing.end(person)
        known = await managing.about(ident) if ident else None
        raise UserError(groups.not_yours(known[0].title if known else ""))
    if now != ident:
        await context.desk.door.move(ident, now)
        await managing.drop(person, ident)
    await managing.begin(person, now)
    return await managing.about(now) or await _met(bot, now, context)


async def _met(bot: WireBot, chat: int, context: Context) -> tuple[Caller, Preferences]:
    """A chat that we are in and have not met: nobody has spoken to us there. Raises TelegramError."""
    about = await bot.get_chat(chat)
    who = Caller(chat, ChatKind(about.type), clean(about.title or ""))
    await context.desk.door.arrive(who)
    return who, await context.desk.preferences.of(chat)


async def _asked(say: Tongue, chat: Caller, context: Context) -> Message:
    return groups.is_in(say, chat, await context.desk.wishes.choices(chat.chat))


def _about(message: telegram.Message | None) -> int | None:
    """The chat that a message of ours in a private chat is about, where it is about another one."""
    markup = message.reply_markup if message else None
    for row in markup.inline_keyboard if markup else ():
        for button in row:
            verb, _, rest = str(button.callback_data or "").partition(":")
            if verb == groups.OWN:
                return _chat_in(rest)
    return None


def _chat_in(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS else None
