"""Links as listings give them. Owns which may be followed, and what stands in for one that is missing.

Not here: which addresses may be asked (web), which links are one (news/identity).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from bot.news.hosts import ascii_host
from bot.news.identity import canonical_url, short_id

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_URL = 2000
# Percent-encoded so that a link is one word without quotes wherever it is shown.
_KEPT = "!#$%&'()*+,/:;=?@[]~"


# What nearly every link looks like: nothing in it needs a look or a change.
_USUAL = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#][A-Za-z0-9!#$%&'()*+,/:;=?@_.~-]*)?")


def followable(url: str) -> str:
    """The link if it is one that a browser opens as a page (http or https, of sane length), else empty."""
    url = url.strip()
    if len(url) <= _LONGEST_URL and _USUAL.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in {"http", "https"} and parts.hostname and len(url) <= _LONGEST_URL
    except ValueError:
        return ""
    if not usable:
        return ""
    url = url if parts.netloc.isascii() else _in_ascii(parts)
    return quote(url.encode("utf-8", "replace"), safe=_KEPT)


def joined(base: str, href: str) -> str:
    """Where a link of a page leads, if that can be followed; else empty."""
    try:
        return followable(urljoin(base, href.strip()))
    except ValueError:  # what looks like a broken IPv6 address
        return ""


def base_of(root: HtmlElement, url: str) -> str:
    """What the links of the page at `url` are relative to."""
    base = root.find(".//base[@href]")
    return (joined(url, base.get("href") or "") or url) if base is not None else url


def _in_ascii(parts: SplitResult) -> str:
    """The link with its host's name as it is looked up: percent signs in a name lead nowhere."""
    before, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":")
    return parts._replace(netloc=f"{before}{at}{ascii_host(host)}{colon}{port}").geturl()


def unlinked(page: str, title: str) -> tuple[str, str]:
    """The address and the id of a headline that has no link: its place on `page`, to which browsers scroll."""
    place = f"{urldefrag(page).url}#:~:text={quote(title, safe='')}"
    return place[:_LONGEST_URL], short_id(f"{canonical_url(page)} {title}")
