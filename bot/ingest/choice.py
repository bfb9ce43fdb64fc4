"""Which pieces of a page are its article. Owns the decision.

Here: the weights of the traits, and which pictures and videos stand among the chosen pieces.
Not here: the traits themselves (traits), single lines that are never the story (clutter).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.ingest.clutter import line_of, without_clutter
from bot.ingest.pieces import Piece
from bot.ingest.traits import Traits, traits_of
from bot.ingest.witnesses import Witnesses
from bot.news.article import Block

_ITSELF = re.compile(r"^#|^javascript:|\.(?:jpe?g|png|webp|avif|gif)(?:$|\?)", re.IGNORECASE)  # opens the picture
THRESHOLD = 0.3  # below a half: to lose a paragraph is worse than to show a line too many
OF_THE_BEST = 0.5  # where nothing is likely, half as likely as the likeliest piece is enough
_APART = 6  # lines (a caption, a byline, a date) between a picture and the text that it belongs to
# A logistic regression with a ridge over 219 real pages of 170 sites (`python -m benchmarks._fit_choice`); on pages of
# sites that a fit had not seen it reads as well as docs/articles.md says.
BIAS = -3.25
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "wide": 0.85,
        "narrow": 0.54,
        "both": 0.38,
        "neither": -0.81,
        "told": 0.55,
        "not told": 0.22,
        "described": 1.74,
        "said": -0.94,
        "in what is said": -1.79,
        "of parent": 0.32,
        "no parent": 0.27,
        "some parent": -0.66,
        "main parent": 0.61,
        "of path": 1.31,
        "some path": 0.37,
        "main path": 1.55,
        "around parent": 0.66,
        "before": 0.85,
        "long before": -0.47,
        "after": -1.09,
        "long after": -0.86,
        "at the end": -0.73,
        "near body": 1.25,
        "in related": -0.19,
        "in site": -0.71,
        "in author": -1.27,
        "in meta": -0.50,
        "in caption": -0.55,
        "in comment": -1.20,
        "in nav": -0.98,
        "in info": -0.82,
        "in body": -0.26,
        "in figure": -2.36,
        "in footer": -0.20,
        "in header": -0.20,
        "in hidden": -0.20,
        "heading": -0.09,
        "quote": 4.67,
        "item": 0.24,
        "table": 2.82,
        "no element of text": -0.50,
        "linked": -1.17,
        "link": -0.99,
        "bold": -1.05,
        "italic": -1.74,
        "size": 0.69,
        "short": 0.14,
        "long": 0.64,
        "digits": -0.67,
        "clock": -0.81,
        "aside": -1.09,
        "capitals": -2.55,
        "elsewhere": -2.36,
        "sites": -1.78,
        "repeated": -0.52,
        "narrow before": 0.26,
        "link before": -0.28,
        "elsewhere before": 1.13,
        "sites before": 0.05,
        "narrow behind": 0.11,
        "link behind": -0.20,
        "elsewhere behind": 0.52,
        "sites behind": -0.38,
        "wide before": 0.27,
        "wide above": -0.27,
        "wide below": 0.32,
        "heads it": 1.37,
        "heads nothing": -0.40,
        "link among links": -0.51,
    }
)


def chosen(found: Sequence[Piece], heard: Witnesses, said: frozenset[str]) -> list[Block]:
    """The blocks of the article among a page's pieces, in order. `said`: the folded title and author."""
    texts = [piece for piece in found if piece.is_text]
    chances = [chance_of(traits) for traits in traits_of(texts, heard, said)]
    enough = min(THRESHOLD, OF_THE_BEST * max(chances, default=0.0))
    likely = [piece for piece, chance in zip(texts, chances, strict=True) if chance >= enough]
    kept = without_clutter([line_of(piece.block, link=piece.is_link) for piece in likely], said)
    return _with_pictures(found, frozenset(map(id, kept)))


def _leads_away(piece: Piece) -> bool:
    """Whether a picture is a link to another page: the picture of another story."""
    link = next((around for around in piece.element.iterancestors("a")), None)
    return link is not None and not _ITSELF.search(link.get("href") or "#")


def chance_of(traits: Traits) -> float:
    """How likely it is that a piece with these traits is of the article, 0 to 1."""
    weight = BIAS + sum(WEIGHTS[name] * value for name, value in traits.items() if name in WEIGHTS)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))


def _with_pictures(found: Sequence[Piece], kept: frozenset[int]) -> list[Block]:
    """The kept texts with the pictures and videos that stand between them, or close above the first."""
    blocks: list[Block] = []
    seen: set[str] = set()
    waiting: list[Block] = []
    apart = 0  # texts since the last picture or kept text
    for piece in found:
        if piece.is_text and id(piece.block) in kept:
            blocks += waiting if apart <= _APART else []
            blocks.append(piece.block)
            waiting, apart = [], 0
        elif piece.is_text:
            apart += 1
            if blocks:
                blocks += [block for block in waiting if block.text]
        elif piece.block.url not in seen and not _leads_away(piece):
            seen.add(piece.block.url)
            waiting = [*waiting, piece.block] if apart <= _APART else [piece.block]
            apart = 0
    return blocks
