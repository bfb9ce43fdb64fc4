"""Reading a topic expression. Owns the grammar, and the sentences for what is not in it.

    expression  = all { ("OR" | "|") all }
    all         = part { ["AND"] part }                 at least one part without "-"
    part        = ["-" | "NOT"] ( word | "phrase" | source:name | lang:xx | "*" | "(" expression ")" )

Operators are written in capitals: "or" is French for gold, and "not" a word of many headlines.

Here: text -> Topic or BadTopic.
Not here: the tree (topics_tree), its explanation (topics_told).
"""

from __future__ import annotations

import re
import unicodedata

from bot.news.errors import BadTopic
from bot.news.text import clean, words
from bot.news.topics_lexer import Lexeme, Sort, lexemes
from bot.news.topics_tree import AllOf, Everything, FromSource, InLanguage, Node, Topic, Words, all_of, any_of

# Room for a ready topic in three languages; what is longer was pasted by mistake.
MOST_CHARACTERS = 2000
MOST_TERMS = 128
DEEPEST = 8

# A link, and not a field of that name.
_LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_FIELD = re.compile(r"(source|lang):(.*)|([^\W\d_]+):[^\s:].*", re.IGNORECASE)
_BEGINS_PART = frozenset({Sort.TERM, Sort.PHRASE, Sort.UNCLOSED, Sort.OPEN})


def parse(text: str) -> Topic:
    """The topic that `text` asks for. Raises BadTopic, whatever the text, and nothing else."""
    if len(text) > MOST_CHARACTERS:
        raise BadTopic(
            f"A topic may have {MOST_CHARACTERS} characters; this one has {len(text)}. Make several topics of it.",
            MOST_CHARACTERS,
            text,
        )
    return _Reading(text).topic()


class _Reading:
    """One reading of one expression, from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lexemes = list(lexemes(text))
        self._next = 0
        self._depth = 0
        self._terms = 0

    def topic(self) -> Topic:
        if self._peek().sort is Sort.END:
            raise self._bad(
                "There is no topic yet; write the words that you want to hear about, as in: climate summit", 0
            )
        root = self._expression()
        if self._peek().sort is Sort.CLOSE:
            raise self._bad("This bracket closes nothing; take it out, or open one with ( before it.")
        return Topic(root)

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _bad(self, sentence: str, place: int | None = None) -> BadTopic:
        return BadTopic(sentence, self._peek().place if place is None else place, self._text)

    def _expression(self) -> Node:
        options = [self._all()]
        while self._peek().sort is Sort.OR:
            self._take()
            options.append(self._all())
        return any_of(options)

    def _all(self) -> Node:
        begin = self._peek()
        wanted: list[Node] = []
        unwanted: list[Node] = []
        while self._peek().sort not in {Sort.END, Sort.CLOSE, Sort.OR}:
            self._and(wanted or unwanted)
            if self._peek().sort is Sort.NOT:
                unwanted.append(self._unwanted())
            elif (part := self._part()) is not None:
                wanted.append(part)
        if not wanted:
            raise self._nothing_wanted(begin, unwanted)
        both = all_of(wanted, unwanted)
        self._check_possible(both, begin)
        return both

    def _and(self, before: list[Node]) -> None:
        """AND may be written between two parts; it changes nothing."""
        if self._peek().sort is not Sort.AND:
            return
        joint = self._take()
        if not before or self._peek().sort in {Sort.END, Sort.CLOSE, Sort.OR, Sort.AND}:
            raise self._bad(
                "AND needs something on both sides, as in: cat AND dog. It may also be left out.", joint.place
            )

    def _nothing_wanted(self, begin: Lexeme, unwanted: list[Node]) -> BadTopic:
        if unwanted:
            return self._bad(
                "This would match almost everything; add what you do want, as in: football -women. "
                "For all headlines but some: * -football",
                begin.place,
            )
        last = self._lexemes[self._next - 1] if self._next else self._peek()
        for side in (self._peek(), last):
            if side.sort is Sort.OR:
                return self._bad("OR needs something on both sides, as in: cat OR dog", side.place)
        if self._peek().sort is Sort.CLOSE and last.sort is Sort.OPEN:
            return self._bad("There is nothing between these brackets; put words there or take them out.", last.place)
        if self._peek().sort is Sort.CLOSE and not self._depth:
            return self._bad("This bracket closes nothing; take it out, or open one with ( before it.")
        if self._peek().sort is Sort.END and last.sort is Sort.OPEN:
            return self._unclosed(last)
        return self._bad("There is no word here to look for; write letters or digits.", begin.place)

    def _check_possible(self, node: Node, begin: Lexeme) -> None:
        if isinstance(node, AllOf) and (set(node.wanted) & set(node.unwanted) or Everything() in node.unwanted):
            raise self._bad("This asks for something and forbids it, so it can never match.", begin.place)

    def _unwanted(self) -> Node:
        minus = self._take()
        following = self._peek().sort
        if following is Sort.NOT:
            raise self._bad("One - is enough; write it once, directly before the word.")
        apart = minus.text != "NOT" and self._peek().place > minus.place + 1
        part = self._part() if following in _BEGINS_PART and not apart else None
        if part is None:
            raise self._bad(
                "A - stands directly before what you don't want, as in: morocco -football. Leave it out otherwise.",
                minus.place,
            )
        return part

    def _part(self) -> Node | None:
        """One part; None where it is only punctuation, which asks for nothing."""
        lexeme = self._take()
        if lexeme.sort is Sort.OPEN:
            return self._bracket(lexeme)
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise self._bad(
                f"A topic may have {MOST_TERMS} words and phrases; make several topics of it.", lexeme.place
            )
        if lexeme.sort is Sort.UNCLOSED:
            raise self._bad('This quotation mark is never closed; write "like this" around a phrase.', lexeme.place)
        if lexeme.sort is Sort.PHRASE:
            return self._phrase(lexeme)
        return self._term(lexeme)

    def _bracket(self, opening: Lexeme) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._bad(
                "These brackets are too deep within one another to follow; write it simpler.", opening.place
            )
        inside = self._expression()
        if self._peek().sort is not Sort.CLOSE:
            raise self._unclosed(opening)
        self._take()
        self._depth -= 1
        return inside

    def _unclosed(self, opening: Lexeme) -> BadTopic:
        return self._bad("This bracket is never closed; add a ) where it ends.", opening.place)

    def _phrase(self, lexeme: Lexeme) -> Node:
        inside = lexeme.text[1:-1]
        found = tuple(filter(None, words(inside)))
        if not found:
            raise self._bad("There is no word between these quotation marks.", lexeme.place)
        return Words(found, _shown(inside))

    def _term(self, lexeme: Lexeme) -> Node | None:
        if _LINK.match(lexeme.text):
            raise self._bad(
                "This is a link, and a topic is words. To read the page, send: /read and the link", lexeme.place
            )
        if field := _FIELD.fullmatch(lexeme.text):
            return self._field(lexeme, field)
        if lexeme.text == "*":
            return Everything()
        if "*" in lexeme.text:
            raise self._bad(
                "A * stands alone and means every headline. All forms of a word are found anyway: leave the * out.",
                lexeme.place + lexeme.text.index("*"),
            )
        found = tuple(filter(None, words(lexeme.text)))
        if found:
            return Words(found, _shown(lexeme.text))
        if any(unicodedata.category(character) == "So" for character in lexeme.text):
            raise self._bad(
                f"There is no letter or digit to look for in {_shown(lexeme.text)}; write words.", lexeme.place
            )
        return None

    def _field(self, lexeme: Lexeme, found: re.Match[str]) -> Node:
        name, value = (found[1] or "").lower(), clean(found[2] or "").strip('" ').lower()
        if not name:
            raise self._bad(
                f"There is no {found[3]}:. Fields are source: and lang:. "
                "To look for the words, put quotation marks around them.",
                lexeme.place,
            )
        place = lexeme.place + len(name) + 1
        if name == "lang":
            if not re.fullmatch("[a-z]{2}", value):
                raise self._bad(f"There is no language {_shown(value)}; write two letters, as in: lang:fr", place)
            return InLanguage(value)
        if not value.strip():
            raise self._bad("Write the name of a source directly behind source:, as in: source:bbc", place)
        return FromSource(value)


def _shown(text: str) -> str:
    """How a person's words are said back to them."""
    return clean(text, 60).strip(" ,.;:!?'") or "of that name"
