"""The topic language: what people want to hear about, in their words.

    morocco summit            both words, in any form
    "climate change"          these words, one after the other
    cat OR dog    cat | dog   at least one of them
    cup -football             the first without the second; also: cup NOT football
    (cat OR dog) food         brackets
    source:bbc   lang:fr      from this source; in this language
    *                         every headline

Case, accents and word forms make no difference. Operators are written in capitals.

Here: the door to the language.
Not here: how it is read (topics_parser), told (topics_told), looked up (matcher).
"""

from bot.news.topics_parser import parse
from bot.news.topics_told import canonical, caret, explain
from bot.news.topics_tree import OfStory, Topic

__all__ = ["Topic", "canonical", "caret", "explain", "following", "parse"]


def following(story: str) -> Topic:
    """The topic of those who follow a story."""
    return Topic(OfStory(story))
