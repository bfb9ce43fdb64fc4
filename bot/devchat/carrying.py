"""What a bot passes on: forwarding and copying messages from one chat to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.devchat import keyboards, writing
from bot.devchat.chats import Object
from bot.devchat.desk import Desk, number
from bot.devchat.posting import put
from bot.devchat.refusals import bad
from bot.devchat.talking import carried, forwarded


async def forward_message(desk: Desk, call: Mapping[str, Any]) -> Object:
    message = _source(desk, call, "forward")
    return put(desk, {**call, "reply_markup": None}, lambda _: forwarded(message))


async def copy_message(desk: Desk, call: Mapping[str, Any]) -> Object:
    message = _source(desk, call, "copy")
    kept = {name: value for name, value in carried(message).items() if name != "via_bot"}
    if "caption" in call and "text" not in kept:
        kept = {name: value for name, value in kept.items() if name not in {"caption", "caption_entities"}}
        kept |= writing.caption(call)
    copied = put(desk, call, lambda given: kept | keyboards.inline(given))
    return {"message_id": copied["message_id"]}


def _source(desk: Desk, call: Mapping[str, Any], what: str) -> Object:
    message = desk.reachable(call.get("from_chat_id", "")).messages.get(number(call, "message_id"))
    if message is None:
        raise bad(f"message to {what} not found")
    if message.get("has_protected_content") or not carried(message):
        raise bad("the message can't be forwarded" if what == "forward" else "message can't be copied")
    return message
