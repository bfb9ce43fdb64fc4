"""Places by their names.

Here: what a name is compared by, exact names, names with a slip of the finger, names that are begun.
Not here: how the file is made (gather), points on the map (mapping).

The file is read for each question and forgotten after it: people ask once in their lives here, and 7 MB kept for
that would cost more than the fifty milliseconds.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.news.text import fold

WORLD = Path(__file__).with_name("world.txt.gz")
# More are no choice.
MOST_FOUND = 6
# Two letters are begun names of everything.
SHORTEST_BEGUN = 3
# A name of so many letters may have one slip, a longer one of twice as many two.
LETTERS_A_SLIP = 4

# The country whose states are told apart.
_STATES = "US"
# Between letters; the vowel signs of Devanagari are none for `re`.
_APART = re.compile(r"(?:(?![\u0900-\u0963])[\W_])+")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name, its country (ISO 3166) and, in the United States, its state, and its zone's IANA name."""

    name: str
    country: str
    state: str
    zone: str


@dataclass(frozen=True, slots=True)
class Found:
    """The places of a name, the most populous first, one of each zone and country; whether they bear the very name."""

    places: tuple[Place, ...]
    exact: bool


def key(name: str) -> str:
    """What a name is compared by: its letters, whatever their case, accents, and the signs between them."""
    return _APART.sub(" ", fold(name)).strip()


def search(name: str) -> Found:
    """The places that are called so, or lie in the country that is; or else those whose names are near, or begin so."""
    wanted = key(name)
    world = _world()
    if not wanted or (places := _named(wanted, world)):
        return Found(places if wanted else (), exact=True)
    near = _begun(wanted, world.places) or _slipped(wanted, world.places)
    return Found(_chosen((start for known in near for start in _starts(f"|{known}|", world)), world), exact=False)


@dataclass(frozen=True, slots=True)
class _World:
    """The file's three parts: names of zones, lines of lands, and all places as one text."""

    zones: tuple[str, ...]
    lands: tuple[str, ...]
    places: str


def _world() -> _World:
    zones, lands, places = gzip.decompress(WORLD.read_bytes()).decode().split("\n\n")
    return _World(tuple(line.partition("\t")[0] for line in zones.split("\n")), tuple(lands.split("\n")), places)


def _named(wanted: str, world: _World) -> tuple[Place, ...]:
    """The places of the name, and those of the country of that name; or of both, one behind the other: Paris, Texas."""
    needles = (f"|{wanted}|", *_marks(wanted, world))
    if found := _chosen((start for needle in needles for start in _starts(needle, world)), world):
        return found
    words = wanted.split(" ")
    for cut in range(len(words) - 1, 0, -1):
        if marks := _marks(" ".join(words[cut:]), world):
            starts = _starts(f"|{' '.join(words[:cut])}|", world)
            there = [start for start in starts if any(mark in _line(start, world) for mark in marks)]
            if found := _chosen(there, world):
                return found
    return ()


def _marks(land: str, world: _World) -> list[str]:
    """What the lines of places in the country or state of this name hold."""
    codes = (line.partition("\t")[0].partition("-") for line in world.lands if land in _keys(line))
    return [
        f"\t{country}\t" if country == _STATES and not state else f"\t{country}\t{state}\t"
        for country, _, state in codes
    ]


def _keys(line: str) -> set[str]:
    """The names of a land, and the code of a state."""
    code, *names = line.split("\t")
    return {key(name) for name in (*names, *(code.split("-")[1:]))}


def _slipped(wanted: str, places: str) -> list[str]:
    """Known names that become the wanted one by few slips: at least half of it is then typed right, mostly."""
    slips = min(len(wanted) // LETTERS_A_SLIP, 2)
    half = len(wanted) // 2
    if not slips:
        return []
    alike = {
        first or last
        for first, last in re.findall(
            rf"\|({re.escape(wanted[:half])}[^|\n]*)(?=\|)|\|([^|\n\t]*{re.escape(wanted[half:])})(?=\|)", places
        )
    }
    by_slips = sorted((_slips(wanted, name, slips), name) for name in alike if abs(len(name) - len(wanted)) <= slips)
    return [name for found, name in by_slips if found <= slips and found == by_slips[0][0]]


def _begun(wanted: str, places: str) -> list[str]:
    """Known names that begin so."""
    if len(wanted) < SHORTEST_BEGUN:
        return []
    return re.findall(rf"\|({re.escape(wanted)}[^|\n]*)(?=\|)", places)[: MOST_FOUND * MOST_FOUND]


def _slips(one: str, other: str, most: int) -> int:
    """How many letters were left out, added, mistaken or exchanged with their neighbour; beyond `most`, just more.

    The distance of Damerau and Levenshtein, with one exchange a letter (optimal string alignment).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, there in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _starts(needle: str, world: _World) -> Iterator[int]:
    """Where the lines that hold it begin."""
    place = world.places.find(needle)
    while place >= 0:
        yield world.places.rfind("\n", 0, place) + 1
        place = world.places.find(needle, place + 1)


def _line(start: int, world: _World) -> str:
    end = world.places.find("\n", start)
    return world.places[start : end if end >= 0 else None]


def _chosen(starts: Iterable[int], world: _World) -> tuple[Place, ...]:
    """The places on these lines, the most populous first, one of each zone in a country."""
    chosen: dict[tuple[str, str], Place] = {}
    for start in sorted(set(starts)):
        name, country, state, zone, _ = _line(start, world).split("\t")
        chosen.setdefault((country, zone), Place(name, country, state, world.zones[int(zone)]))
    return tuple(chosen.values())[:MOST_FOUND]
