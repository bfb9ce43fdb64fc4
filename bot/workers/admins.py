"""Telling a chat's admins, once, what only they can mend: it does not let us write, or a thread of theirs is gone.

Here: whom a word goes to, in their own language, and that it goes once.
Not here: that the chat waits (sender), how words are shown (delivery/render), the bot's own admins (operators).

A bot can write to people only who have started it, so the word goes to an admin who has: the owner first. Nothing is
kept of who the admins are; Telegram is asked when it matters.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.delivery.render.groups import shut_out
from bot.delivery.render.threads import thread_gone
from bot.news.alerts import Mailbox
from bot.news.message import Message
from bot.news.said import Tongue, Tongues
from bot.news.threads import topics_in, without
from bot.news.verdicts import Delivered, Shut
from bot.ports import Messenger
from bot.store.chats import Chats
from bot.store.choices import Choices

# So many admins are tried; a group may have fifty.
TRIED = 5


class Admins:
    """Those of every group and channel."""

    def __init__(self, chats: Chats, choices: Choices, messenger: Messenger, tongues: Tongues) -> None:
        self._chats = chats
        self._choices = choices
        self._messenger = messenger
        self._tongues = tongues

    async def hear_of_pause(self, mailbox: Mailbox, shut: Shut, now: datetime) -> str:
        """Tell an admin that the chat does not let us write: "told", "told before", or "nobody" where none can be.

        If the power fails in between, an admin hears it again with the next try, a day later. Raises StoreError.
        """
        chat, pause = mailbox.chat, await self._chats.pause(mailbox.chat)
        # Where only General is closed, what stands in threads says nothing about it.
        is_told = pause.was_told if mailbox.preferences.threads else pause.is_told
        word = "told before"
        if not is_told:
            word = await self._told(chat, lambda say: shut_out(say, pause.title, shut))
        await self._chats.paused(chat, now, warned=word == "told")
        return word

    async def hear_of_thread(self, mailbox: Mailbox, thread: int, now: datetime) -> str:
        """Tell an admin that a thread is closed or gone, and let its topics go to General from now on.

        That it is told once follows from there being no such topics any more. Raises StoreError.
        """
        chat, title = mailbox.chat, (await self._chats.pause(mailbox.chat)).title
        gone = topics_in(mailbox.preferences, thread)
        named = [wish.shown for wish in await self._chats.subscriptions(chat) if wish.topic in gone]
        word = await self._told(chat, lambda say: thread_gone(say, title, named))
        await self._choices.change(chat, lambda chosen: without(chosen, thread), now)
        return word

    async def _told(self, chat: int, worded: Callable[[Tongue], Message]) -> str:
        admins = await self._messenger.administrators(chat)
        for admin in (await self._chats.known(admins))[:TRIED] if admins else ():
            say = self._tongues.of((await self._choices.of(admin)).reads)
            if isinstance(await self._messenger.tell(admin, worded(say)), Delivered):
                return "told"
        return "nobody"
