"""Pages as trees, for whoever looks at a page as it was written.

Here: parsing, whatever is wrong with the markup.
Not here: articles, whose tree is cleaned for them (articles), feeds (xmltree).
"""

from __future__ import annotations

from lxml import etree, html
from lxml.html import HtmlElement


def parse_page(text: str) -> HtmlElement | None:
    """The page's tree; None where it is empty or too broken."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root: HtmlElement = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root
