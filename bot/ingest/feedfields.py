"""The fields of a feed's element. Owns finding them by names of our own, and what they say as markup.

Here: namespaces under any prefix, misspelt or not declared at all; the ways in which dialects write markup.
Not here: which fields a row is made of (feeds), where its links lead (feedlinks).
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence

from lxml import etree

from bot.ingest.xmltree import local, long_text, space, text_of
from bot.news.plaintext import NOTHING, Markup

Fields = dict[str, list[etree._Element]]

# Namespaces by a part of their names, so that misspelt and undeclared ones (a bare prefix) are known too.
_SPACES = (
    ("w3.org/2005/atom", ""), ("purl.org/atom", ""), ("modules/content", "content:"), ("purl.org/dc/terms", "dcterms:"),
    ("purl.org/dc/", "dc:"), ("modules/dc", "dc:"), ("mrss", "media:"), ("itunes", "itunes:"),
    ("feedburner", "feedburner:"), ("xhtml", "xhtml:"), ("modules/syndication", "sy:"), ("1.0/modules/", "other:"),
    ("atom", ""), ("purl.org/rss", ""), ("backend.userland.com", ""), ("netscape", ""),
)  # fmt: skip
# The same by the prefix, where the namespace's name is of somebody's own making, or not told at all.
_PREFIXES = frozenset({"content", "dc", "dcterms", "feedburner", "itunes", "media", "sy", "xhtml"})
_NO_PREFIX = frozenset({"atom", "rss"})
_ESCAPED = frozenset({"html", "text/html"})
_PLAIN = frozenset({"text", "text/plain"})
_CDATA, _CDATA_ENDS = "<![CDATA[", "]]>"


class Dialect:
    """How one feed writes: what its tags are called here, and its long texts, which were taken out of its tree.

    In Atom a type says what a text is, markup or not; the oldest one also knew base64.
    """

    def __init__(self, root: etree._Element, *, atom: bool, texts: Sequence[str] = ()) -> None:
        self._atom = atom
        self._texts = texts
        self._own = space(root)
        self._names: dict[str, str] = {}

    def fields(self, element: etree._Element) -> Fields:
        """An element's children by name; those of other namespaces have a prefix that we choose."""
        fields: Fields = {}
        names = self._names
        for child in element:
            tag = child.tag
            name = names.get(tag) or names.setdefault(tag, self._name(child))
            if name in fields:
                fields[name].append(child)
            else:
                fields[name] = [child]
        return fields

    def markup(self, element: etree._Element) -> Markup:
        """What an element holds: markup escaped in its text, (Atom's xhtml) elements of its own, or plain text."""
        if len(element):
            return Markup(self._elements(element))
        text, escaped = (element.text or "").strip(), False
        if (place := long_text(text)) is not None and place < len(self._texts):
            text = self._texts[place].strip()
            escaped = not text.startswith(_CDATA)
            text = text if escaped else text[len(_CDATA) : -len(_CDATA_ENDS)]
        if not self._atom:
            return Markup(text, escaped)
        if _is_encoded(element):
            return Markup(_decoded(text))
        # An entity that is left in a plain text is somebody's mistake, a tag is meant to be read.
        plain = element.get("type", "text") in _PLAIN
        return Markup(text.replace("<", "&lt;")) if plain else Markup(text, escaped)

    def _elements(self, element: etree._Element) -> str:
        """The elements in one; where they only wrap escaped markup, that."""
        if self._atom and element.get("type") in _ESCAPED and len(element) == 1 and not len(element[0]):
            return text_of(element)
        return etree.tostring(element, encoding="unicode", with_tail=False)

    def _name(self, element: etree._Element) -> str:
        named = space(element)
        if not named or named == self._own or named in _NO_PREFIX:
            return local(element)
        prefix = next((prefix for part, prefix in _SPACES if part in named), None)
        if prefix is None:
            said = element.prefix or named
            prefix = f"{said}:" if said in _PREFIXES else "other:"
        return prefix + local(element)

    def first(self, fields: Fields, names: tuple[str, ...]) -> Markup:
        """What the first of these fields says that says anything."""
        for name in names:
            for element in fields.get(name, ()):
                if markup := self.markup(element):
                    return markup
        return NOTHING


def _is_encoded(element: etree._Element) -> bool:
    """Whether an element of Atom holds base64: it says so, or it names a type that is neither text nor XML."""
    kind = element.get("type", "")
    return element.get("mode") == "base64" or ("/" in kind and not kind.startswith("text/") and "xml" not in kind)


def _decoded(text: str) -> str:
    """What base64 says, which is nothing where it is a picture's."""
    try:
        return b64decode(text).decode()
    except ValueError:
        return ""


def first_text(fields: Fields, *names: str) -> str:
    """The text of the first of these fields that has any."""
    return next((text for name in names for element in fields.get(name, ()) if (text := text_of(element))), "")
