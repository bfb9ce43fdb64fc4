"""python-telegram-bot's bot, as the house talks with it: writing without building objects, reading without tripping.

Building the library's Message for every answer costs more than the network does, and nobody reads it: of what was
sent, the house needs the id. It also makes the bot indifferent to fields that another Bot API server leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from telegram import InputFile, InputMediaPhoto, Update
from telegram.error import BadRequest, ChatMigrated
from telegram.ext import ExtBot

from bot.delivery.forms import Form, Forms, content, keyboard
from bot.delivery.render.inline import Card, Offer
from bot.delivery.whispers import Spot, Whisper, Whispers, whispered
from bot.news.identity import short_id
from bot.news.message import Button, Message
from bot.news.sharing import NO_BADGE, Badge
from bot.ports import Clock, Keeper

# So many seconds Telegram may take for a message whose pictures it has to fetch, or to take in from us.
FETCHING = 30.0
# The verb of a button whose action is kept elsewhere.
KEPT = "kept"
# So many seconds Telegram may answer an inline query with what it heard from us.
OFFERED_FOR = 10

log = structlog.get_logger()


class WireBot(ExtBot[Any]):
    """Telegram's bot. Every method raises the library's TelegramError.

    Without a `keeper`, buttons that are too long are left out.
    """

    def __init__(self, *args: Any, clock: Clock, keeper: Keeper | None = None, **options: Any) -> None:  # noqa: ANN401 - the library's own
        super().__init__(*args, **options)
        self._forms = Forms(clock)
        self._whispers = Whispers(clock)
        self._keeper = keeper
        self._clock = clock

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
        whisper: Whisper | None = None,
    ) -> int | None:
        """Send a message; gives its id, where the server tells it and the message has one.

        A `whisper` is for one person alone where the group takes that, else a usual message. What goes into a group
        that has become a supergroup goes there.
        """
        place: dict[str, Any] = {"chat_id": chat, "message_thread_id": thread}
        if reply_to:
            place["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        message = await self._tappable(chat, message)
        try:
            if whisper is not None and self._whispers.may(chat, whisper):
                try:
                    return _id_of(
                        await self._forms.tried(message, partial(self._sent, place | whispered(whisper)), self.badge)
                    )
                except BadRequest as error:  # the same in a usual message may be refused as well: then that is raised
                    log.info("no whisper", chat=chat, reason=error.message)
                    self._whispers.refused(chat, whisper)
            return _id_of(await self._forms.tried(message, partial(self._sent, place), self.badge))
        except ChatMigrated as moved:
            return _id_of(
                await self._forms.tried(message, partial(self._sent, {"chat_id": moved.new_chat_id}), self.badge)
            )

    async def rewrite(self, spot: Spot, message: Message) -> None:
        """Put a message in the place of an older one of ours."""
        await self._forms.tried(await self._tappable(spot.chat, message), partial(self._edited, spot), self.badge)

    async def _sent(self, place: dict[str, Any], form: Form) -> Any:  # noqa: ANN401 - as the library's
        method = "sendRichMessage" if form.is_rich else "sendMessage"
        return await self._post(method, form.content | place, read_timeout=self._patience(form))

    async def _edited(self, spot: Spot, form: Form) -> Any:  # noqa: ANN401 - as the library's
        method, place = spot.call("MessageText")
        return await self._post(method, form.content | place, read_timeout=self._patience(form))

    def _patience(self, form: Form) -> float | None:
        """How many seconds an answer may take; Telegram fetches the pictures of a message before it answers."""
        return FETCHING if form.is_rich else self._request[1].read_timeout

    async def rekey(self, spot: Spot, buttons: tuple[tuple[Button, ...], ...]) -> None:
        """Change the buttons of an older message of ours, and nothing else of it."""
        method, place = spot.call("MessageReplyMarkup")
        await self._post(method, {**place, **keyboard(await self._kept(spot.chat, buttons), self.badge)})

    async def _tappable(self, chat: int, message: Message) -> Message:
        """The message with buttons that Telegram can carry."""
        rich = message.rich and replace(message.rich, buttons=await self._kept(chat, message.rich.buttons))
        return replace(message, buttons=await self._kept(chat, message.buttons), rich=rich)

    async def _kept(self, chat: int, buttons: tuple[tuple[Button, ...], ...]) -> tuple[tuple[Button, ...], ...]:
        """The buttons; of each that is too long the action is kept, and it carries the name of that."""
        long = {short_id(b.action): b.action for row in buttons for b in row if b.is_too_long}
        if not long or self._keeper is None:
            return buttons
        await self._keeper.keep(chat, long, self._clock.now())
        return tuple(
            tuple(replace(b, action=f"{KEPT}:{short_id(b.action)}") if b.is_too_long else b for b in row)
            for row in buttons
        )

    async def show(self, chat: int, png: bytes, message: Message) -> None:
        """Send a picture with the message beneath it: at most 1,024 characters of it."""
        photo = {"chat_id": chat, "photo": InputFile(png, filename="picture.png")}
        await self._post("sendPhoto", photo | _beneath(message), read_timeout=FETCHING)

    async def show_instead(self, chat: int, message_id: int, png: bytes, message: Message) -> None:
        """Put a picture with the message beneath it in the place of an older one of ours."""
        media = InputMediaPhoto(png, caption=message.html, parse_mode="HTML", filename="picture.png")
        call = {"chat_id": chat, "message_id": message_id, "media": media, **keyboard(message.buttons)}
        await self._post("editMessageMedia", call, read_timeout=FETCHING)

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


def _id_of(sent: Any) -> int | None:  # noqa: ANN401 - as the library's
    """The number of a message that was sent; one that only one person sees has none that others could name."""
    found = sent.get("message_id") if isinstance(sent, dict) else None
    return found if isinstance(found, int) and found else None


def _complete(query: dict[str, Any]) -> None:
    """Add what the library insists on in a tap and another Bot API server may leave out; nothing here reads it."""
    query.setdefault("chat_instance", "")
    if message := query.get("message"):
        message.setdefault("date", 1 if "message_id" in message else 0)  # 0: it is too old to be changed
        message.setdefault("message_id", 0)


def _beneath(message: Message) -> dict[str, Any]:
    return {"caption": message.html, "parse_mode": "HTML", **keyboard(message.buttons)}
