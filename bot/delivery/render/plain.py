"""An article for ears: plain text that a screen reader or a text-to-speech program reads well.

Here: what is left out (links, addresses, captions, bars of tables) and what ends with a stop, so that a voice falls.
Not here: what may be cut where (lines), the button that asks for it (reading).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.delivery.render.article import LONGEST_FACT, PAGE, Page, noticed, ordered, title_of
from bot.delivery.render.direction import is_rtl
from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import tg_time, width
from bot.delivery.render.lines import Line, filled, lines_of
from bot.delivery.render.runs import runs_of
from bot.news.article import Article, BlockKind
from bot.news.model import Headline
from bot.news.said import Tongue

_NOT_SAID = frozenset({BlockKind.PICTURE, BlockKind.VIDEO})
# An address is read out letter by letter; its host is a word.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)(?P<host>[^\s/?#<>\"“”«»()]+)(?:[^\s<>\"“”«»()]*[^\s<>\"“”«»().,;:!?])?", re.IGNORECASE
)
_STOPS = ".!?:;…؟۔。！？"
_CLOSING = "\"'”’»)]"


def plain_pages(say: Tongue, article: Article, headline: Headline) -> tuple[str, ...]:
    """The whole article as messages without markup; the first begins with title, byline, site and time."""
    rtl = is_rtl(article)
    head = _head(say, article, headline, rtl=rtl)
    first = Page(rtl, PAGE - width(head), is_plain=True)
    texts = [sheet.html for sheet in filled(_said(article), first, lambda: Page(rtl, is_plain=True))]
    return (f"{head}\n\n{texts[0]}".strip(), *texts[1:])


def _head(say: Tongue, article: Article, headline: Headline, *, rtl: bool) -> str:
    title = title_of(say, article, headline)
    who = [fitted(article.byline, LONGEST_FACT), fitted(article.site or headline.source, LONGEST_FACT)]
    lines = [_stopped(title), *(_stopped(said) for said in who if said)]
    told = [ordered(line, rtl=rtl) for line in lines]
    told.append(tg_time(article.published_at or headline.published_at, date=True))
    if notice := noticed(say, article):
        told.append(ordered(_stopped(notice), rtl=rtl))
    return "\n".join(told)


def _said(article: Article) -> Iterator[Line]:
    """The lines as they are said; a row of a table names its columns."""
    names: dict[int, tuple[str, ...]] = {}
    unmarked = replace(article, blocks=tuple(replace(block, marks=()) for block in article.blocks))
    for line in lines_of(unmarked):
        if line.is_head:
            names[line.block] = line.cells
        elif line.kind not in _NOT_SAID:
            text = _row(line.cells, names.get(line.block, ())) if line.cells else line.text.replace(" | ", ", ")
            runs = runs_of(_stopped(_without_addresses(text)))
            if runs:
                yield replace(line, runs=runs, cells=())


def _row(cells: Sequence[str], names: Sequence[str]) -> str:
    """The cells of a row, each behind the name of its column, where it has one."""
    named = zip_longest(names[: len(cells)], cells, fillvalue="")
    return ", ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(lambda found: found["host"].removeprefix("www."), text)


def _stopped(text: str) -> str:
    """The text with a full stop where it has none: a voice that does not fall runs two lines into one."""
    return text if not text or text.rstrip(_CLOSING)[-1:] in _STOPS else f"{text}."
