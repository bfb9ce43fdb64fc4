"""Where a text may be cut: after sentences, then between words, then between what is seen as one character."""

from __future__ import annotations

import re

from bot.delivery.render.html import reach

# After a full stop that a space follows, or one that needs none.
_SENTENCE_END = re.compile(r"[.!?…؟۔][\"”’»)\]]*(?=\s)|[。！？][」』”]*")


def good_cut(text: str, room: int, *, must: bool) -> int:
    """How many characters `room` UTF-16 units take: all, else whole sentences; if something `must`, else words."""
    end = reach(text, max(room, 0))
    if end == len(text):
        return end
    sentences = [found.end() for found in _SENTENCE_END.finditer(text, 0, end)]
    if sentences and (sentences[-1] > end // 2 or not must):
        return sentences[-1]
    if not must:
        return 0
    space = text.rfind(" ", 0, end + 1)
    return space if space > 0 else end
