"""The forms in which a message can be sent: rich, rich with fewer pictures, classic.

Here: what a call holds in each form, which one is tried next when Telegram refuses one, and remembering for a while
that this server knows no rich messages.
Not here: how a message is worded (render), the wire (wire), what a classic message that is refused becomes
(handlers/speech, send).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.news.message import Button, Keys, Message, Rich
from bot.news.sharing import NAMED, NO_BADGE, Badge, Shared
from bot.news.text import clean
from bot.news.verdicts import Refused, judge_answer
from bot.ports import Clock

log = structlog.get_logger()

# A server that does not know rich messages is asked again after so long: it may have been brought up to date.
ASKED_AGAIN = timedelta(hours=1)
# The kinds of chat into which one may share.
_CHOSEN = ("allow_user_chats", "allow_group_chats", "allow_channel_chats")
# Of a title, as part of an address, in letters of nine characters each.
LONGEST_SHARED = 100
# What servers say, in lower case, to a method or a parameter that they do not know. Telegram's own says 404.
_UNKNOWN = ("unknown method", "method not found", "method is not", "not supported", "message text is empty")
# Refusals that no other form would change.
_OF_THE_OLD_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to send a message: what the call holds beside its place. `fewer`: another with fewer pictures follows."""

    content: dict[str, Any]
    is_rich: bool = False
    fewer: bool = False


class Forms:
    """Tries the forms of a message, the best first. Each process finds out for itself what the server knows."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._unknown_until: datetime | None = None

    async def tried(self, message: Message, send: Callable[[Form], Awaitable[Any]], badge: Badge = NO_BADGE) -> Any:  # noqa: ANN401 - the answer
        """What Telegram answers to the first form that it takes. Raises TelegramError where it takes none."""
        unknown = False
        for form in self._of(message, badge):
            try:
                return await send(form)
            except (BadRequest, InvalidToken) as error:
                if not _is_of_the_form(error, form):
                    raise
                unknown = _is_unknown(error)
                log.warning("rich message refused", reason=error.message, unknown=unknown)
                if unknown:
                    break
        answer = await send(Form(content(message, badge)))
        if unknown:  # after the answer: a server that takes nothing at all does not know our token
            self._unknown_until = self._clock.now() + ASKED_AGAIN
        return answer

    def _of(self, message: Message, badge: Badge) -> tuple[Form, ...]:
        """The rich forms, where there are any and the server may know them."""
        rich = message.rich
        if rich is None or (self._unknown_until and self._clock.now() < self._unknown_until):
            return ()
        return tuple(
            Form(_rich_content(html, rich, badge), is_rich=True, fewer=html is not rich.forms[-1])
            for html in rich.forms
        )


def content(message: Message, badge: Badge = NO_BADGE) -> dict[str, Any]:
    """What sendMessage and editMessageText hold of a classic message; `badge` is how Telegram knows us."""
    return {
        "text": message.html,
        "parse_mode": "HTML",
        "link_preview_options": _preview(message),
        **(keyboard(message.buttons, badge) if message.keys is None else _keys(message.keys)),
    }


def _preview(message: Message) -> dict[str, Any]:
    if not message.preview:
        return {"is_disabled": True}
    large = {"prefer_large_media": True, "show_above_text": True} if message.pictured else {}
    return {"url": message.preview, **large}


def _keys(keys: Keys) -> dict[str, Any]:
    """What stands in the place of a person's keyboard, as a call holds it."""
    if not keys.place:
        return {"reply_markup": {"remove_keyboard": True}}
    key = {"text": keys.place, "request_location": True}
    return {"reply_markup": {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}}


def keyboard(buttons: tuple[tuple[Button, ...], ...], badge: Badge = NO_BADGE) -> dict[str, Any]:
    """The buttons under a message, as a call holds them, without those that Telegram would refuse the message for."""
    told = [[{"text": b.label, **does} for b in row if (does := _does(b, badge))] for row in buttons]
    rows = [row for row in told if row]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _does(button: Button, badge: Badge) -> dict[str, Any]:
    """What a tap on the button does; empty where Telegram would not take it, or it leads nowhere."""
    if button.shared:
        return _shares(button.shared, badge)
    if button.start and badge.username:
        return {"url": badge.link(button.start)}
    if button.url:
        return {"url": button.url}
    return {} if button.is_too_long or not button.action else {"callback_data": button.action}


def _shares(what: Shared, badge: Badge) -> dict[str, Any]:
    """With inline mode a card of ours goes into the chat that is chosen; else the link and a line of words."""
    if badge.inline and not what.in_channel:
        chosen = {"query": NAMED + what.payload, **dict.fromkeys(_CHOSEN, True)}
        return {"switch_inline_query_chosen_chat": chosen}
    title = clean(what.title, LONGEST_SHARED)
    text = f"{title}\n{badge.link(what.payload)}" if badge.username else title
    return {"url": f"https://t.me/share/url?{urlencode({'url': what.url, 'text': text})}"}


def _rich_content(html: str, rich: Rich, badge: Badge) -> dict[str, Any]:
    """What sendRichMessage and editMessageText hold. What stands in an article is no command, mention or address."""
    told = {"html": html, "skip_entity_detection": True, **({"is_rtl": True} if rich.is_rtl else {})}
    return {"rich_message": told, **keyboard(rich.buttons, badge)}


def _is_of_the_form(error: TelegramError, form: Form) -> bool:
    """Whether the error may go away with another form; if the chat is at fault, none will be taken.

    Where pictures are not allowed in a chat, or one of them cannot be fetched, the same without them will be.
    """
    if isinstance(error, InvalidToken):
        return True
    text = error.message.lower()
    if any(part in text for part in _OF_THE_OLD_MESSAGE):
        return False
    verdict = judge_answer(400, error.message)
    return isinstance(verdict, Refused) or (form.fewer and ("photo" in text or "media" in text))


def _is_unknown(error: TelegramError) -> bool:
    return isinstance(error, InvalidToken) or any(part in error.message.lower() for part in _UNKNOWN)
