"""Articles, sources and what is remembered of boxes <-> JSON in Redis.

Here: the values of the house that are kept as one document each.
Not here: instants and everything that is kept field by field (codec).
"""

from __future__ import annotations

from typing import Any

import orjson

from bot.news.article import Article, Block, BlockKind, Mark, MarkKind
from bot.news.layout import Box
from bot.news.model import Kind, Selectors, Source
from bot.news.said import Said
from bot.store import codec

_ARTICLE = ("url", "title", "byline", "language", "site", "image", "caption", "credit", "further")
_BLOCK = ("text", "number", "cells", "headed", "url", "credit")


def article_json(article: Article) -> bytes:
    """An article as JSON; what is as it usually is is left out."""
    values = _said(article, _ARTICLE)
    published = {"published_at": codec.ms(article.published_at)} if article.published_at else {}
    notice = {"notice": _sentence_values(article.notice)} if article.notice else {}
    return orjson.dumps({**values, **published, **notice, "blocks": [_block_values(block) for block in article.blocks]})


def article_of(text: str) -> Article:
    """An article from its JSON."""
    values: dict[str, Any] = orjson.loads(text)
    published, notice = values.pop("published_at", None), values.pop("notice", None)
    values["further"] = tuple(values.get("further", ()))
    blocks = tuple(map(_block_of, values.pop("blocks")))
    return Article(
        **values,
        blocks=blocks,
        published_at=None if published is None else codec.instant(published),
        notice=None if notice is None else _sentence_of(notice),
    )


def _sentence_values(sentence: Said) -> dict[str, Any]:
    """A sentence with what fills its places: texts, numbers, other sentences."""
    places = {name: _sentence_values(one) if isinstance(one, Said) else one for name, one in sentence.places}
    return {"text": sentence.text, "places": places, "several": sentence.several, "n": sentence.n}


def _sentence_of(values: dict[str, Any] | str) -> Said:
    if isinstance(values, str):  # as older versions kept it
        return Said(values)
    places = ((name, _sentence_of(one) if isinstance(one, dict) else one) for name, one in values["places"].items())
    return Said(values["text"], tuple(places), values["several"], values["n"])


def _block_values(block: Block) -> dict[str, Any]:
    marks = [[mark.kind, mark.start, mark.end, *([mark.url] if mark.url else ())] for mark in block.marks]
    return {**_said(block, _BLOCK), "kind": block.kind, **({"marks": marks} if marks else {})}


def _block_of(values: dict[str, Any]) -> Block:
    kind, marks, cells = values.pop("kind"), values.pop("marks", ()), values.pop("cells", ())
    return Block(
        BlockKind(kind),
        **values,
        marks=tuple(Mark(MarkKind(mark), *rest) for mark, *rest in marks),
        cells=tuple(map(tuple, cells)),
    )


def _said(value: Article | Block, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of these names that are not empty; a text and a title are said even where they are."""
    fields = ((name, getattr(value, name)) for name in names)
    return {name: field for name, field in fields if field or name in {"text", "title"}}


def source_json(source: Source) -> bytes:
    """A source as JSON."""
    every = None if source.every is None else codec.span_ms(source.every)
    values = {name: getattr(source, name) for name in ("name", "url", "title", "kind", "lang", "zone", "folder")}
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


def box_json(box: Box) -> bytes:
    """What is remembered of a box as JSON."""
    told = None if box.told is None else codec.ms(box.told)
    return orjson.dumps({"rows": box.rows, "shapes": box.shapes, "width": box.width, "by": box.by, "told": told})


def box_of(values: dict[str, Any]) -> Box:
    """What is remembered of a box from its parsed JSON."""
    told = values.pop("told")
    rows, shapes = tuple(values.pop("rows")), tuple(values.pop("shapes"))
    return Box(rows, shapes, **values, told=None if told is None else codec.instant(told))
