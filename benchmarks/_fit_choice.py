"""Fits the weights by which the blocks of an article are chosen (bot/ingest/choice.py), and prints them.

`python -m benchmarks._fit_choice` reads the pages that have a true text, prints how well weights that were fitted on
the publishers of four fifths of them read the fifth (and so for each fifth), then the table fitted on all.

Here: labels from the true text, a logistic regression with a ridge (Newton's method), folds by publisher.
Not here: the traits (bot/ingest/traits), the measure (articles).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from benchmarks.articles import Sample, macro_f1, samples, shingles
from bot.ingest.articles import read_tree, said_of
from bot.ingest.bodies import decode
from bot.ingest.choice import OF_THE_BEST, THRESHOLD
from bot.ingest.pagefacts import page_facts
from bot.ingest.pieces import Piece, pieces
from bot.ingest.traits import traits_of
from bot.ingest.witnesses import witnesses, words

_FOLDS = 5
_RIDGE = 120.0
_ROUNDS = 30
_LONG = 8  # words of a piece that tell where the true text begins and ends
_LONGEST = 80  # words of one piece that count
_WHIM = 0.2  # the weight of a list, quotation or table within the text that one truth has and another leaves out
_SMALLEST = 0.02  # a weight below it is left out of the table

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the traits of its pieces, and which of these are in the true text, each with its weight."""

    sample: Sample
    texts: list[str]
    traits: Numbers
    wanted: Numbers
    weights: Numbers


def page_of(sample: Sample, names: list[str]) -> Page:
    """Read and label one page; `names` are the traits' (filled by the first page)."""
    tree = read_tree(decode(sample.body))
    assert tree is not None
    found = [piece for piece in pieces(tree, sample.url) if piece.is_text]
    facts = page_facts(tree, sample.url)
    told = traits_of(found, witnesses(tree, sample.url, facts.told), said_of(facts))
    names[:] = names or list(told[0])
    wanted = np.array(labels(found, sample.truth))
    sizes = np.array([max(1, len(words(piece.block.text))) for piece in found], float)
    weights = (np.minimum(sizes, _LONGEST) + 0.4) / max(30.0, float(sizes[wanted > 0].sum()))
    whims = [
        piece.block.kind.value in {"item", "quote", "table"} and one["wide"] > 0.6
        for piece, one in zip(found, told, strict=True)
    ]
    weights[np.array(whims) & (wanted == 0)] *= _WHIM
    values = np.array([[one[name] for name in names] for one in told])
    return Page(sample, [piece.block.text for piece in found], values, wanted, weights)


def labels(found: Sequence[Piece], truth: str) -> list[float]:
    """1 for each piece that is mostly in the true text, each run of four words used up only once; else 0."""
    left = Counter(shingles(truth.replace("\u00ad", "")))
    flat = " ".join(words(truth))
    split = [words(piece.block.text) for piece in found]
    label = [0.0] * len(found)
    for place, said in enumerate(split):
        runs = shingles(found[place].block.text)
        if len(said) >= 4 and 2 * (runs & left).total() >= runs.total():
            label[place] = 1.0
            left -= runs & left
    sure = [place for place, said in enumerate(split) if label[place] and len(said) >= _LONG]
    first, last = (sure[0], sure[-1]) if sure else (0, -1)
    for place, said in enumerate(split):
        if len(said) < 4:
            label[place] = float(first <= place <= last and f" {' '.join(said)} " in f" {flat} ")
        elif not first - 6 <= place <= last + 25 and len(said) < _LONG:
            label[place] = 0.0
    return label


def fit(pages: Sequence[Page]) -> tuple[Numbers, float]:
    """The weights and the bias of a logistic regression."""
    traits = np.concatenate([page.traits for page in pages])
    wanted = np.concatenate([page.wanted for page in pages])
    weights = np.concatenate([page.weights for page in pages])
    weights = weights / weights.mean()
    middle, spread = traits.mean(0), traits.std(0) + 1e-9
    scaled = np.column_stack([(traits - middle) / spread, np.ones(len(traits))])
    ridge = np.full(scaled.shape[1], _RIDGE)
    ridge[-1] = 0.0
    found = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (weights * (wanted - chance)) - ridge * found
        bend = (scaled * (weights * chance * (1 - chance))[:, None]).T @ scaled + np.diag(ridge)
        found += np.linalg.solve(bend, slope)
    per_trait = found[:-1] / spread
    return per_trait, float(found[-1] - per_trait @ middle)


def texts(pages: Sequence[Page], weights: Numbers, bias: float) -> list[tuple[str, str]]:
    """The true text and the chosen one of each page."""
    pairs = []
    for page in pages:
        chance = 1 / (1 + np.exp(-(page.traits @ weights + bias)))
        chosen = [
            text
            for text, one in zip(page.texts, chance, strict=True)
            if one >= min(THRESHOLD, OF_THE_BEST * chance.max())
        ]
        pairs.append((page.sample.truth, "\n\n".join(chosen)))
    return pairs


def fold_of(page: Page) -> int:
    """The fold of a page's publisher."""
    site = ".".join((urlsplit(page.sample.url).hostname or "").split(".")[-2:])
    return md5(site.encode(), usedforsecurity=False).digest()[1] % _FOLDS


def main() -> int:
    names: list[str] = []
    pages = [page_of(sample, names) for sample in samples() if sample.part != "readability"]
    unseen: dict[str, list[tuple[str, str]]] = {}
    for fold in range(_FOLDS):
        weights, bias = fit([page for page in pages if fold_of(page) != fold])
        for page in (page for page in pages if fold_of(page) == fold):
            unseen.setdefault(page.sample.part, []).extend(texts([page], weights, bias))
    print({part: round(macro_f1(pairs), 4) for part, pairs in unseen.items()}, file=sys.stderr)
    weights, bias = fit(pages)
    told = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}
    print(f"BIAS = {bias:.2f}")
    print("WEIGHTS = {")
    for name, weight in told.items():
        if abs(weight) >= _SMALLEST:
            print(f'    "{name}": {weight},')
    print("}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
