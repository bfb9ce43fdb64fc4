"""Sources that were found and may be picked. Owns {sources}:offered:*.

Here: keeping them while somebody may still press a button.
Not here: finding them (desk/finding), watching one (store/sources).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.news.model import Source
from bot.store import codec, documents, keys
from bot.store.database import Database

# Who has not chosen by then looks again: the site has moved on.
OFFERED_FOR = timedelta(days=1)


class Offers:
    """The sources behind the buttons that were shown lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, offers: Mapping[str, Source]) -> None:
        """Keep sources by their ids for a day."""
        lifetime = codec.seconds(OFFERED_FOR)
        await self._database.pipeline(
            [
                ("SET", keys.OFFERED.at(ident), documents.source_json(source), "EX", lifetime)
                for ident, source in offers.items()
            ]
        )

    async def get(self, ident: str) -> Source | None:
        """The source of this id; None where it was offered longer than a day ago, or never."""
        text = await self._database.call("GET", keys.OFFERED.at(ident))
        return documents.source_of(text) if text else None
