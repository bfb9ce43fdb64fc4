"""What one headline costs against a million topics, what a topic costs to come and go, and others at the same work.

Topics are made of the words of real English and French headlines (_wishes) and asked of other headlines, whose
language the source says. Times are processor time; those a headline are medians of passes over hundreds of headlines.
Prints one JSON object:

- `match_us_1k`, `_10k`, `_100k`, `_1m`: from the tokens of a headline to the topics that it satisfies, `hits_…` of
  them; `match_us` is that at 100,000.
- `analyse_us`: from the headline to its tokens: normalise, split, stem, look the words up. Headlines that were never
  seen before, after others; at the largest size. `match()` takes both. `guess_us`: what guessing the language adds.
- `regex_us_10k`, `token_sets_us_10k`, `ahocorasick_rs_us_…`, `pyahocorasick_us_…`, `fts5_us_100k`,
  `tantivy_us_100k`: the peers (_peers), which are given the words split and folded and know no word forms.
- `ratio_vs_regex`: the loop of regular expressions by `match_us_10k`; `ratio_vs_regex_whole`: by analysis and match
  together. `ratio_vs_ac`: the better Aho-Corasick library by `match_us_1m`.
- `add_us`, `remove_us`: a parsed topic in, a topic out, at the largest size.
- `load_s`, `bytes_per_topic`, `load_blocks_ms`: a process that takes all topics from an embedded server, as the bot
  does; what its memory grows by, a topic, the ids and everything else included and no topic's text; the longest time
  for which it did nothing else. `collect_ms`: one full garbage collection then.
- `parse_ms`: the longest that reading one of 2,000 odd texts of 1,600 characters takes, the best of five readings each.
- `pairs`, `pairs_held`, `pairs_wrong`: topics and headlines for which the index was compared with the slow, obvious
  evaluator; in how many the topic held; in how many the two differed.

`--quick` stops at 100,000 topics.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks import _peers
from benchmarks._wishes import DATA, Wish, headlines, oddities, of_every_kind, wishes
from bot.news.errors import BadTopic
from bot.news.evidence import matches
from bot.news.identity import topic_id
from bot.news.matcher import Matcher
from bot.news.model import Headline
from bot.news.text import words
from bot.news.topics import parse
from bot.news.topics_bounds import MOST_CHARACTERS
from bot.store import keys
from bot.store.database import Database
from bot.store.embedded import Embedded
from bot.store.topics import Topics
from bot.workers.index import TopicIndex

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
PASSES = 7
PAIRS, PAIRS_A_HEADLINE = 100_000, 100
Item = TypeVar("Item")
Figures = dict[str, float]


def cost(act: Callable[[Item], object], items: Sequence[Item], parts: int = PASSES) -> float:
    """Microseconds of processor time an item: the median of the parts that the items are cut into."""
    size = max(1, len(items) // parts)
    spent = []
    for start in range(0, size * parts, size):
        part = items[start : start + size]
        began = time.process_time()
        for item in part:
            act(item)
        spent.append((time.process_time() - began) * 1e6 / max(1, len(part)))
    return round(median(spent), 2)


def measured(matcher: Matcher, name: str, asked: list[Headline]) -> Figures:
    """What the headlines cost, and what they find."""
    before, fresh = asked[: len(asked) // 2], asked[len(asked) // 2 :]
    for headline in before:
        matcher.match(headline)
    analyse = cost(matcher.see, fresh)
    seen = [matcher.see(headline) for headline in fresh]
    hits = sum(len(matcher.satisfied_by(each)) for each in seen) / len(seen)
    return {f"match_us_{name}": cost(matcher.satisfied_by, seen), f"hits_{name}": round(hits, 2), "analyse_us": analyse}


def peers(some: list[Wish], name: str, asked: list[Headline]) -> Figures:
    """What the same topics cost elsewhere."""
    texts = [f" {' '.join(filter(None, words(headline.title)))} " for headline in asked]
    chosen = {
        "10k": {"regex": (_peers.regular_expressions, 14), "token_sets": (_peers.token_sets, 70)},
        "100k": {"fts5": (_peers.fts5, 350), "tantivy": (_peers.tantivy, 350)},
    }.get(name, {})
    if name in {"100k", "1m"}:
        chosen |= {"ahocorasick_rs": (_peers.ahocorasick_rs, 700), "pyahocorasick": (_peers.pyahocorasick, 700)}
    figures = {}
    for peer, (made, times) in chosen.items():
        try:
            figures[f"{peer}_us_{name}"] = cost(made(some), texts[:times])
        except ImportError:
            print(f"{peer} is not installed", file=sys.stderr)
    return figures


def pairs(some: list[Wish], matcher: Matcher, asked: list[Headline]) -> Figures:
    """Whether the index says what the plain truth says: of topics of every kind that share a word, and of any."""
    dice = random.Random(11)
    sharing: dict[str, list[Wish]] = {}
    for wish in some:
        for word in {word for options in wish.wanted for option in options for word in option.split()}:
            sharing.setdefault(word, []).append(wish)
    asked_for = held = wrong = 0
    for headline in dice.sample(asked, len(asked)):
        if asked_for >= PAIRS:
            break
        said = [word for word in words(headline.title) if len(word) > 3 and word in sharing] or ["nothing"]
        near = [wish.text for word in said for wish in sharing.get(word, ())]
        texts = of_every_kind(said, dice) + dice.sample(near, min(len(near), PAIRS_A_HEADLINE // 2))
        texts += [wish.text for wish in dice.sample(some, PAIRS_A_HEADLINE - len(texts))]
        topics = {topic_id(text): parse(text) for text in texts}
        added = [name for name in topics if name not in matcher]
        for name in added:
            matcher.add(name, topics[name])
        hits = matcher.match(headline)
        truth = {name for name, topic in topics.items() if matches(topic, headline)}
        for name in added:
            matcher.remove(name)
        asked_for += len(topics)
        held += len(truth)
        wrong += len(truth ^ (hits & topics.keys()))
    return {"pairs": asked_for, "pairs_held": held, "pairs_wrong": wrong}


async def loading(some: list[Wish]) -> Figures:
    """What it takes a process of its own to load the topics from an embedded server."""
    with tempfile.TemporaryDirectory() as folder:
        server = Embedded(Path(folder))
        url = await server.start()
        database = Database.connect(url)
        for start in range(0, len(some), 1000):
            pairs = [field for wish in some[start : start + 1000] for field in (topic_id(wish.text), wish.text)]
            await database.call("HSET", keys.TOPICS.name, *pairs)
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.match", "--load", url, stdout=subprocess.PIPE
        )
        said, _ = await child.communicate()
        await database.close()
        await server.stop()
    figures: Figures = json.loads(said.decode().strip().rpartition("\n")[2])
    return figures


async def load(url: str) -> Figures:
    """Load the index as the bot does, in this process."""
    database = Database.connect(url)
    await database.ping()
    index, blocked = TopicIndex(Topics(database), ()), 0.0
    parse("warm")

    async def watch() -> None:
        nonlocal blocked
        while True:
            began = time.monotonic()
            await asyncio.sleep(0)
            blocked = max(blocked, time.monotonic() - began)

    gc.collect()
    before, watching = resident(), asyncio.create_task(watch())
    began, spent = time.monotonic(), time.process_time()
    await index.follow()
    took, spent = time.monotonic() - began, time.process_time() - spent
    watching.cancel()
    grown = resident() - before
    began = time.process_time()
    gc.collect()
    collected = time.process_time() - began
    count = await database.call("HLEN", keys.TOPICS.name)
    await database.close()
    return {
        "load_s": round(took, 2),
        "load_cpu_s": round(spent, 2),
        "load_blocks_ms": round(blocked * 1000, 1),
        "bytes_per_topic": round(grown / count),
        "collect_ms": round(collected * 1000),
    }


def resident() -> int:
    """Bytes of memory that the process holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def come_and_go(matcher: Matcher, some: list[Wish]) -> Figures:
    """What it costs to take out topics and put them back."""
    topics = [(topic_id(wish.text), parse(wish.text)) for wish in some]
    gone = cost(lambda named: matcher.remove(named[0]), topics)
    return {"remove_us": gone, "add_us": cost(lambda named: matcher.add(*named), topics)}


def longest_reading() -> float:
    """Milliseconds."""
    return 1000 * max(min(_reading(text) for _ in range(5)) for text in oddities(2000, MOST_CHARACTERS))


def _reading(text: str) -> float:
    began = time.thread_time()
    with suppress(BadTopic):
        parse(text)
    return time.thread_time() - began


def main(sizes: dict[str, int]) -> Figures:
    """Everything, from the smallest size to the largest."""
    made_of, asked = headlines()
    wanted = list(wishes(made_of, max(sizes.values())))
    matcher, figures = Matcher(), Figures()
    for name, size in sizes.items():
        for wish in wanted[len(matcher) : size]:
            matcher.add(topic_id(wish.text), parse(wish.text))
        figures |= measured(matcher, name, asked) | peers(wanted[:size], name, asked)
    figures |= come_and_go(matcher, random.Random(5).sample(wanted, 20_000))
    figures |= pairs(wanted, matcher, asked) | {"parse_ms": longest_reading()}
    figures["guess_us"] = cost(lambda headline: matcher.see(replace(headline, lang="")), asked[:1000])
    figures["guess_us"] -= figures["analyse_us"]
    figures["match_us"] = figures["match_us_100k"]
    figures["ratio_vs_regex"] = figures["regex_us_10k"] / figures["match_us_10k"]
    figures["ratio_vs_regex_whole"] = figures["regex_us_10k"] / (figures["match_us_10k"] + figures["analyse_us"])
    largest = list(sizes)[-1]
    libraries = [value for name, value in figures.items() if "corasick" in name and name.endswith(largest)]
    if libraries:
        figures["ratio_vs_ac"] = min(libraries) / figures[f"match_us_{largest}"]
    return {name: round(value, 2) for name, value in (figures | asyncio.run(loading(wanted))).items()}


if __name__ == "__main__":
    if "--load" in sys.argv:
        print("\n" + json.dumps(asyncio.run(load(sys.argv[-1]))))
    elif not DATA.is_dir():
        print(json.dumps({"skipped": "the real headlines of ../shared/data/headlines are not here"}))
    else:
        print(json.dumps(main(dict(list(SIZES.items())[: 3 if "--quick" in sys.argv else 4]))))
