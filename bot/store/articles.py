"""Articles that were read already. Owns article:*."""

from __future__ import annotations

from datetime import timedelta

from bot.news.article import Article
from bot.store import codec, documents, keys
from bot.store.database import Database


class Articles:
    """A cache of articles by headline; what is not in it can be read again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, headline_id: str) -> Article | None:
        """The article, if it was read lately."""
        text = await self._database.call("GET", keys.ARTICLE.at(headline_id))
        return documents.article_of(text) if text else None

    async def put(self, headline_id: str, article: Article, ttl: timedelta) -> None:
        """Keep the article for a while."""
        await self._database.call(
            "SET", keys.ARTICLE.at(headline_id), documents.article_json(article), "PX", codec.span_ms(ttl)
        )
