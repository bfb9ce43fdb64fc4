"""The headline of a link in a box. Owns telling it from the time, the section and the picture beside it.

Not here: which links are rows (boxrows), making text safe to show (news/text).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from bot.news.clocktimes import clocks, read_clock
from bot.news.days import read_day

# A headline is wider than a menu entry, a name or a team; letters of East Asia count double.
NARROWEST_HEADLINE = 12
# The mean width of headlines; names, teams and menus are narrower.
NARROWEST_MEAN = 22
# What stands beside a time in its own piece of text: a date in words is wider than a section's name.
_WIDEST_DATE = 24
# A link with more text or more elements in it is no row.
_LONGEST_LINK, _MOST_ELEMENTS = 1500, 200

_INLINE = frozenset({
    "b", "strong", "i", "em", "u", "s", "q", "mark", "sub", "sup", "abbr", "cite", "wbr", "font", "bdi", "bdo", "ins",
    "code", "nobr", "br",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_CLASS = re.compile(r"title|titre|titul|titel|headline|heading|rubrik|otsikko|zagolovok", re.IGNORECASE)
# What stands in a heading and is none: the section, the place, "Exclusive", what is read out to the blind.
_KICKER_CLASS = re.compile(
    r"kicker|topline|overline|eyebrow|dachzeile|spitzmarke|roofline|chapeau|surtitre|antet[ií]tulo|pretitle|pre-title"
    r"|categor|section|(?:^|[-_])(?:label|tag|badge|flag|place|location)(?:$|[-_])|sr-only|visually-?hidden|screen-?reader",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_SOME_DAY = date(2026, 1, 1)  # only whether a text names a day is asked, not which


def width(text: str) -> int:
    """How wide a text looks: characters of East Asia are twice as wide as letters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def folded(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def is_time(text: str) -> bool:
    """Whether a piece of text is a time with at most its date or section beside it: 12:15, "11.14 NYHETER"."""
    found = next(clocks(text[:_LONGEST_LINK]), None)
    if found is None:
        return False
    rest = text[: found.start] + text[found.end :]
    letters = width("".join(_LETTER.findall(rest)))
    return letters < (_WIDEST_DATE if read_day(rest, _SOME_DAY) else NARROWEST_HEADLINE)


def headline(link: HtmlElement) -> str:
    """The headline of a link: its heading or its longest part, without the time and the section beside it."""
    visible = link.text_content()
    if len(visible) > _LONGEST_LINK:
        return ""
    parts = [part for part in _parts(link) if not is_time(part.text)]
    if not parts:
        return "" if visible.strip() else folded(link.get("title") or link.get("aria-label") or "")
    title = max([part.text for part in parts if part.named] or [part.text for part in parts], key=len)
    return _whole(_without_time(title), link.get("title") or "")


def is_heading(link: HtmlElement) -> bool:
    """Whether the link stands in a heading, or a heading in it."""
    parent = link.getparent()
    return (parent is not None and parent.tag in _HEADINGS) or next(link.iter(*_HEADINGS), None) is not None


def _without_time(title: str) -> str:
    """The title without a time that is glued to its start, as 18:51Dobeles."""
    first = next(clocks(title), None)
    return title[first.end :].lstrip(" -–—|·:•") if first is not None and first.start == 0 else title


def _whole(title: str, attribute: str) -> str:
    """The title attribute where the visible title is its truncated beginning."""
    whole, start = folded(attribute), title.rstrip(".… ")
    return whole if len(whole) > len(title) and title.endswith(("…", "...")) and whole.startswith(start) else title


@dataclass(slots=True)
class _Part:
    """A piece of a link's text that looks like one; `named` where its element is a heading or called a title."""

    named: bool
    text: str = ""


def _parts(link: HtmlElement) -> list[_Part]:
    """The link's text in the parts that its elements make of it; emphasis does not part."""
    parts = [_Part(False)]
    within: list[bool] = []  # for each element around that parts: is it, or one around it, a title?
    for event, element in islice(etree.iterwalk(link, events=("start", "end")), 2 * _MOST_ELEMENTS):
        parting = element is not link and _parts_text(element, in_title=any(within[-1:]))
        if event == "start":
            if parting:
                within.append((_is_title(element) or any(within[-1:])) and not _is_kicker(element))
                parts.append(_Part(within[-1]))
            parts[-1].text += element.text or ""
        elif element is not link:
            if parting:
                within.pop()
                parts.append(_Part(any(within[-1:])))
            parts[-1].text += element.tail or ""
    return [_Part(part.named, text) for part in parts if (text := folded(part.text))]


def _parts_text(element: HtmlElement, *, in_title: bool) -> bool:
    """Whether an element's text stands apart from the text around it."""
    if element.tag in _INLINE:
        return False
    parent = element.getparent()
    if element.tag != "span" or parent is None or read_clock(folded(element.text_content())) is not None:
        return True
    loose = (parent.text, *(child.tail for child in islice(parent, _MOST_ELEMENTS)))
    return _is_kicker(element) or (not in_title and not any(piece and piece.strip() for piece in loose))


def _is_kicker(element: HtmlElement) -> bool:
    """Whether an element is called something that stands beside a title, or its neighbour in a heading the title."""
    parent = element.getparent()
    if element.tag in _HEADINGS or parent is None:
        return False
    if _KICKER_CLASS.search(element.get("class") or ""):
        return True
    beside = islice(element.itersiblings(), _MOST_ELEMENTS) if parent.tag in _HEADINGS else ()
    return not _is_title(element) and any(_is_title(other) for other in beside)


def _is_title(element: HtmlElement) -> bool:
    return element.tag in _HEADINGS or bool(_TITLE_CLASS.search(element.get("class") or ""))
