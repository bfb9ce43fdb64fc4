"""Telling a chat's admins, once, that it does not let us write.

Here: whom a word goes to, and that it goes once.
Not here: that the chat waits (sender), how words are shown (delivery/render), the bot's own admins (operators).

A bot can write to people only who have started it, so the word goes to an admin who has: the owner first. Nothing is
kept of who the admins are; Telegram is asked when it matters.
"""

from __future__ import annotations

from datetime import datetime

from bot.delivery.render.house import shut_out
from bot.news.message import Message
from bot.news.said import ENGLISH
from bot.news.verdicts import Delivered, Shut
from bot.ports import Messenger
from bot.store.chats import Chats

# So many admins are tried; a group may have fifty.
TRIED = 5


async def told_of_pause(chat: int, shut: Shut, chats: Chats, messenger: Messenger, now: datetime) -> str:
    """Tell an admin that the chat does not let us write: "told", "told before", or "nobody" where none can be.

    If the power fails in between, an admin hears it again with the next try, a day later. Raises StoreError.
    """
    pause = await chats.pause(chat)
    word = "told before" if pause.is_told else await _told(chat, shut_out(ENGLISH, pause.title, shut), chats, messenger)
    await chats.paused(chat, now, warned=word == "told")
    return word


async def _told(chat: int, message: Message, chats: Chats, messenger: Messenger) -> str:
    admins = await messenger.administrators(chat)
    for admin in (await chats.known(admins))[:TRIED] if admins else ():
        if isinstance(await messenger.tell(admin, message), Delivered):
            return "told"
    return "nobody"
