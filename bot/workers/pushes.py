"""Hubs that tell us what is new: asks them to, answers them, and brings in what they bring.

Here: subscribing, renewing and leaving, each written down before the hub is asked; what a hub asks and brings.
Not here: when and what is right (news/websub), the route that a hub knocks at (ops/http), asking sources (poller).

Without `polling.callback_url` no hub could reach us, and none is asked.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog

from bot.ingest.reader import Reader
from bot.news import websub
from bot.news.errors import FetchFailed, NotParseable
from bot.news.model import Source
from bot.news.page import Page
from bot.news.websub import SUBSCRIBE, UNSUBSCRIBE, Push
from bot.ports import Clock
from bot.store.pushes import PushLog
from bot.workers.harvest import Harvest

Post = Callable[[str, dict[str, str]], Awaitable[None]]
Find = Callable[[str], Awaitable[Source | None]]

log = structlog.get_logger()


class Pushes:
    """Subscriptions to the hubs of sources. `post` sends a form; `callback` is where hubs reach us, or empty."""

    def __init__(
        self, pushes: PushLog, find: Find, post: Post, reader: Reader, harvest: Harvest, clock: Clock, callback: str
    ) -> None:
        self._pushes = pushes
        self._find = find
        self._post = post
        self._reader = reader
        self._harvest = harvest
        self._clock = clock
        self._callback = callback.rstrip("/")

    async def follow(self, name: str, hub: str, topic: str, now: datetime, *, missed: bool) -> Push | None:
        """The source's subscription, asked for where it is time; `missed`: we found something that it did not bring."""
        if not self._callback or not hub or not topic:
            return None
        push = await self._pushes.get(name)
        if push and missed and websub.works(push, now):
            log.info("hub missed something", source=name)
            push = replace(push, missed=now)
            await self._pushes.put(name, push)
        if websub.wants_asking(push, hub, topic, now):
            await self._ask(name, _asking(push, hub, topic, now))
            push = await self._pushes.get(name)  # the hub may have answered already
        return push

    async def leave_all_but(self, names: Collection[str], now: datetime) -> None:
        """Unsubscribe what is watched no longer; what was left a while ago is forgotten."""
        if not self._callback:
            return
        for name, push in (await self._pushes.all()).items():
            if name in names:
                continue
            if push.wish != UNSUBSCRIBE and push.until is not None and now < push.until:
                await self._ask(name, replace(push, wish=UNSUBSCRIBE, asked=now))
            elif now - push.asked > websub.ANSWERS_WITHIN or push.until is None:
                await self._pushes.forget(name)

    async def challenged(self, name: str, token: str, asked: Mapping[str, str]) -> str | None:
        """What the hub wants to hear back, where it asks for what we asked it; else None. Raises StoreError."""
        push = await self._known(name, token)
        if push is None:
            return None
        if asked.get("hub.mode") == "denied":
            log.warning("hub denied", source=name, reason=asked.get("hub.reason", "")[:200])
            return None
        topic, seconds = asked.get("hub.topic", ""), asked.get("hub.lease_seconds", "")
        after = websub.confirmed(push, asked.get("hub.mode", ""), topic, seconds, self._clock.now())
        if after is None:
            return None
        await self._pushes.put(name, after)
        return asked.get("hub.challenge", "")

    async def brought(self, name: str, token: str, signature: str, page: Page) -> bool:
        """Bring in what a hub brings; False where it is not from our hub. Raises StoreError: it is to bring it again.

        What is signed and cannot be read is taken, and told to nobody: bringing it again would not mend it.
        """
        push, now = await self._known(name, token), self._clock.now()
        source = await self._find(name) if push else None
        if push is None or source is None:
            return False  # anybody may knock here: not worth a line
        if not websub.is_signed(push, page.body, signature):
            log.warning("push refused", source=name)
            return False
        try:
            listing = await self._reader.listing(replace(page, url=push.topic), source, now)
        except NotParseable as reason:
            log.warning("push not read", source=name, reason=str(reason))
        else:
            await self._harvest.bring(source, listing, now)
        return True

    async def _known(self, name: str, token: str) -> Push | None:
        push = await self._pushes.get(name) if self._callback else None
        return push if push and hmac.compare_digest(push.token.encode(), token.encode()) else None

    async def _ask(self, name: str, push: Push) -> None:
        """Write down what we ask for, then ask. A hub that is away is asked again after a while."""
        await self._pushes.put(name, push)
        form = {
            "hub.mode": push.wish,
            "hub.topic": push.topic,
            "hub.callback": f"{self._callback}/websub/{name}/{push.token}",
            "hub.lease_seconds": str(int(websub.LEASE.total_seconds())),
            "hub.secret": push.secret,
        }
        try:
            await self._post(push.hub, form)
        except FetchFailed as reason:
            log.warning("hub not reached", source=name, reason=str(reason))


def _asking(push: Push | None, hub: str, topic: str, now: datetime) -> Push:
    """A first subscription, or the one that is there, longer: its address and secret stay, for what is on its way."""
    if push is not None and (push.hub, push.topic) == (hub, topic):
        return replace(push, asked=now, wish=SUBSCRIBE)
    random = partial(secrets.token_urlsafe, 24)
    return Push(hub, topic, random(), random(), now)
