"""The few doors between floors, as Protocols; each has a second implementation (tests, or another floor's).

Here: what a caller may rely on, in our words.
Not here: any implementation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.news.message import Message
from bot.news.page import NO_TAGS, Page, Tags
from bot.news.verdicts import Verdict

__all__ = ["NO_TAGS", "Clock", "Messenger", "Page", "Permit", "Permits", "Tags", "Urgency", "Web"]


class Clock(Protocol):
    """Time. Only app.py knows the system's."""

    def now(self) -> datetime:
        """The instant, aware, UTC."""

    async def sleep(self, wait: timedelta) -> None:
        """Return when `wait` has passed."""


class Web(Protocol):
    """The only way to the net for pages and feeds."""

    async def get(self, url: str, tags: Tags = NO_TAGS) -> Page:
        """Fetch conditionally, within bounds of size and time. Raises FetchFailed and nothing else."""


class Messenger(Protocol):
    """Telegram, as the sender sees it."""

    async def send(self, chat: int, message: Message) -> Verdict:
        """Send one alert; every outcome is a verdict, nothing is raised."""


class Urgency(StrEnum):
    """Who is waiting for a call to Telegram: a person in front of the screen goes first."""

    REPLY = "reply"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to make one call to Telegram now (`wait` is zero), or how long to wait before asking again.

    `id` names the permit when its answer is noted; empty where there is none.
    """

    id: str
    wait: timedelta


class Permits(Protocol):
    """Telegram's budget, one for the whole bot over all its processes."""

    async def take(self, chat: int | None, urgency: Urgency, now: datetime) -> Permit:
        """Ask for one call; `chat` is None for calls that write to no chat."""

    async def answered(self, permit: Permit, now: datetime) -> None:
        """The call was answered: its place in the window starts to run out now."""

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None:
        """Telegram asked for silence: in one chat, or (None) everywhere."""
