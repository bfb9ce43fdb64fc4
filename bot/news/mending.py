"""A topic that cannot be understood, mended. Owns the guess at what was meant.

Here: the nearest expression that can be understood.
Not here: what is wrong with one (topics_parser), how it is offered (delivery/render).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.news.errors import BadTopic
from bot.news.topics import parse

# What means something in the topic language; without it there are only words.
_SIGNS = re.compile(r"[\"“”„«»()|!~*=:<>/&]+|(?<!\w)-+|-+(?!\w)")
_FIELD = re.compile(r"(?<!\S)-?\w+:\S*")
_OPERATOR = re.compile(r"(?<!\S)(?:OR|AND|NOT)(?!\S)")


def mended(expression: str) -> str:
    """The nearest expression that can be understood; empty where there is none, or nothing is wrong with it."""
    for tried in _nearest(expression):
        text = " ".join(tried.split())
        try:
            parse(text)
        except BadTopic:
            continue
        return text if text != expression else ""
    return ""


def _nearest(expression: str) -> Iterator[str]:
    """What may have been meant, that which changes least first."""
    missing = expression.count("(") - expression.count(")")
    if missing > 0:
        yield expression + ")" * missing
    if expression.count('"') % 2:
        yield f'{expression}"'
    yield expression.replace("(", " ").replace(")", " ")
    yield _FIELD.sub(" ", expression)
    yield _SIGNS.sub(" ", expression)
    yield _OPERATOR.sub(" ", _SIGNS.sub(" ", expression))
