"""Strangers' text, cut to the room there is, as Telegram counts it.

Here: the cut.
Not here: what is safe to show (news/text), how much room there is (each kind of answer).
"""

from __future__ import annotations

from bot.delivery.render.html import width
from bot.news.text import clean


def fitted(text: str, longest: int) -> str:
    """The text in one safe line of at most `longest` UTF-16 units."""
    cut = clean(text, longest)
    return cut if width(cut) <= longest else clean(text, longest // 2)  # no character counts more than twice
