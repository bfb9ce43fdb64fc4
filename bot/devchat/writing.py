"""What a bot may write: text, entities and buttons, checked as Telegram checks them.

Here: parameters of a call -> the content of a message, or Telegram's complaint.
Not here: where it goes (methods).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.devchat.chats import Object
from bot.devchat.entities import fixed
from bot.devchat.links import check_button
from bot.devchat.markup import parse_html, width
from bot.devchat.refusals import bad
from bot.devchat.rich import rich_message

MOST_UNITS = 4096
MOST_DATA = 64
MOST_BUTTONS = 100
CONTENT = frozenset({"text", "entities", "rich_message", "reply_markup", "link_preview_options"})
NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def content(call: Mapping[str, Any]) -> Object:
    """The text and keyboard of a message. Raises Telegram's refusal."""
    text, entities = str(call.get("text") or ""), call.get("entities") or []
    mode = str(call.get("parse_mode") or "").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode:
        raise bad("unsupported parse_mode")
    text, entities = fixed(text, entities)
    if not text.strip():
        raise bad("message text is empty")
    if width(text) > MOST_UNITS:
        raise bad("message is too long")
    written: Object = {"text": text}
    if entities:
        written["entities"] = entities
    if call.get("link_preview_options"):
        written["link_preview_options"] = call["link_preview_options"]
    return written | keyboard(call)


def rich(call: Mapping[str, Any], near: Collection[str]) -> Object:
    """The blocks and keyboard of a rich message. Raises Telegram's refusal."""
    return {"rich_message": rich_message(call["rich_message"], near)} | keyboard(call)


def keyboard(call: Mapping[str, Any]) -> Object:
    """The inline keyboard, if there is one. Raises Telegram's refusal."""
    rows = [row for row in (call.get("reply_markup") or {}).get("inline_keyboard", []) if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("too many buttons in the reply markup")
    for row in rows:
        for button in row:
            _check(button)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _check(button: Mapping[str, Any]) -> None:
    if not str(button.get("text") or "").strip():
        raise bad("inline keyboard button text must be non-empty")
    if "url" in button:
        check_button(str(button["url"]))
    elif "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= MOST_DATA:
            raise bad("BUTTON_DATA_INVALID")
    else:
        raise bad("text buttons are unallowed in the inline keyboard")
