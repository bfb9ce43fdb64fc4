"""An article, worded as rich messages: heading, pictures, tables and lists, like Telegram's Instant View.

Here: what each kind of block looks like in Telegram's rich HTML, and the limits of one message.
Not here: what may be cut where (lines), the text of a block (runs), which pictures may be fetched (honest).

The dialect and its limits: https://core.telegram.org/bots/api#rich-message-formatting-options
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from html import escape as quoted
from itertools import groupby

from bot.delivery.render.article import LONGEST_FACT, NOTE, facts, noticed, ordered, title_of
from bot.delivery.render.direction import directed, is_rtl
from bot.delivery.render.fitting import fitted
from bot.delivery.render.honest import picture, spelled
from bot.delivery.render.html import escape, link, width
from bot.delivery.render.lines import Line, filled, lines_of
from bot.delivery.render.runs import Ink, html_of, runs_of
from bot.news.article import Article, BlockKind
from bot.news.message import Rich
from bot.news.model import Headline
from bot.news.said import Tongue

# Telegram's limits for one rich message. Whether it counts characters or UTF-16 units is not said: units are never
# fewer. Items of a list, rows of a table and what stands within a quote are blocks, too.
MOST_UNITS, MOST_BLOCKS, MOST_MEDIA = 32_768, 500, 50
# What head and foot may need of them.
_AROUND_UNITS, _AROUND_BLOCKS = 2_500, 20
# Marks and the bytes of addresses have no known limit; so much no article has.
MOST_MARKED, MOST_ADDRESSES = 3_000, 150_000
LONGEST_CAPTION = 1_000

_BLOCKS = {BlockKind.ITEM: 2, BlockKind.QUOTE: 2, BlockKind.PICTURE: 2}
_WRAP = {BlockKind.HEADING: ("<h3>", "</h3>"), BlockKind.QUOTE: ("<blockquote>", "</blockquote>")}
_AROUND_GROUP = {
    "ul": ("<ul>", "</ul>"),
    "ol": ("<ol>", "</ol>"),
    "table": ("<table bordered striped>", "</table>"),
}


class Pictured(IntEnum):
    """How many pictures a message needs to hold a part, if it is one."""

    NONE, LEAD, ALL = range(3)


@dataclass(frozen=True, slots=True)
class Part:
    """A block in rich HTML, or the item or row of one; those of one `group` that follow one another are one block."""

    html: str
    group: tuple[str, int] = ("", 0)
    pictured: Pictured = Pictured.NONE


@dataclass(slots=True)
class Leaf:
    """A rich message being filled."""

    head: tuple[Part, ...]
    rtl: bool
    left: int = MOST_UNITS - _AROUND_UNITS
    blocks: int = MOST_BLOCKS - _AROUND_BLOCKS
    media: int = MOST_MEDIA - 1
    parts: list[Part] = field(default_factory=list)
    ink: Ink = field(default_factory=lambda: Ink(MOST_MARKED, MOST_ADDRESSES))

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the article's text stands on it yet."""
        return not self.parts

    def room(self, line: Line) -> int:
        """How many UTF-16 units of such a line still fit."""
        is_full = self.blocks < _BLOCKS.get(line.kind, 1) + 1 or (line.kind is BlockKind.PICTURE and not self.media)
        return -1 if is_full else self.left - width(line.credit)

    def add(self, line: Line) -> None:
        """Put a line at the end."""
        group = _group(line)
        self.blocks -= _BLOCKS.get(line.kind, 1) + (bool(group[0]) and not self._goes_on(group))
        self.left -= width(line.text) + width(line.credit)
        self.media -= line.kind is BlockKind.PICTURE
        pictured = Pictured.ALL if line.kind is BlockKind.PICTURE else Pictured.NONE
        self.parts.append(Part(self._html(line), group, pictured))

    def _goes_on(self, group: tuple[str, int]) -> bool:
        return bool(self.parts) and self.parts[-1].group == group

    def _html(self, line: Line) -> str:
        way = directed(line.text, rtl=self.rtl)
        if line.kind is BlockKind.PICTURE:
            return _figure(line.url, f"{way}{html_of(line.runs, self.ink)}", escape(line.credit))
        if line.cells:
            return _row(line)
        inner = f"{way}{html_of(line.runs, self.ink)}"
        if line.kind is BlockKind.ITEM and not line.is_rest:
            return f'<li value="{line.number}">{inner}</li>' if line.number else f"<li>{inner}</li>"
        before, behind = _WRAP.get(line.kind, ("<p>", "</p>"))
        return f"{before}{inner}{behind}"


def leaves(say: Tongue, article: Article, headline: Headline) -> tuple[Rich, ...]:
    """The whole article as rich messages, nearly always one."""
    rtl = is_rtl(article)
    first = Leaf(tuple(_head(say, article, headline, rtl=rtl)), rtl)
    following = Part(f"<h4>{ordered(title_of(say, article, headline), rtl=rtl)}</h4>")
    filled_ones = list(filled(_shown(article), first, lambda: Leaf((following,), rtl)))
    site = link(fitted(article.site, LONGEST_FACT) or say("Original"), spelled(article.url))
    foot = Part(f"<hr/><footer>{site}</footer>")
    return tuple(Rich(_forms([*leaf.head, *leaf.parts, foot]), rtl) for leaf in filled_ones)


def _shown(article: Article) -> Iterator[Line]:
    """The article's lines with the pictures that can be shown; the lead picture is not shown twice."""
    lead = picture(article.image, article.url)
    for line in lines_of(article):
        if line.kind is not BlockKind.PICTURE:
            yield line
        elif (url := picture(line.url, article.url)) and url != lead:
            caption = runs_of(fitted(line.text, LONGEST_CAPTION)) if width(line.text) > LONGEST_CAPTION else line.runs
            yield replace(line, runs=caption, url=url, credit=fitted(line.credit, LONGEST_FACT))


def _head(say: Tongue, article: Article, headline: Headline, *, rtl: bool) -> Iterator[Part]:
    """Title, lead picture, facts, and what there is to know about the text."""
    yield Part(f"<h1>{ordered(title_of(say, article, headline), rtl=rtl)}</h1>")
    lead = picture(article.image, article.url)
    if lead:
        caption, credit = _lead_caption(article)
        yield Part(_figure(lead, ordered(caption, rtl=rtl), escape(credit)), pictured=Pictured.LEAD)
    yield Part(f"<p><i>{facts(article, headline, rtl=rtl)}</i></p>")
    if notice := noticed(say, article):
        yield Part(f"<blockquote>{NOTE}{ordered(notice, rtl=rtl)}</blockquote>")


def _lead_caption(article: Article) -> tuple[str, str]:
    """The lead picture's caption and credit: the article's, or those where it stands again within the text."""
    again = (block for block in article.blocks if block.kind is BlockKind.PICTURE and block.url == article.image)
    block = next(again, None)
    caption = article.caption or (block.text if block else "")
    credit = article.credit or (block.credit if block else "")
    return fitted(caption, LONGEST_CAPTION), fitted(credit, LONGEST_FACT)


def _figure(url: str, caption: str, credit: str) -> str:
    """A picture with its caption; a credit without a caption is one."""
    cite = f"<cite>{credit}</cite>" if caption and credit else credit
    below = f"<figcaption>{caption}{cite}</figcaption>" if caption or cite else ""
    return f'<figure><img src="{quoted(url)}"/>{below}</figure>' if below else f'<img src="{quoted(url)}"/>'


def _row(line: Line) -> str:
    tag = "th" if line.is_head else "td"
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in line.cells)}</tr>"


def _group(line: Line) -> tuple[str, int]:
    if line.cells:
        return "table", line.block
    if line.kind is BlockKind.ITEM and not line.is_rest:
        return ("ol", 0) if line.number else ("ul", 0)
    return "", 0


def _forms(parts: Iterable[Part]) -> tuple[str, ...]:
    """The message with all its pictures, with its lead picture alone, and without any; each once."""
    found = [_joined(part for part in parts if part.pictured <= most) for most in reversed(Pictured)]
    return tuple(dict.fromkeys(found))


def _joined(parts: Iterable[Part]) -> str:
    html = []
    for (group, _), same in groupby(parts, key=lambda part: part.group):
        before, behind = _AROUND_GROUP.get(group, ("", ""))
        html.append(f"{before}{''.join(part.html for part in same)}{behind}")
    return "".join(html)
