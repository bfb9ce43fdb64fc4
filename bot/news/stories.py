"""Which story does a headline tell again? Owns the stories of the last 48 hours.

A headline is compared with whole stories, never with single headlines, which chain. Two things speak for a story.
*Likeness*: the cosine of the headline's words to the story's, each word weighed by how few stories have it. Stories
are counted, not headlines: a word that a hundred headlines of one story have is no common word. A headline's weights
stay as they were when it came, for the same reason. *Ownership*: words that this story has nearly to itself. A story
of one headline has told little about itself, so it asks for more than a big one.

Here: find, add, forget.
Not here: a headline's words (story_words), meanings (story_vectors), what is breaking (growth), which of several
processes decides (store/stories).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest

from bot.news.model import Headline
from bot.news.story_vectors import StoryVectors
from bot.news.story_words import Kind, is_next_of_kind, kind_of, story_words

WINDOW = timedelta(hours=48)
# The constants below, and this one, were searched for on the 40 real stories of benchmarks/stories.py, all of them.
ALERT_POINT = 0.31
# What a story of one headline must have beyond that; a story of n headlines, this / √n.
_BEYOND = 0.13
_OWNERSHIP = 0.3
# A word's first headlines do not yet make it a story's own.
_DOUBT = 2
# As if so many stories had been seen before the first one, so that the first words are not all common.
_SEEN_BEFORE = 200
# While few stories were seen nobody knows which words are common, and "of the" seems as rare as a name: before the
# first story so much more is asked for, half of it after so many.
_UNTAUGHT, _TAUGHT = 0.35, 30
# Of so many words it is remembered how common they were in stories that are over; then what is rare is forgotten.
_PAST_WORDS = 50_000
# What is worded nearly as before, but with other numbers, is the next of a kind: results, forecasts, prices. Of one
# source so many of all words must be the same; of two sources nearly all, as only a template makes them.
_SAME_WORDS, _ALL_WORDS = 0.6, 0.8
# Two words in common, "news of", tell no story where there are hardly more.
_SHORT, _SHARED_OF_SHORT = 5, 3
# A source tells what it alone told until now again when there is something new: that must be so much nearer to be a
# retelling.
_ITS_OWN = 0.25
# How far a meaning that is more or less alike than is usual moves the decision.
_MEANING, _USUALLY_ALIKE = 1.0, 0.5
# So alike, and no word need be shared: translations of a headline are .68 to .90 alike, others of one day up to .43.
_SAME_MEANING = 0.72
# Words of more stories than these tell no story by themselves; of the stories found, the best are looked at closely.
_LOOKED_THROUGH, _LOOKED_AT = 300, 12


@dataclass(slots=True)
class _Story:
    """What its headlines said together.

    `words`: in how many of them each is; `square`: the squared length of the summed weights; `last`: each source's
    last headline; `latest`: that of all.
    """

    headlines: int = 0
    square: float = 0.0
    words: dict[str, int] = field(default_factory=dict)
    last: dict[str, Kind] = field(default_factory=dict)
    latest: Kind | None = None


@dataclass(frozen=True, slots=True)
class _Telling:
    story: str
    at: datetime
    weights: dict[str, float]


class Stories:
    """The stories of the last 48 hours, in memory. The same calls in the same order give the same answers."""

    def __init__(self, *, near: float = ALERT_POINT, vectors: StoryVectors | None = None) -> None:
        self._near = near
        self._vectors = vectors
        self._stories: dict[str, _Story] = {}
        self._tellings: dict[str, _Telling] = {}  # in the order in which they came
        self._index: dict[str, dict[str, float]] = {}  # word -> story -> the word's summed weight there
        self._told: dict[str, int] = {}  # word -> headlines
        self._past: dict[str, int] = {}  # word -> stories that are over
        self._over = 0

    def __len__(self) -> int:
        """How many stories are open."""
        return len(self._stories)

    def __contains__(self, headline: str) -> bool:
        """Whether a headline of this id tells an open story."""
        return headline in self._tellings

    def find(self, headline: Headline, vector: Sequence[float] | None = None) -> str | None:
        """The id of the story that `headline` tells again; None where it begins one. Corrected, it tells the same."""
        if headline.id in self._tellings:
            return self._tellings[headline.id].story
        weights = self._weights(story_words(headline))
        shared = self._sharing(weights)
        alike: dict[str, float] = {}
        if self._vectors is not None and vector is not None:
            alike = self._vectors.alike(vector, shared)
            shared = list(dict.fromkeys([*shared, *alike]))
        best, most, kind = None, 0.0, kind_of(weights)
        for story in shared:
            if self._is_next_of_kind(headline.source, kind, story):
                continue
            beyond = self._beyond(headline.source, story, weights, alike.get(story, _USUALLY_ALIKE))
            if beyond >= most and (best is None or beyond > most):
                best, most = story, beyond
        return best

    def add(self, headline: Headline, story: str, vector: Sequence[float] | None = None) -> None:
        """`headline` tells `story`, which need not be known here; a headline that begins one gives it its own id."""
        self.discard(headline.id)
        self.forget(headline.seen_at)
        weights = self._weights(story_words(headline))
        told = self._stories.setdefault(story, _Story())
        told.headlines += 1
        told.last[headline.source] = told.latest = kind_of(weights)
        for word, weight in weights.items():
            stories = self._index.setdefault(word, {})
            before = stories.get(story, 0.0)
            stories[story] = before + weight
            told.square += weight * (2 * before + weight)
            told.words[word] = told.words.get(word, 0) + 1
            self._told[word] = self._told.get(word, 0) + 1
        self._tellings[headline.id] = _Telling(story, headline.seen_at, weights)
        if self._vectors is not None and vector is not None:
            self._vectors.add(story, vector)

    def news_in(self, headline: Headline, story: str) -> float:
        """Which share of the headline's words no other headline of the story has: 0 for one told word for word."""
        told, words = self._stories.get(story), story_words(headline)
        own = 1 if headline.id in self._tellings else 0
        fresh = [word for word in words if told is None or told.words.get(word, 0) <= own]
        return len(fresh) / len(words) if words else 0.0

    def forget(self, now: datetime) -> None:
        """Forget the headlines that came more than 48 hours before `now`, and the stories that have no others."""
        while self._tellings:
            oldest, telling = next(iter(self._tellings.items()))
            if telling.at >= now - WINDOW:
                return
            self._drop(oldest)
            if telling.story not in self._stories:
                self._learn(telling.weights)

    def _learn(self, words: Iterable[str]) -> None:
        """A story is over; the words of its last headline stand for it among those of before."""
        self._over += 1
        for word in words:
            self._past[word] = self._past.get(word, 0) + 1
        if len(self._past) > _PAST_WORDS:
            self._past = {word: times // 2 for word, times in self._past.items() if times > 1}
            self._over //= 2

    def discard(self, headline: str) -> None:
        """Forget a headline, as if it had not been added."""
        if headline in self._tellings:
            self._drop(headline)

    def _weights(self, words: Sequence[str]) -> dict[str, float]:
        """Each word's weight by how few stories have it, or had it; their squares sum to 1."""
        seen, past = len(self._stories) + self._over + _SEEN_BEFORE + 1, self._past
        having = {word: len(self._index.get(word, ())) + past.get(word, 0) for word in words}
        weights = {word: math.log(seen / (stories + 0.5)) for word, stories in having.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}

    def _sharing(self, weights: dict[str, float]) -> list[str]:
        """The open stories that share most with a headline, looked for by its rarest words."""
        found: dict[str, float] = {}
        rest = _LOOKED_THROUGH
        lists = [(stories, weight) for word, weight in weights.items() if (stories := self._index.get(word))]
        for stories, weight in sorted(lists, key=lambda pair: len(pair[0])):
            rest -= len(stories)
            if rest < 0:
                break
            for story, told in stories.items():
                found[story] = found.get(story, 0.0) + weight * told
        if len(found) <= _LOOKED_AT:
            return list(found)
        likeness = {story: dot * dot / self._stories[story].square for story, dot in found.items()}
        return nlargest(_LOOKED_AT, likeness, key=likeness.__getitem__)

    def _is_next_of_kind(self, source: str, kind: Kind, story: str) -> bool:
        told = self._stories[story]
        own, latest = told.last.get(source), told.latest
        return is_next_of_kind(kind, own, _SAME_WORDS) or is_next_of_kind(kind, latest, _ALL_WORDS)

    def _beyond(self, source: str, story: str, weights: dict[str, float], alike: float) -> float:
        """By how much a headline is nearer to a story than it has to be to tell it."""
        told = self._stories[story]
        dot, others, shared = 0.0, 1.0, 0
        for word, weight in weights.items():
            times = told.words.get(word)
            if times:
                shared += 1
                dot += weight * self._index[word][story]
                owned = times / (self._told[word] + _DOUBT)
                others *= 1.0 - owned * math.sqrt(times / told.headlines)
        # Where only wordless headlines are left, rounding may leave a square below zero.
        near = dot / math.sqrt(told.square) if told.square > 0 else 0.0
        near += _OWNERSHIP * (1.0 - others) + _MEANING * (alike - _USUALLY_ALIKE)
        if told.last.keys() == {source}:
            near -= _ITS_OWN
        near -= _UNTAUGHT * _TAUGHT / (_TAUGHT + len(self._stories) + self._over)
        if len(weights) < _SHORT and shared < min(_SHARED_OF_SHORT, len(weights)):
            near = -math.inf
        return max(near - self._near - _BEYOND / math.sqrt(told.headlines), alike - _SAME_MEANING)

    def _drop(self, headline: str) -> None:
        telling = self._tellings.pop(headline)
        told = self._stories[telling.story]
        told.headlines -= 1
        if not told.headlines:
            del self._stories[telling.story]
            if self._vectors is not None:
                self._vectors.forget(telling.story)
        for word, weight in telling.weights.items():
            stories = self._index[word]
            left = stories[telling.story] - weight
            told.square -= weight * (2 * left + weight)
            told.words[word] -= 1
            self._told[word] -= 1
            stories[telling.story] = left
            if not told.words[word]:
                del told.words[word], stories[telling.story]
            if not self._told[word]:
                del self._told[word], self._index[word]
