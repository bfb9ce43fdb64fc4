"""Reading a PDF: its words, its title and its date. Owns what of a PDF is an article.

Here: the text of its first pages, lines joined into paragraphs; the reason where there is none.
Not here: the process that this runs in and its limits of time and memory (reader).

By pypdf, which is pure Python: a broken file costs an exception there, where a library in C could cost the process.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.ingest.instants import EARLIEST
from bot.news.article import Article, Block, BlockKind
from bot.news.errors import NotReadable
from bot.news.said import said
from bot.news.text import clean

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 60
_SECONDS = 3.0  # of processor for the text; the process may take 5 for everything
_LONGEST = 200_000  # characters of text
_ENOUGH = 60
_A_LINE = 0.75  # of the longest usual line; a shorter one that ends a sentence ends a paragraph
_ENDS = (".", "!", "?", ":", "…", "”", "»", '"', "。", "؟")
_REPEATED = 3  # pages on which the same first or last line is a header or a footer
_SHORT = 5  # words
_HEAD_LINES = 3  # in which a line that is not full is a title's, and ends there
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word|document\d*|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|ps))\b.*$", re.IGNORECASE
)
_BROKEN = said("This PDF file is broken; I cannot read it.")
_LOCKED = said("This PDF file is locked with a password.")
_PICTURES = said("This PDF file holds pictures of its pages and no text that I could read.")
# How pypdf trips over broken files beside its own errors (github.com/py-pdf/pypdf/issues).
_TRIPS = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


def is_pdf(body: bytes) -> bool:
    """Whether the bytes are a PDF; some have a few lines of something else before it."""
    return b"%PDF-" in body[:1024]


def read_pdf(body: bytes, url: str) -> Article:
    """The article in a PDF. Raises NotReadable with the reason."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every small fault of a file
    try:
        file = PdfReader(io.BytesIO(body), strict=False)
        if file.is_encrypted and not file.decrypt(""):
            raise NotReadable(_LOCKED, url)
        total = len(file.pages)
        pages = list(_pages(file))
        title, byline, at = _told(file)
    except (PyPdfError, NotImplementedError, ImportError):
        raise NotReadable(_LOCKED if b"/Encrypt" in body else _BROKEN, url) from None
    except _TRIPS:
        raise NotReadable(_BROKEN, url) from None
    blocks = list(_paragraphs(_without_running_lines(pages)))
    if sum(len(block.text) for block in blocks) < _ENOUGH:
        raise NotReadable(_PICTURES, url)
    if not title or title == blocks[0].text:
        title, blocks = blocks[0].text[:200], blocks[1:] or blocks
    is_cut = len(pages) < total
    notice = said("The first {n} of {total} pages.", n=len(pages), total=total) if is_cut else None
    return Article(url, title, tuple(blocks), byline=byline, published_at=at, notice=notice)


def _pages(file: PdfReader) -> Iterator[list[str]]:
    """The lines of each page, as many pages as fit into the time and the length."""
    began, length = time.process_time(), 0
    for page in file.pages[:_MOST_PAGES]:
        text = page.extract_text()
        length += len(text)
        yield text.splitlines()
        if length > _LONGEST or time.process_time() - began > _SECONDS:
            return


def _told(file: PdfReader) -> tuple[str, str, datetime | None]:
    """Title, author and date of its making, as far as they are worth something."""
    told = file.metadata
    if told is None:
        return "", "", None
    title = clean(str(told.title or ""), 300)
    made = told.creation_date
    at = made.astimezone(UTC) if made and made.tzinfo else None
    usable = "" if _NO_TITLE.match(title) else title
    return usable, clean(str(told.author or ""), 200), at if at and at >= EARLIEST else None


def _without_running_lines(pages: Sequence[list[str]]) -> Iterator[str]:
    """The lines of all pages, without the headers and footers that they share; page numbers are one."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_bare(line) for line in (*page[:2], *page[-2:])})
    for page in pages:
        for place, line in enumerate(page):
            if 2 <= place < len(page) - 2 or edges[_bare(line)] < _REPEATED:
                yield line


def _bare(line: str) -> str:
    """A line as it stands on other pages, too: numbers are any number in what is as short as "Page 3 of 9"."""
    words = line.split()
    return re.sub(r"\d+", "#", " ".join(words)) if len(words) <= _SHORT else " ".join(words)


def _paragraphs(lines: Iterator[str]) -> Iterator[Block]:
    """Lines joined: a blank line, or the end of a sentence before the end of the line, parts paragraphs."""
    listed = [" ".join(line.split()) for line in lines]
    usual = sorted(map(len, filter(None, listed)))
    full = _A_LINE * (usual[int(len(usual) * 0.9)] if usual else 0)
    gathered, head = "", next((place for place, line in enumerate(listed) if line), 0) + _HEAD_LINES
    for place, line in enumerate(listed):
        gathered = _joined(gathered, line)
        if not line or (len(line) < full and (line.endswith(_ENDS) or place < head)):
            yield from _block(gathered)
            gathered = ""
    yield from _block(gathered)


def _joined(before: str, line: str) -> str:
    if before.endswith("-") and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}".strip()


def _block(text: str) -> Iterator[Block]:
    if shown := clean(text, 20_000):
        yield Block(BlockKind.PARAGRAPH, shown)
