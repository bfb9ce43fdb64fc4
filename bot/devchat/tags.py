"""The tags of Telegram's HTML, and the entities that they make of their text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.devchat.links import checked_link
from bot.devchat.refusals import Refusal, bad

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset(_STYLES) | {"a", "tg-emoji", "tg-time", "pre", "code", "blockquote"}
_DATE = re.compile(r"[tTdDwW]*|r")

Entity = dict[str, Any]


@dataclass(slots=True)
class Open:
    """A tag that waits for its end: where its text begins; `unix` is a tg-time's, `argument` whatever else it says."""

    tag: str
    offset: int
    said: int
    argument: str = ""
    unix: int = 0


def add_entity(entities: list[Entity], tag: Open, place: Entity, text: str) -> None:
    """Add what a tag that was closed makes of its text, if it makes anything. Raises Refusal."""
    if tag.tag in {"pre", "code"}:
        made = _code(entities, tag, place)
    elif tag.tag == "a":
        url = checked_link(tag.argument or text)
        made = {"type": "text_link", "url": url} if url else {}
    elif tag.tag == "tg-emoji":
        made = _emoji(tag)
    elif tag.tag == "tg-time":
        made = _time(tag)
    elif tag.tag == "blockquote":
        made = {"type": "expandable_blockquote" if tag.argument else "blockquote"}
    else:
        made = {"type": _STYLES[tag.tag]}
    if made:
        entities.append({**made, **place})


def unparsed(complaint: str) -> Refusal:
    """What Telegram says of markup that it cannot read."""
    return bad(f"can't parse entities: {complaint}")


def _emoji(tag: Open) -> Entity:
    if not re.fullmatch(r"-?[1-9]\d{0,18}", tag.argument):
        raise unparsed("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": tag.argument}


def _time(tag: Open) -> Entity:
    if not _DATE.fullmatch(tag.argument):
        raise unparsed("Invalid date format used")
    if tag.unix <= 0:
        return {}
    return {"type": "date_time", "unix_time": tag.unix, "date_time_format": tag.argument}


def _code(entities: list[Entity], tag: Open, place: Entity) -> Entity:
    """Code, or a block of it: <pre> and <code class="language-…"> around the same text are one entity."""
    last = entities[-1] if entities else {}
    other = "code" if tag.tag == "pre" else "pre"
    language = tag.argument or (last.get("language", "") if tag.tag == "pre" else "")
    if last.get("type") == other and language and {**last, **place} == last:
        entities.pop()
        return {"type": "pre", "language": language}
    return {"type": tag.tag, **({"language": tag.argument} if tag.argument else {})}
