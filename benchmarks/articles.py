"""How well articles are read from real pages, beside trafilatura and readability-lxml on the same pages, one run.

Prints one JSON object: `f1_aeb`, `f1_fundus`, `f1_readability` (macro, over shingles of four tokens, the metric of
scrapinghub's article-extraction-benchmark), `best_peer_f1_*` of each, `leak` (of the pages that hold a "Read also" line
or a clock row, the share whose text shows one that the truth has not), `ms_per_page` of processor and `pages_per_s`,
the same for each of the `peers` that is installed, and what `_article_facts` prints.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import trafilatura
from lxml import html

from benchmarks._article_facts import facts
from bot.ingest.articles import extract
from bot.news.errors import NotReadable

DATA = Path(__file__).parent.parent.parent / "shared" / "data" / "articles"
# Chosen from the pages, not from the rules under test.
LEAK = re.compile(
    r"^\W*(?:lire (?:aussi|également)|à lire|read (?:also|more|next)|also read|see also|related(?: stor| article|:)|"
    r"more on|le[ae]r? también|leia (?:também|mais)|leggi anche|lesen sie|auch interessant|lees ook|les også|"
    r"läs (?:också|mer)|читайте также|по теме|اقرأ|(?:[01]?\d|2[0-3])[:h][0-5]\d\W+\w+ \w+)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, where it came from, and the text that a person took from it."""

    part: str
    url: str
    body: bytes
    truth: str


def samples() -> Iterator[Sample]:
    """Every page that has a true text."""
    folder = DATA / "article-extraction-benchmark"
    for name, truth in json.loads((folder / "ground-truth.json").read_text()).items():
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Sample("aeb", truth["url"] or "https://page.invalid/", body, truth["articleBody"])
    for info in sorted(DATA.glob("fundus/*/meta.info")):
        yield from _publishers(info)
    for folder in sorted(path.parent for path in DATA.glob("readability/*/expected.html.gz")):
        truth = plain(gzip.decompress((folder / "expected.html.gz").read_bytes()).decode())
        body = gzip.decompress((folder / "source.html.gz").read_bytes())
        yield Sample("readability", "http://fakehost/test/page.html", body, truth)


def _publishers(info: Path) -> Iterator[Sample]:
    for name, told in sorted(json.loads(info.read_text()).items()):
        publisher = name.rsplit("_", 3)[0]
        path, truths = info.parent / name, info.parent / f"{publisher}.json"
        if not (path.exists() and truths.exists()):
            continue
        versions = json.loads(truths.read_text())
        pages = sorted(page.name for page in info.parent.glob(f"{publisher}_[0-9]*.html.gz"))
        if len(versions) != len(pages):
            continue  # which truth belongs to which page is not told
        body = versions[sorted(versions)[pages.index(name)]].get("body") or {}
        parts = [section["headline"] + section["paragraphs"] for section in body.get("sections", [])]
        if truth := "\n".join([*body.get("summary", []), *(line for part in parts for line in part)]):
            yield Sample("fundus", told["url"], gzip.decompress(path.read_bytes()), truth)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words, with how often it occurs; one letter is one letter, composed or not."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text))
    return Counter(tuple(words[place : place + 4]) for place in range(max(1, len(words) - 3)))


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """F1 of the mean precision and the mean recall over (truth, found)."""
    precision = recall = 0.0
    for truth, found in pairs:
        true, read = shingles(truth), shingles(found)
        both = (true & read).total()
        precision += both / read.total()
        recall += both / true.total()
    return 2 * precision * recall / ((precision + recall) * len(pairs)) if pairs else 0.0


def leaks(sample: Sample, found: str) -> bool:
    """True where the text shows a line that leads elsewhere and that the truth has not."""
    truth = " ".join(sample.truth.split())
    return any(LEAK.match(line) and " ".join(line.split()) not in truth for line in found.splitlines())


def ours(sample: Sample) -> str:
    """The text as the bot shows it."""
    try:
        return extract(sample.body, sample.url).text
    except NotReadable:
        return ""


def theirs(sample: Sample) -> str:
    """The text as trafilatura gives it."""
    return trafilatura.extract(sample.body, url=sample.url, include_comments=False) or ""


def precisely(sample: Sample) -> str:
    """The text as trafilatura gives it when told to prefer precision."""
    return trafilatura.extract(sample.body, url=sample.url, include_comments=False, favor_precision=True) or ""


def readability(sample: Sample) -> str:
    """The text as readability-lxml gives it."""
    from readability import Document
    from readability.readability import Unparseable

    try:
        return plain(Document(sample.body).summary())
    except (Unparseable, ValueError):
        return ""


def plain(markup: str) -> str:
    """The words of markup."""
    return html.fromstring(markup).text_content() if markup.strip() else ""


def peers() -> dict[str, Callable[[Sample], str]]:
    """The others, as far as they are installed."""
    found = {"trafilatura": theirs, "trafilatura precision": precisely}
    return found | ({"readability-lxml": readability} if find_spec("readability") else {})


def measure(read: Callable[[Sample], str], pages: Sequence[Sample]) -> dict[str, float]:
    """The figures of one way of reading."""
    read(pages[0])  # what is loaded once is not a page's cost
    began = time.process_time()
    found = [read(page) for page in pages]
    spent = time.process_time() - began
    pairs = list(zip(pages, found, strict=True))
    holding = [(page, text) for page, text in pairs if holds(page)]
    f1 = {
        f"f1_{part}": round(macro_f1([(page.truth, text) for page, text in pairs if page.part == part]), 4)
        for part in dict.fromkeys(page.part for page in pages)
    }
    return {
        **f1,
        "leak": round(sum(leaks(page, text) for page, text in holding) / max(1, len(holding)), 4),
        "ms_per_page": round(1000 * spent / len(pages), 1),
        "pages_per_s": round(len(pages) / spent, 1),
    }


@cache
def holds(page: Sample) -> bool:
    """Whether a page holds a line that must not leak."""
    text = trafilatura.html2txt(page.body.decode("utf-8", "replace"), clean=False)
    spread = "\n".join(re.split(r"(?<=[.!?])\s|\s{2,}|\n", text))
    return bool(LEAK.search(spread)) or leaks(page, theirs(page))


def main() -> int:
    if not DATA.is_dir():
        print(json.dumps({"skipped": "the real pages of ../shared/data/articles are not here"}))
        return 0
    pages = list(samples())
    own = measure(ours, pages)
    others = {name: measure(read, pages) for name, read in peers().items()}
    best = {f"best_peer_{name}": max(peer[name] for peer in others.values()) for name in own if name.startswith("f1_")}
    missing = {} if "readability-lxml" in others else {"readability-lxml": "not installed"}
    print(json.dumps({"pages": len(pages), **own, **best, "peers": {**others, **missing}, **facts(DATA)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
