"""Reading: from a row, a reply, a button or a link to the article behind it.

Here: which headline is meant, and where its article comes from: the publisher's own text, the cache, the web.
Not here: fetching (ingest/web), an article on several pages (wholes), reading a page (ingest/reader), pages of a
message (delivery/render/article).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.desk.wholes import ArticleReader, whole_article
from bot.news.answers import Reading, Unread
from bot.news.article import Article, Block, BlockKind
from bot.news.errors import IngestError, NoSuchHeadline, NotReadable
from bot.news.identity import headline_id
from bot.news.languages import guess
from bot.news.model import Headline
from bot.news.said import many_said, said
from bot.ports import Clock, Web
from bot.store.articles import Articles
from bot.store.chats import Chats
from bot.store.headlines import Headlines

# An article is corrected now and then, and people page through it for a while.
KEPT = timedelta(hours=6)

Read = Reading | Unread


class ReadingRoom:
    """Finds the article that someone means."""

    def __init__(
        self, headlines: Headlines, chats: Chats, articles: Articles, web: Web, reader: ArticleReader, clock: Clock
    ) -> None:
        self._headlines = headlines
        self._chats = chats
        self._articles = articles
        self._web = web
        self._reader = reader
        self._clock = clock

    async def newest(self) -> Read:
        """The newest headline's article. Raises NoSuchHeadline before the first one came."""
        newest = await self._headlines.newest(1)
        if not newest:
            raise NoSuchHeadline(said("No headline has come in yet; the first ones are on their way."))
        return await self._read(newest[0])

    async def row(self, chat: int, number: int) -> Read:
        """Row `number` of the last list that the chat was shown. Raises NoSuchHeadline."""
        return await self._row(await self._chats.last_shown(chat), number)

    async def told(self, chat: int, message_id: int, number: int | None = None) -> Read | None:
        """The headline in one of our messages, or row `number` of it; None where that message shows none."""
        ids = await self._chats.told(chat, message_id)
        return await self._row(ids, number or 1) if ids else None

    async def link(self, url: str) -> Read:
        """The article at any address; where we know it as a headline, that headline's."""
        known = await self._headlines.by_url(url)
        now = self._clock.now()
        return await self._read(known or Headline(headline_id(url), "", url, "", now, now))

    async def shared(self, ident: str) -> Read:
        """The article that a deep link names. Raises NoSuchHeadline."""
        known = await self._headlines.by_link(ident)
        return await self._read(known) if known else await self.headline(ident)

    async def headline(self, ident: str) -> Read:
        """The article of a headline that a button names. Raises NoSuchHeadline when it is long gone."""
        known = (await self._headlines.get([ident])).get(ident)
        if known:
            return await self._read(known)
        article = await self._articles.get(ident)
        if article:  # it was asked for by its link
            return Reading(self._stand_in(ident, article), article)
        raise NoSuchHeadline(said("That one is no longer on my desk. Send me its link, or see /latest for news."))

    async def _row(self, ids: tuple[str, ...], number: int) -> Read:
        if not ids:
            raise NoSuchHeadline(said("I have no list to count in; send /latest first, then for example /read 3."))
        if not 1 <= number <= len(ids):
            raise NoSuchHeadline(
                many_said(
                    "The last list has {n} row; send for example /read {n}.",
                    "The last list has {n} rows; send for example /read {n}.",
                    len(ids),
                )
            )
        return await self.headline(ids[number - 1])

    async def _read(self, headline: Headline) -> Read:
        """What the publisher sent along, what we have, or what the web gives; in that order."""
        if headline.text:
            return Reading(headline, _as_sent(headline))
        article = await self._articles.get(headline.id)
        if article is None:
            try:
                article = _with_language(await whole_article(headline.url, self._web, self._reader))
            except (IngestError, NotReadable) as error:
                return Unread(headline, error.sentence)
            await self._articles.put(headline.id, article, KEPT)
        return Reading(headline if headline.title else self._stand_in(headline.id, article), article)

    def _stand_in(self, ident: str, article: Article) -> Headline:
        now = self._clock.now()
        return Headline(ident, article.title, article.url, "", article.published_at or now, now)


def _with_language(article: Article) -> Article:
    """The article with its language, guessed where its page tells none."""
    return article if article.language else replace(article, language=guess(f"{article.title}\n{article.text}"))


def _as_sent(headline: Headline) -> Article:
    """The publisher's full text as an article."""
    paragraphs = (part.strip() for part in headline.text.split("\n\n"))
    blocks = tuple(Block(BlockKind.PARAGRAPH, part) for part in paragraphs if part)
    return Article(headline.url, headline.title, blocks, published_at=headline.published_at, language=headline.lang)
