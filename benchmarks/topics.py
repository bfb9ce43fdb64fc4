"""Does a topic find all forms of its word, and only those?

`../shared/data/morph/ud_pud`: the same news sentences in nine languages, each word with its basic form (lemma).
A topic is one form of a noun, name, verb or adjective of three letters or more (Chinese and Korean: two
characters), whose lemma stands there in two forms or more; Chinese has no forms: in two sentences or more. It
should find the sentences that hold any form of the lemma. Every form is asked for in turn; F1 is the mean over
the forms of a lemma, then over lemmas, so that verbs of thirty forms do not outweigh all others. `f1_xx` goes
through parse and Matcher, the language given. Beside it, on the same topics and sentences: `exact_xx` (the same
word, case aside), `substring_xx`, and `snowball_xx` (equal stems; no stemmer for Chinese and Korean).

`analyse_us`: processor microseconds to normalise, split and stem one headline, caches warmed by as many others
(English and French). `<xx>.forms`, `read_s`, `mb`: a dictionary's entries, the time to read it, what stays.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import Stemmer

from benchmarks.match import resident
from bot.news import lexicon
from bot.news.errors import BadTopic
from bot.news.forms import found_keys
from bot.news.matcher import Matcher
from bot.news.model import Headline
from bot.news.text import spoken
from bot.news.topics import parse

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LANGUAGES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "de": "German",
    "ru": "Russian",
    "tr": "Turkish",
    "ar": "Arabic",
    "zh": "Chinese",
    "ko": "Korean",
}
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ"}
NO_STEMMER = {"zh", "ko"}


class Token(NamedTuple):
    """A word of a sentence as the treebank has it."""

    form: str
    lemma: str
    kind: str


class Corpus(NamedTuple):
    """The sentences of a language, where each lemma stands, and the forms of those that are asked for."""

    texts: list[str]
    tokens: list[list[Token]]
    places: dict[str, set[int]]
    asked: dict[str, set[str]]


def read(lang: str) -> Corpus:
    """One half of the language's treebank."""
    texts, tokens = [], []
    places, forms = defaultdict[str, set[int]](set), defaultdict[str, set[str]](set)
    for number, (text, found) in enumerate(_sentences(DATA / "morph" / "ud_pud" / LANGUAGES[lang])):
        texts.append(text)
        tokens.append(found)
        for token in found:
            places[token.lemma].add(number)
            if token.kind in CONTENT and len(token.form) >= (2 if lang in NO_STEMMER else 3):
                forms[token.lemma].add(token.form)
    enough = {lemma for lemma in forms if len(places[lemma] if lang == "zh" else forms[lemma]) > 1}
    return Corpus(texts, tokens, places, {lemma: forms[lemma] for lemma in enough})


def _sentences(folder: Path) -> Iterator[tuple[str, list[Token]]]:
    """Each sentence with its words; what is written as one and is several words counts as these."""
    (file,) = folder.glob("*.gz")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for block in lines.read().strip().split("\n\n"):
            text = next(line[9:] for line in block.split("\n") if line.startswith("# text = "))
            rows = [line.split("\t") for line in block.split("\n") if line[0] != "#"]
            words = [row for row in rows if row[0].isdecimal()]
            yield text, [Token(r[1].lower(), (r[1] if r[2] == "_" else r[2]).lower(), r[3]) for r in words]


def f1(corpus: Corpus, search: Callable[[str], Set[int]]) -> float:
    """How well `search` finds a lemma's sentences by one of its forms."""
    return mean(
        mean(2 * len(found & right) / (len(found) + len(right)) for found in map(search, forms))
        for lemma, forms in corpus.asked.items()
        for right in [corpus.places[lemma]]
    )


def by_topic(corpus: Corpus, lang: str) -> Callable[[str], Set[int]]:
    """The product: every form is a topic, every sentence a headline. A form that is no topic finds nothing."""
    matcher, found = Matcher(), defaultdict[str, set[int]](set)
    for form in {form for forms in corpus.asked.values() for form in forms}:
        try:
            matcher.add(form, parse(form))
        except BadTopic:
            continue
    for number, text in enumerate(corpus.texts):
        for form in matcher.match(Headline(str(number), text, "", "pud", NOON, NOON, lang=lang)):
            found[form].add(number)
    return lambda form: found[form]


def by_word(corpus: Corpus) -> Callable[[str], Set[int]]:
    """The sentences in which the form stands between spaces and signs."""
    found = defaultdict[str, set[int]](set)
    for number, text in enumerate(corpus.texts):
        for word in re.findall(r"\w+", text.lower()):
            found[word].add(number)
    return lambda form: found[form]


def by_stem(corpus: Corpus, lang: str) -> Callable[[str], Set[int]]:
    """The sentences with a word of the form's stem, as the treebank cuts words, which spares the stemmer a lot."""
    stem, found = Stemmer.Stemmer(LANGUAGES[lang].lower()).stemWord, defaultdict[str, set[int]](set)
    for number, tokens in enumerate(corpus.tokens):
        for token in tokens:
            found[stem(token.form)].add(number)
    return lambda form: found[stem(form)]


def by_substring(corpus: Corpus) -> Callable[[str], Set[int]]:
    """The sentences in which the form stands, be it within a word."""
    lowered = [text.lower() for text in corpus.texts]
    return lambda form: {number for number, text in enumerate(lowered) if form in text}


def measured(lang: str) -> dict[str, float | dict[str, float]]:
    """The figures of one language."""
    before, began = resident() / (1 << 20), time.process_time()
    forms = lexicon.read(lang)
    taken = {"forms": forms, "read_s": time.process_time() - began, "mb": resident() / (1 << 20) - before}
    corpus = read(lang)
    figures = {
        f"f1_{lang}": f1(corpus, by_topic(corpus, lang)),
        f"exact_{lang}": f1(corpus, by_word(corpus)),
        f"substring_{lang}": f1(corpus, by_substring(corpus)),
    }
    if lang not in NO_STEMMER:
        figures[f"snowball_{lang}"] = f1(corpus, by_stem(corpus, lang))
    dictionary = {lang: {name: round(value, 2) for name, value in taken.items()}} if forms else {}
    return {name: round(value, 3) for name, value in figures.items()} | dictionary


def analyse_us() -> float:
    """Processor time for a headline's words and their keys: the median of five runs over headlines not seen before."""
    files = {"en": ("ag_news/test.csv", 1), "fr": ("french_google_news_one_day/test_one_day.csv", 0)}
    lines = []
    for lang, (name, column) in files.items():
        with (DATA / "headlines" / name).open(encoding="utf-8", newline="") as rows:
            lines += [(row[column], lang) for row in islice(csv.reader(rows), 3000)]
    lines = lines[::2] + lines[1::2]
    half, runs = len(lines) // 2, []
    for _ in range(5):
        found_keys.cache_clear()
        for text, lang in lines[:half]:
            _analyse(text, lang)
        began = time.process_time()
        for text, lang in lines[half:]:
            _analyse(text, lang)
        runs.append((time.process_time() - began) * 1e6 / (len(lines) - half))
    return round(median(runs), 1)


def _analyse(text: str, lang: str) -> list[tuple[str, ...]]:
    return [found_keys(word, lang) for word in spoken(text)]


def main() -> None:
    if not DATA.exists():
        print(json.dumps({"skipped": "there are no sentences to search"}))
        return
    figures: dict[str, float | dict[str, float]] = {}
    for lang in LANGUAGES:
        figures |= measured(lang)
    print(json.dumps({"analyse_us": analyse_us()} | figures))


if __name__ == "__main__":
    main()
