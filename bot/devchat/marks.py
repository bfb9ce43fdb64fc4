"""What Telegram's apps find in what people type: commands, mentions, links."""

from __future__ import annotations

import re

from bot.devchat.chats import Object
from bot.devchat.markup import width

_MARKS = {
    "bot_command": re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?"),
    "mention": re.compile(r"(?<![\w/])@\w{3,32}"),
    "url": re.compile(r"https?://[^\s<>\"]+"),
}


def marked(text: str) -> Object:
    """A text with what Telegram's apps find in it: commands, mentions, links."""
    entities = [
        {"type": kind, "offset": width(text[: found.start()]), "length": width(found[0])}
        for kind, pattern in _MARKS.items()
        for found in pattern.finditer(text)
    ]
    return {"text": text, **({"entities": sorted(entities, key=lambda mark: mark["offset"])} if entities else {})}
