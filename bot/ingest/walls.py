"""Walls: pages that stand before an article instead of being one. Owns telling them, and what people are told.

Here: pages that ask for consent, a person, a login or scripts, that say "not found" with a good conscience, and
articles of which only the beginning can be read without paying.
Not here: the words (wallwords), getting around any of them (nobody does).
"""

from __future__ import annotations

import re

from bot.ingest import wallwords
from bot.ingest.clutter import key, keys
from bot.news.said import Said, said

PAID = said("Only the beginning can be read without paying.")
_ROBOT = said("This site wants to be sure that a person is reading, so I cannot fetch its page.")
_CONSENT = said("This site shows its page only to those who have answered its question about cookies.")
SCRIPT = said("This page shows its text only in a browser that runs its scripts.")
_LOGIN = said("This page can only be read by those who have logged in there.")
_MISSING = said("The site says that this page does not exist, or no longer.")

_UNPARTED = "\u3040"  # from here on scripts that put no spaces between words
_A_PAGE = 900  # characters; what asks for something is shorter, an article on such things usually longer
_A_LINE = 80  # characters of a heading that says that nothing is here
_BEGINNING = 2_500  # characters; a longer text is no mere beginning
_RUNS = 4_000  # of these, a text that a publisher calls paid and hands out all the same is whole
_BELOW = 500  # characters after a text's last words in which the request to pay stands


def _any_of(phrases: str) -> re.Pattern[str]:
    longest_first = keys(phrases)
    return re.compile("|".join(phrase if phrase[0] >= _UNPARTED else rf"\b{phrase}\b" for phrase in longest_first))


_WALLS = (
    (_any_of(wallwords.ROBOT), _ROBOT),
    (_any_of(wallwords.CONSENT), _CONSENT),
    (_any_of(wallwords.SCRIPT), SCRIPT),
    (_any_of(wallwords.LOGIN), _LOGIN),
)
_NOTHING = _any_of(wallwords.MISSING)
_PAY = _any_of(wallwords.PAY)


def wall(title: str, text: str, visible: str) -> Said | None:
    """Why a page of this title is no article, as a sentence; None where it may be one.

    `text` is what was taken for the article, `visible` all that the page shows. Only a short text can be a wall: what
    a wall says is looked for in the text, and in all of the page where that is short, too.
    """
    if len(text) > _A_PAGE:
        return None
    if len(title) <= _A_LINE and _NOTHING.match(key(title)):
        return _MISSING
    words = key(f"{title} {text}")
    if len(visible) <= 2 * _A_PAGE:
        words = f"{words} {key(visible)}"
    return next((sentence for phrases, sentence in _WALLS if phrases.search(words)), None)


def is_beginning(text: str, visible: str, *, declared: bool) -> bool:
    """Whether the text is only what can be read without paying.

    `declared`: the publisher tells machines that the article is not free. Where not, the page has to ask for payment
    right below the last words of a short text; "subscribe" above, beside or far below them says nothing.
    """
    if len(text) > (_RUNS if declared else _BEGINNING):
        return False
    return (declared and len(text) <= _BEGINNING) or bool(_PAY.search(_end_and_below(key(text), key(visible))))


def _end_and_below(text: str, visible: str) -> str:
    """The last words of the text, and what the page shows below them."""
    last = text[-60:]
    place = visible.find(last) if last else -1
    below = visible[place : place + len(last) + _BELOW] if place >= 0 else ""
    return f"{text[-300:]} {below}"
