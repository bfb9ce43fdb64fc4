"""An article, worded in Telegram's classic messages: pages that fit one, turned in place.

Here: the pages, and how each kind of block looks on them.
Not here: what may be cut where (lines), rich messages (rich), the buttons below (reading).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.delivery.render.direction import RIGHT, apart, directed, is_rtl
from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape, link, tg_time, width
from bot.delivery.render.lines import Line, filled, lines_of
from bot.delivery.render.runs import Ink, html_of
from bot.news.article import Article, BlockKind
from bot.news.model import Headline
from bot.news.said import Tongue

# A page is what a telephone shows in a few thumb strokes; Telegram's limit of 4096 leaves room for head and foot.
PAGE = 3200
# Of the hundred entities of a message; head and foot need a few.
MOST_MARKED = 90
# Of the 32 KiB of a message: a page of nothing but "&", each five bytes long, and the longest address of an original
# leave that for the addresses of links.
MOST_ADDRESSES = 3_000
LONGEST_TITLE = 300
LONGEST_FACT = 100
LONGEST_NOTICE = 300
# What a notice begins with: it is ours, not the article's.
NOTE = "ℹ️ "
# Units around a line: the blank line before it, and the mark of its direction.
AROUND = 4

_WRAP = {BlockKind.HEADING: ("<b>", "</b>"), BlockKind.QUOTE: ("<blockquote>", "</blockquote>")}
# What stands close together with its like.
_CLOSE = frozenset({BlockKind.ITEM, BlockKind.TABLE})


def pages(say: Tongue, article: Article, headline: Headline) -> tuple[str, ...]:
    """The whole article as messages; the first has title, byline, site and time, the last the link at its end."""
    rtl = is_rtl(article)
    head = _head(say, article, headline, rtl=rtl)
    foot = link(fitted(article.site, LONGEST_FACT) or say("Original"), article.url)
    lines = (line for line in lines_of(article) if line.kind is not BlockKind.PICTURE)
    texts = [sheet.html for sheet in filled(lines, Page(rtl, PAGE - width(head)), lambda: Page(rtl))]
    texts[0] = f"{head}\n\n{texts[0]}".strip()
    texts[-1] += f"\n\n{RIGHT if rtl else ''}{foot}"
    return tuple(texts)


def facts(article: Article, headline: Headline, *, rtl: bool) -> str:
    """Who wrote it, where it stands, and when it was published, in one line of HTML."""
    told = [
        escape(apart(fitted(article.byline, LONGEST_FACT), rtl=rtl)),
        escape(apart(fitted(article.site or headline.source, LONGEST_FACT), rtl=rtl)),
        tg_time(article.published_at or headline.published_at, date=True),
    ]
    return " · ".join(fact for fact in told if fact)


def ordered(text: str, *, rtl: bool) -> str:
    """A line of text in HTML, with the mark that keeps it in its order."""
    return f"{directed(text, rtl=rtl)}{escape(text)}"


def title_of(say: Tongue, article: Article, headline: Headline) -> str:
    """What the article is called, in one safe line."""
    named = fitted(article.title, LONGEST_TITLE) or fitted(headline.title, LONGEST_TITLE)
    return named or fitted(article.site, LONGEST_TITLE) or say("Article")


def noticed(say: Tongue, article: Article) -> str:
    """What is to be known about the text, in one safe line; empty where there is nothing."""
    return fitted(say(article.notice), LONGEST_NOTICE) if article.notice else ""


def _head(say: Tongue, article: Article, headline: Headline, *, rtl: bool) -> str:
    title = title_of(say, article, headline)
    notice = noticed(say, article)
    said = f"\n\n<blockquote>{NOTE}{ordered(notice, rtl=rtl)}</blockquote>" if notice else ""
    line = f"{RIGHT if rtl else ''}<i>{facts(article, headline, rtl=rtl)}</i>"
    return f"{directed(title, rtl=rtl)}<b>{escape(title)}</b>\n{line}{said}"


@dataclass(slots=True)
class Page:
    """A page being filled. `is_plain`: for ears, so nothing on it is marked."""

    rtl: bool
    left: int = PAGE
    is_plain: bool = False
    parts: list[str] = field(default_factory=list)
    ink: Ink = field(default_factory=lambda: Ink(MOST_MARKED, MOST_ADDRESSES))
    last: BlockKind | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the article stands on it yet."""
        return not self.parts

    @property
    def html(self) -> str:
        """What stands on it."""
        return "".join(self.parts)

    def room(self, line: Line) -> int:
        """How many UTF-16 units of such a line still fit."""
        if self.parts and self.ink.entities <= 0 and line.kind in _WRAP:
            return 0
        return self.left - AROUND - width(self._label(line))

    def add(self, line: Line) -> None:
        """Put a line at the end; rows and items stand close together."""
        label = self._label(line)
        close = "\n" if line.kind is self.last and line.kind in _CLOSE else "\n\n"
        between = close if self.parts else ""
        self.parts.append(f"{between}{directed(line.text, rtl=self.rtl)}{label}{self._marked(line)}")
        self.left -= width(line.text) + width(label) + AROUND
        self.last = line.kind

    def _marked(self, line: Line) -> str:
        if self.is_plain:
            return escape(line.text)
        before, behind = _WRAP.get(line.kind, ("<b>", "</b>") if line.is_head else ("", ""))
        if before and not self.ink.takes():
            before = behind = ""
        inner = html_of(line.runs, self.ink) if line.runs else escape(line.text)
        return f"{before}{inner}{behind}"

    def _label(self, line: Line) -> str:
        """What stands before a line; the rest of an item has had it, and a voice has no word for a bullet."""
        if line.kind is not BlockKind.ITEM or line.is_rest:
            return ""
        return f"{line.number}. " if line.number else "" if self.is_plain else "• "
