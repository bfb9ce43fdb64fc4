"""Which way a text is read, and marks that keep a mixed line in its order.

Here: an article's direction; a mark before a line that would turn the other way; names that keep their own.
Not here: what a line says (article, rich, plain).

An app lays a line of a message out after its first letter with a direction (rule P2 of the Unicode bidirectional
algorithm, https://unicode.org/reports/tr9/): an Arabic line that begins with a Latin name would stand the wrong way.
"""

from __future__ import annotations

import unicodedata

from bot.news.article import Article

# Languages whose usual script runs from right to left, by their ISO 639 codes.
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "sd"}
    | {"skr", "syr", "ug", "ur", "yi"}
)
LEFT, RIGHT = "\u200e", "\u200f"
# So much of an article shows which way it runs, where it does not say its language.
_LOOKED_AT = 400


def is_rtl(article: Article) -> bool:
    """Whether the article is read from right to left: by its language, else by most of its first letters."""
    language = article.language.lower().replace("_", "-").split("-")[0]
    if language and language != "und":
        return language in _RIGHT_TO_LEFT
    beginning = " ".join([article.title, *(block.text for block in article.blocks[:2])])[:_LOOKED_AT]
    sides = [side for side in map(_side, beginning) if side]
    return sides.count(RIGHT) * 2 > len(sides)


def directed(text: str, *, rtl: bool) -> str:
    """The mark that has to stand before a line of text; empty where it goes the right way by itself.

    A line that has no letter of the wanted direction is somebody else's language, and keeps its own.
    """
    wanted = RIGHT if rtl else LEFT
    first = next((side for side in map(_side, text) if side), wanted)
    return wanted if first != wanted and wanted in map(_side, text) else ""


def apart(text: str, *, rtl: bool) -> str:
    """Text amid a line of ours that keeps its own direction and does not turn what stands around it."""
    other = LEFT if rtl else RIGHT
    return f"\u2068{text}\u2069" if other in map(_side, text) else text


def _side(character: str) -> str:
    """The mark of the character's direction; empty where it has none of its own."""
    direction = unicodedata.bidirectional(character)
    return LEFT if direction == "L" else RIGHT if direction in {"R", "AL"} else ""
