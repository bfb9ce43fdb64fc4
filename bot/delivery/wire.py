"""python-telegram-bot's bot, as the house talks with it: writing without building objects, reading without tripping.

Building the library's Message for every answer costs more than the network does, and nobody reads it: of what was
sent, the house needs the id. It also makes the bot indifferent to fields that another Bot API server leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.ext import ExtBot

from bot.delivery.forms import Form, Forms, content, keyboard
from bot.delivery.render.inline import Card, Offer
from bot.news.message import Button, Message
from bot.news.sharing import NO_BADGE, Badge
from bot.ports import Clock

# So many seconds Telegram may take for a message whose pictures it has to fetch.
FETCHING = 30.0
# So many seconds Telegram may answer an inline query with what it heard from us.
OFFERED_FOR = 10

log = structlog.get_logger()


class WireBot(ExtBot[Any]):
    """Telegram's bot. Every method raises the library's TelegramError."""

    def __init__(self, *args: Any, clock: Clock, **options: Any) -> None:  # noqa: ANN401 - the library's own
        super().__init__(*args, **options)
        self._forms = Forms(clock)

    @property
    def badge(self) -> Badge:
        """How Telegram knows us, as far as it was asked (get_me)."""
        known = self._bot_user
        return Badge(known.username or "", bool(known.supports_inline_queries)) if known else NO_BADGE

    async def write(
        self,
        chat: int,
        message: Message,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int | None:
        """Send a message; gives its id, where the server tells it."""
        place: dict[str, Any] = {"chat_id": chat, "message_thread_id": thread}
        if reply_to is not None:
            place["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        sent = await self._forms.tried(message, partial(self._sent, place), self.badge)
        found = sent.get("message_id") if isinstance(sent, dict) else None
        return found if isinstance(found, int) else None

    async def rewrite(self, chat: int, message_id: int, message: Message) -> None:
        """Put a message in the place of an older one of ours."""
        old = {"chat_id": chat, "message_id": message_id}
        await self._forms.tried(message, partial(self._edited, old), self.badge)

    async def _sent(self, place: dict[str, Any], form: Form) -> Any:  # noqa: ANN401 - as the library's
        method = "sendRichMessage" if form.is_rich else "sendMessage"
        return await self._post(method, form.content | place, read_timeout=self._patience(form))

    async def _edited(self, place: dict[str, Any], form: Form) -> Any:  # noqa: ANN401 - as the library's
        return await self._post("editMessageText", form.content | place, read_timeout=self._patience(form))

    def _patience(self, form: Form) -> float | None:
        """How many seconds an answer may take; Telegram fetches the pictures of a message before it answers."""
        return FETCHING if form.is_rich else self._request[1].read_timeout

    async def rekey(self, chat: int, message_id: int, buttons: tuple[tuple[Button, ...], ...]) -> None:
        """Change the buttons of an older message of ours, and nothing else of it."""
        call = {"chat_id": chat, "message_id": message_id, **keyboard(buttons, self.badge)}
        await self._post("editMessageReplyMarkup", call)

    async def offer(self, query: str, offer: Offer) -> None:
        """Answer an inline query. What it holds is in the reader's language, so Telegram keeps it for them alone."""
        call = {"inline_query_id": query, "is_personal": True, "cache_time": OFFERED_FOR, "next_offset": offer.further}
        call["results"] = [self._offered(card) for card in offer.cards]
        if offer.above:
            call["button"] = {"text": offer.above.label, "start_parameter": offer.above.payload}
        await self._post("answerInlineQuery", call)

    def _offered(self, card: Card) -> dict[str, Any]:
        held = content(card.message, self.badge)
        markup = {"reply_markup": held.pop("reply_markup")} if "reply_markup" in held else {}
        text = {"message_text": held.pop("text"), **held}
        about = {"type": "article", "id": card.id, "title": card.title, "description": card.description}
        return {**about, "input_message_content": text, **markup}

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: float | timedelta | None = None,  # noqa: ASYNC109 - the library's signature: how long Telegram waits
        allowed_updates: Sequence[str] | None = None,
        **_: Any,  # noqa: ANN401
    ) -> tuple[Update, ...]:
        """The next updates. One that cannot be read must not hold up all that follow it (understood)."""
        wait = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout or 0
        asked = {"offset": offset, "limit": limit, "timeout": int(wait), "allowed_updates": allowed_updates}
        found = await self._post("getUpdates", asked, read_timeout=(self._request[0].read_timeout or 0) + wait)
        return tuple(self.understood(raw) for raw in found)

    def understood(self, raw: dict[str, Any]) -> Update:
        """An update as the library reads it; one that it cannot read comes empty."""
        try:
            if "callback_query" in raw:
                _complete(raw["callback_query"])
            return Update.de_json(raw, self)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            log.warning("update not understood", update=raw.get("update_id"), reason=repr(error))
            return Update(raw["update_id"])


def _complete(query: dict[str, Any]) -> None:
    """Add what the library insists on in a tap and another Bot API server may leave out; nothing here reads it."""
    query.setdefault("chat_instance", "")
    if message := query.get("message"):
        message.setdefault("date", 1 if "message_id" in message else 0)  # 0: it is too old to be changed
        message.setdefault("message_id", 0)
