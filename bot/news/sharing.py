"""What people hand on: how the bot is known at Telegram, and what its deep links carry.

Here: the payloads of t.me/<bot>?start=… (at most 64 of A-Z a-z 0-9 _ -), written and read; what a share button shares.
Not here: what a link does (handlers/links), where a topic is kept that does not fit (store/links).
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from bot.news.identity import headline_id
from bot.news.model import Headline

# Telegram's limit: https://core.telegram.org/bots/features#deep-linking
MOST_PAYLOAD = 64
# What a payload begins with: an article, the words of a topic, a topic that is kept under a short id.
ARTICLE, TOPIC, KEPT = "r-", "t-", "k-"
# How somebody who shares names a thing to inline mode: nobody types that, and no topic begins so.
NAMED = "#"
_SAFE = re.compile(rf"[A-Za-z0-9_-]{{1,{MOST_PAYLOAD}}}")


@dataclass(frozen=True, slots=True)
class Badge:
    """How the bot is known at Telegram: its name, and whether people may call it in any chat (inline mode).

    Without a name nobody has asked Telegram yet, or it did not answer.
    """

    username: str = ""
    inline: bool = False

    def link(self, payload: str, *, group: bool = False) -> str:
        """The deep link with a payload; `group`: it asks first into which group the bot is to come."""
        return f"https://t.me/{self.username}?start{'group' if group else ''}={payload}"


NO_BADGE = Badge()


@dataclass(frozen=True, slots=True)
class Shared:
    """What a share button hands on: the payload that names it and, where that cannot be used, its title and page.

    `in_channel`: the button stands in a channel, where Telegram refuses those that call inline mode.
    """

    payload: str
    title: str = ""
    url: str = ""
    in_channel: bool = False


def shared(headline: Headline) -> Shared:
    """A headline, or the article behind it, to be handed on."""
    return Shared(article_payload(headline.url), headline.title, headline.url)


def article_payload(url: str) -> str:
    """The payload for the article at an address."""
    return ARTICLE + headline_id(url)


def topic_payload(words: str) -> str:
    """The payload for a topic, by the words that subscribe to it; empty where they do not fit."""
    packed = base64.urlsafe_b64encode(words.encode("utf-8", "replace")).decode().rstrip("=")
    return TOPIC + packed if len(TOPIC + packed) <= MOST_PAYLOAD else ""


def is_payload(text: str) -> bool:
    """Whether the text could have stood in a deep link."""
    return _SAFE.fullmatch(text) is not None


def words_of(payload: str) -> str:
    """The words that topic_payload packed; empty where it did not make this."""
    packed = payload.removeprefix(TOPIC)
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
