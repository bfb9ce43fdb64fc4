"""Bars: a count for each hour or each span, drawn as SVG by the server.

Here: the chart as a value, its picture, its words for who does not see it, its figures as a table.
Not here: what is counted (status), how it is coloured (page/status.css).

Widths are shares of the figure and heights are pixels, so that letters are as large on a phone as on a desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bot.ops.telling import number

# The height of the highest bar, room for its top, and for the names below, in pixels.
TALL, ABOVE, BELOW = 120, 6, 20
# How much of its place a bar fills.
FILLED = 0.76


@dataclass(frozen=True, slots=True)
class Bar:
    """How many, of what (for who points at it or reads the table), and the name below it, if it has one."""

    count: int
    of: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from left to right; `sums` is what they come to, in words. `begun`: the last one still grows."""

    name: str
    title: str
    sums: str
    bars: tuple[Bar, ...]
    begun: bool = False


def drawn(chart: Chart) -> str:
    """The chart as a figure."""
    top = scale(max((bar.count for bar in chart.bars), default=0))
    steps = "".join(f"<li>{number(step)}</li>" for step in (top, top // 2, 0))
    title = f"<strong>{escape(chart.title)}</strong> <span>{escape(chart.sums)}</span>"
    return (
        f'<figure class="chart {chart.name}"><figcaption>{title}</figcaption>'
        f'<div class="plot"><ol class="scale" aria-hidden="true">{steps}</ol>'
        f'<svg role="img" aria-label="{escape(_words(chart))}" width="100%" height="{ABOVE + TALL + BELOW}">'
        f"{''.join(_lines())}{''.join(_drawn(chart, top))}</svg></div></figure>"
    )


def scale(most: int) -> int:
    """Where the scale ends: a round number that is even, so that its half can be named, too."""
    unit = 1
    while 10 * unit < most:
        unit *= 10
    return next(step * unit for step in (2, 4, 6, 8, 10) if step * unit >= most)


def _words(chart: Chart) -> str:
    most = max(chart.bars, key=lambda bar: bar.count, default=None)
    if most is None or not most.count:
        return f"{chart.title}: none."
    return f"{chart.title}: {chart.sums}. The highest bar: {number(most.count)}, {most.of}."


def _lines() -> Iterator[str]:
    for height in (0, TALL // 2, TALL):
        yield f'<line x1="0" x2="100%" y1="{ABOVE + height}" y2="{ABOVE + height}"/>'


def _drawn(chart: Chart, top: int) -> Iterator[str]:
    place = 100 / max(len(chart.bars), 1)
    for index, bar in enumerate(chart.bars):
        middle = (index + 0.5) * place
        if bar.count:
            tall = max(TALL * bar.count / top, 2)
            last = ' class="begun"' if chart.begun and index == len(chart.bars) - 1 else ""
            left, wide = middle - place * FILLED / 2, place * FILLED
            yield (
                f'<rect{last} x="{left:.2f}%" y="{ABOVE + TALL - tall:.1f}" width="{wide:.2f}%" height="{tall:.1f}" '
                f'rx="2"><title>{escape(bar.of)}: {number(bar.count)}</title></rect>'
            )
        if bar.name:
            yield f'<text x="{middle:.2f}%" y="{ABOVE + TALL + BELOW - 5}">{escape(bar.name)}</text>'
