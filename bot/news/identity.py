"""One name for one thing. Owns the identity of headlines and topics.

Here: canonical URLs, and the short ids made of them.
Not here: what counts as a changed title (store/headlines).
"""

from __future__ import annotations

import base64
import hashlib


def short_id(text: str) -> str:
    """11 URL-safe characters (64 bits) that stand for `text`; among a million ids two collide once in 10^7 tries."""
    return base64.urlsafe_b64encode(hashlib.blake2b(text.encode(), digest_size=8).digest()).decode().rstrip("=")
