"""Telegram's rich HTML: tags -> the blocks and texts of a rich message.

Here: which tags there are, what may stand in what, and Telegram's refusals of what may not.
Not here: limits, addresses and what becomes of a block (rich).

See https://core.telegram.org/bots/api#rich-message-formatting-options. Maps, formulas, sounds, videos and buttons
within the text are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Any

from bot.devchat.refusals import Refusal, bad

Object = dict[str, Any]

STYLES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("b", "strong"), "bold"),
        **dict.fromkeys(("i", "em"), "italic"),
        **dict.fromkeys(("u", "ins"), "underline"),
        **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
        "code": "code",
        "mark": "marked",
        "sub": "subscript",
        "sup": "superscript",
        "tg-spoiler": "spoiler",
    }
)
_INLINE = frozenset(STYLES) | {"a", "tg-time", "br"}
_HEADINGS = frozenset(f"h{size}" for size in range(1, 7))
_VOID = frozenset({"br", "hr", "img", "input"})
_PARTS = frozenset({"li", "tr", "th", "td", "caption", "cite", "figcaption", "summary", "input"})


@dataclass(slots=True)
class Node:
    """A tag with what stands in it: texts and other tags."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    def pick(self, *tags: str) -> Iterator[Node]:
        """The tags of these names that stand directly in it."""
        return (node for node in self.inside if isinstance(node, Node) and node.tag in tags)

    def without(self, *tags: str) -> list[Node | str]:
        """What else stands in it."""
        return [node for node in self.inside if not (isinstance(node, Node) and node.tag in tags)]


def no_content() -> Refusal:
    """What Telegram says where a text is missing, or stands where none may."""
    return bad("RICH_MESSAGE_CONTENT_REQUIRED")


def blocks_of(html: str) -> list[Object]:
    """The blocks as InputRichMessage.blocks has them. Raises Telegram's refusal."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    if len(parser.open) > 1:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{parser.open[-1].tag}"')
    return _blocks(parser.open[0].inside)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE | _PARTS | frozenset(_MADE):
            raise _unparsed(f'Unsupported start tag "{tag}"')
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        top = self.open.pop()
        if not self.open or top.tag != tag:
            raise _unparsed(f'Unmatched end tag, expected "</{top.tag}>", found "</{tag}>"')

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def _unparsed(complaint: str) -> Refusal:
    return bad(f"can't parse InputRichMessage: {complaint}")


def _blocks(nodes: Sequence[Node | str]) -> list[Object]:
    """Blocks in their order; words between them are paragraphs."""
    made: list[Object] = []
    loose: list[Node | str] = []
    for node in [*nodes, Node("hr")]:  # the last one ends what is loose, and is taken away again
        if isinstance(node, str) or node.tag in _INLINE:
            loose.append(node)
            continue
        if _said(loose):
            made.append({"type": "paragraph", "text": _text(loose)})
        loose = []
        if node.tag not in _MADE:
            raise no_content()
        made.append(_MADE[node.tag](node))
    return made[:-1]


def _text(nodes: Sequence[Node | str]) -> Any:  # noqa: ANN401 - a RichText is a text, a list or an object
    """The RichText of what stands within a block; a block within it is refused."""
    parts = [_part(node) for node in nodes]
    return parts[0] if len(parts) == 1 else parts


def _part(node: Node | str) -> Any:  # noqa: ANN401
    if isinstance(node, str):
        return re.sub(r"[ \t\r\n]+", " ", node)
    if node.tag == "br":
        return "\n"
    if node.tag in STYLES:
        return {"type": STYLES[node.tag], "text": _text(node.inside)}
    if node.tag == "a" and "href" in node.attributes:
        return {"type": "url", "text": _text(node.inside), "url": node.attributes["href"]}
    if node.tag == "tg-time":
        return {
            "type": "date_time",
            "text": _text(node.inside),
            "unix_time": _whole(node.attributes.get("unix", "")),
            "date_time_format": node.attributes.get("format", ""),
        }
    raise no_content()


def _said(nodes: Sequence[Node | str]) -> bool:
    return any(node.strip() if isinstance(node, str) else _said(node.inside) for node in nodes)


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,12}", text) else 0


def _credited(node: Node) -> Object:
    cites = [_text(cite.inside) for cite in node.pick("cite")]
    return {"credit": cites[0]} if cites else {}


def _caption(node: Node) -> Object:
    for caption in node.pick("figcaption"):
        return {"caption": {"text": _text(caption.without("cite")), **_credited(caption)}}
    return {}


def _quote(node: Node) -> Object:
    return {"type": "blockquote", "blocks": _blocks(node.without("cite")), **_credited(node)}


def _aside(node: Node) -> Object:
    return {"type": "pullquote", "text": _text(node.without("cite")), **_credited(node)}


def _list(node: Node) -> Object:
    first = _whole(node.attributes.get("start", "1"))
    items = []
    for number, item in enumerate(node.pick("li"), first):
        label = {"value": _whole(item.attributes.get("value", str(number))), "type": "1"} if node.tag == "ol" else {}
        items.append({"blocks": _blocks(item.without("input")), **label})
    return {"type": "list", "items": items}


def _table(node: Node) -> Object:
    rows = [[_cell(cell) for cell in row.pick("th", "td")] for row in node.pick("tr")]
    captions = [{"caption": _text(caption.inside)} for caption in node.pick("caption")]
    flags = {f"is_{name}": True for name in ("bordered", "striped", "compact") if name in node.attributes}
    return {"type": "table", "cells": rows, **flags, **(captions[0] if captions else {})}


def _cell(node: Node) -> Object:
    kept = {"text": _text(node.inside)} if _said(node.inside) else {}
    spans = {name: _whole(node.attributes[name]) for name in ("colspan", "rowspan") if name in node.attributes}
    sides = {"align": node.attributes.get("align", "left"), "valign": node.attributes.get("valign", "middle")}
    return {**kept, **spans, **sides, **({"is_header": True} if node.tag == "th" else {})}


def _photo(node: Node) -> Object:
    return {"type": "photo", "photo": {"type": "photo", "media": node.attributes.get("src", "")}}


def _figure(node: Node) -> Object:
    for photo in node.pick("img"):
        return {**_photo(photo), **_caption(node)}
    raise no_content()


def _several(node: Node) -> Object:
    blocks = _blocks([each for each in node.without("figcaption") if not isinstance(each, str)])
    return {"type": node.tag.removeprefix("tg-"), "blocks": blocks, **_caption(node)}


def _details(node: Node) -> Object:
    summary = [child for found in node.pick("summary") for child in found.inside]
    opened = {"is_open": True} if "open" in node.attributes else {}
    return {"type": "details", "summary": _text(summary), "blocks": _blocks(node.without("summary")), **opened}


def _worded(kind: str) -> Callable[[Node], Object]:
    return lambda node: {"type": kind, "text": _text(node.inside)}


def _heading(node: Node) -> Object:
    return {"type": "heading", "text": _text(node.inside), "size": int(node.tag[1])}


_MADE: Mapping[str, Callable[[Node], Object]] = MappingProxyType(
    {
        **dict.fromkeys(_HEADINGS, _heading),
        "p": _worded("paragraph"),
        "footer": _worded("footer"),
        "pre": _worded("pre"),
        "hr": lambda _: {"type": "divider"},
        "blockquote": _quote,
        "aside": _aside,
        **dict.fromkeys(("ul", "ol"), _list),
        "table": _table,
        "img": _photo,
        "figure": _figure,
        "details": _details,
        **dict.fromkeys(("tg-collage", "tg-slideshow"), _several),
    }
)
