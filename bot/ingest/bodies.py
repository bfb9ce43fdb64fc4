"""What came back when we asked for a page: markup, plain text, or something that nobody can read.

Here: telling them apart, and decoding them.
Not here: what the text says (articles).
"""

from __future__ import annotations

import codecs
import re

from bot.news.said import Said, said

_MAGIC = (
    (b"%PDF", said("a PDF file")),
    (b"\x89PNG", said("a picture")),
    (b"\xff\xd8\xff", said("a picture")),
    (b"GIF8", said("a picture")),
    (b"PK\x03\x04", said("an archive or office file")),
    (b"\x1f\x8b", said("a compressed file")),
    (b"ID3", said("a sound file")),
    (b"OggS", said("a sound file")),
    (b"\x1aE\xdf\xa3", said("a video")),
    (b"\x7fELF", said("a program")),
)
_INNER_MAGIC = ((b"ftyp", 4, said("a video")), (b"WEBP", 8, said("a picture")), (b"WAVE", 8, said("a sound file")))
_LISTING = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|section|p|meta|title|table|span|h1)\b", re.IGNORECASE
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WEB = (
    "utf-8",
    "utf-16",
    "iso8859",
    "cp",
    "koi8",
    "mac-",
    "gb",
    "big5",
    "shift_jis",
    "euc_",
    "iso2022",
    "johab",
    "ascii",
)
# Pages say the narrow name and use the wide set (https://encoding.spec.whatwg.org/#names-and-labels).
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
          "euc_kr": "cp949", "iso8859-9": "cp1254", "iso8859-11": "cp874", "big5": "big5hkscs"}  # fmt: skip
_NULS = 20  # one byte in so many: text has a stray NUL at most
_HEAD = 4096  # bytes in which a page declares its encoding and shows what it is


def not_text(body: bytes) -> Said | None:
    """What `body` is if it is neither a page nor a text ("a PDF file"), else None."""
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    for magic, place, name in _INNER_MAGIC:
        if body[place : place + 4] == magic:
            return name
    head = body[:_HEAD]
    if head.count(0) * _NULS > len(head) and not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return said("a binary file")
    return None


def decode(body: bytes, charset: str = "") -> str:
    """The characters of `body`; never fails.

    UTF-8 where the bytes are valid UTF-8 (no other encoding looks like it by chance, while servers often name a
    wrong one), else what the server said, else what the page says itself.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    said = [name for name in map(_codec, (charset, _declared(body))) if name]
    if b"\x1b$" not in body:  # ISO-2022-JP is valid UTF-8 too, and starts its Japanese with this
        said.insert(0, "utf-8")
    for name in said:
        try:
            return body.decode(name)
        except ValueError:
            continue
    return body.decode(
        next((name for name in said if name != "utf-8"), "utf-8" if len(said) > 1 else "cp1252"), "replace"
    )


def _codec(name: str) -> str:
    """Python's codec for a web encoding's name; empty for others (some, as punycode, take quadratic time)."""
    try:
        known = codecs.lookup(name.strip().lower()).name
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(known, known) if known.startswith(_WEB) else ""


def _declared(body: bytes) -> str:
    found = _DECLARED.search(body[:_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


def is_markup(text: str) -> bool:
    """True where the text is a web page rather than plain text."""
    return bool(_MARKUP.search(text[:_HEAD]) or _MARKUP.search(text[-_HEAD:]))


def is_listing(text: str) -> bool:
    """True where the text is a feed or a sitemap rather than one story."""
    return bool(_LISTING.match(text[:_HEAD]))
