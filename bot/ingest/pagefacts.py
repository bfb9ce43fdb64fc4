"""What a page says about its article outside the text: title, author, time, language, site, picture.

Here: JSON-LD, meta tags and `<time>`, in the order in which they deserve trust.
Not here: the text (articles).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from bot.ingest.instants import read_dated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STORY = re.compile(r"article|report|posting|review|newsitem|webpage", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "pubdate", "dc.date.issued", "dcterms.created",
    "dcterms.date", "dc.date", "date",
)  # fmt: skip
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_ADDRESS = re.compile(r"^(?:https?:|www\.|/|@)|\.(?:com|org|net)\b", re.IGNORECASE)
_A_TITLE = 10  # characters; a shorter heading is rather the name of a section
_CLOCK = re.compile(r"\d[T ]\d{1,2}:\d\d")
_BY = re.compile(r"^(?:by|par|por|von|di|بقلم|автор)\b[:\s]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page tells of its article; empty or None where it is silent."""

    title: str = ""
    heads: tuple[str, ...] = ()  # what stands above the text: the title in every form, the section
    byline: str = ""
    published_at: datetime | None = None
    language: str = ""
    site: str = ""
    image: str = ""


def page_facts(tree: HtmlElement, url: str) -> PageFacts:
    """Read what `tree` says of itself."""
    meta = _metas(tree)
    story = _story(tree)
    titles = [title for heading in tree.iter("h1") if (title := " ".join(heading.text_content().split()))]
    said = _first([story.get("headline"), meta.get("og:title"), meta.get("twitter:title"), tree.findtext(".//title")])
    return PageFacts(
        title=_title(titles, said),
        heads=(*titles, said, meta.get("article:section", "")),
        byline=_byline(meta, story),
        published_at=_published(tree, meta, story),
        language=_language(tree, meta, story),
        site=_first([meta.get("og:site_name"), _name(story.get("publisher")), urlsplit(url).hostname]).removeprefix(
            "www."
        ),
        image=_image(tree, meta, story, url),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        found.setdefault(name.strip().lower(), (element.get("content") or "").strip())
    return found


def _story(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes the article, or an empty one."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            read = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(read):
            if _STORY.search(str(thing.get("@type"))) and (thing.get("headline") or thing.get("datePublished")):
                return thing
    return {}


def _things(read: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 3:
        return
    if isinstance(read, list):
        for one in read:
            yield from _things(one, depth + 1)
    elif isinstance(read, dict):
        yield read
        yield from _things(read.get("@graph"), depth + 1)
        yield from _things(read.get("mainEntity"), depth + 1)


def _first(candidates: Iterable[object]) -> str:
    return next((text for text in map(_text, candidates) if text), "")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _name(value: object) -> str:
    """The name of a person or organisation, in any of the shapes that pages give it."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for name in map(_name, value) if name))
    if isinstance(value, dict):
        return _name(value.get("name"))
    return _text(value)


def _title(headings: Sequence[str], said: str) -> str:
    """The only heading of the first rank, or the one that the page names in its head as well."""
    if len(headings) == 1 and len(headings[0]) > _A_TITLE:
        return headings[0]
    return next(
        (heading for heading in headings if len(heading) > _A_TITLE and heading in said), said or "".join(headings[:1])
    )


def _byline(meta: dict[str, str], story: dict[str, Any]) -> str:
    named = [_name(story.get("author")), *(meta.get(name, "") for name in _AUTHOR)]
    return _BY.sub("", next((name for name in named if name and not _ADDRESS.search(name)), ""))


def _published(tree: HtmlElement, meta: dict[str, str], story: dict[str, Any]) -> datetime | None:
    told = [_text(story.get("datePublished")), *(meta.get(name, "") for name in _PUBLISHED)]
    told += [element.get("datetime") or "" for element in tree.iter("time")][:1]
    told += [
        element.get("datetime") or element.get("content") or ""
        for element in tree.iterfind(".//*[@itemprop='datePublished']")
    ][:1]
    with_clock = [text for text in told if _CLOCK.search(text)]
    return next((read for text in with_clock + told if (read := read_dated(text, UTC))), None)


def _language(tree: HtmlElement, meta: dict[str, str], story: dict[str, Any]) -> str:
    told = _first([tree.get("lang"), story.get("inLanguage"), meta.get("og:locale"), meta.get("content-language")])
    code = re.split(r"[-_,;]", told.lower())[0].strip()
    return code if re.fullmatch(r"[a-z]{2}", code) else ""


def _image(tree: HtmlElement, meta: dict[str, str], story: dict[str, Any], url: str) -> str:
    pictured: object = story.get("image")
    while isinstance(pictured, list):
        pictured = pictured[0] if pictured else ""
    if isinstance(pictured, dict):
        pictured = pictured.get("url")
    told = _first([meta.get("og:image"), meta.get("og:image:url"), meta.get("twitter:image"), pictured])
    try:
        absolute = urljoin(url, told) if told else ""
        return absolute if urlsplit(absolute).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
