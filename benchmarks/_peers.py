"""Other ways to find the topics of a headline. Each is given the folded words between single spaces: exact words only.

They know no word forms, so they find less; what they need of the text is prepared for them and not counted.

Here: a loop of regular expressions, a loop of token sets, two Aho-Corasick libraries, SQLite's FTS5, tantivy.
Not here: what is measured (match), the topics (_wishes).
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from benchmarks._wishes import Wish

# " folded words of a headline " -> the topics found, by their place.
Peer: TypeAlias = Callable[[str], list[int]]


def regular_expressions(wishes: list[Wish]) -> Peer:
    """One compiled expression a topic, asked one after the other; words end at the bounds of words."""
    compiled = [re.compile(_pattern(wish)) for wish in wishes]
    return lambda text: [place for place, pattern in enumerate(compiled) if pattern.search(text)]


def _pattern(wish: Wish) -> str:
    def word(options: Iterable[str]) -> str:
        return rf"\b(?:{'|'.join(map(re.escape, options))})\b"

    if len(wish.wanted) == 1 and not wish.unwanted:
        return word(wish.wanted[0])
    has = "".join(f"(?=.*{word(options)})" for options in wish.wanted)
    return rf"\A{has}" + "".join(f"(?!.*{word([unwanted])})" for unwanted in wish.unwanted)


def token_sets(wishes: list[Wish]) -> Peer:
    """The set of the headline's words is asked by every topic in turn."""
    sets = [(_needs(wish), None if _is_settled(wish) else wish) for wish in wishes]

    def found(text: str) -> list[int]:
        tokens = set(text.split())
        return [
            place for place, (needs, wish) in enumerate(sets) if needs <= tokens and (not wish or _holds(wish, text))
        ]

    return found


def _needs(wish: Wish) -> frozenset[str]:
    """The words that a headline must have, whatever the choices."""
    return frozenset(word for options in wish.wanted if len(options) == 1 for word in options[0].split())


def _is_settled(wish: Wish) -> bool:
    """True where there is nothing but words."""
    return not wish.unwanted and all(len(options) == 1 and " " not in options[0] for options in wish.wanted)


def _holds(wish: Wish, text: str) -> bool:
    return all(any(f" {option} " in text for option in options) for options in wish.wanted) and not any(
        f" {unwanted} " in text for unwanted in wish.unwanted
    )


class _Anchors:
    """Each topic under the rarest of what it needs, or under each option of its only choice; `names` of these."""

    def __init__(self, wishes: list[Wish]) -> None:
        asked = Counter(option for wish in wishes for options in wish.wanted for option in options)
        self._under: dict[str, list[tuple[int, frozenset[str], Wish | None]]] = defaultdict(list)
        for place, wish in enumerate(wishes):
            topic = (place, _needs(wish), None if _is_settled(wish) else wish)
            for option in min(wish.wanted, key=lambda options: sum(asked[option] for option in options)):
                self._under[option].append(topic)
        self.names = list(self._under)

    def found(self, hits: Iterable[str], text: str) -> list[int]:
        """The topics under the anchors that were found, as far as the text has the rest."""
        tokens = set(text.split())
        return [
            place
            for hit in set(hits)
            for place, needs, wish in self._under[hit]
            if needs <= tokens and (not wish or _holds(wish, text))
        ]


def ahocorasick_rs(wishes: list[Wish]) -> Peer:
    """The anchors of all topics in one automaton (Rust); the topics of those found are asked."""
    import ahocorasick_rs as library

    anchors = _Anchors(wishes)
    names = anchors.names
    automaton = library.AhoCorasick([f" {name} " for name in names], store_patterns=False)

    def found(text: str) -> list[int]:
        hits = automaton.find_matches_as_indexes(text, overlapping=True)
        return anchors.found((names[hit[0]] for hit in hits), text)

    return found


def pyahocorasick(wishes: list[Wish]) -> Peer:
    """The same with another library (C)."""
    import ahocorasick as library

    anchors = _Anchors(wishes)
    automaton = library.Automaton()
    for name in anchors.names:
        automaton.add_word(f" {name} ", name)
    automaton.make_automaton()
    return lambda text: anchors.found((name for _, name in automaton.iter(text)), text)


def fts5(wishes: list[Wish]) -> Peer:
    """SQLite's full-text index over the anchors' first words; the headline is the query."""
    anchors = _Anchors(wishes)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE anchors USING fts5(word, content='', detail=none)")
    names = anchors.names
    database.executemany("INSERT INTO anchors(rowid, word) VALUES (?, ?)", enumerate(map(_first, names)))

    def found(text: str) -> list[int]:
        query = " OR ".join(f'"{word}"' for word in set(text.split()))
        rows = database.execute("SELECT rowid FROM anchors WHERE anchors MATCH ?", (query,)) if query else ()
        return anchors.found((names[row] for (row,) in rows), text)

    return found


def tantivy(wishes: list[Wish]) -> Peer:
    """The same with tantivy."""
    import tantivy as library

    anchors = _Anchors(wishes)
    names = anchors.names
    schema = library.SchemaBuilder()
    schema.add_text_field("word", tokenizer_name="raw")
    schema.add_integer_field("place", stored=True)
    index = library.Index(schema.build())
    writer = index.writer(100_000_000, 1)
    for place, name in enumerate(names):
        writer.add_document(library.Document(word=_first(name), place=place))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def hits(text: str) -> Iterator[str]:
        query = library.Query.term_set_query(index.schema, "word", list(set(text.split())))
        for _, address in searcher.search(query, limit=max(len(names), 1), count=False).hits:
            yield names[searcher.doc(address)["place"][0]]

    return lambda text: anchors.found(hits(text), text)


def _first(name: str) -> str:
    return name.partition(" ")[0]
