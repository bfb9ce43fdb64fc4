"""Whole articles: one that stands on several addresses, fetched and joined.

Here: another version where the page's own has too little, the further pages one after the other, and what is told
where one of them could not be had.
Not here: which addresses those are (ingest/paging), reading a page (ingest/reader), whose article is wanted (reading).
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from bot.news.article import Article, Block, BlockKind
from bot.news.errors import IngestError, NotReadable
from bot.news.page import Page
from bot.news.said import said
from bot.ports import Web

MOST_PAGES = 10  # after the first; what is longer is a book
_WITHIN = timedelta(seconds=20)  # for everything after the first page: somebody is waiting for it
_BETTER = 1.2  # times the text that another version must have to take the page's place


class ArticleReader(Protocol):
    """Turns a page into an article, away from the event loop."""

    async def read(self, page: Page) -> Article:
        """The article of the page. Raises NotReadable or NotParseable."""


async def whole_article(url: str, web: Web, reader: ArticleReader, within: timedelta = _WITHIN) -> Article:
    """The article at `url` with all its pages, as far as they come in time; its notice says where some did not.

    Raises FetchFailed, NotReadable or NotParseable where not even the first page can be had.
    """
    first = await reader.read(await web.get(url))
    if not (first.instead or first.further):
        return first
    joined = _Joined(first)
    try:
        async with asyncio.timeout(within.total_seconds()):
            await _complete(joined, web, reader)
    except TimeoutError:
        pass  # what came until then is shown, and what is missing is said
    return joined.article()


async def _complete(joined: _Joined, web: Web, reader: ArticleReader) -> None:
    for url in joined.first.instead:
        other = await _read(url, web, reader)
        if other is not None and joined.takes(other):
            return
    while joined.waiting and joined.pages <= MOST_PAGES:
        page = await _read(joined.waiting[0], web, reader)
        if page is None or not joined.adds(page):
            return


async def _read(url: str, web: Web, reader: ArticleReader) -> Article | None:
    try:
        return await reader.read(await web.get(url))
    except (IngestError, NotReadable):
        return None


class _Joined:
    """An article that grows by pages. `pages` have been read, `waiting` are the addresses of the next ones."""

    def __init__(self, first: Article) -> None:
        self.first = first
        self.pages = 1
        self.waiting = list(first.further)
        self._known = {first.url, *first.further}
        self._blocks = list(first.blocks)
        self._notice = first.notice
        self._seen = {_said(block) for block in first.blocks}

    def takes(self, other: Article) -> bool:
        """Put another version's text in the place of the page's, if it has more and is whole."""
        enough = len(other.text) >= _BETTER * len(self.first.text) and not (other.further or other.notice)
        if enough:
            self._blocks = list(other.blocks)
            self.waiting = []
        return enough

    def adds(self, page: Article) -> bool:
        """Add the first waiting page: what no page before it had. False where that is nothing, so that it ends here."""
        del self.waiting[0]
        new = [block for block in page.blocks if _said(block) not in self._seen]
        if not new:
            self.waiting = []
            return False
        self.pages += 1
        self._blocks += new
        self._notice = self._notice or page.notice
        self._seen |= set(map(_said, new))
        self.waiting += [url for url in page.further if url not in self._known]
        self._known |= set(page.further)
        return True

    def article(self) -> Article:
        """What there is. Raises NotReadable where there is no text at all."""
        whole = replace(
            self.first, blocks=tuple(self._blocks), notice=self._notice, further=tuple(self.waiting), instead=()
        )
        if not whole.text and not whole.notice:
            raise NotReadable(said("I found no article text on this page."), whole.url)
        if not self.waiting:
            return whole
        missing = said("Page {n} and what follows it could not be fetched.", n=self.pages + 1)
        both = said("{one} {other}", one=whole.notice, other=missing) if whole.notice else missing
        return replace(whole, notice=both)


def _said(block: Block) -> tuple[BlockKind, str, str]:
    return block.kind, block.text, block.url
