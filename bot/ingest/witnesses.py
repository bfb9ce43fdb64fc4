"""Other readings of the same page, to be asked which of its lines they hold for the article.

Here: trafilatura in its two moods, the text that the page gives to search engines, its descriptions of itself.
Not here: how much each of them is believed (choice).
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.ingest.clutter import key
from bot.news.errors import NotReadable
from bot.news.said import said

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How trafilatura trips over markup that nobody foresaw (github.com/adbar/trafilatura/issues).
_TRIPS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_RUN = 4  # words in a row that two texts share by quotation only
_SAID = 0.6  # of a line's runs; an abbreviation or an icon may break some
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def words(text: str) -> list[str]:
    """The words of a text as they stand; of scripts without spaces every character is one."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


class Witness:
    """A text that may hold a line or not."""

    def __init__(self, text: str) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._lines: set[str] = set()
        for line in text.splitlines():
            said = words(line)
            self._lines.add(" ".join(said))
            self._runs.update(_runs(said))

    def __bool__(self) -> bool:
        return bool(self._runs)

    def share(self, said: list[str]) -> float:
        """How much of a line's words it holds, 0 to 1; a line of few words wholly or not at all."""
        if len(said) < _RUN:
            return float(" ".join(said) in self._lines)
        runs = list(_runs(said))
        return sum(run in self._runs for run in runs) / len(runs)

    def holds(self, said: list[str]) -> bool:
        """True where it holds most of a line."""
        return self.share(said) >= _SAID


def _runs(said: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(said[start:] for start in range(_RUN)), strict=False)


@dataclass(frozen=True, slots=True)
class Witnesses:
    """`wide` and `narrow`: trafilatura, as it is and when told to prefer precision. `told`: the text that the page's
    linked data gives. `descriptions`: the page's summaries of itself, folded (`key`)."""

    wide: Witness
    narrow: Witness
    told: Witness
    descriptions: tuple[str, ...]


def witnesses(tree: HtmlElement, url: str, told: str) -> Witnesses:
    """Hear them all; `told` is what the page's linked data gives. Raises NotReadable where its markup defeats them."""
    return Witnesses(
        wide=Witness(_trafilatura(tree, url, precise=False)),
        narrow=Witness(_trafilatura(tree, url, precise=True)),
        told=Witness(told),
        descriptions=tuple(_descriptions(tree)),
    )


def _trafilatura(tree: HtmlElement, url: str, *, precise: bool) -> str:
    import trafilatura  # half a second: paid by the reading process alone

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every page that it cannot read
    try:
        return trafilatura.extract(tree, url=url, include_comments=False, favor_precision=precise) or ""
    except _TRIPS:
        raise NotReadable(said("I cannot make sense of this page."), url) from None


def _descriptions(tree: HtmlElement) -> Iterator[str]:
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name.rpartition(":")[2] == "description" and (told := key(meta.get("content") or "")):
            yield told
