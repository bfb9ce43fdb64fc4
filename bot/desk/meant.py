"""What a person means by a text where a topic is asked for: a ready topic by its name, or an expression.

Here: the step from words, or a tap, to a topic with its id.
Not here: the topic language (news/topics), who follows what (wishes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.desk.recent import understood
from bot.news.identity import topic_id
from bot.news.model import ReadyTopic
from bot.news.text import fold
from bot.news.topics import Topic, canonical

# What stands before a ready topic's name on its button.
_EMOJI = re.compile(r"^[^\w\"'(*=~!-]+\s")


@dataclass(frozen=True, slots=True)
class Meant:
    """A topic, its id, what a subscription says of it, and its name if it is a ready one."""

    topic: Topic
    id: str
    expression: str
    name: str = ""


def meant(text: str, offered: Sequence[ReadyTopic]) -> Meant:
    """What a text means: the ready topic whose name it is, with or without its emoji, else an expression.

    Raises BadTopic.
    """
    named = by_name(text, offered)
    if named:
        return named
    topic = understood(text)
    return Meant(topic, topic_id(canonical(topic)), text)


def by_name(text: str, offered: Sequence[ReadyTopic]) -> Meant | None:
    """The ready topic whose name a text is, or what people call it besides, in any language."""
    wanted = _name(text)
    for ready in offered:
        for lang, name in _called(ready):
            if _name(name) == wanted or name.casefold() == text.strip().casefold():
                return tapped(ready, lang)
    return None


def _called(ready: ReadyTopic) -> Iterator[tuple[str, str]]:
    yield from ready.names.items()
    yield from ((lang, name) for lang, names in ready.also.items() for name in names)


@lru_cache(1 << 12)
def _name(text: str) -> str:
    """A topic's name as it is compared; of a text with signs nothing is left out, as they may be an expression's."""
    return _EMOJI.sub("", fold(text)).strip()


def tapped(ready: ReadyTopic, lang: str) -> Meant:
    """What a tap on a ready topic means, named in a language as far as it has a name there."""
    return Meant(ready.topic, topic_id(ready.wish), ready.wish, ready.names.get(lang, ready.names["en"]))
