"""Headlines by their words: the index behind /search. A topic is the query here, and the headlines are the index.

Each word of a headline, in its language, has the list of the headlines that have it, and each key of the word (forms)
has the words: a word that is asked for is found in all its forms, as `matches` finds them.

Here: one shelf of so many headlines, filled once and never changed; and what of it may satisfy a topic.
Not here: which shelves there are (desk/library), what comes first (ranking), the truth that this tells (evidence).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from heapq import nlargest
from math import inf
from typing import TypeAlias

from bot.news.evidence import evidence
from bot.news.forms import found_keys, spoken_as, wanted_keys
from bot.news.model import Headline
from bot.news.text import fold
from bot.news.tokens import ALWAYS, EXACT, PREFIX, asked_by, beside_words
from bot.news.topics_tree import (
    AllOf,
    AnyOf,
    Everything,
    FromSource,
    InLanguage,
    InSection,
    Leaf,
    Near,
    Node,
    Topic,
    Words,
)

# The places of headlines on a shelf.
Places: TypeAlias = set[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A headline that may satisfy a topic: when it was published, in seconds since the epoch.

    `titled` of the words that the topic wants are in its title, from 0 to 1.
    """

    id: str
    published: float
    titled: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a shelf has for a topic: how many headlines, and the best of them.

    `is_sure`: each satisfies it; else some may not, but none that does is missing.
    """

    found: int
    hits: tuple[Hit, ...]
    is_sure: bool


@dataclass(slots=True)
class _Found:
    places: Places
    is_sure: bool = True


class Shelf:
    """Headlines of about one time.

    Millions of small things live here for days: numbers and tuples of numbers, which Python's collector passes by.
    """

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._published = array("d")  # seconds since the epoch
        self._lists: list[array[int]] = []  # of each word: twice a headline's place, plus one where the title has it
        self._words: dict[tuple[str, ...], dict[str, int]] = {}  # by the languages of the text: a word -> its list
        self._by_key: dict[str, dict[str, tuple[int, ...]]] = {}  # by the language of the word: a key -> lists
        self._folded: dict[str, tuple[int, ...]] = {}  # a word as it is compared -> lists
        self._beside: dict[str, array[int]] = {}  # a source, section or language -> places
        self._newest: datetime | None = None
        self._oldest = inf

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def newest(self) -> datetime | None:
        """When the newest of its headlines was published; None where there is none."""
        return self._newest

    def put(self, headline: Headline) -> None:
        """Put a headline at the end. One that was corrected comes again: whoever looks trusts its record."""
        place = len(self._ids)
        self._ids.append(headline.id)
        self._published.append(headline.published_at.timestamp())
        self._oldest = min(self._oldest, self._published[-1])
        self._newest = max(self._newest or headline.published_at, headline.published_at)
        offered = evidence(headline)
        known = self._words.setdefault(offered.langs, {})
        once = dict[str, bool]()
        for at, word in enumerate(offered.words):
            if word:
                once[word] = once.get(word, False) or at < offered.title
        for word, in_title in once.items():
            number = known.get(word)
            if number is None:
                number = known[word] = self._new(word, offered.langs)
            self._lists[number].append(place << 1 | in_title)
        for token in beside_words(offered):
            if token[0] in ":/@":
                self._beside.setdefault(token, array("I")).append(place)

    def look(self, topic: Topic, most: int, worth_of_title: float, since: float = -inf) -> Look:
        """The `most` best of the headlines that may satisfy the topic, in no order.

        Best is what is newest, where all wanted words in the title make up for so many seconds. What was published
        before `since`, in seconds since the epoch, is not listed any more.
        """
        found, wanted, published = self._satisfying(topic.root), _wanted(topic.root), self._published
        places = found.places
        if self._oldest < since:
            places = {place for place in places if published[place] >= since}
        titled = dict[int, int]()
        for leaf in wanted:
            for place in self._having(leaf, in_title=True).places & places:
                titled[place] = titled.get(place, 0) + 1
        share = worth_of_title / max(len(wanted), 1)
        best = nlargest(most, places, key=lambda place: published[place] + share * titled.get(place, 0))
        hits = (Hit(self._ids[at], published[at], titled.get(at, 0) / max(len(wanted), 1)) for at in best)
        return Look(len(places), tuple(hits), found.is_sure)

    def words_like(self, begins: str) -> Iterator[tuple[str, int]]:
        """The words, as they are compared, that begin so, and how many headlines have each."""
        for word, numbers in self._folded.items():
            if word.startswith(begins):
                yield word, sum(len(self._lists[number]) for number in numbers)

    def has(self, word: str) -> bool:
        """Whether some headline has a form of the folded word."""
        return bool(self._forms(word))

    def _new(self, word: str, langs: tuple[str, ...]) -> int:
        """The list of a word that is here for the first time."""
        number = len(self._lists)
        self._lists.append(array("I"))
        for lang in spoken_as(word, langs):
            by_key = self._by_key.setdefault(lang, {})
            for key in found_keys(word, lang):
                if key:
                    by_key[key] = (*by_key.get(key, ()), number)
        plain = fold(word)
        self._folded[plain] = (*self._folded.get(plain, ()), number)
        return number

    def _satisfying(self, node: Node) -> _Found:
        match node:
            case AllOf():
                return self._all(node)
            case AnyOf():
                options = [self._satisfying(part) for part in node.options]
                places = set[int]().union(*(option.places for option in options))
                return _Found(places, all(option.is_sure for option in options))
            case Everything():
                return _Found(set(range(len(self._ids))))
            case _:
                return self._having(node)

    def _all(self, node: AllOf) -> _Found:
        wanted = sorted((self._satisfying(part) for part in node.wanted), key=lambda found: len(found.places))
        places = reduce(set.__and__, (found.places for found in wanted))
        is_sure = all(found.is_sure for found in wanted)
        for part in node.unwanted:
            barred = self._satisfying(part)
            if barred.is_sure:
                places = places - barred.places
            is_sure = is_sure and (barred.is_sure or places.isdisjoint(barred.places))
        return _Found(places, is_sure)

    def _having(self, leaf: Leaf, *, in_title: bool = False) -> _Found:
        match leaf:
            case Words():
                return _Found(self._with_all(leaf.words, in_title or leaf.in_title), len(leaf.words) == 1)
            case Near():
                words, titled = asked_by(leaf), in_title or leaf.left.in_title
                return _Found(self._with_all(words, titled), is_sure=False)
            case FromSource() | InSection() | InLanguage():
                [token] = asked_by(leaf)
                return _Found(set(self._beside.get(token, ())))
            case _:
                return _Found(set(range(len(self._ids))), is_sure=False)

    def _with_all(self, words: Iterable[str], in_title: bool) -> Places:
        """The places of the headlines that have all these words, wherever they stand."""
        found = sorted((self._with_one(word, in_title) for word in set(words)), key=len)
        return reduce(set.__and__, found)

    def _with_one(self, word: str, in_title: bool) -> Places:
        entries = (entry for number in self._forms(word) for entry in self._lists[number])
        return {entry >> 1 for entry in entries if entry & 1 or not in_title}

    def _forms(self, word: str) -> set[int]:
        """The lists of all forms of a word that a topic asks for."""
        if word == ALWAYS:
            return set()
        if word[0] == EXACT:
            return set(self._folded.get(word[1:], ()))
        if word[-1] == PREFIX:
            begins = word[:-1]
            return {number for each, lists in self._folded.items() if each.startswith(begins) for number in lists}
        return {
            number
            for lang, by_key in self._by_key.items()
            for key in wanted_keys(word, lang)
            for number in by_key.get(key, ())
        }


def _wanted(node: Node) -> list[Leaf]:
    """The words that a topic wants, each option of a choice among them."""
    match node:
        case AllOf():
            return [leaf for part in node.wanted for leaf in _wanted(part)]
        case AnyOf():
            return [leaf for part in node.options for leaf in _wanted(part)]
        case Words() | Near():
            return [node]
        case _:
            return []
