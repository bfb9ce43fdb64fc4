"""Telegram's HTML: a text with tags -> plain text and entities, with Telegram's own complaints.

Offsets and lengths of entities count UTF-16 units, places in complaints count bytes of the text as it was sent.
See https://core.telegram.org/bots/api#html-style
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.devchat.refusals import Refusal, bad

MOST_ENTITIES = 100
_SIMPLE = {
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
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_WITH_ATTRIBUTES = {"a", "span", "tg-emoji", "tg-time"}
# What Telegram decodes in text; other named references stay as they are.
_REFERENCE = re.compile(r"&(?:#x[0-9a-fA-F]{1,6}|#\d{1,7}|lt|gt|amp|quot);?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")

Entity = dict[str, Any]


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    entity: Entity
    offset: int


@dataclass(slots=True)
class _Parse:
    """One parse: the plain text so far, and its length in UTF-16 units."""

    source: str
    text: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def say(self, raw: str) -> None:
        plain = _REFERENCE.sub(lambda found: unescape(found[0] if found[0].endswith(";") else f"{found[0]};"), raw)
        self.text.append(plain)
        self.length += width(plain)

    def place(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities, in order. Raises Refusal with Telegram's text where the markup is wrong."""
    parse = _Parse(source)
    at = 0
    while at < len(source):
        begin = source.find("<", at)
        parse.say(source[at : begin if begin >= 0 else len(source)])
        if begin < 0:
            break
        tag = _TAG.match(source, begin)
        if tag is None:
            raise _unparsed(_complaint(source, begin), parse.place(begin))
        if tag[1]:
            _close(parse, tag[2].lower(), begin)
        else:
            _open(parse, tag[2].lower(), tag[3], begin)
        at = tag.end()
    if parse.stack:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{parse.stack[-1].tag}\"")
    return _trimmed("".join(parse.text), parse.entities)


def width(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _complaint(source: str, begin: int) -> str:
    name = re.match(r"</?([a-zA-Z0-9-]*)", source[begin:])
    if source.startswith("</", begin):
        return "Unclosed end tag"
    if name is None or not name[1]:
        return 'Unsupported start tag ""'
    return f'Unclosed start tag "{name[1].lower()}"' if ">" in source[begin:] else "Unclosed start tag"


def _open(parse: _Parse, tag: str, rest: str, begin: int) -> None:
    if tag not in _SIMPLE and tag not in _WITH_ATTRIBUTES:
        raise _unparsed(f'Unsupported start tag "{tag}"', parse.place(begin))
    attributes = {
        found[1].lower(): unescape(next((value for value in found.groups()[1:] if value is not None), ""))
        for found in _ATTRIBUTE.finditer(rest)
    }
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsed('Tag "span" must have class "tg-spoiler"', parse.place(begin))
    parse.stack.append(_Open(tag, _entity(parse, tag, attributes), parse.length))


def _entity(parse: _Parse, tag: str, attributes: dict[str, str]) -> Entity:
    """What the tag makes of its text; empty for a tag that makes nothing (a link that leads nowhere)."""
    if tag == "a":
        return {"type": "text_link", "url": attributes["href"]} if attributes.get("href") else {}
    if tag == "span":
        return {"type": "spoiler"}
    if tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if tag == "tg-time":
        return _time(attributes)
    if tag == "code" and parse.stack and parse.stack[-1].tag == "pre" and "class" in attributes:
        parse.stack[-1].entity["language"] = attributes["class"].removeprefix("language-")
        return {}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {"type": _SIMPLE[tag]}


def _time(attributes: dict[str, str]) -> Entity:
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    if not re.fullmatch(r"-?\d{1,11}", unix) or not re.fullmatch(r"r|w?[dD]?[tT]?", form):
        raise bad("can't parse entities: Invalid date_time entity specified")
    return {"type": "date_time", "unix_time": int(unix), "date_time_format": form}


def _close(parse: _Parse, tag: str, begin: int) -> None:
    if not parse.stack:
        raise _unparsed("Unexpected end tag", parse.place(begin))
    top = parse.stack.pop()
    if top.tag != tag:
        where = f"Unmatched end tag at byte offset {parse.place(begin)}"
        raise bad(f'can\'t parse entities: {where}, expected "</{top.tag}>", found "</{tag}>"')
    length = parse.length - top.offset
    if top.entity and length:
        parse.entities.append({**top.entity, "offset": top.offset, "length": length})


def _unparsed(complaint: str, place: int) -> Refusal:
    return bad(f"can't parse entities: {complaint} at byte offset {place}")


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space around; entities shrink with it, and the hundred first stay."""
    cut = width(text) - width(text.lstrip())
    trimmed = text.strip()
    end = width(trimmed)
    kept = []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        begin = max(entity["offset"] - cut, 0)
        length = min(entity["offset"] - cut + entity["length"], end) - begin
        if length > 0:
            kept.append({**entity, "offset": begin, "length": length})
    return trimmed, kept[:MOST_ENTITIES]
