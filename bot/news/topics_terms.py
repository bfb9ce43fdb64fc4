"""The smallest parts of a topic, read one at a time. Owns what a word, a phrase and a field may look like.

Here: a lexeme -> a leaf of the tree, or BadTopic with the place (the expression is added by the parser).
Not here: how parts are joined (topics_parser), what a leaf means (topics_tree).
"""

from __future__ import annotations

import re
import unicodedata

from bot.news.errors import BadTopic
from bot.news.languages import CODES
from bot.news.said import Said, said
from bot.news.sections import section_name
from bot.news.text import clean, words
from bot.news.topics_lexer import QUOTES, Lexeme
from bot.news.topics_tree import Everything, FromSource, InLanguage, InSection, Leaf, Meaning, OfStory, ToldBy, Words

# A shorter beginning is that of half of all words.
SHORTEST_PREFIX = 3
MOST_SOURCES = 50
FARTHEST = 20
_LONGEST_NAME = 60
_LONGEST_MEANING = 300
_SHOWN = 60

NAME_A_SOURCE = said("Write the name of a source directly behind source:, as in: source:bbc")
NAME_A_SECTION = said("Write the name of a section directly behind section:, as in: section:sport")

_SOURCES = re.compile(r"sources\s*(>=|≥|>|:)\s*(\d{1,9})", re.IGNORECASE)
_NEAR = re.compile(r"near\s*/\s*(\d{1,9})", re.IGNORECASE)
_STORY = re.compile(r"[A-Za-z0-9._:-]{1,40}")
_AT_THE_END = " ,.;:!?'"


def term(lexeme: Lexeme, *, in_title: bool) -> Words | Everything | None:
    """One run without quotation marks; None where it is only punctuation, which asks for nothing."""
    if lexeme.text.isalnum() and lexeme.text.isascii():  # nearly all are so, and a million are read at a start
        return Words((lexeme.text.lower(),), lexeme.text[:_SHOWN], in_title)
    if lexeme.text == "*":
        return Everything()
    if found := _terms(lexeme.text, lexeme.place):
        return Words(found, shown(lexeme.text), in_title)
    if any(unicodedata.category(character) == "So" for character in lexeme.text):
        raise BadTopic(
            said("There is no letter or digit to look for in {text}; write words.", text=shown(lexeme.text)),
            lexeme.place,
        )
    return None


def phrase(lexeme: Lexeme, *, in_title: bool) -> Words:
    """Words between quotation marks, each as it might stand alone."""
    inside = lexeme.text[1:-1]
    runs = [(run[0], lexeme.place + 1 + run.start()) for run in re.finditer(r"\S+", inside)]
    found = tuple(word for run, place in runs for word in _terms(run, place))
    if not found:
        raise BadTopic(said("There is no word between these quotation marks."), lexeme.place)
    return Words(found, shown(inside), in_title)


def _terms(run: str, place: int) -> tuple[str, ...]:
    """The terms in a run: `word`, `=word`, `word*`."""
    is_exact = run.startswith("=")
    star = run.find("*")
    if star < 0:
        return tuple(f"={word}" if is_exact else word for word in words(run))
    if run[star:].rstrip(_AT_THE_END) != "*" or not (found := words(run[:star])):
        raise BadTopic(
            said("A * stands alone, for every headline, or ends the beginning of a word: climat*"), place + star
        )
    if is_exact:
        raise BadTopic(said("= is for this form only, and * for all that begins so; leave one of them out."), place)
    *before, last = found
    if len(last) == 1 and len(words(last * 2)) == 2:  # Chinese and its like: each character is a word anyway
        return tuple(found)
    if len(last) < SHORTEST_PREFIX:
        raise BadTopic(
            said("Half of all words begin so; write {n} letters or more before the *.", n=SHORTEST_PREFIX), place
        )
    return (*before, f"{last}*")


def field(lexeme: Lexeme) -> Leaf:
    """What stands behind source:, section:, lang: or story:."""
    typed, _, rest = lexeme.text.partition(":")
    name, value, place = typed.lower(), clean(rest).strip(f"{QUOTES} "), lexeme.place + len(typed) + 1
    match name:
        case "lang":
            return _language(value.lower(), place)
        case "source":
            return FromSource(_name(value.lower(), NAME_A_SOURCE, "source:bbc", place))
        case "section":
            return InSection(_name(section_name(value), NAME_A_SECTION, "section:sport", place))
        case "story":
            if not _STORY.fullmatch(value):
                raise BadTopic(
                    said("There is no such story; tap the button under an alert to follow its story."), place
                )
            return OfStory(value)
        case "sources":
            raise BadTopic(said("Write how many sources must tell it, as in: sources>=3"), lexeme.place)
    raise BadTopic(
        said(
            "There is no {field}:. Fields are title:, source:, section: and lang:. "
            "To look for the words, put quotation marks around them.",
            field=typed,
        ),
        lexeme.place,
    )


def _language(code: str, place: int) -> InLanguage:
    if code not in CODES:
        raise BadTopic(
            said("There is no language {code}; write its two letters, as in: lang:fr", code=shown(code)), place
        )
    return InLanguage(code)


def _name(name: str, ask: Said, example: str, place: int) -> str:
    if not name.strip():
        raise BadTopic(ask, place)
    if len(name) > _LONGEST_NAME:
        raise BadTopic(
            said("No name is so long. Close the quotation mark behind it, as in: {example}", example=example), place
        )
    return name


def sources(lexeme: Lexeme) -> ToldBy:
    """`sources>=3`, also `sources>2` and `sources:3`."""
    found = _SOURCES.fullmatch(lexeme.text)
    if not found:
        raise BadTopic(said("Write how many sources must tell it at least, as in: sources>=3"), lexeme.place)
    number = int(found[2]) + (found[1] == ">")
    if not 2 <= number <= MOST_SOURCES:
        raise BadTopic(
            said(
                "Every story has a source, and few have many: write a number from 2 to {most}, as in: sources>=3",
                most=MOST_SOURCES,
            ),
            lexeme.place + found.start(2),
        )
    return ToldBy(number)


def distance(lexeme: Lexeme) -> int:
    """The number in `near/3`."""
    found = _NEAR.fullmatch(lexeme.text)
    if not found or not 1 <= int(found[1]) <= FARTHEST:
        raise BadTopic(
            said(
                "Write how many words they may be apart, from 1 to {most}, as in: climate near/3 policy", most=FARTHEST
            ),
            lexeme.place + (found.start(1) if found else len("near/")),
        )
    return int(found[1])


def meaning(mark: Lexeme, text: str) -> Meaning:
    """What stands behind `~` or `~60:`."""
    meant = _plain(text[: 2 * _LONGEST_MEANING])
    if max(len(text), len(meant)) > _LONGEST_MEANING:
        raise BadTopic(
            said("Say it in {most} characters or less, as in: ~climate policy", most=_LONGEST_MEANING), mark.place
        )
    if not words(meant):
        raise BadTopic(said("Write directly behind ~ what it should mean, as in: ~climate policy"), mark.place)
    level = re.sub(r"\D", "", mark.text)
    if level and (len(level) > 2 or not int(level)):
        raise BadTopic(
            said("Write from 1 to 99 per cent how alike it must be, as in: ~60:climate policy"), mark.place + 1
        )
    return Meaning(meant, int(level) if level else None)


def _plain(text: str) -> str:
    """The words of a meaning, with their accents: what is said differs by these."""
    text = clean(clean(text, 10 * len(text)).lower(), 10 * len(text))
    return " ".join(re.sub(rf"[*=~～{QUOTES}]", " ", text).split()).strip(_AT_THE_END)


def shown(text: str) -> str:
    """How a person's words are said back to them."""
    return clean(text, _SHOWN).strip(_AT_THE_END) or "of that name"
