"""The words by which a headline's story is known. Owns what of a headline is compared.

An address often spells the title as the article's own page has it, where the box or feed cuts or rewords it. On real
headlines its words are worth .02 to .03 of B-cubed F1.

Here: the stems of title and address; whether a headline is the next of a kind.
Not here: word forms (forms), comparing (stories).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from bot.news import languages
from bot.news.forms import found_keys, spoken_as
from bot.news.model import Headline
from bot.news.text import spoken

# A title is far shorter; what a stranger puts there must not cost more.
_LONGEST_TITLE, _LONGEST_ADDRESS = 300, 500
# An address of fewer words names a section or a number, not what happened.
_FEWEST = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
# A headline's words without its numbers, and its numbers.
Kind: TypeAlias = tuple[frozenset[str], frozenset[str]]
_FILE_KINDS = {"html", "htm", "php", "aspx", "article", "story"}


@lru_cache(256)  # a batch of headlines (workers/alerter) is looked for and added, and then looked at for news
def story_words(headline: Headline) -> tuple[str, ...]:
    """The different stems of a headline's title and of its address, in order."""
    title, lang = headline.title[:_LONGEST_TITLE], languages.of(headline)
    langs = (lang,) if lang else ()
    return tuple(dict.fromkeys(_key(word, langs) for word in (*spoken(title), *_address_words(headline.url))))


def _key(word: str, langs: tuple[str, ...]) -> str:
    """What stands for all forms of a word; a number stands for itself, though dictionaries hold 100 to be a hundred."""
    return word if _is_number(word) else found_keys(word, spoken_as(word, langs)[0])[0]


def _address_words(url: str) -> list[str]:
    """The words of the part of an address that has most of them; none where they are too few to tell a story."""
    try:
        path = urlsplit(url[:_LONGEST_ADDRESS]).path
    except ValueError:
        return []
    parts = (_WORD.findall(part) for part in unquote(path).lower().split("/"))
    found = max(parts, key=len, default=[])
    return [word for word in found if word not in _FILE_KINDS] if len(found) >= _FEWEST else []


def kind_of(words: Iterable[str]) -> Kind:
    """A headline's words without its numbers, and its numbers."""
    numbers = frozenset(filter(_is_number, words))
    return frozenset(words) - numbers, numbers


def is_next_of_kind(own: Kind, before: Kind | None, as_alike: float) -> bool:
    """Whether a headline has the words of one before, or such a share of them, and other numbers."""
    if before is None or own[1] == before[1]:
        return False
    return len(own[0] & before[0]) >= as_alike * len(own[0] | before[0])


def _is_number(word: str) -> bool:
    """Whether a word, or what stands for one, is or has a number. What dictionaries know begins with = and has none."""
    return word[:1] != "=" and any(map(str.isdigit, word))
