"""Telegram's HTML: a text with tags -> plain text and entities, with Telegram's own complaints.

Here: the parser, step by step as Telegram's server does it (td/telegram/MessageEntity.cpp of tdlib, parse_html).
Not here: what a tag makes of its text (tags), what becomes of the entities afterwards (entities).

Offsets and lengths of entities count UTF-16 units, places in complaints count bytes of the text as it was sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.devchat.refusals import Refusal
from bot.devchat.tags import TAGS, Entity, Open, add_entity, unparsed

# Which attribute of a tag means something.
_MEANT = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "blockquote": "expandable"}
_SPACE = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG_NAME = re.compile(rf"[^{_SPACE}>]*")
_ATTRIBUTE = re.compile(rf"""[^{_SPACE}=>/"']*""")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Parse:
    """One parse. `source` ends with NUL, as in Telegram's server, so that every look ahead finds something."""

    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    @property
    def next(self) -> str:
        return self.source[self.at]

    @property
    def ended(self) -> bool:
        return self.at >= len(self.source) - 1

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def skip_space(self) -> None:
        while not self.ended and self.next in _SPACE:
            self.at += 1

    def say(self, plain: str) -> None:
        self.text.append(plain)
        self.length += width(plain)

    def complaint(self, text: str, at: int) -> Refusal:
        return unparsed(f"{text} at byte offset {len(self.source[:at].encode('utf-8', 'surrogatepass'))}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities, in the order of their ends. Raises Refusal with Telegram's text."""
    parse = _Parse(f"{source}\0")
    while not parse.ended:
        if parse.next == "<":
            begin = parse.at
            parse.at += 1
            _end_tag(parse, begin) if parse.next == "/" else _start_tag(parse, begin)
        else:
            parse.say(_character(parse))
    if parse.stack:
        raise unparsed(f'Can\'t find end tag corresponding to start tag "{parse.stack[-1].tag}"')
    text = "".join(parse.text)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise unparsed(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return text, parse.entities


def width(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _character(parse: _Parse) -> str:
    """The next character, a reference decoded; a reference that Telegram does not know stays as it is."""
    found = _REFERENCE.match(parse.source, parse.at) if parse.next == "&" else None
    decoded = _decoded(found) if found else ""
    begin = parse.at
    parse.at = found.end() if found and decoded else begin + 1
    return decoded or parse.source[begin]


def _decoded(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return _NAMED.get(name, "")
    digits = found[0].removesuffix(";")
    code = int(hexadecimal or "0", 16) if decimal is None else int(decimal or "0")
    return chr(code) if 0 < code < 0x10FFFF and len(digits) < 10 else ""


def _start_tag(parse: _Parse, begin: int) -> None:
    tag = parse.take(_TAG_NAME).lower()
    if parse.ended:
        raise parse.complaint("Unclosed start tag", begin)
    if tag not in TAGS:
        raise parse.complaint(f'Unsupported start tag "{tag}"', begin)
    opened = Open(tag, parse.length, len(parse.text))
    while parse.next != ">":
        parse.skip_space()
        if parse.next != ">":
            _attribute(parse, opened, begin)
    if tag == "span" and opened.argument != "spoiler":
        raise parse.complaint('Tag "span" must have class "tg-spoiler"', begin)
    parse.at += 1
    parse.stack.append(opened)


def _attribute(parse: _Parse, opened: Open, begin: int) -> None:
    name = parse.take(_ATTRIBUTE)
    if not name:
        raise parse.complaint(f'Empty attribute name in the tag "{opened.tag}"', begin)
    parse.skip_space()
    value = ""
    if not parse.ended and parse.next == "=":
        parse.at += 1
        parse.skip_space()
        if not parse.ended:
            value = _value(parse, begin)
    if parse.ended:
        raise parse.complaint(f'Unclosed start tag "{opened.tag}"', begin)
    _note(opened, name, value)


def _value(parse: _Parse, begin: int) -> str:
    """An attribute's value: a name token in lower case, or anything in quotes."""
    quote, at = parse.next, parse.at
    if quote not in "'\"":
        value = parse.take(_TOKEN).lower()
        if parse.next not in f"{_SPACE}>":
            raise parse.complaint("Unexpected end of name token", at)
    else:
        parse.at += 1
        letters = []
        while not parse.ended and parse.next != quote:
            letters.append(_character(parse))
        value = "".join(letters)
        parse.at += not parse.ended
    if parse.ended:
        raise parse.complaint("Unclosed start tag", begin)
    return value


def _note(opened: Open, name: str, value: str) -> None:
    """What an attribute says about its tag."""
    if opened.tag == "tg-time":
        if name == "unix":
            opened.unix = int(value) if re.fullmatch(r"-?\d{1,10}", value) else 0
        elif name == "format":
            opened.argument = value
    elif _MEANT.get(opened.tag) == name:
        prefix = {"code": "language-", "span": "tg-"}.get(opened.tag, "")
        if value.startswith(prefix):
            opened.argument = "1" if opened.tag == "blockquote" else value.removeprefix(prefix)


def _end_tag(parse: _Parse, begin: int) -> None:
    if not parse.stack:
        raise parse.complaint("Unexpected end tag", begin)
    parse.at += 1
    name = parse.take(_TAG_NAME).lower()
    parse.skip_space()
    if parse.next != ">":
        raise parse.complaint("Unclosed end tag", begin)
    top = parse.stack.pop()
    if name and name != top.tag:
        where = len(parse.source[:begin].encode("utf-8", "surrogatepass"))
        raise unparsed(f'Unmatched end tag at byte offset {where}, expected "</{top.tag}>", found "</{name}>"')
    parse.at += 1
    if parse.length > top.offset:
        place = {"offset": top.offset, "length": parse.length - top.offset}
        add_entity(parse.entities, top, place, "".join(parse.text[top.said :]))
