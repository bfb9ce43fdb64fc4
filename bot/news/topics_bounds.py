"""How long a topic may be: longer texts were pasted by mistake, and each would cost everybody.

Here: a text's lexemes, if they are not too many to be a topic.
Not here: what they mean (topics_parser).
"""

from __future__ import annotations

from bot.news.errors import BadTopic
from bot.news.said import said
from bot.news.text import spoken
from bot.news.topics_lexer import Lexeme, Sort, is_longer, lexemes

# Room for a ready topic's line in one language.
MOST_CHARACTERS = 1600
MOST_TERMS = 128
# With all operators and brackets between them.
MOST_LEXEMES = 5 * MOST_TERMS
# Each character of Chinese counts as one.
MOST_WORDS = 512

_TERMS = frozenset({Sort.TERM, Sort.PHRASE, Sort.FIELD, Sort.SOURCES})


def few(text: str) -> list[Lexeme]:
    """The lexemes of a text. Raises BadTopic where they, or their words or characters, are too many."""
    if is_longer(text, MOST_CHARACTERS):
        sentence = said("A topic may have {most} characters; make several topics of this one.", most=MOST_CHARACTERS)
        raise BadTopic(sentence, min(len(text), MOST_CHARACTERS))
    if len(text) > MOST_WORDS and not text.isascii() and len(spoken(text)) > MOST_WORDS:
        raise BadTopic(said("A topic may have {most} words; make several topics of it.", most=MOST_WORDS), len(text))
    read: list[Lexeme] = []
    terms = 0
    for lexeme in lexemes(text):
        terms += lexeme.sort in _TERMS
        if terms > MOST_TERMS or len(read) > MOST_LEXEMES:
            sentence = said("A topic may have {most} words and phrases; make several topics of it.", most=MOST_TERMS)
            raise BadTopic(sentence, lexeme.place)
        read.append(lexeme)
    return read
