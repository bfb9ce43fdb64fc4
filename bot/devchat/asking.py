"""Inline mode, and links that lead to the bot: what people ask of it from anywhere, and what they pick.

Here: those acts, and the queries that wait for an answer or for a choice.
Not here: what the bot answers (answers).
Telegram's cache of answers is left out: the bot is asked each time.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bot.devchat.acts import Acts
from bot.devchat.chats import YOU, Object
from bot.devchat.marks import marked
from bot.devchat.refusals import bad

LONGEST_QUERY = 256
QUERIES_KEPT = 100
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Asking(Acts):
    """Inline queries and deep links."""

    def asks_inline(self, query: str, *, person: int | None = None, chat: int | None = None, offset: str = "") -> str:
        """Type "@bot query" in a chat (by default the private one); gives the id of the query."""
        if not self._bot["supports_inline_queries"]:
            raise bad("this bot has no inline mode")
        asker = YOU["id"] if person is None else person
        where = self._chats.find(asker if chat is None else chat)
        who = self._member(where, person)
        ident = str(next(self._numbers))
        asked = {"person": who["id"], "chat": where.id, "query": query[:LONGEST_QUERY], "at": self._chats.clock()}
        self.asked[ident] = asked
        while len(self.asked) > QUERIES_KEPT:
            del self.asked[next(iter(self.asked))]
        kind = "sender" if where.kind == "private" else where.kind
        update = {"id": ident, "from": who, "query": asked["query"], "offset": offset, "chat_type": kind}
        self._updates.add(inline_query=update)
        return ident

    def picks(self, query: str, result: str, *, thread: int | None = None) -> Object:
        """Choose a result of a query; it stands in the chat as the person's message by way of the bot."""
        asked = self.asked.get(query, {})
        if result not in asked.get("results", {}):
            raise bad("there is no such result")
        where = self._chats.find(asked["chat"])
        who = self._writer(where, asked["person"])
        message = self._post(where, who, {"via_bot": self._bot, **asked["results"][result]}, thread=thread)
        chosen = {"result_id": result, "from": who, "query": asked["query"]}
        if "reply_markup" in message:
            ident = chosen["inline_message_id"] = f"{where.id}.{message['message_id']}"
            where.inline[message["message_id"]] = ident
        self._updates.add(chosen_inline_result=chosen)
        return message

    def starts(self, payload: str = "", *, person: int | None = None) -> int:
        """Open the bot's private chat through a link, and press Start; gives the chat."""
        where = self._chats.find(YOU["id"] if person is None else person)
        who = self._writer(where, person)
        self._post(where, who, marked(f"/start {_checked(payload)}".strip()))
        return where.id

    def opens_link(self, link: str, *, person: int | None = None, chat: int | None = None) -> int:
        """Follow t.me/bot?start=… or, into a group that one chooses, ?startgroup=…; gives the chat that opens."""
        parts = urlsplit(link if "://" in link else f"https://{link}")
        asked = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        named = asked.get("domain", "") if parts.scheme == "tg" else parts.path.strip("/")
        if named.lower() != self._bot["username"].lower():
            raise bad("this link leads to somebody else")
        if "startgroup" not in asked and "startchannel" not in asked:
            return self.starts(asked.get("start", ""), person=person)
        if chat is None:
            raise bad("choose a group first")
        self._added(chat, _checked(asked.get("startgroup", "")), person)
        return chat


def _checked(payload: str) -> str:
    if not _PAYLOAD.fullmatch(payload):
        raise bad("START_PARAM_INVALID")
    return payload
