"""The topic language as a table: what may be written, an example, and what that means.

Here: the one list from which /help and docs/commands.md are made.
Not here: the grammar (topics_parser).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write a topic: what it is called, an expression, and what this catches."""

    name: str
    example: str
    means: str


LANGUAGE = (
    Way("words", "fed rates", "both words, anywhere, in any form"),
    Way("everyday words", "climate change or heatwave but not football", "one or the other, without the last"),
    Way("a list", "morocco, algeria, tunisia", "any of them"),
    Way('"phrase"', '"interest rates"', "these words, one after the other"),
    Way("OR", "fed OR ecb", "either of them; also written |"),
    Way("-without", "morocco -football", "the one without the other; also written ! or NOT"),
    Way("( )", "(fed OR ecb) rates", "brackets group"),
    Way("prefix*", "climat*", "every word that begins so, with three letters or more"),
    Way("=exact", "=apple", "this form of the word only"),
    Way("title:", 'title:"climate summit"', "in the title; a summary does not count"),
    Way("near/3", "climate near/3 policy", "at most 3 words from one another, either first; from 1 to 20"),
    Way("source:", "source:bbc", "only headlines of that source; /sources shows the names"),
    Way("section:", "section:sport", "only from that section of a source"),
    Way("lang:", "lang:fr", "only headlines in French; two letters, as in en, ar, zh"),
    Way("sources>=3", "earthquake sources>=3", "only once 3 sources tell the story; from 2 to 50"),
    Way("~meaning", "~climate policy", "what means about the same, in any language, where the operator has it"),
    Way("~60:", "~60:climate policy", "the same, at least 60 per cent alike; less catches more"),
    Way("*", "* -football", "every headline, here but for some"),
)
