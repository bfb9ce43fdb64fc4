"""Topics as people ask for them, made of the words of real headlines: one to four words, phrases, choices, exclusions.

Here: headlines; topics as text, each in its one spelling and of no other's meaning, and in parts that peers understand.
Not here: what is measured (match), the peers (_peers).
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.news.errors import BadTopic
from bot.news.model import Headline
from bot.news.text import fold
from bot.news.topics import canonical, parse

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "headlines"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# How people ask, and how often of ten.
SHAPES = ("one", "one", "two", "two", "two", "three", "phrase", "phrase", "choice", "without")
# Nobody asks for "with the".
TOO_COMMON = 200


# What is dear to read: other scripts, signs that stand for words, lists without operators.
ODD = ("élection,", "news", "🔥", "ﷺ", "climat*", "、", "http://a.b", "~60:", "l'Iran", "=cat", "(", ")", "-", "中国",
       "değil", "or", "but not", "source:bbc", "near/3", "e\u0301", "1,000", "“", "title:", "المغرب", " ")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """A topic: one of each of `wanted` (words or phrases), none of `unwanted`."""

    text: str
    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[str, ...] = ()


def headlines() -> tuple[list[Headline], list[Headline]]:
    """Real headlines in English and French: three quarters to make topics of, and the others to ask with."""
    with (DATA / "ag_news" / "test.csv").open(encoding="utf-8", newline="") as rows:
        english = [(row[1], "en") for row in csv.reader(rows)]
    with (DATA / "french_google_news_one_day" / "test_one_day.csv").open(encoding="utf-8", newline="") as rows:
        french = [(row[0], "fr") for row in csv.reader(rows)]
    everything = [
        Headline(str(place), title, "https://example.org/", "bench", NOON, NOON, lang=lang)
        for place, (title, lang) in enumerate(english + french)
    ]
    asked = everything[::4]
    random.Random(3).shuffle(asked)
    return [headline for place, headline in enumerate(everything) if place % 4], asked


def oddities(count: int, length: int) -> list[str]:
    """So many texts of so many characters that nobody would type as a topic."""
    dice = random.Random(11)
    pieces = ("".join(dice.choices(ODD, k=dice.randint(1, 4))) for _ in range(count))
    return [(piece * length)[:length] for piece in pieces]


def wishes(made_of: list[Headline], count: int) -> Iterator[Wish]:
    """So many different topics."""
    dice = random.Random(7)
    lines = _lines([headline.title for headline in made_of])
    seen = set()
    while len(seen) < count:
        wish = _wish(dice.choice(lines), dice.choice(lines), dice)
        if wish.text not in seen:
            seen.add(wish.text)
            yield wish


def of_every_kind(said: list[str], dice: random.Random) -> list[str]:
    """Expressions with every part of the language, of two words of a headline, that it may satisfy or not."""
    one, two = dice.choice(said), dice.choice(said)
    expressions = [
        f"{one[:4]}*",
        f"={one}",
        f"title:{one} ={two}",
        f"{one[:5]}* -{two[:4]}*",
        f"title:({one} OR {two}) lang:fr",
        f"={one} near/3 {two[:4]}*",
        f'{one} -"{one} {two}"',
        f'"={one} {two[:4]}*"',
        f"{one} sources>=2",
        f"{one} source:bench",
        f"({one} lang:en) OR ({two} -lang:en)",
    ]
    return list(filter(_is_possible, expressions))


def _is_possible(expression: str) -> bool:
    try:
        parse(expression)
    except BadTopic:  # of the same word twice some make a contradiction
        return False
    return True


def _lines(titles: list[str]) -> list[list[str]]:
    split = [re.findall(r"[^\W\d_]{3,}", title.lower()) for title in titles]
    common = {word for word, _ in Counter(word for line in split for word in line).most_common(TOO_COMMON)}
    plain = {word: fold(word) for line in split for word in line if word not in common}
    known = {word: word for word in set(plain.values()) if canonical(parse(word)) == word}
    lines = [[known[plain[word]] for word in line if plain.get(word) in known] for line in split]
    return [line for line in lines if len(line) > 3]


def _wish(line: list[str], other: list[str], dice: random.Random) -> Wish:
    start = dice.randrange(len(line) - 1)
    match dice.choice(SHAPES):
        case "one":
            return _all_of({dice.choice(line), *((dice.choice(other),) if dice.random() < 0.5 else ())})
        case "phrase":
            phrase = f"{line[start]} {line[start + 1]}"
            return Wish(f'"{phrase}"', ((phrase,),))
        case "choice" if len(options := {dice.choice(line), dice.choice(other)}) > 1:
            word, (one, two) = dice.choice(line), sorted(options)
            if word not in options:
                return Wish(f"({one} OR {two}) {word}", ((one, two), (word,)))
        case "without" if (unwanted := dice.choice(other)) not in line:
            both = _all_of({line[start], line[start + 1]})
            return Wish(f"{both.text} -{unwanted}", both.wanted, (unwanted,))
        case "three":
            return _all_of(set(dice.sample(line, 3)))
    return _all_of(set(dice.sample(line, 2)))


def _all_of(words: set[str]) -> Wish:
    return Wish(" ".join(sorted(words)), tuple((word,) for word in sorted(words)))
