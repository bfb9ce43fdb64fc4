"""Who may decide for a chat.

Here: in groups and channels only admins, asked live: a cached list would let a dismissed one go on.
Not here: which commands decide something (each asks for itself).
"""

from __future__ import annotations

from telegram import Chat, Message, User
from telegram.error import TelegramError

from bot.delivery.render import house
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
