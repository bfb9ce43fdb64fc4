"""Reading a topic expression. Owns the grammar, and the sentences for what is not in it.

    expression  = all { ("OR" | "|") all }
    all         = part { ["AND"] part }                 at least one part without "-"
    part        = ["-" | "NOT"] piece [ near/3 piece ]
    piece       = term | "phrase" | title:piece | field:name | sources>=3 | ~meaning | "*" | "(" expression ")"
    meaning     = [60:] ( word { word } | "phrase" )

Everyday input has been brought into this form before (topics_everyday).

Here: text -> Topic or BadTopic.
Not here: how long it may be (topics_bounds), a single term or field (topics_terms), the tree
(topics_tree), its explanation (topics_told).
"""

from __future__ import annotations

from bot.news import topics_terms
from bot.news.errors import BadTopic
from bot.news.said import Said, said
from bot.news.topics_bounds import few
from bot.news.topics_everyday import formal
from bot.news.topics_lexer import Lexeme, Sort
from bot.news.topics_sense import contradiction
from bot.news.topics_tree import Node, Topic, Words, all_of, any_of, near

DEEPEST = 8

_ENDS_PART = frozenset({Sort.END, Sort.CLOSE, Sort.OR})
_BEGINS_NONE = _ENDS_PART | {Sort.NOT, Sort.AND}


def parse(text: str) -> Topic:
    """The topic that `text` asks for. Raises BadTopic, whatever the text, and nothing else."""
    try:
        return _Reading(formal(few(text))).topic()
    except BadTopic as error:
        raise BadTopic(error.sentence, error.place, text) from None


class _Reading:
    """One reading of one expression, from left to right."""

    def __init__(self, read: list[Lexeme]) -> None:
        self._lexemes = read
        self._next = 0
        self._depth = 0
        self._in_title = False

    def topic(self) -> Topic:
        if self._peek().sort is Sort.END:
            raise BadTopic(
                said("There is no topic yet; write the words that you want to hear about, as in: climate summit")
            )
        root = self._expression()
        if self._peek().sort is Sort.CLOSE:
            raise self._bad(said("This bracket closes nothing; take it out, or open one with ( before it."))
        return Topic(root)

    def _peek(self) -> Lexeme:
        return self._lexemes[self._next]

    def _take(self) -> Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _bad(self, sentence: Said, place: int | None = None) -> BadTopic:
        return BadTopic(sentence, self._peek().place if place is None else place)

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
        while self._peek().sort not in _ENDS_PART:
            self._and(wanted or unwanted)
            if self._peek().sort is Sort.NOT:
                unwanted.append(self._unwanted())
            elif (part := self._part()) is not None:
                wanted.append(part)
        if not wanted:
            raise self._nothing_wanted(begin, unwanted)
        both = all_of(wanted, unwanted)
        if sentence := contradiction(both):
            raise self._bad(sentence, begin.place)
        return both

    def _and(self, before: list[Node]) -> None:
        """AND may be written between two parts; it changes nothing."""
        if self._peek().sort is not Sort.AND:
            return
        joint = self._take()
        if not before or self._peek().sort in _ENDS_PART | {Sort.AND}:
            raise self._bad(
                said("AND needs something on both sides, as in: cat AND dog. It may also be left out."), joint.place
            )

    def _nothing_wanted(self, begin: Lexeme, unwanted: list[Node]) -> BadTopic:
        if unwanted:
            return self._bad(
                said(
                    "This would match almost everything; add what you do want, as in: football -women. "
                    "For all headlines but some: * -football"
                ),
                begin.place,
            )
        last = self._lexemes[self._next - 1] if self._next else self._peek()
        for side in (self._peek(), last):
            if side.sort is Sort.OR:
                return self._bad(said("OR needs something on both sides, as in: cat OR dog"), side.place)
        if self._peek().sort is Sort.CLOSE and last.sort is Sort.OPEN:
            return self._bad(
                said("There is nothing between these brackets; put words there or take them out."), last.place
            )
        if self._peek().sort is Sort.CLOSE and not self._depth:
            return self._bad(said("This bracket closes nothing; take it out, or open one with ( before it."))
        if self._peek().sort is Sort.END and last.sort is Sort.OPEN:
            return self._unclosed(last)
        return self._bad(said("There is no word here to look for; write letters or digits."), begin.place)

    def _unwanted(self) -> Node:
        minus = self._take()
        following = self._peek()
        if following.sort is Sort.NOT:
            raise self._bad(said("One - is enough; write it once, directly before the word."))
        apart = minus.text != "NOT" and following.place > minus.stop
        part = self._part() if following.sort not in _BEGINS_NONE and not apart else None
        if part is None:
            raise self._bad(
                said(
                    "A - stands directly before what you don't want, as in: morocco -football. Leave it out otherwise."
                ),
                minus.place,
            )
        return part

    def _part(self) -> Node | None:
        """One part; None where it is only punctuation, which asks for nothing."""
        left = self._piece()
        if self._peek().sort is not Sort.NEAR:
            return left
        joint = self._take()
        within = topics_terms.distance(joint)
        right = self._piece() if self._peek().sort not in _BEGINS_NONE else None
        if not (isinstance(left, Words) and isinstance(right, Words)):
            raise self._bad(_between(joint), joint.place)
        if left.words == right.words:
            raise self._bad(
                said("{near} needs two different words, as in: climate near/3 policy", near=joint.text), joint.place
            )
        if self._peek().sort is Sort.NEAR:
            raise self._bad(
                said("Only two can be near one another; write: (climate near/3 policy) (policy near/3 europe)")
            )
        return near(left, right, within)

    def _piece(self) -> Node | None:
        lexeme = self._take()
        match lexeme.sort:
            case Sort.OPEN:
                return self._bracket(lexeme)
            case Sort.TERM:
                return topics_terms.term(lexeme, in_title=self._in_title)
            case Sort.PHRASE:
                return topics_terms.phrase(lexeme, in_title=self._in_title)
            case Sort.TITLE:
                return self._title(lexeme)
            case Sort.FIELD:
                return topics_terms.field(lexeme)
            case Sort.SOURCES:
                return topics_terms.sources(lexeme)
            case Sort.MEANING:
                return self._meaning(lexeme)
        raise self._no_piece(lexeme)

    def _no_piece(self, lexeme: Lexeme) -> BadTopic:
        if lexeme.sort is Sort.UNCLOSED:
            sentence = said('This quotation mark is never closed; write "like this" around a phrase.')
        elif lexeme.sort is Sort.LINK:
            sentence = said("This is a link, and a topic is words. To read the page, send: /read and the link")
        else:
            sentence = _between(lexeme)
        return self._bad(sentence, lexeme.place)

    def _title(self, mark: Lexeme) -> Node:
        following = self._peek()
        begins = following.sort in {Sort.TERM, Sort.PHRASE, Sort.UNCLOSED, Sort.OPEN} and following.place == mark.stop
        outside, self._in_title = self._in_title, True
        inside = self._piece() if begins else None
        self._in_title = outside
        if inside is None:
            raise self._bad(
                said('Write directly behind title: what it must have, as in: title:climate or title:"climate summit"'),
                mark.place,
            )
        return inside

    def _meaning(self, mark: Lexeme) -> Node:
        if self._peek().sort is Sort.PHRASE:
            return topics_terms.meaning(mark, self._take().text[1:-1])
        typed = []
        while self._peek().sort is Sort.TERM:
            typed.append(self._take().text)
        return topics_terms.meaning(mark, " ".join(typed))

    def _bracket(self, opening: Lexeme) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._bad(
                said("These brackets are too deep within one another to follow; write it simpler."), opening.place
            )
        inside = self._expression()
        if self._peek().sort is not Sort.CLOSE:
            raise self._unclosed(opening)
        self._take()
        self._depth -= 1
        return inside

    def _unclosed(self, opening: Lexeme) -> BadTopic:
        return self._bad(said("This bracket is never closed; add a ) where it ends."), opening.place)


def _between(near: Lexeme) -> Said:
    return said("{near} stands between two words or phrases, as in: climate near/3 policy", near=near.text)
