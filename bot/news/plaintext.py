"""Markup in fields that should hold text. Owns turning it into plain text.

Here: HTML fragments of feeds and sitemaps -> text, paragraphs by blank lines.
Not here: whole pages (ingest/articles, ingest/boxes), making text safe to show (news/text).
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|noscript|template|svg|head)\b.*?(?:</\1\s*>|$)",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|fig\w+|footer|h[1-6r]|header|li|main|nav|ol|p|pre|section"
    r"|table|td|th|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
# Control characters that nobody means: they are letters and quotes of Windows, called Latin-1.
_C1 = re.compile("[\x80-\x9f]")
# A field longer than this is no summary or article of a headline.
_LONGEST = 400_000


class Markup(NamedTuple):
    """What a source wrote where a text belongs: HTML, which is made plain when somebody asks.

    `escaped`: it stands here as it stood in XML, so that its tags are entities still.
    """

    html: str = ""
    escaped: bool = False

    def __bool__(self) -> bool:
        return bool(self.html)

    @property
    def plain(self) -> str:
        """Its text, paragraphs by blank lines."""
        return to_text(unescape(self.html[:_LONGEST]) if self.escaped else self.html)


NOTHING = Markup()


def to_text(markup: str) -> str:
    """The text that a browser would show: lines folded, blocks parted by blank lines, no scripts."""
    markup = markup[:_LONGEST]
    if "<" in markup:
        markup = _UNSEEN.sub("", markup)
        if "<![CDATA[" in markup:  # of one CDATA within another
            markup = markup.replace("<![CDATA[", "").replace("]]>", "")
        markup = _TAG.sub("", _BLOCK.sub("\0", markup))
    if "&" in markup:
        markup = unescape(markup)
    if not markup.isascii() and _C1.search(markup):
        markup = _C1.sub(lambda found: found[0].encode("latin-1").decode("cp1252", "replace"), markup)
    if "\0" not in markup:
        return " ".join(markup.split())
    lines = (" ".join(line.split()) for line in markup.split("\0"))
    return "\n\n".join(line for line in lines if line)
