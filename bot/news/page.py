"""What a server answered, as a value. Owns what cadence and parsers may know about one fetch.

Not here: how it is fetched (ingest/web).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Tags:
    """What a server gave us to ask again politely with: ETag and Last-Modified, as received."""

    etag: str = ""
    modified: str = ""


NO_TAGS = Tags()


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered: decoded-to-bytes body, final URL after redirects, and what it said about time.

    `unchanged` is a 304: the body is empty. `moved_to` is set where every redirect on the way was permanent.
    `max_age` is how long the answer stays as it is, by the server's word. `hub` and `topic` are its WebSub hub and what
    that calls it, where the headers name them.
    """

    url: str
    body: bytes
    content_type: str = ""
    charset: str = ""
    tags: Tags = NO_TAGS
    unchanged: bool = False
    moved_to: str = ""
    max_age: timedelta | None = None
    hub: str = ""
    topic: str = ""
