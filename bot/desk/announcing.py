"""Announcing: a draft is written, looked at, changed, sent and stopped.

Here: what becomes of a draft.
Not here: sending (workers/herald), who may announce (handlers/admins).
"""

from __future__ import annotations

from dataclasses import replace

from bot.news.announcements import Announcement, Audience, Job, Progress
from bot.news.identity import short_id
from bot.ports import Clock
from bot.store.announcements import Announcements


class Announcing:
    """The drafts, and the announcement under way."""

    def __init__(self, announcements: Announcements, clock: Clock) -> None:
        self._announcements = announcements
        self._clock = clock

    async def write(self, html: str, by: int) -> Announcement:
        """A new draft."""
        draft = Announcement(short_id(f"{self._clock.now().isoformat()} {by} {html}"), html, by)
        await self._announcements.keep(draft)
        return draft

    async def draft(self, ident: str) -> Announcement | None:
        """A draft of today; None where it is older."""
        return await self._announcements.draft(ident)

    async def change(
        self, draft: Announcement, *, lang: str | None = None, channels: bool | None = None
    ) -> Announcement:
        """The draft for others."""
        changed = replace(
            draft,
            lang=draft.lang if lang is None else lang,
            channels=draft.channels if channels is None else channels,
        )
        await self._announcements.keep(changed)
        return changed

    async def audience(self, spoken: tuple[str, ...]) -> Audience:
        """Who could hear it."""
        return await self._announcements.audience(spoken)

    async def send(self, draft: Announcement, message: int | None) -> bool:
        """Begin to send it, shown in this message; False where another one is under way."""
        return await self._announcements.begin(replace(draft, message=message))

    async def stop(self, ident: str) -> Progress:
        """Send it to nobody else; how far it came."""
        came = await self._announcements.progress()
        job = await self._announcements.job()
        if job is not None and job.announcement.id == ident:
            await self._announcements.stop(job.announcement)
        return came

    async def under_way(self) -> tuple[Job, Progress] | None:
        """The last announcement, and how far it is."""
        job = await self._announcements.job()
        return (job, await self._announcements.progress()) if job else None
