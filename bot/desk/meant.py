"""What a person means by a text where a topic is asked for: a ready topic by its name, or an expression.

Here: the step from words, or a tap, to a topic with its id.
Not here: the topic language (news/topics), who follows what (wishes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.recent import understood
from bot.news.identity import topic_id
from bot.news.model import ReadyTopic
from bot.news.topics import Topic, canonical


@dataclass(frozen=True, slots=True)
class Meant:
    """A topic, its id, what a subscription says of it, and its name if it is a ready one."""

    topic: Topic
    id: str
    expression: str
    name: str = ""


def meant(text: str, offered: Sequence[ReadyTopic]) -> Meant:
    """What a text means: the ready topic whose whole name it is, else an expression. Raises BadTopic."""
    wanted = text.strip().casefold()
    for ready in offered:
        for lang, name in ready.names.items():
            if name.casefold() == wanted:
                return tapped(ready, lang)
    topic = understood(text)
    return Meant(topic, topic_id(canonical(topic)), text)


def is_name(text: str, offered: Sequence[ReadyTopic]) -> bool:
    """Whether a text is the whole name of a ready topic."""
    wanted = text.strip().casefold()
    return any(name.casefold() == wanted for ready in offered for name in ready.names.values())


def tapped(ready: ReadyTopic, lang: str) -> Meant:
    """What a tap on a ready topic means, named in a language as far as it has a name there."""
    return Meant(ready.topic, topic_id(ready.wish), ready.wish, ready.names.get(lang, ready.names["en"]))
