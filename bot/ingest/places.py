"""Where on its page a piece stands. Owns the measures of a place: what else stands there, and what the place is called.

Here: how much of the article's likely text shares a piece's parent, its path or its container; names of elements that
hold little of that text ("related", "newsletter", "caption"), in the languages in which pages are written.
Not here: what is concluded from it (choice).

A name is believed only of an element that holds little of the text: a whole article may stand in "paywall" or "media".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CORE = 0.75  # of the likely text: the smallest element with so much holds the article
_LITTLE = 0.2  # of it; an element with less may be something beside the article
_MOST_UP = 40  # elements above a piece that are looked at
_PATH = 3  # elements whose tags and classes are a path: the piece's own and those around it
_NAMED = ("class", "id", "itemprop", "data-testid", "data-component")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
_HIDDEN = re.compile(r"display:none|visibility:hidden")
# Words in the names of elements, and what stands in elements with such names.
_NAMES = {
    "related": r"relat|recommend|read-?(?:more|also|next)|see-?also|more-(?:on|from|stor|news|article)|teaser|linked|"
    r"similar|also-?like|popular|trending|latest|most-?read|recirc|cross-?link|in(?:ternal|line)-?link|outbrain|taboola|"
    r"further|promo",
    "site": r"newsletter|subscri|paywall|sign-?up|login|register|cookie|consent|popup|modal|overlay|banner|donat|"
    r"support|membership|\bapp-|podcast|abo\b|offer|shop|affiliate|cta\b|premium",
    "author": r"author|byline|\bbio\b|contributor|profile|writer|autor|journalist|signature|about",
    "meta": r"\bmeta|date|time|publish|breadcrumb|categor|\btags?\b|topics?|keyword|label|kicker|rubri|section-?name|"
    r"eyebrow|overline",
    "caption": r"caption|credit|legend|copyright|figure|image|photo|picture|gallery|video|media|bild|foto|slide",
    "comment": r"comment|discuss|disqus|respond|reply|feedback|rating",
    "nav": r"\bnav|menu|pagination|pager|sidebar|aside|footer|header|masthead|widget|rail\b|bottom",
    "info": r"info-?box|fact|box\b|highlight|key-?points|toc\b|contents|embed|tweet|instagram|quote|pull",
    "body": r"(?:article|story|entry|post|content)-*(?:body|text|content|copy)|body-?(?:text|copy|content)|paragraph|"
    r"rich-?text|main-?text|\b(?:text|copy)\b",
}
_TAGS = frozenset({"footer", "header", "figure"})
NOTES = (*_NAMES, *sorted(_TAGS), "hidden")
_WORDS = {name: re.compile(words, re.IGNORECASE) for name, words in _NAMES.items()}


class Places:
    """The places of a page's pieces, given by their elements and how many words of the likely text each piece has."""

    def __init__(self, elements: Sequence[HtmlElement], likely: Sequence[int]) -> None:
        self._likely = likely
        self._around = [_around(element) for element in elements]
        self._held: Counter[HtmlElement] = Counter()
        self._parents: Counter[HtmlElement] = Counter()
        self._paths: Counter[tuple[tuple[str, str], ...]] = Counter()
        self._notes: dict[HtmlElement, frozenset[str]] = {}
        self._names: dict[str, frozenset[str]] = {}
        for around, words in zip(self._around, likely, strict=True):
            self._held.update(dict.fromkeys(around, words))
            self._parents[around[1]] += words
            self._paths[_path(around)] += words
        self._all = sum(likely) or 1
        core = [element for element, words in self._held.items() if words >= _CORE * self._all]
        self.core = max(core, key=lambda element: len(_around(element)), default=elements[0] if elements else None)
        self._above = frozenset(_around(self.core)) if self.core is not None else frozenset()

    def in_core(self, place: int) -> bool:
        """Whether a piece stands in the smallest element that holds most of the likely text."""
        return self.core in self._around[place]

    def of_parent(self, place: int) -> float:
        """The share of the likely text whose parent is the piece's."""
        return self._parents[self._around[place][1]] / self._all

    def of_path(self, place: int) -> float:
        """The share of the likely text that stands in elements of the same tags and classes."""
        return self._paths[_path(self._around[place])] / self._all

    def around_parent(self, place: int) -> float:
        """The share of the likely text that the element around the piece's parent holds."""
        around = self._around[place]
        return self._held[around[min(2, len(around) - 1)]] / self._all

    def notes(self, place: int) -> frozenset[str]:
        """What is told by the elements around a piece that hold little of the likely text: names, tags, "hidden"."""
        own = self._likely[place]
        found: set[str] = set()
        for element in self._around[place]:
            if element in self._above:
                break
            held = self._held[element]
            if held - own < _LITTLE * self._all or held <= own:
                found |= self._told_by(element)
        return frozenset(found)

    def near(self, place: int) -> frozenset[str]:
        """What is told by the piece's own element and its parent, unless the latter holds the article."""
        return frozenset().union(
            *(self._told_by(element) for element in self._around[place][:2] if element not in self._above)
        )

    def _told_by(self, element: HtmlElement) -> frozenset[str]:
        told = self._notes.get(element)
        if told is None:
            named = _HUMP.sub("-", " ".join(element.get(name) or "" for name in _NAMED))
            names = self._names.get(named)
            if names is None:
                names = self._names[named] = frozenset(name for name, word in _WORDS.items() if word.search(named))
            tags = {element.tag} & _TAGS
            told = self._notes[element] = frozenset(names | tags | ({"hidden"} if _is_hidden(element) else set()))
        return told


def _around(element: HtmlElement) -> list[HtmlElement]:
    found = [element]
    while len(found) < _MOST_UP and (above := found[-1].getparent()) is not None:
        found.append(above)
    return found if len(found) > 1 else [element, element]


def _path(around: Sequence[HtmlElement]) -> tuple[tuple[str, str], ...]:
    return tuple((element.tag, element.get("class") or "") for element in around[:_PATH])


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "hidden" in element.attrib or element.get("aria-hidden") == "true" or bool(_HIDDEN.search(style))
