"""The topics of a forum: which there are, and what stands in which.

Here: making, renaming, closing and deleting topics, with the service messages that tell of it; where a message goes.
Not here: who may do so (topics for people, forummethods for the bot).

A topic is known by the id of the message that made it. What stands in one has message_thread_id and is_topic_message,
and answers that first message unless it answers another; the General topic has no id in the Bot API.
See JsonMessage and get_implicit_reply_to_message_id of telegram-bot-api's Client.cpp.
"""

from __future__ import annotations

from bot.devchat.chats import Chat, Chats, Object
from bot.devchat.members import may
from bot.devchat.refusals import bad, said

GENERAL = 1
LONGEST_NAME = 128
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def in_thread(chat: Chat, thread: int) -> Object:
    """The fields of a message in a topic; none in General, or where there are no topics."""
    if thread in {0, GENERAL}:
        return {}
    first = chat.messages.get(thread)
    return {
        "message_thread_id": thread,
        "is_topic_message": True,
        **({"reply_to_message": first} if first else {}),
    }


def found(chat: Chat, thread: int) -> Object:
    """A topic. Raises Telegram's refusal."""
    if not chat.about.get("is_forum"):
        raise bad("the chat is not a forum")
    if thread not in chat.threads:
        raise bad("TOPIC_ID_INVALID")
    return chat.threads[thread]


def begin(chat: Chat) -> None:
    """Let a supergroup be a forum; it has one topic from the start."""
    chat.about["is_forum"] = True
    chat.threads.setdefault(GENERAL, topic(GENERAL, "General", COLORS[0]))


def topic(ident: int, name: str, color: int) -> Object:
    """A ForumTopic, and whether it is closed."""
    return {"message_thread_id": ident, "name": name, "icon_color": color, "is_closed": False}


def create(chats: Chats, chat: Chat, who: Object, name: str, color: int = COLORS[0]) -> Object:
    """A new topic; gives the service message that tells of it."""
    if not chat.about.get("is_forum"):
        raise bad("the chat is not a forum")
    if not name.strip():
        raise bad("title must be non-empty")
    name = name.strip()[:LONGEST_NAME]
    made = {"name": name, "icon_color": color}
    # A topic is there before anybody can read of it, and its number is its first message's.
    ident = chats.last_message + 1
    chat.threads[ident] = topic(ident, name, color)
    place = {"message_thread_id": ident, "is_topic_message": True}
    message = chats.put(chat, {**who, **place, "forum_topic_created": made})
    chats.changed(chat)
    return message


def edit(chats: Chats, chat: Chat, who: Object, thread: int, name: str) -> Object:
    """Rename a topic; gives the service message."""
    kept = found(chat, thread)
    if kept["name"] == name.strip():
        raise bad("TOPIC_NOT_MODIFIED")
    kept["name"] = name.strip()[:LONGEST_NAME]
    return _told(chats, chat, who, thread, forum_topic_edited={"name": kept["name"]})


def close(chats: Chats, chat: Chat, who: Object, thread: int, *, closed: bool) -> Object:
    """Close a topic, or open it again; gives the service message."""
    kept = found(chat, thread)
    if kept["is_closed"] == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    kept["is_closed"] = closed
    return _told(chats, chat, who, thread, **{"forum_topic_closed" if closed else "forum_topic_reopened": {}})


def delete(chats: Chats, chat: Chat, thread: int) -> None:
    """Delete a topic and all that stands in it; nobody is told."""
    found(chat, thread)
    if thread == GENERAL:
        raise bad("TOPIC_ID_INVALID")
    del chat.threads[thread]
    for key in [key for key, message in chat.messages.items() if message.get("message_thread_id") == thread]:
        del chat.messages[key]
    chats.changed(chat)


def taken(chat: Chat, thread: int) -> int:
    """The topic that a message of the bot goes to. Raises Telegram's refusal where there is none, or it is closed."""
    if thread and (thread == GENERAL or thread not in chat.threads):
        raise said("no thread")
    closed = chat.threads.get(thread or GENERAL, {}).get("is_closed")
    if closed and not may(chat.bot, "can_manage_topics", chat.permissions):
        raise said("thread closed")
    return thread


def _told(chats: Chats, chat: Chat, who: Object, thread: int, **service: object) -> Object:
    message = chats.put(chat, {**who, **in_thread(chat, thread), **service})
    chats.changed(chat)
    return message
