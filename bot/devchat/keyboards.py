"""The keyboards of the bot: inline ones under a message, and those that take the place of a person's own.

Here: what a bot may put on them, in Telegram's words where it may not, and who is shown which reply keyboard.
Not here: what a press does (talking, asking).
See get_reply_markup of tdlib's td/telegram/ReplyMarkup.cpp.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.devchat.chats import Chat, Object
from bot.devchat.links import check_button
from bot.devchat.refusals import bad

MOST_DATA = 64
MOST_BUTTONS = 100
MOST_COPIED = 256
_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat")
_OTHERS = frozenset({*_SWITCHES, "copy_text", "web_app", "login_url", "callback_game", "pay", "disabled"})
_REPLY = ("keyboard", "remove_keyboard", "force_reply")
_REQUESTS = {"request_location": "Location", "request_contact": "Phone number"}


def inline(call: Mapping[str, Any], kind: str = "") -> Object:
    """The inline keyboard of a call, if there is one, in a chat of that kind. Raises Telegram's refusal."""
    markup = call.get("reply_markup") or {}
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("too many buttons in the reply markup")
    for row in rows:
        for button in row:
            _check(button, kind)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def only_inline(call: Mapping[str, Any], kind: str = "") -> Object:
    """The same, where no other keyboard may stand. Raises Telegram's refusal."""
    if any((call.get("reply_markup") or {}).get(name) for name in _REPLY):
        raise bad("inline keyboard expected")
    return inline(call, kind)


def reply(call: Mapping[str, Any], chat: Chat) -> Object:
    """The reply keyboard of a call, its removal or a forced reply, if there is one. Raises Telegram's refusal."""
    markup: Object = call.get("reply_markup") or {}
    if not any(markup.get(name) for name in _REPLY):
        return {}
    if chat.kind == "channel":
        raise bad("inline keyboard expected")
    if markup.get("keyboard"):
        rows = [[_reply_button(button, chat) for button in row] for row in markup["keyboard"] if row]
        return {**markup, "keyboard": rows}
    return markup


def lay(chat: Chat, keyboard: Object, message: Object, people: Mapping[int, Object]) -> None:
    """Show a reply keyboard to everybody in the chat, or take it away.

    A selective one is for those whom its message answers or mentions by @username.
    """
    meant = set(chat.people)
    if keyboard.get("selective"):
        words = str(message.get("text", "")).lower().split()
        meant = {ident for ident, user in people.items() if f"@{user.get('username', '')}".lower() in words}
        meant.add(message.get("reply_to_message", {}).get("from", {}).get("id"))
    for person in meant & set(chat.people):
        if keyboard.get("remove_keyboard"):
            chat.keyboards.pop(person, None)
        else:
            chat.keyboards[person] = keyboard


def _reply_button(button: object, chat: Chat) -> Object:
    made: Object = {"text": button} if isinstance(button, str) else dict(button)  # type: ignore[call-overload]
    if not str(made.get("text") or "").strip():
        raise bad("keyboard button text must be non-empty")
    for name, what in _REQUESTS.items():
        if made.get(name) and chat.kind != "private":
            raise bad(f"{what} can be requested in private chats only".lower())
    return made


def _check(button: Mapping[str, Any], kind: str) -> None:
    if not str(button.get("text") or "").strip():
        raise bad("inline keyboard button text must be non-empty")
    if "url" in button:
        check_button(str(button["url"]))
    elif "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= MOST_DATA:
            raise bad("BUTTON_DATA_INVALID")
    elif not button.keys() & _OTHERS:
        raise bad("text buttons are unallowed in the inline keyboard")
    if "copy_text" in button and not 1 <= len(str(button["copy_text"]["text"])) <= MOST_COPIED:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    if kind == "channel" and button.keys() & set(_SWITCHES):
        name = _SWITCHES[1] if _SWITCHES[1] in button else _SWITCHES[0]
        raise bad(
            f"can't use {name} button in a channel chat, because users will not be able to use the button "
            "without knowing bot's username"
        )
