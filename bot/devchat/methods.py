"""What a bot may do: the methods of the Bot API that this small Telegram knows.

Here: METHODS, name -> what it does; each takes the call's parameters and gives the result or raises a Refusal.
Not here: HTTP (server), messages (posting, media, carrying, ephemeral), chats (rooms), the bot itself (introducing),
answers to people (answers).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.devchat import answers, carrying, ephemeral, introducing, media, posting, rooms
from bot.devchat.chats import Object
from bot.devchat.desk import Desk, number
from bot.devchat.hooks import Webhook, webhook_of
from bot.devchat.refusals import bad, said

ACTIONS = frozenset(
    {
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
        *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    }
)
Method = Callable[[Desk, Mapping[str, Any]], Awaitable[Any]]


async def get_me(desk: Desk, call: Mapping[str, Any]) -> Object:
    return {**desk.bot, "first_name": desk.profile.text("name", "") or desk.bot["first_name"]}


async def get_updates(desk: Desk, call: Mapping[str, Any]) -> list[Object]:
    if desk.webhook:
        raise said("a webhook")
    allowed = call.get("allowed_updates")
    limit = number(call, "limit") or 100
    return await desk.updates.get(number(call, "offset"), limit, number(call, "timeout"), allowed)


async def send_chat_action(desk: Desk, call: Mapping[str, Any]) -> bool:
    chat = desk.reachable(call.get("chat_id", ""))
    if call.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    desk.chats.tell("typing", chat=chat.id, thread=number(call, "message_thread_id"), action=call["action"])
    return True


async def delete_webhook(desk: Desk, call: Mapping[str, Any]) -> bool:
    return await set_webhook(desk, {**call, "url": ""})


async def set_webhook(desk: Desk, call: Mapping[str, Any]) -> bool:
    desk.webhook = webhook_of(call)
    desk.updates.wish(call.get("allowed_updates"))
    if call.get("drop_pending_updates"):
        desk.updates.forget()
    desk.chats.wake()
    return True


async def get_webhook_info(desk: Desk, call: Mapping[str, Any]) -> Object:
    return (desk.webhook or Webhook("")).about(len(desk.updates.queue))


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        method.__name__.replace("_", ""): method
        for method in (
            get_me,
            get_updates,
            posting.send_message,
            posting.send_rich_message,
            posting.edit_message_text,
            posting.edit_message_reply_markup,
            posting.edit_ephemeral_message_text,
            posting.edit_ephemeral_message_reply_markup,
            posting.delete_message,
            posting.delete_messages,
            ephemeral.delete_ephemeral_message,
            send_chat_action,
            answers.answer_callback_query,
            answers.answer_inline_query,
            carrying.forward_message,
            carrying.copy_message,
            media.send_photo,
            media.send_document,
            media.send_location,
            media.get_file,
            media.edit_message_caption,
            media.edit_message_media,
            media.edit_ephemeral_message_caption,
            media.edit_ephemeral_message_media,
            introducing.set_my_commands,
            introducing.delete_my_commands,
            introducing.get_my_commands,
            introducing.set_my_name,
            introducing.get_my_name,
            introducing.set_my_description,
            introducing.get_my_description,
            introducing.set_my_short_description,
            introducing.get_my_short_description,
            introducing.set_chat_menu_button,
            introducing.get_chat_menu_button,
            rooms.get_chat,
            rooms.get_chat_member,
            rooms.get_chat_administrators,
            rooms.get_chat_member_count,
            rooms.leave_chat,
            rooms.pin_chat_message,
            rooms.unpin_chat_message,
            rooms.unpin_all_chat_messages,
            rooms.create_forum_topic,
            rooms.edit_forum_topic,
            rooms.close_forum_topic,
            rooms.reopen_forum_topic,
            rooms.close_general_forum_topic,
            rooms.reopen_general_forum_topic,
            rooms.delete_forum_topic,
            delete_webhook,
            set_webhook,
            get_webhook_info,
        )
    }
)
