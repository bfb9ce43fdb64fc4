"""What Telegram makes of a text and its entities before it shows them.

Here: control characters, white space around, entities that overlap or touch, the hundred that are kept.
Not here: where they come from (markup). See fix_formatted_text of tdlib's td/telegram/MessageEntity.cpp.
"""

from __future__ import annotations

import re
from typing import Any

from bot.devchat.markup import width

MOST_ENTITIES = 100
# Telegram drops these, and shows a space for every other control character but the line's end.
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\0-\x09\x0b-\x1f]")
# Which of two entities over the same text comes first.
_ORDER = (
    *("blockquote", "expandable_blockquote", "pre", "code", "date_time", "text_link"),
    *("bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"),
)
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_CODE = frozenset({"pre", "code"})

Entity = dict[str, Any]


def fixed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text as it will stand there, with its entities; an empty text where nothing can be seen of it."""
    text, entities = _cleaned(text, entities)
    entities = ordered(_merged([entity for entity in ordered(entities) if not _is_inside_code(entity, entities)]))
    return _trimmed(text, entities)


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the characters that Telegram drops; entities shrink with it."""
    drops = [width(text[: found.start()]) for found in _DROPPED.finditer(text)]
    kept = []
    for entity in entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        before, inside = sum(drop < begin for drop in drops), sum(begin <= drop < end for drop in drops)
        if end - begin > inside:
            kept.append({**entity, "offset": begin - before, "length": end - begin - inside})
    return _CONTROL.sub(" ", _DROPPED.sub("", text)), kept


def _is_inside_code(entity: Entity, entities: list[Entity]) -> bool:
    """Whether a style stands within code, where it shows nothing."""
    return entity["type"] in _STYLES and any(
        code["type"] in _CODE and code["offset"] <= entity["offset"] and _end(entity) <= _end(code) for code in entities
    )


def _merged(entities: list[Entity]) -> list[Entity]:
    """Styles of one kind that overlap or touch are one."""
    kept: list[Entity] = []
    last: dict[str, Entity] = {}
    for entity in entities:
        before = last.get(entity["type"]) if entity["type"] in _STYLES else None
        if before and entity["offset"] <= _end(before):
            before["length"] = max(_end(before), _end(entity)) - before["offset"]
        else:
            last[entity["type"]] = entity
            kept.append(entity)
    return kept


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space at the end, nor at the beginning as far as no entity begins there."""
    text = text.rstrip(" \n")
    end = width(text)
    first = entities[0]["offset"] if entities else end
    cut = min(len(text) - len(text.lstrip(" \n")), first)
    kept = [
        {**entity, "offset": entity["offset"] - cut, "length": min(_end(entity), end) - entity["offset"]}
        for entity in entities
        if entity["offset"] < end
    ]
    return text[cut:], ordered(kept)[:MOST_ENTITIES]


def ordered(entities: list[Entity]) -> list[Entity]:
    """In Telegram's order: by their beginning, the longer before the shorter, then by kind."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _rank(e["type"])))


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])
