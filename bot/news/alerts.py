"""What chats are owed and told, as values.

Here: what lies in a mailbox, and what becomes an alert.
Not here: headlines themselves (model), how it is kept (store/outbox), how it looks (delivery/render).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.news.identity import is_development, owed_of
from bot.news.model import Headline, Telling
from bot.news.preferences import Preferences

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Form(StrEnum):
    """How a message tells what it tells; the values are kept with each message (store/lua/settle.lua)."""

    ALERT = ""
    OFFER = "o"
    HELD = "h"
    DIGEST = "d"


@dataclass(frozen=True, slots=True)
class Owed:
    """What lies in a mailbox: its name (news/identity), and its topic, by id and as the person knows it.

    `also` are other topics that brought it, `at` is since when it is owed. `told`: it was alerted to, and waits for the
    digest that is to tell it again.
    """

    name: str
    topic: str
    shown: str = ""
    also: tuple[str, ...] = ()
    told: bool = False
    at: datetime = field(default=LONG_AGO, compare=False)

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that brought it."""
        return (self.topic, *self.also) if self.topic else ()

    @property
    def headline(self) -> str:
        """The id of the headline that is to be told."""
        return owed_of(self.name)[0]

    @property
    def story(self) -> str:
        """The id of its story."""
        return owed_of(self.name)[1]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A message in a chat that tells a headline whose title was corrected since: its number and all that it tells, how.

    `correction` names what is owed and since when, so that it can be ticked off, and no newer one with it.
    """

    correction: str
    message: int
    tells: tuple[Owed, ...]
    form: Form = Form.ALERT


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What was drawn from the outbox for one chat: owed headlines, newest first, and failed tries so far.

    `doubtful` are the headlines of a message whose answer was lost: it may stand in the chat. `wrong` are messages that
    are to be corrected. `preferences` are what the chat has chosen. `told_at` is when it was told something within the
    last day, one instant a message; empty where nobody asks. `is_channel`: many read it who cannot decide there.
    """

    chat: int
    owed: tuple[Owed, ...]
    tries: int = 0
    doubtful: frozenset[str] = frozenset()
    wrong: tuple[Wrong, ...] = ()
    preferences: Preferences = field(default_factory=Preferences)
    told_at: tuple[datetime, ...] = ()
    is_channel: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """One headline as a chat is told it: the headline and the expression of the topic that it matched.

    `name` is what it is owed as, `story` the id of its story, `tellings` are those who tell that.
    """

    headline: Headline
    topic: str
    topic_id: str
    name: str = ""
    story: str = ""
    tellings: tuple[Telling, ...] = ()

    @property
    def is_development(self) -> bool:
        """Whether it is told to one who follows the story."""
        return is_development(self.name)
