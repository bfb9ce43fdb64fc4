"""Pictures and videos of a page, with what is written below them.

Here: a picture's address wherever pages hide it until it is scrolled to, its caption, and whose it is.
Not here: the page's own lead picture as its head names it (pagefacts), whether a picture belongs to the text (choice).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.ingest.links import joined
from bot.news.article import Block, BlockKind
from bot.news.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CAPTION = 1_000  # characters
_SMALL = 100  # pixels; what is smaller is an icon, a face beside a name or a counter
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-image", "data-hi-res-src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_STOPGAP = re.compile(
    r"placeholder|blank\.|spacer|transparent|pixel\.|1x1|loading\.|lazy[_-]?load\.|\.svg(?:$|\?)", re.IGNORECASE
)
_ONE = re.compile(r"(\S+?)(?:,\s|\s+(\d+(?:\.\d+)?)[wx]\s*(?:,|$)|$)")
_CREDIT = re.compile(
    r"credit|copyright|source|photograph|author|attribution|rights|fotograf|quelle|agency", re.IGNORECASE
)
_CAPTIONED = re.compile(r"caption|legend|bildunterschrift|description", re.IGNORECASE)
_TRAILING = re.compile(
    r"[\s|(\[]*(?:(?:(?:photo|image|picture|foto|bild|fotografie|crédits?|credits?|quelle|source|фото|imagen)s?(?:\s+(?:by|von|de|:))?"
    r"\s*[:/]|©|\(c\))\s*(?P<whose>[^()\[\]]{2,80}?)|\((?P<agency>[^()]*\b(?:AFP|AP|Getty|Reuters|EPA|dpa|Shutterstock)\b[^()]*)\))[\s)\]]*$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:[-_.]?\d{2,4}x\d{2,4}|[-_]scaled|\.(?:jpe?g|png|webp|avif|gif))+$")
_PLAYERS = re.compile(r"/embed/|/player|player\.|/video/|videos?\.|/v/|youtube", re.IGNORECASE)


def picture_of(element: HtmlElement, base: str) -> Block | None:
    """The picture that `element` (a figure, a picture or an img) shows, or None where it shows none that counts."""
    image = element if element.tag in {"img", "amp-img"} else next(element.iter("img", "amp-img"), None)
    if image is None or _is_small(image):
        return None
    url = next((url for told in _addresses(element, image) if (url := joined(base, told))), "")
    if not url:
        return None
    caption, credit = captioned(element) if element.tag == "figure" else ("", "")
    return Block(BlockKind.PICTURE, caption, url=url, credit=credit)


def video_of(element: HtmlElement, base: str) -> Block | None:
    """The video that `element` (a video or an iframe) plays, or None."""
    if element.tag == "video":
        told = [element.get("src"), element.get("data-src"), *(source.get("src") for source in element.iter("source"))]
    else:
        told = [src for src in (element.get("src"), element.get("data-src")) if src and _PLAYERS.search(src)]
    url = next((url for one in told if one and (url := joined(base, one))), "")
    return Block(BlockKind.VIDEO, clean(element.get("title") or ""), url=url) if url else None


def captioned(figure: HtmlElement) -> tuple[str, str]:
    """What is written below a figure's picture, and whose the picture is."""
    below = next(figure.iter("figcaption"), None)
    if below is None:
        below = next((part for part in figure.iterdescendants() if _CAPTIONED.search(part.get("class") or "")), None)
    if below is None:
        return "", ""
    whose = next((part for part in below.iterdescendants() if _CREDIT.search(_named(part))), None)
    credit = clean(whose.text_content(), _CAPTION) if whose is not None else ""
    return parted(clean(" ".join(below.itertext()), _CAPTION), credit)


def parted(text: str, credit: str = "") -> tuple[str, str]:
    """A caption without the credit in it, and the credit without the word for it."""
    if credit and credit in text and credit != text:
        return text.replace(credit, "").strip(" |/–-"), _bare(credit)
    found = _TRAILING.search(text)
    if not found:
        return text, ""
    return text[: found.start()].rstrip(" |/–-"), clean(found["whose"] or found["agency"])


def _bare(credit: str) -> str:
    found = _TRAILING.match(credit)
    return clean(found["whose"] or found["agency"]) if found else credit.strip("()[] ")


def _named(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('data-testid') or ''}"


def _is_small(image: HtmlElement) -> bool:
    sizes = [image.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return any(size.isascii() and size.isdigit() and int(size) < _SMALL for size in sizes)


def _addresses(element: HtmlElement, image: HtmlElement) -> Iterator[str]:
    """Where the picture may be, the best first; the plain address may be a stopgap until it is scrolled to."""
    plain = image.get("src") or ""
    lazy = [told for name in _SOURCES if (told := image.get(name))]
    yield from (told for told in lazy if not _STOPGAP.search(told))
    if plain and not _STOPGAP.search(plain):
        yield plain
    for holder in (image, *element.iter("source")):
        for name in _SETS:
            yield from _widest(holder.get(name) or "")


def _widest(several: str) -> list[str]:
    """The addresses of a srcset, the widest first."""
    found = [(float(size or 0), url) for url, size in _ONE.findall(several) if not _STOPGAP.search(url)]
    return [url for _, url in sorted(found, reverse=True)]


@dataclass(frozen=True, slots=True)
class Led:
    """A body without its lead picture, and that picture with what is written below it."""

    blocks: tuple[Block, ...]
    image: str
    caption: str
    credit: str


def led(blocks: Sequence[Block], image: str) -> Led:
    """Take the lead picture out of the body: the one that the page's head names (`image`), else one above the text."""
    shown = [block for block in blocks if block.kind is BlockKind.PICTURE]
    named = [block for block in shown if image and _file(block.url) == _file(image)]
    above = [block for block in blocks[:1] if block.kind is BlockKind.PICTURE]
    lead = next(iter(named + above), None)
    if lead is None:
        return Led(tuple(blocks), image, "", "")
    return Led(tuple(block for block in blocks if block is not lead), image or lead.url, lead.text, lead.credit)


def _file(url: str) -> str:
    """The name of a picture's file without its size, by which one picture is known at several addresses."""
    return _SIZE.sub("", urlsplit(url).path.rstrip("/").rpartition("/")[2].lower())
