"""A tap on a button under one of our messages.

Here: who tapped, what the button carries, and answering the tap exactly once.
Not here: what a button does (buttons, and one file per command).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import telegram
from telegram import CallbackQuery, InlineKeyboardButton
from telegram.error import BadRequest

from bot.delivery.render.house import sentence
from bot.delivery.wire import WireBot
from bot.handlers.admins import must_decide_in
from bot.handlers.asking import caller
from bot.handlers.speech import beside, deliver, rewrite
from bot.news.answers import Caller
from bot.news.message import Button, Message
from bot.news.preferences import Preferences
from bot.news.said import Tongue
from bot.news.sharing import NAMED, Shared

# Telegram's limit for the words that appear over the chat.
MOST_SAID = 200


@dataclass(slots=True)
class Tap:
    """One tap. `rest` is the button's data behind the verb: it may be old, garbled or forged.

    `say` is the language in which the chat is answered, `preferences` is what it has chosen.
    """

    bot: WireBot
    query: CallbackQuery
    chat: telegram.Chat
    rest: str
    say: Tongue
    preferences: Preferences
    _answered: bool = field(default=False, init=False)

    @property
    def caller(self) -> Caller:
        """The chat in which was tapped."""
        return caller(self.chat, self.query.from_user)

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
        """Raise UserError unless who tapped may decide for the chat."""
        await must_decide_in(self.chat, self.query.from_user)

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

    async def send(self, message: Message) -> int | None:
        """Say it in a new message; gives its id, where the server tells it."""
        if self.message is None:
            return await deliver(self.bot, self.chat.id, message)
        return await beside(self.bot, self.message, message)

    async def change(self, message: Message) -> int | None:
        """Say it in the place of the message with the button; gives its id."""
        if self.message is None:
            return await self.send(message)
        return await rewrite(self.bot, self.message, message)

    async def relabel(self, labels: Mapping[str, str]) -> None:
        """Give the buttons with these data these labels, and leave the rest of the message as it is."""
        markup = self.message.reply_markup if self.message else None
        if markup:
            await self.rekey(
                tuple(
                    tuple(Button(labels.get(_data(b), b.text), _data(b), b.url or "", _shared(b)) for b in row)
                    for row in markup.inline_keyboard
                )
            )

    async def rekey(self, buttons: tuple[tuple[Button, ...], ...]) -> None:
        """Put these buttons under the message, and leave its text as it is."""
        if self.message is None:
            return
        with suppress(BadRequest):  # two quick taps, and the second finds the keyboard as it wants it
            await self.bot.rekey(self.message.chat.id, self.message.message_id, buttons)


def _shared(button: InlineKeyboardButton) -> Shared | None:
    chosen = button.switch_inline_query_chosen_chat
    return Shared((chosen.query or "").removeprefix(NAMED)) if chosen else None


def _data(button: InlineKeyboardButton) -> str:
    return str(button.callback_data or "")
