"""Who may decide for a chat, and who for the bot.

Here: in groups and channels only admins, asked live: a cached list would let a dismissed one go on; for the bot those
whom the operator named, by who pressed or typed, never by the chat.
Not here: which commands decide something (each asks for itself).
"""

from __future__ import annotations

from telegram import Chat, Message, User
from telegram.error import TelegramError

from bot.delivery.render import finding, house
from bot.handlers.context import Context
from bot.news.errors import UserError

_DECIDE = {"creator", "administrator"}


async def must_decide(message: Message) -> None:
    """Raise UserError unless who wrote the message may decide for its chat."""
    anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id
    if not anonymous:
        await must_decide_in(message.chat, message.from_user)


async def must_decide_in(chat: Chat, person: User | None) -> None:
    """Raise UserError unless the person may decide for the chat. Without an answer from Telegram nobody may."""
    if chat.type == Chat.PRIVATE:
        return
    try:
        decides = person is not None and (await chat.get_member(person.id)).status in _DECIDE
    except TelegramError:
        decides = False
    if not decides:
        raise UserError(house.admins_only())


def must_run_the_bot(chat: Chat, person: User | None, context: Context) -> None:
    """Raise UserError unless the person is one of those who run the bot, and it is their private chat with it."""
    if person is None or not runs_the_bot(person, context):
        raise UserError(finding.for_operators(person.id if person else 0))
    if chat.type != Chat.PRIVATE:
        raise UserError(finding.in_private())


def runs_the_bot(person: User | None, context: Context) -> bool:
    """Whether the operator named the person (HEADLINE_BOT_ADMINS)."""
    return person is not None and person.id in context.admins
