"""JSON-LD: what a page tells of itself for search engines. Owns reading it in every shape that occurs.

Here: several blocks, @graph, lists, main entities, references by @id, and JSON that is not quite JSON; which of the
things is the page's own story (schema.org/NewsArticle and its kin, https://schema.org/Article).
Not here: what is made of a story's fields (pagefacts and its neighbours).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Thing: TypeAlias = Mapping[str, Any]

_DEEPEST = 6  # lists and graphs within one another; real pages have three
_MOST = 400  # things on a page: some list a hundred stories beside their own
_LONGEST = 2_000_000  # characters of one block
_BODY = 200  # characters; a shorter articleBody is a teaser
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_OPENED = re.compile(r"(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)")
_CLOSED = re.compile(r"(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)?[\s;]*$")
_END = 60  # characters in which such a wrapping ends
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])|,(?=\s*,)', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
# A page's own kinds of text, the surest first; matched at the end of a type, so that kin as AnalysisNewsArticle count.
_STORIES = (
    "LiveBlogPosting",
    "NewsArticle",
    "Article",
    "Posting",
    "Report",
    "Review",
    "VideoObject",
    "Recipe",
    "WebPage",
)


def things(tree: HtmlElement) -> list[Thing]:
    """Every object of the page's blocks, outer before inner, its authors and pictures named by @id filled in."""
    blocks = tree.xpath(".//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    found = list(islice((thing for block in blocks for thing in _spread(_read(block.text or ""))), _MOST))
    named: dict[str, Thing] = {}
    for thing in found:
        ident = thing.get("@id")
        if isinstance(ident, str) and len(thing) > len(named.get(ident, ())):
            named[ident] = thing
    return [_filled(thing, named) for thing in found]


def kinds(thing: Thing) -> tuple[str, ...]:
    """The types of a thing, without schema.org's address."""
    told = thing.get("@type")
    listed = told if isinstance(told, list) else [told]
    return tuple(kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in listed if isinstance(kind, str))


def story_of(found: list[Thing], url: str) -> Thing:
    """The thing that describes the page's own article: the surest kind first, then the one with the page's address.

    Fields that it lacks are taken from the next ones that are of this page and not of another. Empty where none is.
    """
    ranked = sorted(
        (rank, _is_elsewhere(thing, url), not _is_at(thing, url), place)
        for place, thing in enumerate(found)
        if (rank := _rank(thing)) < len(_STORIES)
    )
    merged: dict[str, Any] = {}
    for _, elsewhere, not_here, place in ranked:
        thing = found[place]
        if merged and (elsewhere or (not_here and "WebPage" not in kinds(thing))):
            continue
        merged |= {name: value for name, value in thing.items() if value is not None and not merged.get(name)}
    return merged


def body_of(found: list[Thing]) -> str:
    """The longest text that is called an article's body; empty where all are teasers."""
    bodies = (text_of(thing.get("articleBody")) for thing in found)
    return max((body for body in bodies if len(body) >= _BODY), key=len, default="")


def text_of(value: object, depth: int = 0) -> str:
    """A field as text: in its first language where it has several; entities are characters."""
    if isinstance(value, list | Mapping) and depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return next((text for one in value if (text := text_of(one, depth + 1))), "")
    if isinstance(value, Mapping):
        return text_of(value.get("@value") or value.get("name"), depth + 1)
    return unescape(unescape(value)).strip() if isinstance(value, str) else ""


def url_of(value: object, depth: int = 0) -> str:
    """The address of a picture, page or video in any of the shapes that pages give it."""
    if isinstance(value, list | Mapping) and depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return next((url for one in value if (url := url_of(one, depth + 1))), "")
    if isinstance(value, Mapping):
        return url_of(value.get("url") or value.get("contentUrl") or value.get("@id"), depth + 1)
    return value.strip() if isinstance(value, str) else ""


def _read(text: str) -> object:
    """The block's value, or None; what is broken in the usual ways is mended."""
    text = text[:_LONGEST].strip()
    opened = _OPENED.match(text)
    text = text[opened.end() if opened else 0 :]
    text = text[:-_END] + _CLOSED.sub("", text[-_END:])
    for mend in (str, _without_stray_commas, unescape):
        text = mend(text)
        try:
            return _all_values(text)
        except (ValueError, RecursionError):
            continue
    return None


def _all_values(text: str) -> object:
    """The value; where several stand one after the other, a list of them."""
    decoder, place = json.JSONDecoder(strict=False), 0
    values: list[object] = []
    text = text.strip()
    while place < len(text) and len(values) < _MOST:
        value, place = decoder.raw_decode(text, place)
        values.append(value)
        place = len(text) - len(text[place:].lstrip(" \r\n\t,;"))
    return values


def _without_stray_commas(text: str) -> str:
    return _STRING_OR_COMMA.sub(lambda found: found[1] or "", _BAD_ESCAPE.sub(r"\\\\", text))


def _spread(value: object, depth: int = 0) -> Iterator[Thing]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _spread(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in _INNER:
            yield from _spread(value.get(name), depth + 1)


def _filled(thing: Thing, named: Mapping[str, Thing]) -> Thing:
    def fill(value: object) -> object:
        if isinstance(value, list):
            return [fill(one) if isinstance(one, dict) else one for one in value]
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return named.get(value["@id"], value)
        return value

    return {
        name: fill(value) if name in {"author", "publisher", "image", "creator"} else value
        for name, value in thing.items()
    }


def _rank(thing: Thing) -> int:
    """The place of the thing's kind among the stories; past the last for anything else, and for empty shells."""
    if not (thing.get("headline") or thing.get("datePublished") or thing.get("articleBody") or thing.get("name")):
        return len(_STORIES)
    return min(
        (place for place, ending in enumerate(_STORIES) for kind in kinds(thing) if kind.endswith(ending)),
        default=len(_STORIES),
    )


def _addresses(thing: Thing) -> list[str]:
    return [told for name in ("url", "mainEntityOfPage", "@id") if (told := url_of(thing.get(name)))]


def _is_at(thing: Thing, url: str) -> bool:
    return any(_path(urljoin(url, told)) == _path(url) for told in _addresses(thing))


def _is_elsewhere(thing: Thing, url: str) -> bool:
    """Whether the thing names addresses of the same host, and the page's is none of them."""
    paths = [_path(urljoin(url, told)) for told in _addresses(thing)]
    host = _path(url)[0]
    return any(path[0] == host for path in paths) and _path(url) not in paths


def _path(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url.partition("#")[0])
    except ValueError:
        return "", url
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
