"""The topic language as a table: what may be written, an example, and what that means.

Here: the one list from which /help and docs/commands.md are made.
Not here: the grammar (topics_parser).
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.news.said import Said, said


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write a topic: what it is called, an expression, and what this catches."""

    name: Said | str
    example: str
    means: Said


LANGUAGE = (
    Way(said("words"), "fed rates", said("both words, anywhere, in any form")),
    Way(
        said("everyday words"),
        "climate change or heatwave but not football",
        said("one or the other, without the last"),
    ),
    Way(said("a list"), "morocco, algeria, tunisia", said("any of them")),
    Way(said('"phrase"'), '"interest rates"', said("these words, one after the other")),
    Way("OR", "fed OR ecb", said("either of them; also written |")),
    Way("-without", "morocco -football", said("the one without the other; also written ! or NOT")),
    Way("( )", "(fed OR ecb) rates", said("brackets group")),
    Way("prefix*", "climat*", said("every word that begins so, with three letters or more")),
    Way("=exact", "=apple", said("this form of the word only")),
    Way("title:", 'title:"climate summit"', said("in the title; a summary does not count")),
    Way("near/3", "climate near/3 policy", said("at most 3 words from one another, either first; from 1 to 20")),
    Way("source:", "source:bbc", said("only headlines of that source; /sources shows the names")),
    Way("section:", "section:sport", said("only from that section of a source")),
    Way("lang:", "lang:fr", said("only headlines in French; two letters, as in en, ar, zh")),
    Way("sources>=3", "earthquake sources>=3", said("only once 3 sources tell the story; from 2 to 50")),
    Way("~meaning", "~climate policy", said("what means about the same, in any language, where the operator has it")),
    Way("~60:", "~60:climate policy", said("the same, at least 60 per cent alike; less catches more")),
    Way("*", "* -football", said("every headline, here but for some")),
)
