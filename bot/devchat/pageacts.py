"""What a person can do on the page: the acts of POST /page/ACT, and what each needs.

Here: JSON of the page -> a lever of People. Where an act has `as`, it is who acts (user id); it may be left out.

    say          {chat, text, reply_to?, thread?, as?}        -> Message      (reply_to: key; thread: message_thread_id)
    edit         {chat, message_id, text, as?}                -> Message
    tap          {chat, message_id: key, data, as?}           -> id of the query; `data` is the callback_data
    forward      {chat, from_chat, message_id, thread?, as?}  -> Message
    location     {chat, latitude, longitude, thread?, reply_to?, as?} -> Message
    inline       {query, chat?, offset?, as?}                 -> query_id; the answer comes as an event
    pick         {query_id, result_id, thread?}               -> Message
    open         {link, chat?, as?}   a t.me link to the bot  -> id of the chat that opens; startgroup needs `chat`
    start        {payload?, as?}      the Start button, or an inline answer's button (start_parameter) -> id of the chat
    people       {first_name, username?, language_code?}      -> User
    chats        {type, title, is_forum?, as?}                -> id of the chat
    block        {chat, blocked, as?}                         the bot goes (is blocked), or comes back
    clear        {chat}
    join, leave  {chat, person, as?}                          with `as` of somebody else: is added, is thrown out
    promote      {chat, person, rights?: {…}, as?}            a person or the bot; {is_anonymous: true} hides them
    demote       {chat, person, as?}
    restrict     {chat, restricted, person?, rights?: {…}}    the bot, if no person is named
    permit       {chat, permissions: {…}}                     what everybody may do in a group
    upgrade      {chat}                                       -> id of the supergroup
    forum        {chat}                                       a supergroup gets topics
    create_topic {chat, name, as?}                            -> message_thread_id
    rename_topic {chat, thread, name, as?}   close_topic {chat, thread, closed, as?}   delete_topic {chat, thread, as?}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.devchat.chats import Object
from bot.devchat.people import People
from bot.devchat.sharing import is_picture

Asked = Mapping[str, Any]
Act = Callable[[People, Asked], object]


def _person(asked: Asked) -> int | None:
    return int(asked["as"]) if asked.get("as") is not None else None


def _place(asked: Asked) -> dict[str, Any]:
    """Who says something, in which topic, and in answer to what."""
    thread, reply_to = asked.get("thread"), asked.get("reply_to")
    return {
        "person": _person(asked),
        "thread": int(thread) if thread is not None else None,
        "reply_to": int(reply_to) if reply_to is not None else None,
    }


def _forward(people: People, asked: Asked) -> Object:
    place = {name: value for name, value in _place(asked).items() if name != "reply_to"}
    return people.forwards(asked["chat"], asked["from_chat"], asked["message_id"], **place)


def _open_chat(people: People, asked: Asked) -> int:
    title, is_forum = str(asked["title"])[:100], bool(asked.get("is_forum"))
    return people.opens(asked["type"], title, person=_person(asked), is_forum=is_forum).id


def _promote(people: People, asked: Asked) -> None:
    people.promotes(asked["chat"], asked["person"], by=_person(asked), **(asked.get("rights") or {}))


def _restrict(people: People, asked: Asked) -> None:
    rights = asked.get("rights") or {}
    people.restricts(asked["chat"], restricted=bool(asked["restricted"]), person=asked.get("person"), **rights)


def _inline(people: People, asked: Asked) -> str:
    offset = str(asked.get("offset") or "")
    return people.asks_inline(str(asked["query"]), person=_person(asked), chat=asked.get("chat"), offset=offset)


def _meet(people: People, asked: Asked) -> Object:
    username, language = str(asked.get("username") or ""), str(asked.get("language_code") or "en")
    return people.meets(str(asked["first_name"])[:64], username=username, language_code=language)


def upload(people: People, asked: Asked, mime: str, data: bytes) -> Object:
    """A file from the page; a picture becomes a photo, unless it is to be sent `as_file`."""
    chat, caption, place = int(asked["chat"]), str(asked.get("caption") or ""), _place(asked)
    if is_picture(mime, data) and not asked.get("as_file"):
        return people.sends_photo(chat, data, caption=caption, **place)
    return people.sends_file(chat, str(asked["name"]), data, mime=mime, caption=caption, **place)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "say": lambda people, asked: people.says(asked["chat"], str(asked["text"]), **_place(asked)),
        "edit": lambda people, asked: people.edits(
            asked["chat"], asked["message_id"], str(asked["text"]), person=_person(asked)
        ),
        "tap": lambda people, asked: people.taps_button(
            asked["chat"], asked["message_id"], asked["data"], person=_person(asked)
        ),
        "forward": _forward,
        "location": lambda people, asked: people.shares_location(
            asked["chat"], asked["latitude"], asked["longitude"], **_place(asked)
        ),
        "inline": _inline,
        "pick": lambda people, asked: people.picks(asked["query_id"], asked["result_id"], thread=asked.get("thread")),
        "open": lambda people, asked: people.opens_link(
            str(asked["link"]), person=_person(asked), chat=asked.get("chat")
        ),
        "start": lambda people, asked: people.starts(str(asked.get("payload") or ""), person=_person(asked)),
        "people": _meet,
        "chats": _open_chat,
        "block": lambda people, asked: people.blocks(
            asked["chat"], blocked=bool(asked["blocked"]), person=_person(asked)
        ),
        "clear": lambda people, asked: people.clears(asked["chat"]),
        "join": lambda people, asked: people.joins(asked["chat"], asked["person"], by=_person(asked)),
        "leave": lambda people, asked: people.leaves(asked["chat"], asked["person"], by=_person(asked)),
        "promote": _promote,
        "demote": lambda people, asked: people.demotes(asked["chat"], asked["person"], by=_person(asked)),
        "restrict": _restrict,
        "permit": lambda people, asked: people.permits(asked["chat"], **asked["permissions"]),
        "upgrade": lambda people, asked: people.upgrades(asked["chat"]).id,
        "forum": lambda people, asked: people.becomes_forum(asked["chat"]),
        "create_topic": lambda people, asked: people.creates_topic(
            asked["chat"], str(asked["name"]), person=_person(asked)
        ),
        "rename_topic": lambda people, asked: people.renames_topic(
            asked["chat"], asked["thread"], str(asked["name"]), person=_person(asked)
        ),
        "close_topic": lambda people, asked: people.closes_topic(
            asked["chat"], asked["thread"], closed=bool(asked["closed"]), person=_person(asked)
        ),
        "delete_topic": lambda people, asked: people.deletes_topic(
            asked["chat"], asked["thread"], person=_person(asked)
        ),
    }
)
