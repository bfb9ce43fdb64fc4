"""Who may decide for a chat, and who for the bot.

Here: in groups and channels only admins, unless a group lets everybody decide; they are asked live, as a list that
was kept would let a dismissed one go on; for the bot those
whom the operator named, by who pressed or typed, never by the chat.
Not here: which commands decide something (each asks for itself).
"""

from __future__ import annotations

from telegram import Chat, User
from telegram.error import TelegramError

from bot.delivery.render import finding, house
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.news.errors import UserError
from bot.news.preferences import Preferences

# Where a group lets everybody decide, this is still for admins: who decides, and what cannot be taken back.
ONLY_ADMINS = Preferences()
_DECIDE = {"creator", "administrator"}


async def must_decide(ask: Ask) -> None:
    """Raise UserError unless who asks may decide for the chat."""
    message = ask.message
    anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id
    if not anonymous:
        await must_decide_in(message.chat, message.from_user, ask.preferences)


async def must_decide_in(chat: Chat, person: User | None, preferences: Preferences) -> None:
    """Raise UserError unless the person may decide for the chat. Without an answer from Telegram nobody may."""
    if chat.type == Chat.PRIVATE or (preferences.all_manage and chat.type != Chat.CHANNEL):
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
