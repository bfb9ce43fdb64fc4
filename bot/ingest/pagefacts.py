"""What a page says about its article outside the text: title, author, time, language, site, picture.

Here: JSON-LD, meta tags and `<time>`, in the order in which they deserve trust.
Not here: the text (articles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.ingest.bylines import authors
from bot.ingest.instants import read_dated
from bot.ingest.jsonld import Thing, story_of, text_of, things
from bot.ingest.pagetitles import Titles, best_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_STORY = re.compile(r"article|report|posting|review|newsitem|webpage", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "pubdate", "dc.date.issued", "dcterms.created",
    "dcterms.date", "dc.date", "date",
)  # fmt: skip
_TITLES = ("og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "sailthru.title", "title")
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
    meta, found = _metas(tree), things(tree)
    story = story_of(found, url)
    site = _site(meta, story, url)
    sites = (site, text_of(story.get("publisher")), urlsplit(url).hostname or "")
    headings = list(dict.fromkeys(" ".join(heading.text_content().split()) for heading in tree.iter("h1")))
    window = " ".join((tree.findtext(".//title") or "").split())
    titles = Titles(_first(meta.get(name) for name in _TITLES), text_of(story.get("headline")), headings, window)
    return PageFacts(
        title=best_title(titles, sites),
        heads=(*headings, titles.shared, titles.data, window, meta.get("article:section", "")),
        byline=", ".join(authors(tree, meta, story)),
        published_at=_published(tree, meta, story),
        language=_language(tree, meta, story),
        site=site,
        image=_image(tree, meta, story, url),
    )


def _site(meta: dict[str, str], story: Thing, url: str) -> str:
    return _first([meta.get("og:site_name"), text_of(story.get("publisher")), urlsplit(url).hostname]).removeprefix(
        "www."
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        found.setdefault(name.strip().lower(), (element.get("content") or "").strip())
    return found


def _first(candidates: Iterable[object]) -> str:
    return next((text for text in map(_text, candidates) if text), "")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _published(tree: HtmlElement, meta: dict[str, str], story: Thing) -> datetime | None:
    told = [_text(story.get("datePublished")), *(meta.get(name, "") for name in _PUBLISHED)]
    told += [element.get("datetime") or "" for element in tree.iter("time")][:1]
    told += [
        element.get("datetime") or element.get("content") or ""
        for element in tree.iterfind(".//*[@itemprop='datePublished']")
    ][:1]
    with_clock = [text for text in told if _CLOCK.search(text)]
    return next((read for text in with_clock + told if (read := read_dated(text, UTC))), None)


def _language(tree: HtmlElement, meta: dict[str, str], story: Thing) -> str:
    told = _first([tree.get("lang"), story.get("inLanguage"), meta.get("og:locale"), meta.get("content-language")])
    code = re.split(r"[-_,;]", told.lower())[0].strip()
    return code if re.fullmatch(r"[a-z]{2}", code) else ""


def _image(tree: HtmlElement, meta: dict[str, str], story: Thing, url: str) -> str:
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
