"""Show the article at an address or in a file, as a chat would be shown it.

Here: the arguments, and how an article is shown.
Not here: reading a page (ingest/reader).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from bot.ingest.reader import Reader
from bot.news.article import Article
from bot.ports import Page
from bot.verbs.reach import page_at
from bot.verbs.screen import busy, clock_time, iso, say, say_json, say_text, takes_json


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "example:\n  headline-bot read https://example.org/rain-at-last"
    parser.add_argument("place", metavar="URL|FILE", help="a page with one article")
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Show the article."""
    page = await page_at(args.place)
    with busy("Reading …"):
        article = await _read(page)
    if args.json:
        say_json(_values(article))
        return 0
    say(article.title)
    published = clock_time(article.published_at) if article.published_at else ""
    say(" · ".join(part for part in (article.byline, published, article.site) if part) or article.url)
    say()
    say_text(article.text)
    return 0


async def _read(page: Page) -> Article:
    reader = Reader()
    try:
        return await reader.read(page)
    finally:
        await reader.close()


def _values(article: Article) -> dict[str, object]:
    names = ("title", "byline", "language", "site", "image", "text", "url")
    return {
        **{name: getattr(article, name) for name in names},
        "published_at": iso(article.published_at),
        "blocks": [{"kind": block.kind, "text": block.text} for block in article.blocks],
    }
