"""A page cut into pieces: its lines, tables, pictures and videos in the order in which they stand.

Here: one walk over the page's own tree, and what each element is for a reader.
Not here: which of the pieces are the article (choice), marks within a line (inline), pictures and tables themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from bot.ingest.inline import Line, Style
from bot.ingest.links import base_of, joined
from bot.ingest.pictures import picture_of, video_of
from bot.ingest.tables import table_of
from bot.news.article import Block, BlockKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 20_000  # pieces of one page
_A_LINK = 0.7  # of a line's characters stand in links
_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "math", "canvas", "map",
    "button", "select", "option", "textarea", "input", "label", "dialog", "audio", "video", "img", "amp-img",
    "picture",
})  # fmt: skip
# Elements that break no line (https://html.spec.whatwg.org/multipage/rendering.html#phrasing-content-3).
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "ruby", "rb", "rt", "rp", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_SHOWN = {
    "table": lambda element, base: table_of(element),
    **dict.fromkeys(("img", "amp-img", "picture", "figure"), picture_of),
    **dict.fromkeys(("video", "iframe"), video_of),
}
_KINDS = dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING) | {
    "blockquote": BlockKind.QUOTE,
    "li": BlockKind.ITEM,
}
_WORD = re.compile(r"\w")
_FOR_EARS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-only|-text)?|u-hidden-visually)(?:\s|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page, the smallest element that holds it, and the shares of it that are links and bold."""

    block: Block
    element: HtmlElement
    linked: float = 0.0
    bold: float = 0.0

    @property
    def is_text(self) -> bool:
        """Whether it is read rather than looked at."""
        return self.block.kind not in {BlockKind.PICTURE, BlockKind.VIDEO}

    @property
    def is_link(self) -> bool:
        """Whether it is hardly anything but a link: the rest is a time or a kicker."""
        return self.linked >= _A_LINK


def pieces(tree: HtmlElement, url: str) -> list[Piece]:
    """The pieces of a page at `url`, in order."""
    walk = _Walk(base_of(tree, url), [tree])
    steps = etree.iterwalk(tree, events=("start", "end"))
    for event, element in steps:
        if event == "end":
            walk.leave(element)
        elif not walk.enter(element):
            steps.skip_subtree()
        if len(walk.found) > _MOST:
            break
    walk.end_line()
    return walk.found


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: the line that grows, the elements around it, and what was found."""

    base: str
    _around: list[HtmlElement]
    found: list[Piece] = field(default_factory=list)
    _line: Line = field(default_factory=Line)
    _styles: list[Style] = field(default_factory=lambda: [Style()])
    _kinds: list[BlockKind] = field(default_factory=lambda: [BlockKind.PARAGRAPH])
    _counted: list[int | None] = field(default_factory=list)  # of each list around, its last number; None: a bullet
    _later: list[Piece] = field(default_factory=list)  # pictures in the midst of a line
    _passed: HtmlElement | None = None

    def enter(self, element: HtmlElement) -> bool:
        """Take note of an element; whether to go on into it."""
        if _FOR_EARS.search(element.get("class") or "") or self._show(element) or element.tag in _UNSEEN:
            self._passed = element
            return False
        if element.tag in _INLINE:
            self._styles.append(self._style(element))
        else:
            self.end_line()
            self._open(element)
        self._line.add(element.text, self._styles[-1])
        return True

    def leave(self, element: HtmlElement) -> None:
        """Undo what `enter` noted, and take what stands behind the element."""
        if element is self._passed:
            self._passed = None
        elif element.tag in _INLINE:
            self._styles.pop()
        else:
            self.end_line()
            self._close(element)
        self._line.add(element.tail, self._styles[-1])

    def _show(self, element: HtmlElement) -> bool:
        """Whether the element is something that is seen rather than read; if so, it is noted."""
        show = _SHOWN.get(element.tag)
        block = show(element, self.base) if show else None
        if block is None:
            return False
        if block.kind is BlockKind.TABLE:
            self.end_line()
        self._later.append(Piece(block, element))
        return True

    def _style(self, element: HtmlElement) -> Style:
        style = self._styles[-1]
        match element.tag:
            case "b" | "strong":
                return style._replace(bold=style.bold + 1)
            case "i" | "em":
                return style._replace(italic=style.italic + 1)
            case "a":
                return style._replace(link=self._link(element.get("href")))
        return style

    def _link(self, href: str | None) -> str | None:
        if href is None or href.startswith("#"):
            return None
        return joined(self.base, href)

    def _open(self, element: HtmlElement) -> None:
        self._around.append(element)
        self._kinds.append(_KINDS.get(element.tag, self._kinds[-1]))
        if element.tag in {"ol", "ul"}:
            self._counted.append(_number(element.get("start"), 1) - 1 if element.tag == "ol" else None)
        elif element.tag == "li" and self._counted and self._counted[-1] is not None:
            self._counted[-1] = _number(element.get("value"), self._counted[-1] + 1)

    def _close(self, element: HtmlElement) -> None:
        self._around.pop()
        self._kinds.pop()
        if element.tag in {"ol", "ul"}:
            self._counted.pop()

    def end_line(self) -> None:
        """What comes next stands in a line of its own."""
        words = self._line.end()
        if _WORD.search(words.text):
            kind = self._kinds[-1]
            number = (self._counted[-1] or 0) if kind is BlockKind.ITEM and self._counted else 0
            block = Block(kind, words.text, words.marks, number)
            self.found.append(Piece(block, self._around[-1], words.linked, words.bold))
            if kind is BlockKind.ITEM:  # what else an item holds is no item
                self._kinds = [BlockKind.PARAGRAPH if kind is BlockKind.ITEM else kind for kind in self._kinds]
        self._line = Line()
        self.found += self._later
        self._later.clear()


def _number(told: str | None, default: int) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 6 else default
