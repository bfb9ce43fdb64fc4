"""Where chats are: places and their time zones, without holding up anybody else.

Here: a place by its name or on the map, and the likely ones.
Not here: how that is found out (bot/places), asking for it (handlers/zone).
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.news.chatzones import is_zone, read_offset, zone_of
from bot.places.gazetteer import Found, Place, search
from bot.places.mapping import zone_at
from bot.places.zones import likely
from bot.ports import Clock


class Places:
    """Finds places, and the zones that they are in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def time_in(self, zone: str) -> datetime:
        """What time it is in the zone of this name."""
        return self._clock.now().astimezone(zone_of(zone))

    async def named(self, typed: str) -> Found:
        """The places that the words name; an offset and the name of a zone name one as well."""
        zone = read_offset(typed) or (typed if "/" in typed and is_zone(typed) else "")
        return Found((Place(zone, "", "", zone),), exact=True) if zone else await asyncio.to_thread(search, typed)

    async def at(self, latitude: float, longitude: float) -> str:
        """The name of the zone at a point on the map; empty where there is none."""
        return await asyncio.to_thread(zone_at, latitude, longitude)

    async def likely(self, lang: str) -> tuple[Place, ...]:
        """Where readers of a language are likely to be."""
        return await asyncio.to_thread(likely, lang)
