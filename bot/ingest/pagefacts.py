"""What a page says about its article outside the text: title, author, time, language, site, picture.

Here: JSON-LD, meta tags and `<time>`, in the order in which they deserve trust.
Not here: the text (articles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.ingest.bylines import authors
from bot.ingest.jsonld import Thing, body_of, story_of, text_of, things, url_of
from bot.ingest.pagedates import published
from bot.ingest.pagekinds import Beside, look_beside
from bot.ingest.pagetitles import Titles, best_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "sailthru.title", "title")


_LONGEST = 500  # characters of a title; one that was never closed holds the rest of the page
_MOST_HEADINGS = 30


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page tells of its article; empty or None where it is silent."""

    title: str
    heads: tuple[str, ...]  # what stands above the text: the title in every form, the section
    byline: str
    published_at: datetime | None
    language: str
    site: str
    image: str
    told: str  # the text that the page gives to search engines
    beside: Beside


def page_facts(tree: HtmlElement, url: str) -> PageFacts:
    """Read what `tree` says of itself."""
    url = _address(tree, url)
    meta, host = _metas(tree), urlsplit(url).hostname or ""
    found = things(tree)
    story = story_of(found, url)
    site = _first([meta.get("og:site_name"), text_of(story.get("publisher")), host.removeprefix("www.")])
    sites = (site, text_of(story.get("publisher")), host, max(host.split("."), key=len))
    headings = list(dict.fromkeys(_line(heading.text_content()) for heading in islice(tree.iter("h1"), _MOST_HEADINGS)))
    window = _line(tree.findtext(".//title") or "")
    shared = _line(_first(meta.get(name) for name in _TITLES))
    titles = Titles(shared, _line(text_of(story.get("headline"))), headings, window)
    title = best_title(titles, sites)
    return PageFacts(
        title=title,
        heads=(*headings, titles.shared, titles.data, window, meta.get("article:section", "")),
        byline=", ".join(authors(tree, meta, story)),
        published_at=published(tree, meta, story),
        language=_language(tree, meta, story),
        site=site,
        image=_image(meta, story, url),
        told=body_of(found),
        beside=look_beside(tree, url, meta, story, title),
    )


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _address(tree: HtmlElement, url: str) -> str:
    """The page's own address: the one that it calls canonical, where that differs only in what follows a "?".

    What is read from a file has none but that.
    """
    told = next((link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"), "").strip()
    try:
        here, there = urlsplit(url), urlsplit(told)
    except ValueError:
        return url
    if there.scheme not in {"http", "https"} or not there.hostname:
        return url
    same = here.hostname == there.hostname and here.path.rstrip("/") == there.path.rstrip("/")
    return told if same or here.scheme not in {"http", "https"} else url


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


def _language(tree: HtmlElement, meta: dict[str, str], story: Thing) -> str:
    told = _first([tree.get("lang"), story.get("inLanguage"), meta.get("og:locale"), meta.get("content-language")])
    code = re.split(r"[-_,;]", told.lower())[0].strip()
    return code if re.fullmatch(r"[a-z]{2}", code) else ""


def _image(meta: dict[str, str], story: Thing, url: str) -> str:
    told = (meta.get("og:image"), meta.get("og:image:url"), meta.get("twitter:image"), url_of(story.get("image")))
    try:
        absolute = urljoin(url, shown) if (shown := _first(told)) else ""
        return absolute if urlsplit(absolute).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
