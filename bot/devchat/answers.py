"""How a bot answers taps and inline queries.

Here: those methods, and Telegram's refusals.
Not here: who asked (talking, asking).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.devchat import keyboards, writing
from bot.devchat.chats import Object
from bot.devchat.desk import Desk
from bot.devchat.refusals import bad

# Seconds after which a tap, or an inline query, cannot be answered any more.
TAP_LIVES, QUERY_LIVES = 15 * 60, 10
MOST_RESULTS, LONGEST_ID, LONGEST_OFFSET = 50, 64, 64


async def answer_callback_query(desk: Desk, call: Mapping[str, Any]) -> bool:
    tap = desk.people.taps.get(str(call.get("callback_query_id")))
    if tap is None or tap.get("answered") or desk.chats.clock() - tap["at"] > TAP_LIVES:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    tap["answered"] = True
    desk.chats.tell(
        "toast",
        chat=tap["chat"],
        message_id=tap["message_id"],
        text=str(call.get("text") or "")[:200],
        alert=bool(call.get("show_alert")),
        person=tap.get("person"),
        url=call.get("url"),
    )
    return True


async def answer_inline_query(desk: Desk, call: Mapping[str, Any]) -> bool:
    ident = str(call.get("inline_query_id"))
    asked = desk.people.asked.get(ident)
    if asked is None or "results" in asked or desk.chats.clock() - asked["at"] > QUERY_LIVES:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    given = call.get("results") or []
    if len(given) > MOST_RESULTS:
        raise bad("too many inline query results specified")
    results = {str(result["id"]): _message(desk, result) for result in given}
    if len(results) < len(given):
        raise bad("RESULT_ID_DUPLICATE")
    offset = str(call.get("next_offset") or "")
    if len(offset.encode()) > LONGEST_OFFSET:
        raise bad("NEXT_OFFSET_INVALID")
    button = _button(call.get("button"))
    asked["results"] = results
    shown = [{k: v for k, v in result.items() if k != "input_message_content"} for result in given]
    found = {"person": asked["person"], "query_id": ident, "results": shown}
    desk.chats.tell("inline", **found, button=button, next_offset=offset)
    return True


def _message(desk: Desk, result: Mapping[str, Any]) -> Object:
    """What will stand in the chat if this result is picked. Raises Telegram's refusal."""
    if result.get("type") != "article":
        raise _unread(f'type "{result.get("type")}" is unsupported for the inline query result')
    if not 1 <= len(str(result["id"]).encode()) <= LONGEST_ID:
        raise bad("RESULT_ID_INVALID")
    content = result.get("input_message_content")
    if not str(result.get("title") or "") or not isinstance(content, dict):
        raise _unread("Can't find field " + ('"title"' if content else '"message_text"'))
    if content.get("rich_message"):
        return writing.rich(content, desk.near) | keyboards.only_inline(result)
    return writing.content({**content, "text": content.get("message_text")}) | keyboards.only_inline(result)


def _button(button: Mapping[str, Any] | None) -> Object | None:
    """The button above the results. Raises Telegram's refusal."""
    if not button:
        return None
    if "start_parameter" not in button and "web_app" not in button:
        raise bad(
            "can't parse inline query results button: InlineQueryResultsButton must have exactly one optional field"
        )
    if "web_app" not in button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(button["start_parameter"])):
        raise bad("START_PARAM_INVALID")
    return dict(button)


def _unread(complaint: str) -> Exception:
    return bad(f"can't parse inline query result: {complaint}")
