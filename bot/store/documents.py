"""Articles and sources <-> JSON in Redis.

Here: the two values of the house that are kept as one document each.
Not here: instants and everything that is kept field by field (codec).
"""

from __future__ import annotations

from typing import Any

import orjson

from bot.news.model import Article, Block, BlockKind, Kind, Selectors, Source
from bot.store import codec


def article_json(article: Article) -> bytes:
    """An article as JSON."""
    values = {name: getattr(article, name) for name in ("url", "title", "byline", "language", "site", "image")}
    published = codec.ms(article.published_at) if article.published_at else None
    blocks = [[block.kind, block.text] for block in article.blocks]
    return orjson.dumps({**values, "published_at": published, "blocks": blocks})


def article_of(text: str) -> Article:
    """An article from its JSON."""
    values: dict[str, Any] = orjson.loads(text)
    published = values.pop("published_at")
    blocks = tuple(Block(BlockKind(kind), part) for kind, part in values.pop("blocks"))
    return Article(**values, blocks=blocks, published_at=None if published is None else codec.instant(published))


def source_json(source: Source) -> bytes:
    """A source as JSON."""
    every = None if source.every is None else codec.span_ms(source.every)
    values = {name: getattr(source, name) for name in ("name", "url", "title", "kind", "lang", "zone")}
    selectors = [getattr(source.selectors, name) for name in ("row", "time", "link")] if source.selectors else None
    return orjson.dumps({**values, "every": every, "selectors": selectors})


def source_of(text: str) -> Source:
    """A source from its JSON."""
    values: dict[str, Any] = orjson.loads(text)
    every, selectors, kind = values.pop("every"), values.pop("selectors"), values.pop("kind")
    return Source(
        **values,
        every=None if every is None else every * codec.MILLISECOND,
        selectors=Selectors(*selectors) if selectors else None,
        kind=Kind(kind) if kind else None,
    )
