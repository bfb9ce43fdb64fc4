"""Rich messages: what a bot sends -> what stands in the chat, with Telegram's own refusals.

Here: the blocks that there are, what each must hold, and the limits of a message.
Not here: rich HTML (richhtml), where a message goes (methods).

The texts of the refusals are those that Telegram's servers gave in 2026; see docs/telegram.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from bot.devchat.links import checked_link, is_fetched
from bot.devchat.markup import width
from bot.devchat.refusals import bad
from bot.devchat.richhtml import STYLES, blocks_of, no_content

Object = dict[str, Any]

MOST_UNITS, MOST_BLOCKS, MOST_LEVELS, MOST_MEDIA, MOST_COLUMNS = 32_768, 500, 16, 50, 20
_WRAPPED = frozenset(STYLES.values()) | {"url", "date_time"}
_NO_PICTURE = (".svg", ".html", ".htm")
_NUMBERS = "1aAiI"


def rich_message(given: Mapping[str, Any], near: Collection[str] = ()) -> Object:
    """A RichMessage from an InputRichMessage. Pictures come from public hosts, or from one of the origins `near`."""
    sources = [name for name in ("html", "markdown", "blocks") if given.get(name)]
    if len(sources) != 1:
        raise bad("Rich message must be non-empty" if not sources else "can't parse InputRichMessage: too many sources")
    if sources == ["markdown"]:
        raise bad("can't parse InputRichMessage: this server knows html and blocks")
    judge = _Judge(near)
    blocks = judge.blocks(blocks_of(str(given["html"])) if sources == ["html"] else given["blocks"], 1)
    if not blocks:
        raise no_content()
    return {"blocks": blocks, **({"is_rtl": True} if given.get("is_rtl") else {})}


def plain_text(message: Mapping[str, Any]) -> str:
    """What a RichMessage says, a line for each block, cell and caption."""
    return "\n".join(_lines(message["blocks"]))


def _lines(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever blocks hold
    if isinstance(value, list):
        for each in value:
            yield from _lines(each)
    elif isinstance(value, dict):
        for name in ("summary", "text", "blocks", "items", "cells", "caption", "credit"):
            if name in value:
                yield from [_said(value[name])] if name in {"summary", "text", "credit"} else _lines(value[name])


def _said(text: Any) -> str:  # noqa: ANN401 - a RichText
    if isinstance(text, str):
        return text
    return "".join(map(_said, text)) if isinstance(text, list) else _said(text["text"])


@dataclass(slots=True)
class _Judge:
    """Judges one message; counts what is limited."""

    near: Collection[str]
    units: int = 0
    count: int = 0
    media: int = 0

    def blocks(self, given: Any, level: int) -> list[Object]:  # noqa: ANN401 - whatever was sent
        """The blocks as they will stand there. Raises Telegram's refusal."""
        return [self._block(block, level) for block in given]

    def _block(self, block: Mapping[str, Any], level: int) -> Object:
        kind = str(block.get("type"))
        if kind not in _MADE:
            raise bad(f'can\'t parse InputRichBlock: Unsupported block type "{kind}"')
        self._counts(level)
        return {"type": kind, **_MADE[kind](self, block, level + 1)}

    def _counts(self, level: int) -> None:
        self.count += 1
        if self.count > MOST_BLOCKS:
            raise bad("RICH_MESSAGE_BLOCKS_TOO_MANY")
        self._deep(level)

    def _deep(self, level: int) -> None:
        if level > MOST_LEVELS:
            raise bad("RICH_MESSAGE_DEPTH_INVALID")

    def text(self, given: Any, level: int) -> Any:  # noqa: ANN401 - a RichText
        """The RichText, if it says anything."""
        text = self._text(given, level)
        if not _said(text).strip():
            raise no_content()
        return text

    def _text(self, given: Any, level: int) -> Any:  # noqa: ANN401
        self._deep(level)
        if isinstance(given, str):
            self.units += width(given)
            if self.units > MOST_UNITS:
                raise bad("RICH_MESSAGE_TEXT_TOO_LONG")
            return given
        if isinstance(given, list):
            return [self._text(each, level) for each in given]
        if given.get("type") not in _WRAPPED:
            raise bad(f'can\'t parse RichText: Unsupported text type "{given.get("type")}"')
        if given["type"] == "url" and not checked_link(str(given.get("url", ""))):
            raise bad("RICH_MESSAGE_URL_INVALID")
        return {**given, "text": self._text(given["text"], level + 1)}

    def worded(self, block: Mapping[str, Any], level: int) -> Object:
        return {"text": self.text(block.get("text", ""), level), **self._credit(block, level)}

    def heading(self, block: Mapping[str, Any], level: int) -> Object:
        if block.get("size") not in range(1, 7):
            raise bad("Invalid section heading size specified")
        return {**self.worded(block, level), "size": block["size"]}

    def divider(self, block: Mapping[str, Any], level: int) -> Object:
        return {}

    def holding(self, block: Mapping[str, Any], level: int) -> Object:
        """What holds other blocks: quotes, details, collages, slideshows."""
        inside = self.blocks(block.get("blocks") or [], level)
        if not inside:
            raise no_content()
        summary = {"summary": self.text(block.get("summary", ""), level)} if block["type"] == "details" else {}
        opened = {"is_open": True} if block.get("is_open") else {}
        return {"blocks": inside, **summary, **opened, **self._credit(block, level), **self._caption(block, level)}

    def list_(self, block: Mapping[str, Any], level: int) -> Object:
        items = [self._item(item, level) for item in block.get("items") or []]
        if not items:
            raise bad("List must be non-empty")
        if len({"type" in item for item in items}) > 1:
            raise bad("List must be either ordered or unordered")
        return {"items": items}

    def _item(self, item: Mapping[str, Any], level: int) -> Object:
        self._counts(level)
        kind = item.get("type") or ""
        if kind and kind not in _NUMBERS:
            raise bad("Invalid list item type specified")
        inside = self.blocks(item.get("blocks") or [], level + 1)
        if not inside:
            raise no_content()
        number = {"value": item.get("value", 1), "type": kind} if kind else {}
        return {"label": f"{item.get('value', 1)}." if kind else "•", "blocks": inside, **number}

    def table(self, block: Mapping[str, Any], level: int) -> Object:
        rows = block.get("cells") or []
        if any(sum(int(cell.get("colspan") or 1) for cell in row) > MOST_COLUMNS for row in rows):
            raise bad("RICH_MESSAGE_TABLE_COLS_TOO_MANY")
        cells = []
        for row in rows:
            self._counts(level)
            cells.append([self._cell(cell, level + 1) for cell in row])
        if not any(cells):
            raise no_content()
        kept = {name: True for name in ("is_bordered", "is_striped", "is_compact") if block.get(name)}
        caption = {"caption": self.text(block["caption"], level)} if block.get("caption") else {}
        return {"cells": cells, **kept, **caption}

    def _cell(self, cell: Mapping[str, Any], level: int) -> Object:
        text = {"text": self._text(cell["text"], level)} if cell.get("text") else {}
        return {"align": "left", "valign": "middle", **cell, **text}

    def photo(self, block: Mapping[str, Any], level: int) -> Object:
        url = str((block.get("photo") or {}).get("media") or "")
        self._fetches(url)
        name = blake2b(url.encode(), digest_size=12).hexdigest()
        size = {"file_id": name, "file_unique_id": name, "width": 1280, "height": 720}
        return {"photo": [size], "photo_url": url, **self._caption(block, level)}

    def _fetches(self, url: str) -> None:
        """Telegram fetches a picture from the web; here the page does, and only its address is judged."""
        self.media += 1
        if self.media > MOST_MEDIA:
            raise bad("RICH_MESSAGE_MEDIA_TOO_MANY")
        if not is_fetched(url, self.near):
            raise bad("RICH_MESSAGE_PHOTO_URL_INVALID")
        if urlsplit(url).path.lower().endswith(_NO_PICTURE):
            raise bad("RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND")

    def _caption(self, block: Mapping[str, Any], level: int) -> Object:
        caption = block.get("caption")
        if not caption:
            return {}
        return {"caption": {"text": self._text(caption.get("text", ""), level), **self._credit(caption, level)}}

    def _credit(self, block: Mapping[str, Any], level: int) -> Object:
        return {"credit": self.text(block["credit"], level)} if block.get("credit") else {}


Maker = Callable[[_Judge, Mapping[str, Any], int], Object]
_MADE: Mapping[str, Maker] = MappingProxyType(
    {
        **dict.fromkeys(("paragraph", "footer", "pre", "pullquote"), _Judge.worded),
        **dict.fromkeys(("blockquote", "details", "collage", "slideshow"), _Judge.holding),
        "heading": _Judge.heading,
        "divider": _Judge.divider,
        "list": _Judge.list_,
        "table": _Judge.table,
        "photo": _Judge.photo,
    }
)
