"""Text that a page holds in its scripts and not in its markup. Owns cutting it into paragraphs.

Here: JSON-LD's articleBody, and the state that a script would draw the page from (application/json).
Not here: whether the markup's own text is too little (pagekinds), reading JSON-LD (jsonld).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape

from bot.news.article import Block, BlockKind
from bot.news.plaintext import to_text
from bot.news.text import clean

_LONGEST = 3_000_000  # characters of one script's state
_DEEPEST = 40
_MOST = 20_000  # strings of it
_PROSE = 80  # characters; a shorter string is a label
_MOSTLY = 0.7  # of the prose below a place lies below one of its members: the article is there
_LEAST = 500  # characters of prose that are an article
_ONE_PARAGRAPH = 900  # characters; longer ones come without their line breaks
_A_PARAGRAPH = 400  # characters at which such a text is cut, at the end of a sentence
_SENTENCE = re.compile(r"(?<=[.!?…][\"”»’)])\s+|(?<=[.!?…])\s+(?=[^\W\d_a-zа-я])|(?<=[。！？])(?![」』”）])")


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text that came as one string, with or without markup and line breaks."""
    lines = (to_text(text) if "<" in text else unescape(text)).splitlines()
    shown = (clean(part, _LONGEST) for line in lines for part in _cut(line))
    return tuple(Block(BlockKind.PARAGRAPH, part) for part in shown if part)


def state_blocks(scripts: Sequence[str]) -> tuple[Block, ...]:
    """The paragraphs of the article in the state that scripts hold; none where it holds none."""
    best: list[str] = []
    for script in scripts:
        try:
            state = json.loads(script[:_LONGEST], strict=False)
        except (ValueError, RecursionError):
            continue
        found = list(dict.fromkeys(_prose(_article_place(state))))
        best = max(best, found, key=_length)
    return tuple(block for text in best for block in blocks_of(text)) if _length(best) >= _LEAST else ()


def _cut(line: str) -> Iterator[str]:
    if len(line) <= _ONE_PARAGRAPH:
        yield line
        return
    gathered = ""
    for sentence in _SENTENCE.split(line):
        gathered = f"{gathered} {sentence}".strip()
        if len(gathered) >= _A_PARAGRAPH:
            yield gathered
            gathered = ""
    yield gathered


def _article_place(state: object) -> object:
    """The innermost value below which nearly all of the prose lies together."""
    for _ in range(_DEEPEST):
        members = list(_members(state))
        lengths = [_length(_prose(member)) for member in members]
        most = max(lengths, default=0)
        if not most or most < _MOSTLY * sum(lengths):
            break
        state = members[lengths.index(most)]
    return state


def _members(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _prose(value: object, depth: int = 0) -> list[str]:
    """Every string of sentences in the value, in order."""
    if isinstance(value, str):
        return [value] if _is_prose(value) else []
    found: list[str] = []
    for member in _members(value) if depth < _DEEPEST else ():
        found += _prose(member, depth + 1)
        if len(found) > _MOST:
            break
    return found


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and not text.startswith(("http", "{", "[", "data:", "/")) and bool(
        re.search(r"\w{2}[.!?…。！？][\"”»’)]?(?:\s|<|$)", text)
    )  # fmt: skip


def _length(texts: Sequence[str]) -> int:
    return sum(map(len, texts))
