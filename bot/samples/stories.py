"""What the sample newspaper writes. Owns the making of a story from an instant and the material in site/*.toml.

Here: titles, corrections and paragraphs, a pure function of the instant; the texts are original and harmless.
Not here: when there is a story (schedule), what its page looks like (pages).

Any three consecutive headlines touch sport, business, travel, Africa; technology, health, science, Europe;
politics, peace, climate, energy, film; and every second one Morocco: whoever subscribes hears of it in seconds.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any, TypeVar

from bot.samples import schedule

T = TypeVar("T")
_THREADS = ("sport", "science", "world")
_FOREIGN = {"fr": "french", "ar": "arabic"}


@dataclass(frozen=True, slots=True)
class Story:
    """One article, complete. `first_title` is what it was called before its correction at `corrected_at`."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]
    section: str
    byline: str
    lang: str
    slug: str
    published_at: datetime
    first_title: str
    corrected_at: datetime | None = None

    def title_at(self, now: datetime) -> str:
        """What the headline says at `now`."""
        return self.first_title if self.corrected_at and now < self.corrected_at else self.title


class Writers:
    """Write the story of an instant, always the same one."""

    def __init__(self) -> None:
        self._material = {name: _read(name) for name in (*_THREADS, *_FOREIGN.values(), "morning", "places")}

    def story(self, instant: datetime) -> Story:
        """The story that was published at `instant`."""
        n = schedule.number(instant)
        if schedule.is_half_hourly(instant):
            return self._write("morning", schedule.half_hour(instant), n, instant, "en")
        if schedule.is_foreign(instant):
            turn = schedule.foreign_turn(instant)
            lang = "fr" if turn % 2 else "ar"
            return self._write(_FOREIGN[lang], turn // 2, n, instant, lang)
        return self._write(_THREADS[n % 3], n // 3, n, instant, "en")

    def _write(self, desk: str, turn: int, n: int, instant: datetime, lang: str) -> Story:
        material = self._material[desk]
        told = _turn(material["story"], turn)
        words = self._words(n)
        corrected_at = schedule.corrected_at(instant) if "{n}" in told["title"] else None
        title = told["title"].format(**words)
        return Story(
            title=title,
            first_title=told["title"].format(**(words | {"n": words["n"] - 1})) if corrected_at else title,
            corrected_at=corrected_at,
            lead=told["lead"].format(**words),
            paragraphs=tuple(text.format(**words) for text in self._paragraphs(told, material["voices"], n)),
            section=material["section"],
            byline=str(_turn(self._material["places"]["people"], n // 5 + 3)),
            lang=lang,
            slug=_slug(title),
            published_at=instant,
        )

    def _words(self, n: int) -> dict[str, Any]:
        """What fills the gaps: every second story is set in Morocco, the others elsewhere.

        The odd ones, because the rows of the hours before stand in the place of even ones.
        """
        countries = self._material["places"]["country"]
        country = countries[0] if n % 2 else _turn(countries[1:], n // 2)
        return {
            "who": country["who"],
            "adj": country["adj"],
            "city": _turn(country["cities"], n // 6),
            "n": 14 + n * 37 % 83,
            "m": 5 + n * 23 % 41,
            "person": _turn(self._material["places"]["people"], n // 5),
        }

    @staticmethod
    def _paragraphs(told: Mapping[str, Any], voices: Mapping[str, Sequence[str]], n: int) -> list[str]:
        first, *others = told["body"]
        return [
            first,
            _turn(voices["quotes"], n // 9),
            *others,
            _turn(voices["background"], n // 3),
            *([_turn(voices["quotes"], n // 9 + 1)] if len(voices["quotes"]) > 1 and n % 4 == 0 else []),
            _turn(voices["outlook"], n // 2),
        ]


def _turn(several: Sequence[T], turn: int) -> T:
    return several[turn % len(several)]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("bot.samples") / "site" / f"{name}.toml").read_text("utf-8"))


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.replace("’", "")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words[:9] if len(words) > 1 else ["story", *words])
