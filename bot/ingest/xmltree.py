"""XML as strangers write it. Owns turning it into a tree without being harmed.

Here: encodings, garbage before the root, undeclared entities, bare ampersands, entity attacks, what breaks off; long
texts that are left as they stand.
Not here: what the elements mean (feeds, sitemaps).
"""

from __future__ import annotations

import re
from html.entities import html5
from itertools import repeat

from lxml import etree

from bot.ingest.bodies import decode

# Where the root must begin: servers write warnings and banners before it, but no novels.
_HEAD = 65_536
_PROLOG = re.compile(r"(?:[^<]+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<!ENTITY[^>]*>)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z]\w*)(?=[\s/>])")
_FEED_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed|urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_TO_MEND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|$)|&(?:([A-Za-z][A-Za-z0-9]*);|\#([0-9]{1,8}|x[0-9A-Fa-f]{1,7});|)|<(?![A-Za-z_/!?])",
    re.DOTALL,
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What may hold a whole article. Where nothing but text stands in it, in CDATA or escaped, it ends at the next "<".
_LONG = re.compile(r"<(content:encoded|content|description|summary)(?:\s[^<>]*)?>")
_CDATA = re.compile(r"\s*<!\[CDATA\[")
_WORTH_IT = 300
_ESCAPES = b"\x1b"  # of ISO-2022, which is valid UTF-8 as well
# Stands for a long text: a character that means nothing, and the text's number.
_TAKEN = "\ufdd0"
_ROW_BEGINS, _ROW_ENDS = ("<item>", "<item ", "<entry>", "<entry "), ("</item>", "</entry>")
_FEED_ENDS = re.compile(r"</(?:[\w.-]+:)?(?:rss|channel|rdf|feed)\b", re.IGNORECASE)
_XML_ENTITIES = frozenset({"lt", "gt", "amp", "quot", "apos"})
# How a document begins in encodings that are more than a byte wide; the longer ones first.
_WIDE = (
    (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip


def xml_text(body: bytes, charset: str = "") -> str:
    """The characters of an XML document in whatever encoding it says or shows."""
    if wide := wide_encoding(body):
        return body.decode(wide, "replace")
    try:
        text = body.decode() if _ESCAPES not in body else decode(body, charset)
    except UnicodeDecodeError:
        text = decode(body, charset)
    text = text.removeprefix("\ufeff")
    if "\ufffd" in text and text.count("\ufffd") * 2 > sum(map(str.__gt__, text, repeat("\x7f"))):
        return body.decode("cp1252", "replace")  # called UTF-8, and nearly no letter of it is
    return text


def wide_encoding(body: bytes) -> str:
    """The encoding of more than a byte a character that a document shows by its first bytes; empty for others."""
    return next((encoding for start, encoding in _WIDE if body.startswith(start)), "")


def find_root(text: str) -> tuple[int, str]:
    """Where the root element begins, and its name in lower case; (-1, "") where there is none.

    What stands before it is skipped, the document type with its entities above all.
    """
    prolog = _PROLOG.match(text, 0, _HEAD)
    place = prolog.end() if prolog else 0
    root = _ROOT.match(text, place)
    if root and root[1].lower() not in {"html", "head", "body"}:
        root = _FEED_ROOT.search(text, place, place + _HEAD) or root  # behind a warning with tags of its own
    return (root.start(), root[1].lower()) if root else (-1, "")


def without_long_texts(text: str, begins: int) -> tuple[str, list[str]]:
    """The document from its root, which `begins` there, with a mark for each long text in it, and these texts.

    They are as they stand in it, CDATA or escaped.

    Nine tenths of a feed are articles that nobody asks for, since their headlines are known: finding where one ends
    takes a tenth of the time of parsing it.
    """
    kept, texts, done = list[str](), list[str](), begins
    found = _LONG.search(text, begins)
    while found:
        begins = ends = found.end()
        if cdata := _CDATA.match(text, begins):
            ends = text.find("]]>", cdata.end()) + 3
        closed = text.find("<", ends) if ends >= begins else -1
        if closed < 0:
            break
        alone = text.startswith(f"</{found[1]}", closed) and not (cdata and text[ends:closed].strip())
        if alone and closed - begins >= _WORTH_IT:
            kept += (text[done:begins], f"{_TAKEN}{len(texts)}")
            texts.append(text[begins:closed])
            done = closed
        found = _LONG.search(text, max(closed, begins))
    return "".join((*kept, text[done:])), texts


def long_text(text: str) -> int | None:
    """The number of the long text that an element's text stands for; None where it stands for itself."""
    return int(text[1:]) if text.startswith(_TAKEN) and text[1:9].isdecimal() and len(text) < 9 else None


def parse_xml(text: str) -> etree._Element | None:
    """The tree below the root that `text` begins with, mended where it is broken; None where that is hopeless."""
    try:
        return etree.fromstring(text.encode("utf-8"), _parser(recover=False))
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        pass
    mended = _ILLEGAL.sub("", _TO_MEND.sub(_mend, _whole_rows(text)))
    try:
        return etree.fromstring(mended.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _whole_rows(text: str) -> str:
    """A document that breaks off, without the row in which it does so: half a title is none."""
    begun, ended = (max(map(text.rfind, marks)) for marks in (_ROW_BEGINS, _ROW_ENDS))
    return text[:begun] if begun > ended >= 0 and not _FEED_ENDS.search(text, begun) else text


def _parser(*, recover: bool) -> etree.XMLParser:
    """Never resolves an entity, never opens a file or a connection, never takes a tree of unbounded size."""
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _mend(found: re.Match[str]) -> str:
    """Entities that XML does not know become their characters; & and < that begin nothing become entities."""
    name, number = found[1], found[2]
    if number:
        character = int(number[1:], 16) if number.startswith("x") else int(number)
        return found[0] if character < 0x110000 and not _ILLEGAL.match(chr(character)) else ""
    if name:
        return found[0] if name in _XML_ENTITIES else html5.get(f"{name};") or f"&amp;{name};"
    return {"&": "&amp;", "<": "&lt;"}.get(found[0], found[0])


def local(element: etree._Element) -> str:
    """An element's name in lower case, without its namespace or prefix."""
    tag = str(element.tag)
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def space(element: etree._Element) -> str:
    """An element's namespace, or its undeclared prefix, in lower case; empty where it has none."""
    tag = str(element.tag)
    if tag.startswith("{"):
        return tag[1:].partition("}")[0].lower()
    return tag.rpartition(":")[0].lower()


def text_of(element: etree._Element) -> str:
    """All the text in an element, stripped."""
    if len(element):
        return "".join(str(piece) for piece in element.itertext()).strip()
    return (element.text or "").strip()
