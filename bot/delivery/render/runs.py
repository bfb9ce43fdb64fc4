"""An article's text with what is marked in it, made safe: runs of one look.

Here: cleaning a text without losing its marks, cutting it, and its HTML, in both of Telegram's dialects the same.
Not here: which links are honest (honest), where to cut (cutting), what stands around a text (article, rich).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape as quoted
from itertools import groupby, pairwise

from bot.delivery.render.honest import other_host, spelled
from bot.delivery.render.html import escape
from bot.news.article import Mark, MarkKind
from bot.news.text import clean

# What a text may grow by when its letters are put into their usual form: nothing of an article is cut off.
LONGER = 3
# Between two of these the white space at the ends of a text is kept; no accent joins with one.
_POST = "|"
# More marks than that in one paragraph are no emphasis.
MOST_MARKS = 500


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; `url` is where it leads, spelled for Telegram."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(slots=True)
class Ink:
    """How much markup a message may still hold: entities, and bytes of addresses."""

    entities: int
    addresses: int

    def takes(self, url: str = "") -> bool:
        """Whether there is enough left for one more mark; takes it. What is left out is told without its mark."""
        size = len(quoted(url))
        enough = self.entities > 0 and size <= self.addresses
        if enough:
            self.entities, self.addresses = self.entities - 1, self.addresses - size
        return enough


def runs_of(text: str, marks: Sequence[Mark] = ()) -> tuple[Run, ...]:
    """The text in one safe line, with its marks; a link is followed by its host where its words name another."""
    kept = [mark for mark in marks[:MOST_MARKS] if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(mark.start for mark in kept), *(mark.end for mark in kept)})
    runs = [
        _run(text[start:end], [m for m in kept if m.start <= start and end <= m.end]) for start, end in pairwise(edges)
    ]
    return _tidy(_told(runs))


def plain_of(runs: Iterable[Run]) -> str:
    """What the runs say."""
    return "".join(run.text for run in runs)


def parted(runs: Sequence[Run], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs before and behind character `at`, without the space between."""
    before, behind = [], []
    for run in runs:
        before.append(_saying(run, run.text[: max(at, 0)]))
        behind.append(_saying(run, run.text[max(at, 0) :]))
        at -= len(run.text)
    return _tidy(before), _tidy(behind)


def html_of(runs: Iterable[Run], ink: Ink) -> str:
    """The runs in HTML, as far as there is ink for their marks."""
    parts = []
    for url, linked in groupby(runs, key=lambda run: run.url):
        inner = list(linked)
        leads = url and ink.takes(url)
        html = "".join(_styled(run, ink) for run in inner)
        parts.append(f'<a href="{quoted(url)}">{html}</a>' if leads else html)
    return "".join(parts)


def _run(piece: str, marks: Sequence[Mark]) -> Run:
    kinds = {mark.kind for mark in marks}
    url = next((spelled(mark.url) for mark in marks if mark.kind is MarkKind.LINK), "")
    said = clean(f"{_POST}{piece}{_POST}", len(piece) * LONGER + 2)[1:-1]
    return Run(said, MarkKind.BOLD in kinds, MarkKind.ITALIC in kinds, url)


def _told(runs: Sequence[Run]) -> list[Run]:
    """The runs, and behind each link whose words name another host the one that it leads to."""
    told: list[Run] = []
    for url, linked in groupby(runs, key=lambda run: run.url):
        inner = list(linked)
        host = other_host(plain_of(inner), url) if url else ""
        told += inner
        if host:
            told.append(Run(f" ({clean(host)})"))
    return told


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Without empty runs, and without white space twice or at the ends."""
    kept: list[Run] = []
    for run in runs:
        text = run.text.lstrip(" ") if not kept or kept[-1].text.endswith(" ") else run.text
        if text:
            kept.append(_saying(run, text))
    if kept and kept[-1].text == " ":
        kept.pop()
    return (*kept[:-1], _saying(kept[-1], kept[-1].text.rstrip(" "))) if kept else ()


def _saying(run: Run, text: str) -> Run:
    """The run with this text; nearly always it has it already."""
    return run if run.text == text else replace(run, text=text)


def _styled(run: Run, ink: Ink) -> str:
    html = escape(run.text)
    if run.italic and run.text.strip() and ink.takes():
        html = f"<i>{html}</i>"
    if run.bold and run.text.strip() and ink.takes():
        html = f"<b>{html}</b>"
    return html
