"""Who asks, and what was typed.

Here: a Telegram message as a question: the chat, the words behind the command, the number or link in them.
Not here: what is done about it (one file per command).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Chat, Message, User

from bot.delivery.whispers import Whisper
from bot.delivery.wire import WireBot
from bot.news.answers import Caller
from bot.news.hosts import host_of
from bot.news.model import ChatKind
from bot.news.preferences import Preferences
from bot.news.said import Tongue
from bot.news.text import clean

# No list has a million rows; more digits are somebody's joke.
LONGEST_NUMBER = 6

_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
_BARE_LINK = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d+)?/\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: the message, the chat that asks, and the words (behind the command, if there was one).

    `say` is the language in which the chat is answered, `preferences` is what it has chosen. `caller` is the chat that
    is asked for: another one than the message's where somebody manages it from their private chat. `to` is where the
    answer goes; 0: nobody hears it. `whisper` is for whose eyes alone it is, None where all may read it.
    """

    bot: WireBot
    message: Message
    caller: Caller
    text: str
    say: Tongue
    preferences: Preferences
    to: int
    whisper: Whisper | None = None

    @property
    def chat(self) -> int:
        """The id of the chat that is asked for."""
        return self.caller.chat

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is answered in another chat than the one that it is about."""
        return self.to != self.chat


def caller(chat: Chat, person: User | None) -> Caller:
    """The chat that asks, as the house knows it; private chats have no title but a name, which is not ours to keep."""
    lang = (person.language_code if person else None) or ""
    return Caller(chat.id, ChatKind(chat.type), clean(chat.title or ""), lang.split("-")[0].lower())


def number_in(word: str) -> int | None:
    """The whole number that a word is, in any script's digits."""
    return int(word) if word.isdecimal() and len(word) <= LONGEST_NUMBER else None


def link_in(text: str) -> str:
    """The first link in a text, or the one that the text is without saying https://; empty if there is none."""
    found = _LINK.search(text)
    link = found[0] if found else text if _BARE_LINK.fullmatch(text) else ""
    link = link.rstrip(".,;:!?'’…")
    if link.endswith(")") and "(" not in link:
        link = link.rstrip(")")
    return link if not link or link.lower().startswith(("http://", "https://")) else f"https://{link}"


def link_of(message: Message) -> str:
    """The first link of a message, whoever wrote it: in its words, behind them, or on a button; empty without one.

    Links into Telegram lead to chats, and not to anything to read.
    """
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    markup = message.reply_markup
    buttons = [button.url or "" for row in markup.inline_keyboard for button in row] if markup else []
    found = [link_in(text), *(entity.url or "" for entity in entities), *buttons]
    return next((link for link in found if link and host_of(link) not in _TELEGRAM), "")
