"""What chats were asked last. Owns {sNN}:asked:*.

Here: keeping a question until it is answered, or too old to be.
Not here: what may be asked (news/questions), what becomes of the answer (handlers/zone).
"""

from __future__ import annotations

from datetime import timedelta

import orjson

from bot.news.questions import Question
from bot.news.setting import Wish
from bot.store import codec, keys
from bot.store.database import Database
from bot.store.keys import of_chat

# Where one lives is not forgotten meanwhile, and the hours that wait for it were typed.
ZONE_ASKED_FOR = timedelta(days=1)
# A number that is typed later means a row of a list again.
HOURS_ASKED_FOR = timedelta(minutes=10)


class Asked:
    """The question that each chat may answer in its own words."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, chat: int, question: Question) -> None:
        """Remember what the chat was asked; an older question is forgotten."""
        lifetime = codec.seconds(ZONE_ASKED_FOR if question.about == "zone" else HOURS_ASKED_FOR)
        await self._database.call("SET", of_chat(keys.ASKED, chat), _text(question), "EX", lifetime)

    async def get(self, chat: int) -> Question | None:
        """What the chat was asked; None where nothing is open."""
        text = await self._database.call("GET", of_chat(keys.ASKED, chat))
        return _question(text) if text else None

    async def end(self, chat: int) -> None:
        """Nothing is open any more."""
        await self._database.call("DEL", of_chat(keys.ASKED, chat))


def _text(question: Question) -> str:
    then = [question.then.name, question.then.value] if question.then else []
    return orjson.dumps([question.about, question.has_key, *then]).decode()


def _question(text: str) -> Question:
    about, has_key, *then = orjson.loads(text)
    return Question(about, Wish(*then) if then else None, has_key)
