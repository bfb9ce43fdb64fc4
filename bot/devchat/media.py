"""Pictures and files in messages of the bot, and what it downloads.

Here: the methods for them, and Telegram's refusals.
Not here: keeping files (files), captions (writing), the way of every message (posting).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.devchat import ephemeral, keyboards, writing
from bot.devchat.attachments import document, photo, place
from bot.devchat.chats import Object
from bot.devchat.desk import Desk
from bot.devchat.files import MOST_FETCHED, MOST_SENT, File, Files, Upload
from bot.devchat.links import is_fetched
from bot.devchat.posting import change, edited, own, put
from bot.devchat.refusals import Refusal, bad

_NO_PICTURE = (".svg", ".html", ".htm")


async def send_photo(desk: Desk, call: Mapping[str, Any]) -> Object:
    def written(given: Mapping[str, Any]) -> Object:
        return _photo(desk, given, given.get("photo")) | writing.caption(given)

    return put(desk, call, written, "can_send_photos")


async def send_document(desk: Desk, call: Mapping[str, Any]) -> Object:
    def written(given: Mapping[str, Any]) -> Object:
        return document(_file(desk, given, given.get("document"), "document")) | writing.caption(given)

    return put(desk, call, written, "can_send_documents")


async def send_location(desk: Desk, call: Mapping[str, Any]) -> Object:
    return put(desk, call, lambda given: {"location": place(given["latitude"], given["longitude"])})


async def get_file(desk: Desk, call: Mapping[str, Any]) -> Object:
    file = desk.files.get(str(call.get("file_id") or ""))
    if len(file.data) > MOST_FETCHED:
        raise bad("file is too big")
    return {"file_id": file.id, "file_unique_id": file.id[:16], "file_size": len(file.data), "file_path": file.path}


async def edit_message_caption(desk: Desk, call: Mapping[str, Any]) -> Object | bool:
    _, old = own(desk, call)
    return edited(desk, call, _captioned(old, call))


async def edit_message_media(desk: Desk, call: Mapping[str, Any]) -> Object | bool:
    own(desk, call)
    return edited(desk, call, _media(desk, call) | keyboards.only_inline(call))


async def edit_ephemeral_message_caption(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat, _, old = ephemeral.found(desk, call)
    change(desk, chat, old, _captioned(old, call))
    return True


async def edit_ephemeral_message_media(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat, _, old = ephemeral.found(desk, call)
    change(desk, chat, old, _media(desk, call) | keyboards.only_inline(call))
    return True


def _captioned(old: Object, call: Mapping[str, Any]) -> Object:
    kept = {name: old[name] for name in ("photo", "document", "has_media_spoiler") if name in old}
    if not kept:
        raise bad("there is no caption in the message to edit")
    return kept | writing.caption(call) | keyboards.only_inline(call)


def _media(desk: Desk, call: Mapping[str, Any]) -> Object:
    """What an InputMedia of a call shows. Raises Telegram's refusal."""
    given = {**call, **(call.get("media") or {})}
    match given.get("type"):
        case "photo":
            return _photo(desk, given, given["media"]) | writing.caption(given)
        case "document":
            return document(_file(desk, given, given["media"], "document")) | writing.caption(given)
    raise bad(f'can\'t parse InputMedia: type "{given.get("type")}" is unsupported')


def _photo(desk: Desk, call: Mapping[str, Any], given: object) -> Object:
    file = _file(desk, call, given, "photo")
    spoiler = {"has_media_spoiler": True} if call.get("has_spoiler") else {}
    return photo(file) | spoiler


def _file(desk: Desk, call: Mapping[str, Any], given: object, what: str) -> File:
    """A file of a call: sent with it, on the web, or one that Telegram has. Raises Telegram's refusal."""
    if isinstance(given, str) and given.startswith("attach://"):
        given = call.get(given.removeprefix("attach://"))
    if isinstance(given, Upload):
        if not given.data:
            raise bad("file must be non-empty")
        if len(given.data) > MOST_SENT:
            raise Refusal(413, "Request Entity Too Large")
        return desk.files.add(given)
    text = str(given or "")
    if not text:
        raise bad(f"there is no {what} in the request")
    return _on_the_web(desk, text, what) if "://" in text else _had(desk.files, text)


def _on_the_web(desk: Desk, url: str, what: str) -> File:
    """A file that Telegram fetches; here the page does, and only the address is judged."""
    if not is_fetched(url, desk.near):
        raise bad("failed to get HTTP URL content")
    if what == "photo" and url.partition("?")[0].lower().endswith(_NO_PICTURE):
        raise bad("wrong type of the web page content")
    return desk.files.link(url, "image/*" if what == "photo" else "application/octet-stream")


def _had(files: Files, ident: str) -> File:
    try:
        return files.get(ident)
    except Refusal:
        raise bad("wrong file identifier/HTTP URL specified") from None
