"""The few doors between floors, as Protocols; each has a second implementation (tests, or another floor's).

Here: what a caller may rely on, in our words.
Not here: any implementation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.news.message import ANYWHERE, Message, Place
from bot.news.page import NO_TAGS, Page, Tags
from bot.news.verdicts import Scope, Verdict

__all__ = ["NO_TAGS", "Clock", "Keeper", "Messenger", "Page", "Permit", "Permits", "Tags", "Urgency", "Web"]


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


class Urgency(StrEnum):
    """Who is waiting for a call to Telegram: a person in front of the screen goes first, an announcement last."""

    REPLY = "reply"
    ALERT = "alert"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to make one call to Telegram `wait` from now; or, without an `id`, how long to wait before asking again.

    `scope` is who has to wait where there is no leave: one chat, or the whole bot. `paid`: the call is beyond what
    Telegram carries for nothing, and is to say that we pay for it.
    """

    id: str
    wait: timedelta
    scope: Scope = Scope.BOT
    paid: bool = False


class Permits(Protocol):
    """Telegram's budget, one for the whole bot over all its processes."""

    async def take(self, chats: Sequence[int | None], urgency: Urgency, now: datetime) -> list[Permit]:
        """Ask for one call into each chat, in this order; None is a call that writes to no chat."""

    def answered(self, permit: Permit, took: timedelta | None, now: datetime) -> None:
        """The call was answered after `took`, or (None) never: its place in the window starts to run out."""

    async def note(self) -> None:
        """Tell others who share the budget which calls were answered; asking for permits does it, too."""

    async def hold(self, chat: int | None, until: datetime, now: datetime) -> None:
        """Telegram asked for silence: in one chat, or (None) everywhere."""


class Keeper(Protocol):
    """Where that is kept which a button is to do and cannot carry."""

    async def keep(self, chat: int, actions: Mapping[str, str], now: datetime) -> None:
        """Keep what buttons of a chat are to do, by an id of each. Raises StoreError."""


class Messenger(Protocol):
    """Telegram, as the sender sees it."""

    async def admit(self, chats: Sequence[int], urgency: Urgency = Urgency.ALERT) -> list[Permit]:
        """Which of these chats may be written to now or in an instant. Raises StoreError."""

    async def send(self, chat: int, message: Message, permit: Permit, place: Place = ANYWHERE) -> Verdict:
        """Send one alert when its permit says; every outcome is a verdict, nothing is raised."""

    async def edit(self, chat: int, message_id: int, message: Message, permit: Permit) -> Verdict:
        """Put a message in the place of an older alert; the same."""

    async def rest(self) -> None:
        """There is nothing to send just now. Raises StoreError."""

    async def tell(self, chat: int, message: Message) -> Verdict:
        """Send a word that is no alert, if there is a place for it soon; every outcome is a verdict."""

    async def administrators(self, chat: int) -> list[int]:
        """Who may change what we may do in a chat, its owner first; nobody, where Telegram does not tell."""
