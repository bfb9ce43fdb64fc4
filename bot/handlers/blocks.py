"""/block, /unblock and /blocked, for those who run the bot, and the buttons under their answers."""

from __future__ import annotations

import re

from telegram import Message, MessageOriginUser

from bot.delivery.render import blocks as render
from bot.handlers.admins import must_run_the_bot
from bot.handlers.asking import Ask, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.errors import UserError

_ID = re.compile(r"-?\d{1,16}")


async def block(ask: Ask, context: Context) -> None:
    """Answer a person or a chat no longer, and tell it nothing."""
    must_run_the_bot(ask.message.chat, ask.message.from_user, context)
    ident = _meant(ask)
    if ident in context.admins:
        raise UserError(render.runs_the_bot())
    await context.desk.gate.block(ident)
    await answer(ask, render.blocked(ask.say, ident))


async def unblock(ask: Ask, context: Context) -> None:
    """Let a person or a chat in again."""
    must_run_the_bot(ask.message.chat, ask.message.from_user, context)
    ident = _meant(ask)
    was = await context.desk.gate.unblock(ident)
    await answer(ask, render.unblocked(ask.say, ident) if was else render.was_not(ask.say, ident))


async def blocked(ask: Ask, context: Context) -> None:
    """Show who is blocked."""
    must_run_the_bot(ask.message.chat, ask.message.from_user, context)
    await answer(ask, render.everybody(ask.say, await context.desk.gate.blocked()))


async def tap_block(tap: Tap, context: Context) -> None:
    """Block again whom the button names."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    ident = _ident(tap.rest)
    await context.desk.gate.block(ident)
    await tap.change(render.blocked(tap.say, ident))


async def tap_unblock(tap: Tap, context: Context) -> None:
    """Let in again whom the button names."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    ident = _ident(tap.rest)
    await context.desk.gate.unblock(ident)
    await tap.change(render.unblocked(tap.say, ident))


async def tap_blocked(tap: Tap, context: Context) -> None:
    """Show who is blocked, from number `rest` on, in place."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    await tap.change(render.everybody(tap.say, await context.desk.gate.blocked(), number_in(tap.rest) or 0))


def _meant(ask: Ask) -> int:
    """The id that was typed, or whose message was replied to. Raises UserError."""
    if _ID.fullmatch(ask.text):
        return int(ask.text)
    replied = ask.message.reply_to_message
    found = _writer(replied, ask.bot.id) if replied and not ask.text else None
    if found is None:
        raise UserError(render.who())
    return found


def _writer(message: Message, own: int) -> int | None:
    """Who wrote a message, or the one that it passes on; None where that cannot be known."""
    if isinstance(message.forward_origin, MessageOriginUser):
        return message.forward_origin.sender_user.id
    if message.forward_origin is not None or message.from_user is None or message.from_user.id == own:
        return None
    return message.from_user.id


def _ident(rest: str) -> int:
    if not _ID.fullmatch(rest):
        raise UserError(render.who())
    return int(rest)
