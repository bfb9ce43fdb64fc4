"""A tap on a button under one of our messages.

Here: who tapped, what the button carries, and answering the tap exactly once.
Not here: what a button does (buttons, and one file per command).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

import telegram
from telegram import CallbackQuery, InlineKeyboardButton
from telegram.error import BadRequest

from bot.delivery.render.groups import OWN, managed, managed_rows
from bot.delivery.render.house import sentence
from bot.delivery.render.pressing import way_out
from bot.delivery.whispers import Whisper
from bot.delivery.wire import WireBot
from bot.handlers.admins import must_decide_in
from bot.handlers.asking import caller
from bot.handlers.speech import GROUPS, beside, deliver, rewrite, spot_of
from bot.news.answers import Caller
from bot.news.looks import as_chosen
from bot.news.message import Button, Message
from bot.news.preferences import Preferences
from bot.news.said import Tongue
from bot.news.sharing import NAMED, Shared

# Telegram's limit for the words that appear over the chat.
MOST_SAID = 200


@dataclass(slots=True)
class Tap:
    """One tap. `rest` is the button's data behind the verb: it may be old, garbled or forged.

    `say` is the language in which the chat is answered, `preferences` is what it has chosen. `managed` is the group or
    channel that a tap in a private chat is for, and then `preferences` are that chat's. Once it was asked, `is_admins`
    tells whether Telegram calls who tapped an admin of the chat. What it does concerns all who
    are in the chat if it `is_aloud`; else the answer is for who tapped alone, where a group takes that.
    """

    bot: WireBot
    query: CallbackQuery
    chat: telegram.Chat
    rest: str
    say: Tongue
    preferences: Preferences
    managed: Caller | None = field(default=None, init=False)
    is_aloud: bool = field(default=False, init=False)
    is_admins: bool = field(default=False, init=False)
    _answered: bool = field(default=False, init=False)
    _decides: bool = field(default=False, init=False)

    @property
    def caller(self) -> Caller:
        """The chat that the tap is for."""
        own = caller(self.chat, self.query.from_user)
        return replace(self.managed, lang=own.lang) if self.managed else own

    @property
    def message(self) -> telegram.Message | None:
        """The message with the button; None where it is too old for Telegram to show it to us."""
        message = self.query.message
        return message if isinstance(message, telegram.Message) else None

    @property
    def label(self) -> str:
        """What the button said when it was tapped; empty where its message is too old for Telegram to show it."""
        markup = self.message.reply_markup if self.message else None
        buttons = (button for row in (markup.inline_keyboard if markup else ()) for button in row)
        return next((button.text for button in buttons if button.callback_data == self.query.data), "")

    async def must_decide(self) -> None:
        """Raise UserError unless who tapped may decide for the chat; one tap asks Telegram once."""
        if not self._decides and self.managed is None:  # for another chat they were asked when they turned to it
            self.is_admins = await must_decide_in(self.chat, self.query.from_user, self.preferences)
            self._decides = True

    async def toast(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the tap, once; words appear over the chat, or in it where the tap was left too long for that."""
        if self._answered:
            return
        self._answered = True
        try:
            await self.query.answer(text[:MOST_SAID], show_alert=alert)
        except BadRequest:
            if text:
                await self.send(sentence(text))

    async def complain(self, text: str) -> None:
        """Say in a box what the person can mend; in the chat, where the tap has been answered already."""
        if self._answered:
            await self.send(sentence(text))
        await self.toast(text, alert=True)

    async def point_on(self, text: str) -> None:
        """Say that what the button meant is there no more, and what can be done instead.

        In private that is a message with buttons; where others read it, a box that only who tapped sees.
        """
        if self.chat.type == telegram.Chat.PRIVATE:
            await self.send(sentence(text, way_out(self.say)))
        else:
            await self.complain(text)

    async def send(self, message: Message) -> int | None:
        """Say it in a new message; gives its id, where the server tells it."""
        return await self._send(self._about(message))

    def _whisper(self) -> Whisper | None:
        """In a group the answer to a tap is for who tapped, unless it tells what changed for all."""
        if self.is_aloud or self.chat.type not in GROUPS:
            return None
        return Whisper(self.query.from_user.id, tap=self.query.id)

    async def _send(self, message: Message) -> int | None:
        if self.message is None:
            return await deliver(self.bot, self.chat.id, message)
        return await beside(self.bot, self.message, message, whisper=self._whisper())

    def _about(self, message: Message) -> Message:
        """As the chat has chosen; what is about another chat says so, and leads back."""
        chosen = as_chosen(message, self.preferences)
        return managed(self.say, self.managed, chosen) if self.managed else chosen

    async def change(self, message: Message) -> int | None:
        """Say it in the place of the message with the button; gives its id."""
        message = self._about(message)
        return await (rewrite(self.bot, self.message, message) if self.message else self._send(message))

    def rows(self) -> list[tuple[Button, ...]]:
        """The buttons under the message, as they stand there; none where it is too old for Telegram to show it."""
        markup = self.message.reply_markup if self.message else None
        return [
            tuple(Button(each.text, _data(each), each.url or "", shared=_shared(each)) for each in row)
            for row in (markup.inline_keyboard if markup else ())
        ]

    async def relabel(self, labels: Mapping[str, str]) -> None:
        """Give the buttons with these data these labels, and leave the rest of the message as it is."""
        if rows := self.rows():
            await self.rekey(tuple(tuple(replace(b, label=labels.get(b.action, b.label)) for b in row) for row in rows))

    async def rekey(self, buttons: tuple[tuple[Button, ...], ...]) -> None:
        """Put these buttons under the message, and leave its text as it is."""
        if self.message is None:
            return
        if self.managed and not _leads_back(buttons):
            buttons = managed_rows(self.say, self.managed.chat, buttons)
        with suppress(BadRequest):  # two quick taps, and the second finds the keyboard as it wants it
            await self.bot.rekey(spot_of(self.message), buttons)


def _leads_back(buttons: tuple[tuple[Button, ...], ...]) -> bool:
    return any(button.action.partition(":")[0] == OWN for row in buttons for button in row)


def _shared(button: InlineKeyboardButton) -> Shared | None:
    chosen = button.switch_inline_query_chosen_chat
    return Shared((chosen.query or "").removeprefix(NAMED)) if chosen else None


def _data(button: InlineKeyboardButton) -> str:
    return str(button.callback_data or "")
