"""Show the article at an address or in a file, as a chat would be shown it.

Here: the arguments, and how an article is shown.
Not here: reading a page (ingest/reader).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from bot.desk.wholes import whole_article
from bot.ingest.reader import Reader
from bot.news.article import Article
from bot.verbs.reach import is_address, origin, page_at, web_at
from bot.verbs.screen import busy, clock_time, iso, say, say_json, say_text, takes_json


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "example:\n  headline-bot read https://example.org/rain-at-last"
    parser.add_argument("place", metavar="URL|FILE", help="a page with one article")
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Show the article."""
    article = await _read(args.place)
    if args.json:
        say_json(_values(article))
        return 0
    say(article.title)
    published = clock_time(article.published_at) if article.published_at else ""
    say(" · ".join(part for part in (article.byline, published, article.site) if part) or article.url)
    if article.notice:
        say(str(article.notice))
    say()
    say_text(article.text)
    return 0


async def _read(place: str) -> Article:
    reader = Reader()
    try:
        if not is_address(place):
            return await reader.read(await page_at(place))
        async with web_at(place) as web:
            with busy(f"Reading what stands at {origin(place)[0]} …"):
                return await whole_article(place, web, reader)
    finally:
        await reader.close()


def _values(article: Article) -> dict[str, object]:
    names = ("title", "byline", "language", "site", "image", "text", "url")
    return {
        **{name: getattr(article, name) for name in names},
        "notice": str(article.notice or ""),
        "published_at": iso(article.published_at),
        "blocks": [{"kind": block.kind, "text": block.text} for block in article.blocks],
    }
