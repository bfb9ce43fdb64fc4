"""The parameters of a call of the Bot API: from the address, JSON or a form with files, to one dictionary."""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import web

from bot.devchat.files import Upload
from bot.devchat.refusals import bad

# Parameters that are no text; in forms they come as JSON.
_NESTED = frozenset(
    {
        *("reply_markup", "reply_parameters", "link_preview_options", "entities", "commands", "scope"),
        *("allowed_updates", "rich_message", "caption_entities", "media", "results", "button", "menu_button"),
        *("message_ids", "ephemeral_message_parameters"),
    }
)
_FLAGS = frozenset(
    {
        *("show_alert", "drop_pending_updates", "disable_notification", "protect_content", "has_spoiler"),
        *("show_caption_above_media", "is_personal"),
    }
)


async def parameters(request: web.Request) -> dict[str, Any]:
    """The parameters of a call, whether they come in the address, as JSON or as a form."""
    call: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        call |= _object(body) if body else {}
    else:
        form = await request.post()
        call |= {name: _sent(value) if isinstance(value, web.FileField) else value for name, value in form.items()}
    try:
        return {name: _read(name, value) if isinstance(value, str) else value for name, value in call.items()}
    except orjson.JSONDecodeError:
        raise bad("can't parse the parameters as JSON") from None


def _read(name: str, value: str) -> Any:  # noqa: ANN401 - whatever stands there
    if name in _FLAGS:
        return value.lower() in {"true", "yes", "1"}
    return orjson.loads(value) if name in _NESTED else value


def _sent(field: web.FileField) -> Upload:
    return Upload(field.filename, field.content_type, field.file.read())


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad("can't parse the parameters as JSON") from None
    if not isinstance(found, dict):
        raise bad("expected a JSON object")
    return found
