"""Links that say where they lead.

Here: which addresses of an article become links, spelled as every server takes them; the host of one whose words
name another.
Not here: the text of a link (runs), tricks with letters in headlines (news/text).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from bot.delivery.render.html import LONGEST_ADDRESS, is_web
from bot.news.addresses import outside
from bot.news.hosts import ascii_host, bare_host, is_one_house

# What looks like a host in the words of a link: labels and dots, ending in letters.
_HOST = re.compile(r"(?<![\w@])(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])(?![\w@])")
# A host with a dot in it, none of its parts empty.
_NAMED = re.compile(r"[^.]+(?:\.[^.]+)+\.?")
# What an address may hold as it is (RFC 3986); the rest is written in per cent.
_AS_IT_IS = "!#$%&'()*+,/:;=?@[]~-._"
_NO_PICTURES = (".svg", ".svgz", ".ico", ".tif", ".tiff", ".bmp", ".avif", ".heic", ".mp4", ".m3u8")


def spelled(url: str) -> str:
    """The address in ASCII, as a server that checks it takes it; empty where it is no link of the web.

    Of a rich message that holds a single bad address Telegram takes nothing (RICH_MESSAGE_URL_INVALID).
    """
    if not is_web(url):
        return ""
    try:
        parts = urlsplit(url)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if port == 0 or not (":" in host or _NAMED.fullmatch(host)):
        return ""
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    path, query, fragment = (quote(part, safe=_AS_IT_IS) for part in (parts.path, parts.query, parts.fragment))
    whole = urlunsplit((parts.scheme, place, path or "/", query, fragment))
    return whole if len(whole) <= LONGEST_ADDRESS else ""


def other_host(text: str, url: str) -> str:
    """The host that a link leads to, where its words name another one; else empty."""
    real = urlsplit(url).hostname or ""
    named = [found[0] for found in _HOST.finditer(unicodedata.normalize("NFKC", text))]
    return "" if all(is_one_house(name, real) for name in named) else bare_host(real)


def picture(url: str, page: str) -> str:
    """The address of a picture that Telegram may fetch; empty where it may not, or would not take it.

    Only from a public host, or from where the article itself was read: that address has been judged already.
    """
    address = spelled(url)
    if not address or urlsplit(address).path.lower().endswith(_NO_PICTURES):
        return ""
    return address if outside(address, page) else ""
