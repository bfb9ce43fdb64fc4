"""What a bot may write: texts, captions and rich messages, checked as Telegram checks them.

Here: parameters of a call -> the content of a message, or Telegram's complaint.
Not here: where it goes (posting), the buttons below it (keyboards).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.devchat.chats import Object
from bot.devchat.entities import fixed
from bot.devchat.markup import parse_html, width
from bot.devchat.refusals import bad
from bot.devchat.rich import rich_message

MOST_UNITS = 4096
MOST_CAPTION = 1024
# What an edit may replace of a message.
CONTENT = frozenset(
    {
        *("text", "entities", "rich_message", "reply_markup", "link_preview_options", "caption", "caption_entities"),
        *("show_caption_above_media", "photo", "document", "has_media_spoiler"),
    }
)


def content(call: Mapping[str, Any]) -> Object:
    """The text of a message. Raises Telegram's refusal."""
    text, entities = _parsed(call, "text", "entities")
    if not text.strip():
        raise bad("message text is empty")
    if width(text) > MOST_UNITS:
        raise bad("message is too long")
    written: Object = {"text": text}
    if entities:
        written["entities"] = entities
    if call.get("link_preview_options"):
        written["link_preview_options"] = call["link_preview_options"]
    return written


def caption(call: Mapping[str, Any]) -> Object:
    """The caption of a picture or a file, if it has one. Raises Telegram's refusal."""
    text, entities = _parsed(call, "caption", "caption_entities")
    if not text.strip():
        return {}
    if width(text) > MOST_CAPTION:
        raise bad("message caption is too long")
    above = {"show_caption_above_media": True} if call.get("show_caption_above_media") else {}
    return {"caption": text, **({"caption_entities": entities} if entities else {}), **above}


def rich(call: Mapping[str, Any], near: Collection[str]) -> Object:
    """The blocks of a rich message. Raises Telegram's refusal."""
    return {"rich_message": rich_message(call["rich_message"], near)}


def _parsed(call: Mapping[str, Any], name: str, marks: str) -> tuple[str, list[Object]]:
    """A text of a call and its entities, as they will stand there. Raises Telegram's refusal."""
    text, entities = str(call.get(name) or ""), call.get(marks) or []
    mode = str(call.get("parse_mode") or "").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode:
        raise bad("unsupported parse_mode")
    return fixed(text, entities)
