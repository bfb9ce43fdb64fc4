"""The fields of a feed's element. Owns finding them by names of our own, and what they say as markup.

Here: namespaces under any prefix, misspelt or not declared at all; the ways in which dialects write markup.
Not here: which fields a row is made of (feeds), where its links lead (feedlinks).
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence

from lxml import etree

from bot.ingest.xmltree import local, long_text, space, text_of
from bot.news.plaintext import NOTHING, Markup

Fields = dict[str, list[etree._Element]]

# Namespaces by a part of their names, so that misspelt and undeclared ones (a bare prefix) are known too.
_SPACES = (
    ("w3.org/2005/atom", ""), ("purl.org/atom", ""), ("rss/1.0/modules/content", "content:"),
    ("purl.org/dc/terms", "dcterms:"), ("purl.org/dc/", "dc:"), ("mrss", "media:"), ("itunes", "itunes:"),
    ("feedburner", "feedburner:"), ("xhtml", "xhtml:"), ("modules/syndication", "sy:"), ("content", "content:"),
    ("dcterms", "dcterms:"), ("dc", "dc:"), ("atom", ""), ("media", "media:"), ("purl.org/rss", ""), ("rss", ""),
    ("netscape", ""), ("userland", ""),
)  # fmt: skip
# The same by the prefix, where the namespace's name is of somebody's own making.
_PREFIXES = frozenset({"content", "dc", "dcterms", "feedburner", "itunes", "media", "sy", "xhtml"})
_PLAIN = frozenset({"text", "text/plain"})
_CDATA, _CDATA_ENDS = "<![CDATA[", "]]>"


class Dialect:
    """How one feed writes: what its tags are called here, and its long texts, which were taken out of its tree.

    In Atom a type says what a text is, markup or not; the oldest one also knew base64.
    """

    def __init__(self, *, atom: bool, texts: Sequence[str] = ()) -> None:
        self._atom = atom
        self._texts = texts
        self._names: dict[str, str] = {}

    def fields(self, element: etree._Element) -> Fields:
        """An element's children by name; those of other namespaces have a prefix that we choose."""
        fields: Fields = {}
        names = self._names
        for child in element:
            tag = child.tag
            name = names.get(tag) or names.setdefault(tag, _name(child))
            if name in fields:
                fields[name].append(child)
            else:
                fields[name] = [child]
        return fields

    def markup(self, element: etree._Element) -> Markup:
        """What an element holds: markup escaped in its text, (Atom's xhtml) elements of its own, or plain text."""
        if len(element):
            return Markup(etree.tostring(element, encoding="unicode", with_tail=False))
        text, escaped = (element.text or "").strip(), False
        if (place := long_text(text)) is not None and place < len(self._texts):
            text = self._texts[place].strip()
            escaped = not text.startswith(_CDATA)
            text = text if escaped else text[len(_CDATA) : -len(_CDATA_ENDS)]
        if not self._atom or element.get("type", "text") not in _PLAIN:
            return Markup(_decoded(element, text), escaped)
        # An entity that is left in a plain text is somebody's mistake, a tag is meant to be read.
        return Markup(_decoded(element, text).replace("<", "&lt;"))

    def first(self, fields: Fields, names: tuple[str, ...]) -> Markup:
        """What the first of these fields says that says anything."""
        for name in names:
            for element in fields.get(name, ()):
                if markup := self.markup(element):
                    return markup
        return NOTHING


def _name(element: etree._Element) -> str:
    named = space(element)
    if not named:
        return local(element)
    prefix = next((prefix for part, prefix in _SPACES if part in named), None)
    if prefix is None:
        prefix = f"{element.prefix}:" if element.prefix in _PREFIXES else "other:"
    return prefix + local(element)


def _decoded(element: etree._Element, text: str) -> str:
    if element.get("mode") != "base64":
        return text
    try:
        return b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def first_text(fields: Fields, *names: str) -> str:
    """The text of the first of these fields that has any."""
    return next((text for name in names for element in fields.get(name, ()) if (text := text_of(element))), "")
