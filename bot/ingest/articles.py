"""One page to one article. Owns what of a page is its story.

Here: the order of the steps, from bytes to an article; plain text as well as HTML.
Not here: fetching (web), the process that this runs in and its limits (reader), the steps themselves: its facts
(pagefacts), cutting it (pieces), choosing among the pieces (choice), pages that are not simply an article (pagekinds).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from bot.ingest.bodies import decode, is_listing, is_markup, not_text
from bot.ingest.choice import chosen
from bot.ingest.clutter import key, line_of, without_clutter
from bot.ingest.pagefacts import PageFacts, page_facts
from bot.ingest.pagekinds import settled
from bot.ingest.pdfs import is_pdf, read_pdf
from bot.ingest.pictures import Led, led
from bot.ingest.pieces import pieces
from bot.ingest.witnesses import witnesses
from bot.news.addresses import outside
from bot.news.article import Article, Block, BlockKind
from bot.news.errors import NotReadable
from bot.news.said import said
from bot.news.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ENOUGH = 60  # characters of text below which nobody would call it an article
_MOST_BLOCKS = 2_000
_LONGEST = 20_000  # characters of one paragraph


def extract(body: bytes, url: str, charset: str = "") -> Article:
    """Read the article out of a page or a plain text. Raises NotReadable with the reason."""
    if is_pdf(body):
        return read_pdf(body, url)
    if what := not_text(body):
        raise NotReadable(said("This link leads to {what}, not to an article.", what=what), url)
    text = decode(body, charset)
    if is_listing(text):
        raise NotReadable(said("This link leads to a feed, not to one article."), url)
    article = _from_markup(text, url) if is_markup(text) else _from_plain(text, url)
    if len(article.text) < _ENOUGH and not (article.notice or article.instead):
        raise NotReadable(said("I found no article text on this page."), url)
    return article


def _from_plain(text: str, url: str) -> Article:
    lines = [shown for line in text.splitlines() if (shown := clean(line, _LONGEST))]
    title, *rest = lines or [""]
    read = [line_of(Block(BlockKind.PARAGRAPH, line)) for line in rest[:_MOST_BLOCKS]]
    return Article(url=url, title=title, blocks=tuple(without_clutter(read, frozenset({key(title)}))))


def _from_markup(text: str, url: str) -> Article:
    tree = read_tree(text)
    if tree is None:
        return Article(url=url, title="", blocks=())
    facts = page_facts(tree, url)
    etree.strip_elements(tree, "script", with_tail=False)  # its data is pagekinds' to use, where it is free
    found = pieces(tree, url)
    blocks = chosen(found, witnesses(tree, url, facts.told), said_of(facts))[:_MOST_BLOCKS]
    return settled(_article(url, facts, led(blocks, facts.image)), facts.beside)


def read_tree(text: str) -> HtmlElement | None:
    """The page's tree, without comments; None where there is none."""
    import trafilatura  # half a second: paid by the reading process alone

    tree: HtmlElement | None = trafilatura.load_html(text)
    return tree


def said_of(facts: PageFacts) -> frozenset[str]:
    """What stands above the text already, folded: the title in every form, the author."""
    return frozenset(filter(None, map(key, (*facts.heads, facts.byline))))


def _article(url: str, facts: PageFacts, body: Led) -> Article:
    return Article(
        url=url,
        title=clean(facts.title),
        blocks=body.blocks,
        byline=clean(facts.byline),
        published_at=facts.published_at,
        language=facts.language,
        site=clean(facts.site),
        image=outside(body.image, url),
        caption=body.caption,
        credit=body.credit,
    )
