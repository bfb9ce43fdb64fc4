"""How people and the bot stand in a chat, and what each standing allows.

Here: ChatMember objects of the Bot API without their user ("standings"), and the questions that are asked of them.
Not here: who changes them (gathering, the bot's own methods), what is refused in which words (desk, posting).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Object = dict[str, Any]

OUT = frozenset({"left", "kicked"})
ADMINS = frozenset({"creator", "administrator"})
# What an administrator may do: everywhere, in channels, in groups, in supergroups.
_EVERYWHERE = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    *("can_delete_stories", "can_send_welcome_messages"),
)
_BY_KIND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "channel": ("can_post_messages", "can_edit_messages", "can_manage_direct_messages"),
        "group": ("can_pin_messages", "can_manage_tags"),
        "supergroup": ("can_pin_messages", "can_manage_topics", "can_manage_tags"),
        "private": (),
    }
)
# What everybody in a group may do, unless the group or an administrator takes it away.
_SENDING = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_react_to_messages", "can_edit_tag"),
)
_MANAGING = ("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics")


def permissions() -> Object:
    """The ChatPermissions of a new group: write whatever one likes, manage nothing."""
    return dict.fromkeys(_SENDING, True) | dict.fromkeys(_MANAGING, False)


def standing(status: str, kind: str = "private", **given: object) -> Object:
    """A standing with every field that its status has in such a chat; rights that are not given are the usual ones."""
    rights: Object = {}
    if status == "creator":
        rights = {"is_anonymous": False}
    if status == "administrator":
        rights = {"can_be_edited": False, "is_anonymous": False}
        rights |= dict.fromkeys((*_EVERYWHERE, *_BY_KIND[kind]), True)
    if status == "restricted":
        rights = dict.fromkeys((*_SENDING, *_MANAGING), False) | {"is_member": True, "until_date": 0}
    if status == "kicked":
        rights = {"until_date": 0}
    return {"status": status, **rights, **given}


def usual(kind: str) -> Object:
    """How a bot stands in a chat that it is added to: channels take bots as administrators only."""
    return standing("administrator" if kind == "channel" else "member", kind)


def as_member(user: Object, stands: Object, kind: str) -> Object:
    """A ChatMember. A basic group knows no banned people: whoever was removed has left."""
    if kind == "group" and stands["status"] == "kicked":
        stands = standing("left")
    return {"user": user, **stands}


def is_in(stands: Object) -> bool:
    """Whether somebody who stands so is in the chat."""
    return stands["status"] not in OUT and bool(stands.get("is_member", True))


def is_admin(stands: Object) -> bool:
    """Whether somebody who stands so is an administrator, or the owner."""
    return stands["status"] in ADMINS


def may(stands: Object, right: str, everybody: Object) -> bool:
    """Whether somebody who stands so has a right in a chat where `everybody` has those permissions."""
    match stands["status"]:
        case "creator":
            return True
        case "administrator":
            return bool(stands.get(right, right in _SENDING))
        case "restricted":
            return is_in(stands) and bool(stands.get(right)) and bool(everybody.get(right))
        case "member":
            return bool(everybody.get(right))
    return False
