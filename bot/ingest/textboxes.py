"""Latest-news boxes in plain text. Owns reading timed lines.

Here: "12:15 Headline" a line, or the time on a line of its own above its headline.
Not here: boxes of pages (boxes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import time
from itertools import islice, pairwise

from bot.ingest.boxgroups import FEWEST_ROWS
from bot.ingest.boxtitles import NARROWEST_HEADLINE, folded, width
from bot.ingest.boxverdicts import runs_back
from bot.news.clocktimes import clocks, read_clock

_BULLET = re.compile(r"^[\s\-–—*•·▪◦>|#]+")
_AFTER_TIME = " \t-–—|:·•"
# A line that is longer is a paragraph.
LONGEST_LINE = 400
# A longer text, or more timed lines, are a log or an attack.
MOST_TEXT, MOST_LINES = 300_000, 3000
# Lines between two rows of one box: a section, a blank, an advertisement.
FARTHEST = 3
Line = tuple[int, time, str]


def text_rows(text: str) -> list[tuple[time, str]]:
    """The times and headlines of the longest latest-news box in a text, in its order; empty where it has none."""
    boxes = [
        box for box in _runs(list(islice(_timed_lines(text[:MOST_TEXT].splitlines()), MOST_LINES))) if _is_news(box)
    ]
    return [(clock, title) for _, clock, title in max(boxes, key=len, default=[])]


def _timed_lines(lines: Sequence[str]) -> Iterator[Line]:
    alone: time | None = None
    for number, raw in enumerate(lines):
        line = folded(_BULLET.sub("", raw[: LONGEST_LINE + 1]))
        if not line or len(line) > LONGEST_LINE:
            continue
        if (clock := read_clock(line)) is not None:
            alone = clock
        elif (found := next(clocks(line), None)) is not None and found.start == 0:
            title = line[found.end :].lstrip(_AFTER_TIME)
            alone = None
            if width(title) >= NARROWEST_HEADLINE and next(clocks(title), None) is None:
                yield number, found.time, title
        elif alone is not None:
            if width(line) >= NARROWEST_HEADLINE:
                yield number, alone, line
            alone = None


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines in groups that stand close together."""
    run: list[Line] = list(lines[:1])
    for above, below in pairwise(lines):
        if below[0] - above[0] > FARTHEST:
            yield run
            run = []
        run.append(below)
    yield run


def _is_news(box: Sequence[Line]) -> bool:
    times, titles = {clock for _, clock, _ in box}, {title for _, _, title in box}
    if len(box) < FEWEST_ROWS or len(times) < 2 or len(titles) * 2 < len(box):
        return False
    return runs_back([clock for _, clock, _ in box])
