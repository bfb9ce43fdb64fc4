"""A word from those who run the bot to all of its chats. Owns the announcement, its audience and its progress.

Here: what is sent to whom, and how far that is, as values.
Not here: keeping them (store/announcements), sending (workers/herald), words around it (delivery/render/announce).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.news.model import ChatKind


class Stage(StrEnum):
    """How far an announcement is: being owed, being sent, all sent, or stopped."""

    OWING = "owing"
    GOING = "going"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced, as Telegram's HTML, and to whom: chats of one language (empty: of all), channels if said.

    `by` is the chat of who announces it; `message` is the message there that shows how far it is.
    """

    id: str
    html: str
    by: int
    lang: str = ""
    channels: bool = False
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """An announcement that was begun."""

    announcement: Announcement
    stage: Stage


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may be told: how many chats of each kind and language (as we speak to them)."""

    counts: Mapping[tuple[ChatKind, str], int]

    def of(self, announcement: Announcement) -> int:
        """How many chats an announcement goes to."""
        return sum(self.kinds(announcement).values())

    def kinds(self, announcement: Announcement) -> dict[ChatKind, int]:
        """The same by the kind of chat."""
        found = dict[ChatKind, int]()
        for (kind, lang), count in self.counts.items():
            if (announcement.channels or kind is not ChatKind.CHANNEL) and announcement.lang in {"", lang}:
                found[kind] = found.get(kind, 0) + count
        return found

    def langs(self, announcement: Announcement) -> dict[str, int]:
        """The same by language, of all languages, the commonest first."""
        found = dict[str, int]()
        for (kind, lang), count in self.counts.items():
            if announcement.channels or kind is not ChatKind.CHANNEL:
                found[lang] = found.get(lang, 0) + count
        return dict(sorted(found.items(), key=lambda one: -one[1]))

    def promise(self, announcement: Announcement) -> str:
        """To how many chats it goes, and of which kinds (by their first letters), as the button that sends it says."""
        kinds = self.kinds(announcement)
        return f"{sum(kinds.values())}:{''.join(sorted(kind[0] for kind in kinds))}"

    def keeps(self, announcement: Announcement, promise: str) -> bool:
        """Whether no more chats than a button promised hear it, and none of another kind."""
        count, _, kinds = promise.partition(":")
        now, _, of_kinds = self.promise(announcement).partition(":")
        return count.isdecimal() and int(now) <= int(count) and set(of_kinds) <= set(kinds)

    @property
    def channels(self) -> int:
        """How many channels there are."""
        return sum(count for (kind, _), count in self.counts.items() if kind is ChatKind.CHANNEL)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many chats were told, were not there any more, did not let us write, and are still owed it."""

    sent: int
    gone: int
    failed: int
    left: int
