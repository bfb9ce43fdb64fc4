"""What one headline costs against many topics, and what a topic costs to come and go.

Topics are made of the words of real headlines: one to four words each (some of them phrases, choices, or with
a word forbidden), the way people ask. Prints one JSON object: `us_per_headline_10k`, `us_per_headline_100k`
(processor microseconds for everything: splitting, stemming, looking up), `hits_…` (topics that a headline
satisfies), `add_us`, `remove_us`, `rss_mb` (what an index of 100,000 topics takes), `loop_us_10k` (asking every
topic in turn), and with `--million` the same at 1,000,000.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.news.matcher import Matcher, matches
from bot.news.model import Headline
from bot.news.topics import Topic, canonical, parse

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "headlines"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# How people ask, and how often of ten.
SHAPES = ("one", "one", "two", "two", "two", "three", "phrase", "phrase", "choice", "without")


def titles() -> dict[str, list[str]]:
    """Real headlines by language."""
    with (DATA / "ag_news" / "test.csv").open(encoding="utf-8", newline="") as rows:
        english = [row[1] for row in csv.reader(rows)]
    with (DATA / "french_google_news_one_day" / "test_one_day.csv").open(encoding="utf-8", newline="") as rows:
        french = [row[0] for row in csv.reader(rows)]
    return {"en": english, "fr": french}


def topics(lines: list[str], count: int, dice: random.Random) -> Iterator[tuple[str, Topic]]:
    """So many different topics, made of words that stand together in a headline; nobody asks for "with the"."""
    split = [re.findall(r"[^\W\d_]{3,}", line.lower()) for line in lines]
    common = {word for word, _ in Counter(word for line in split for word in line).most_common(200)}
    words = [kept for line in split if len(kept := [word for word in line if word not in common]) > 3]
    seen = set()
    while len(seen) < count:
        topic = parse(_expression(dice.choice(words), dice.choice(words), dice))
        spelled = canonical(topic)
        if spelled not in seen:
            seen.add(spelled)
            yield spelled, topic


def _expression(line: list[str], other: list[str], dice: random.Random) -> str:
    start = dice.randrange(len(line) - 1)
    match dice.choice(SHAPES):
        case "one":
            return f"{dice.choice(line)} {dice.choice(other) if dice.random() < 0.5 else ''}"
        case "phrase":
            return f'"{line[start]} {line[start + 1]}"'
        case "choice":
            return f"({dice.choice(line)} OR {dice.choice(other)}) {dice.choice(line)}"
        case "without":
            return f"{line[start]} {line[start + 1]} -{dice.choice(other)}zz"
        case shape:
            return " ".join(dice.sample(line, 2 if shape == "two" else 3))


def microseconds(began: float, times: int) -> float:
    """Processor time since `began` (of time.process_time), for each of `times`."""
    return round((time.process_time() - began) * 1e6 / times, 2)


def resident_mb() -> float:
    """Memory that the process holds, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def measure(matcher: Matcher, headlines: list[Headline]) -> tuple[float, float]:
    """Microseconds and hits, a headline."""
    matcher.match(headlines[0])
    matcher.match(headlines[-1])  # the tables of both languages are made at their first headline
    began = time.process_time()
    hits = sum(len(matcher.match(headline)) for headline in headlines)
    return microseconds(began, len(headlines)), round(hits / len(headlines), 2)


def main(sizes: dict[str, int]) -> int:
    if not DATA.is_dir():
        print(json.dumps({"skipped": "the real headlines of ../shared/data/headlines are not here"}))
        return 0
    dice = random.Random(7)
    lines = titles()
    # Topics are made of three quarters of the headlines, and asked of the others.
    asked = [
        Headline(str(place), line, "https://example.org/", "bench", NOON, NOON, lang=lang)
        for lang, some in lines.items()
        for place, line in enumerate(some[::4][:900])
    ]
    figures: dict[str, float] = {}
    made_of = [line for some in lines.values() for place, line in enumerate(some) if place % 4]
    wanted = list(topics(made_of, max(sizes.values()), dice))
    matcher = Matcher()
    before = resident_mb()
    for name, size in sizes.items():
        fresh = wanted[len(matcher) : size]
        began = time.process_time()
        for spelled, topic in fresh:
            matcher.add(spelled, topic)
        figures["add_us"] = microseconds(began, len(fresh))
        figures[f"us_per_headline_{name}"], figures[f"hits_{name}"] = measure(matcher, asked)
        if name == "10k":
            began = time.process_time()
            for headline in asked[::500]:
                sum(matches(topic, headline) for _, topic in wanted[:size])
            figures["loop_us_10k"] = microseconds(began, len(asked[::500]))
        if name == "100k":
            figures["rss_mb"] = round(resident_mb() - before, 1)
    some = wanted[:1000]
    began = time.process_time()
    for spelled, _ in some:
        matcher.remove(spelled)
    figures["remove_us"] = microseconds(began, len(some))
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    grown = {"1m": 1_000_000} if "--million" in sys.argv[1:] else {}
    sys.exit(main({"10k": 10_000, "100k": 100_000} | grown))
