"""One page to one article. Owns what of a page is its story.

Here: the text's blocks in order, by trafilatura; plain text as well as HTML.
Not here: fetching (web), the process that this runs in and its limits (reader), the lines that do not belong (clutter).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from bot.ingest.addresses import outside
from bot.ingest.bodies import decode, is_listing, is_markup, not_text
from bot.ingest.clutter import Surroundings, key, without_clutter
from bot.ingest.pagefacts import PageFacts, page_facts
from bot.ingest.pagekinds import settled
from bot.ingest.pdfs import is_pdf, read_pdf
from bot.news.article import Article, Block, BlockKind
from bot.news.errors import NotReadable
from bot.news.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ENOUGH = 60  # characters of text below which nobody would call it an article
_MOST_BLOCKS = 2_000
_LONGEST = 20_000  # characters of one paragraph
_LINK_WORDS = 300  # a longer text is no mere link
_AROUND = frozenset({"p", "li", "h2", "h3", "h4", "div", "span", "strong", "b", "em"})
_MOSTLY = 0.7  # of its words are the link's: the rest is a time or a kicker
_FEW = 6  # children of an element that may still be nothing but a link (with a time, an icon, a kicker)
# How trafilatura trips over markup that nobody foresaw (github.com/adbar/trafilatura/issues).
_TRIPS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_KINDS = {"head": BlockKind.HEADING, "quote": BlockKind.QUOTE, "item": BlockKind.ITEM, "row": BlockKind.ITEM}


def extract(body: bytes, url: str, charset: str = "") -> Article:
    """Read the article out of a page or a plain text. Raises NotReadable with the reason."""
    if is_pdf(body):
        return read_pdf(body, url)
    if what := not_text(body):
        raise NotReadable(f"This link leads to {what}, not to an article.", url)
    text = decode(body, charset)
    if is_listing(text):
        raise NotReadable("This link leads to a feed, not to one article.", url)
    article = _from_markup(text, url) if is_markup(text) else _from_plain(text, url)
    if len(article.text) < _ENOUGH and not (article.notice or article.instead):
        raise NotReadable("I found no article text on this page.", url)
    return article


def _from_plain(text: str, url: str) -> Article:
    lines = [shown for line in text.splitlines() if (shown := clean(line, _LONGEST))]
    title, *rest = lines or [""]
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in rest[:_MOST_BLOCKS]]
    return Article(url=url, title=title, blocks=tuple(without_clutter(blocks, Surroundings(frozenset({key(title)})))))


def _from_markup(text: str, url: str) -> Article:
    import trafilatura  # half a second: paid by the reading process alone
    from trafilatura.settings import Document

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every page that it cannot read
    tree = trafilatura.load_html(text)
    if tree is None:
        return Article(url=url, title="", blocks=())
    facts = page_facts(tree, url)
    around = Surroundings(frozenset(filter(None, map(key, (*facts.heads, facts.byline)))), _links(tree))
    etree.strip_elements(
        tree, "script", with_tail=False
    )  # what their data says is pagekinds' to use, and if it is free
    try:
        found = trafilatura.bare_extraction(tree, url=url, include_comments=False)
    except _TRIPS:
        raise NotReadable("I cannot make sense of this page.", url) from None
    blocks = islice(_blocks(found.body), _MOST_BLOCKS) if isinstance(found, Document) else ()
    return settled(_article(url, facts, without_clutter(list(blocks), around)), facts.beside)


def _article(url: str, facts: PageFacts, blocks: list[Block]) -> Article:
    return Article(
        url=url,
        title=clean(facts.title),
        blocks=tuple(blocks),
        byline=clean(facts.byline),
        published_at=facts.published_at,
        language=facts.language,
        site=clean(facts.site),
        image=outside(facts.image),
    )


def _blocks(element: HtmlElement, kind: BlockKind = BlockKind.PARAGRAPH) -> Iterator[Block]:
    """Walk trafilatura's tree: its containers hold blocks, line breaks part them, text between them counts."""
    yield from _text_blocks(element.text, kind)
    for child in element:
        inner = _KINDS.get(child.tag, kind)
        if child.tag in {"p", "head", "item", "row", "quote"} and not _holds_blocks(child):
            yield from _text_blocks(_flat(child), inner)
        elif child.tag != "lb":
            yield from _blocks(child, inner)
        yield from _text_blocks(child.tail, kind)


def _holds_blocks(element: HtmlElement) -> bool:
    return any(child.tag in {"p", "head", "list", "item", "table", "quote", "div"} for child in element)


def _flat(element: HtmlElement) -> str:
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _flat(child))
        parts.append(" | " if child.tag == "cell" and child.getnext() is not None else "")
        parts.append(child.tail or "")
    return "".join(parts)


def _text_blocks(text: str | None, kind: BlockKind) -> Iterator[Block]:
    for line in (text or "").split("\n"):
        if shown := clean(line, _LONGEST):
            yield Block(kind, shown)


def _links(tree: HtmlElement) -> frozenset[str]:
    """The words of every element that is nothing (or hardly anything) but a link to another page."""
    found: set[str] = set()
    for link in tree.iter("a"):
        if (link.get("href") or "#").startswith("#"):
            continue
        words = key(link.text_content())
        if not words or len(words) > _LINK_WORDS:
            continue
        found.add(words)
        around = link.getparent()
        while around is not None and around.tag in _AROUND and len(around) <= _FEW:
            whole = key(around.text_content())
            if len(words) < _MOSTLY * len(whole):
                break
            found.add(whole)
            around = around.getparent()
    return frozenset(found)
