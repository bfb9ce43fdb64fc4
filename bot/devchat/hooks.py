"""Updates that are brought to the bot: its webhook. Owns setWebhook's wishes and the postman who carries updates there.

As Telegram's own server does: those of one chat one after the other, each until it is taken (an answer of 200 to 299),
those of different chats at once; after a failure again later, or when the bot said (Retry-After).

Here: bringing, and what getWebhookInfo tells of it.
Not here: the queue (updates).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.devchat.chats import Chats, Object
from bot.devchat.refusals import bad
from bot.devchat.updates import Updates

FOREVER = 3600.0
# Telegram waits longer; somebody who tries this out does not want to.
AGAIN = 0.2
LONGEST_WAIT = 5.0
PATIENCE = aiohttp.ClientTimeout(total=30)
AT_ONCE = 40


@dataclass(slots=True)
class Webhook:
    """Where updates are brought, and how it went lately."""

    url: str
    secret: str = ""
    at_once: int = AT_ONCE
    failed_at: int = 0
    failure: str = ""

    def about(self, waiting: int) -> Object:
        """It as getWebhookInfo tells of it."""
        told: Object = {"url": self.url, "has_custom_certificate": False, "pending_update_count": waiting}
        told["max_connections"] = self.at_once
        return told | ({"last_error_date": self.failed_at, "last_error_message": self.failure} if self.failure else {})


def webhook_of(call: Mapping[str, Any]) -> Webhook | None:
    """The webhook that a call sets; None where it takes it away. Raises Telegram's refusal.

    As Telegram's server for one's own machine, this one brings updates to http addresses, too.
    """
    url, at_once = str(call.get("url") or ""), int(call.get("max_connections") or AT_ONCE)
    if url and not url.startswith(("https://", "http://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    return Webhook(url, str(call.get("secret_token") or ""), max(1, min(at_once, 100))) if url else None


class Postman:
    """Brings what waits while there is a webhook."""

    def __init__(self, chats: Chats, updates: Updates, webhook: Callable[[], Webhook | None]) -> None:
        self._chats = chats
        self._updates = updates
        self._webhook = webhook
        self._under_way: dict[object, asyncio.Task[None]] = {}

    async def carry(self, closing: asyncio.Event) -> None:
        """Bring updates until `closing` is set."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while not closing.is_set():
                await self._chats.until(lambda: closing.is_set() or self._next() is not None, FOREVER)
                update, webhook = self._next(), self._webhook()
                if update and webhook and not closing.is_set():
                    whose = _whose(update)
                    self._under_way[whose] = asyncio.create_task(self._bring(session, webhook, whose, update))
            tasks = list(self._under_way.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _next(self) -> Object | None:
        """The first update whose chat is brought none just now."""
        webhook = self._webhook()
        if webhook is None or len(self._under_way) >= webhook.at_once:
            return None
        return next((update for update in self._updates.queue if _whose(update) not in self._under_way), None)

    async def _bring(self, session: aiohttp.ClientSession, webhook: Webhook, whose: object, update: Object) -> None:
        try:
            wait = await self._post(session, webhook, update)
            if wait is None:
                self._updates.take(update["update_id"])
            else:
                await asyncio.sleep(wait)
        finally:
            del self._under_way[whose]
            self._chats.wake()

    async def _post(self, session: aiohttp.ClientSession, webhook: Webhook, update: Object) -> float | None:
        """Bring one; None if it was taken, else how many seconds to wait."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return None
                failure = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                said = answer.headers.get("Retry-After", "")
                wait = min(float(said), LONGEST_WAIT) if said.isdigit() else AGAIN
        except (aiohttp.ClientError, TimeoutError):
            failure, wait = "Connection failed", AGAIN
        webhook.failed_at, webhook.failure = int(self._chats.clock()), failure
        return wait


def _whose(update: Object) -> object:
    """The chat that an update is of; where it is of none, who made it."""
    content = next(value for name, value in update.items() if name != "update_id")
    about = content.get("message", content)
    return about.get("chat", content.get("from", {})).get("id")
