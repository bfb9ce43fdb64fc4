"""One name for one thing. Owns the identity of headlines and topics.

Here: canonical URLs, and the short ids made of them.
Not here: which parameters only track (tracking), what counts as a changed title (store/headlines).
"""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from bot.news.hosts import ascii_host
from bot.news.tracking import only_tracks

_GIVEN = re.compile(r"[A-Za-z0-9._:-]{1,40}")
_DEFAULT_PORTS = {80, 443}
# The same site by another door. (m. is left out: some sites serve other addresses there.)
_DOORS = re.compile(r"^(?:www\d?|amp)\.(?=[^.]+\.)")
# https://www-example-org.cdn.ampproject.org/c/s/www.example.org/story, https://www.google.com/amp/s/example.org/story
_AMP_CACHE_HOST = re.compile(r"(?:.+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)")
_GOOGLE_HOST = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}")
_AMP_CACHE_PATH = re.compile(r"/(?:amp|[acvr])/(?:s/)?(?=[^/]+\.[^/]+)")
_AMP_SEGMENT = re.compile(r"/amp(?=/|$)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_QUERY = {"outputtype", "output", "type", "view", "format", "display", "_format"}
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_SAFE_IN_PATH = "/:@!$&'()*+,;=~-._"


def short_id(text: str) -> str:
    """11 URL-safe characters (64 bits) that stand for `text`; among a million ids two collide once in 10^7 tries."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def headline_id(url: str, given: str = "") -> str:
    """The one id of a headline: what its publisher gave, as far as it fits, else made of where it leads."""
    if given:
        return given if _GIVEN.fullmatch(given) else short_id(given)
    return short_id(canonical_url(url))


def topic_id(wish: str) -> str:
    """The one id of a topic, whoever typed it and how: of its canonical expression, or of ReadyTopic.wish."""
    return short_id(wish)


def owed_as(headline: str, story: str) -> str:
    """What a headline is owed to chats as: `story`, or `story~headline` where it is not the one that began it.

    A chat that was told something is owed nothing again of which the name's first part is the same. No id has a ~.
    """
    return headline if story == headline else f"{story}~{headline}"


def development_as(headline: str, story: str) -> str:
    """What a headline is owed to those as who follow its story and were told of that before."""
    return f"{headline}~{headline}~{story}"


def is_development(name: str) -> bool:
    """Whether development_as made the name."""
    return name.count("~") > 1


def owed_of(name: str) -> tuple[str, str]:
    """The headline that is owed under a name, and its story."""
    parts = name.split("~")
    return (parts[1], parts[2]) if len(parts) == 3 else (parts[-1], parts[0])


def canonical_url(url: str) -> str:
    """What all spellings of one address have in common; for comparing only, it may lead nowhere. Never raises."""
    url = url.strip().encode("utf-8", "replace").decode()
    try:
        parts = _uncached(urlsplit(url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"} or not host:
        return url
    port = None if port in _DEFAULT_PORTS else port
    query = _query(parts.query)
    return f"https://{_host(host)}{f':{port}' if port else ''}{_path(parts.path)}{f'?{query}' if query else ''}"


def _uncached(parts: SplitResult) -> SplitResult:
    """The publisher's own address behind an AMP cache's."""
    host = parts.hostname or ""
    cached = _AMP_CACHE_HOST.fullmatch(host) or (_GOOGLE_HOST.fullmatch(host) and parts.path.startswith("/amp/"))
    found = _AMP_CACHE_PATH.match(parts.path) if cached else None
    if not found:
        return parts
    return urlsplit(f"https://{parts.path[found.end() :]}{f'?{parts.query}' if parts.query else ''}")


def _host(host: str) -> str:
    host = ascii_host(host.rstrip("."))
    if ":" in host:
        return f"[{host}]"
    return _DOORS.sub("", host)


def _path(path: str) -> str:
    path = quote(unquote(_SESSION.sub("", path), errors="surrogateescape"), _SAFE_IN_PATH, errors="surrogateescape")
    path = re.sub("/{2,}", "/", path)
    short = _AMP_SUFFIX.sub("", _AMP_SEGMENT.sub("", path))
    if short.strip("/"):
        path = short
    return _INDEX.sub("", path).rstrip("/")


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = (pair for pair in pairs if not only_tracks(*pair) and not _asks_for_amp(*pair))
    return urlencode(sorted(kept), errors="surrogateescape")


def _asks_for_amp(name: str, value: str) -> bool:
    return name.lower() == "amp" or (name.lower() in _AMP_QUERY and value.lower() in {"amp", "amphtml"})
