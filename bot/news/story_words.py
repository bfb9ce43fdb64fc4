"""The words by which a headline's story is known. Owns what of a headline is compared.

An address often spells the title as the article's own page has it, where the box or feed cuts or rewords it. On real
headlines its words are worth .02 to .03 of B-cubed F1.

Here: the stems of title and address.
Not here: word forms (forms), comparing (stories).
"""

from __future__ import annotations

import re
from functools import lru_cache
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
_FILE_KINDS = {"html", "htm", "php", "aspx", "article", "story"}


@lru_cache(64)  # a headline is looked for and then added
def story_words(headline: Headline) -> tuple[str, ...]:
    """The different stems of a headline's title and of its address, in order."""
    title, lang = headline.title[:_LONGEST_TITLE], languages.of(headline)
    langs = (lang,) if lang else ()
    return tuple(
        dict.fromkeys(
            found_keys(word, spoken_as(word, langs)[0])[0] for word in (*spoken(title), *_address_words(headline.url))
        )
    )


def _address_words(url: str) -> list[str]:
    """The words of the part of an address that has most of them; none where they are too few to tell a story."""
    try:
        path = urlsplit(url[:_LONGEST_ADDRESS]).path
    except ValueError:
        return []
    parts = (_WORD.findall(part) for part in unquote(path).lower().split("/"))
    found = max(parts, key=len, default=[])
    return [word for word in found if word not in _FILE_KINDS] if len(found) >= _FEWEST else []
