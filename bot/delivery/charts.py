"""The picture of /stats: two small charts, an hour or six a bar. Owns how it is drawn.

Here: the chart as a value, its drawing, and the process that it is drawn in.
Not here: the figures (desk/overview), the words beside it (render/stats).

matplotlib needs a second and some 80 MB to begin with, and /stats is asked for now and then: each picture is drawn in a
process of its own, which gives all of that back. Its fonts have no letters for Hindi and Chinese; these read English
in the picture, and their own language beneath it.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Seconds that a picture may take on a machine that is busy.
PATIENCE = 20.0
# In inches and dots an inch: a telephone shows it from edge to edge, and sharply.
_SIZE, _DOTS = (6.4, 5.6), 200
# A middle grey behind, and bars and letters that can be read on it by day and by night.
_BEHIND, _INK, _FAINT, _COLOURS = "#1f2937", "#f3f4f6", "#4b5563", ("#60a5fa", "#fbbf24")
# So many bars can still be told apart on a telephone.
_MOST_BARS = 28
# Languages whose letters DejaVu Sans, the font that matplotlib brings along, has.
DRAWN = frozenset({"en", "fr", "ar", "es", "pt", "de", "ru", "fa", "tr", "id"})


@dataclass(frozen=True, slots=True)
class Chart:
    """A title and a count for each hour, oldest first."""

    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Charts one below the other, of the hours up to `at`; `clock` says whose clock stands beneath them."""

    charts: tuple[Chart, ...]
    at: datetime
    clock: str


async def drawn(picture: Picture) -> bytes:
    """The picture as PNG; empty where it cannot be drawn, and the words have to do."""
    return await asyncio.to_thread(_drawn, picture)


def draw(picture: Picture) -> bytes:
    """The picture as PNG, drawn here. Loads matplotlib."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    figure = Figure(figsize=_SIZE, dpi=_DOTS, facecolor=_BEHIND, layout="constrained")
    rows = figure.subplots(len(picture.charts), 1, squeeze=False)
    for axes, chart, colour in zip(rows[:, 0], picture.charts, _COLOURS, strict=False):
        _draw(axes, chart, colour, picture.at)
    figure.supxlabel(picture.clock, color=_INK, fontsize=11)
    png = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(png, format="png")
    return png.getvalue()


def _draw(axes: Axes, chart: Chart, colour: str, at: datetime) -> None:
    width = -(-len(chart.counts) // _MOST_BARS)
    bars = [sum(chart.counts[start : start + width]) for start in range(0, len(chart.counts), width)]
    axes.bar(range(len(bars)), bars, color=colour, width=0.8)
    axes.set_title(chart.title, color=_INK, fontsize=15, loc="left")
    axes.set_facecolor(_BEHIND)
    axes.set_ylim(0, max([*bars, 1]) * 1.15)
    axes.locator_params(axis="y", integer=True, nbins=4)
    axes.grid(axis="y", color=_FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK, labelsize=12, length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    places, names = _times(bars, width, len(chart.counts), at)
    axes.set_xticks(places, names)


def _times(bars: Sequence[int], width: int, hours: int, at: datetime) -> tuple[list[int], list[str]]:
    """Which bars are named, and how: by their hour within a day, by their day within a week."""
    last = at.replace(minute=0, second=0, microsecond=0)
    begins = [last - timedelta(hours=hours - 1 - place * width) for place in range(len(bars))]
    step = 6 if width == 1 else 24 // width
    places = list(range(len(bars) - 1, -1, -step)) if width == 1 else list(range(0, len(bars), step))
    form = "%H:%M" if width == 1 else "%d.%m."
    return places, [f"{begins[place]:{form}}" for place in places]


def _drawn(picture: Picture) -> bytes:
    """Have a process draw it, and end that. Blocks."""
    spawn = get_context("spawn")  # a fork would copy the event loop, its sockets and its threads
    near, far = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_draw_into, args=(far, picture), daemon=True)
    process.start()
    far.close()
    try:
        return near.recv_bytes() if near.poll(PATIENCE) else b""
    except EOFError:
        return b""
    finally:
        process.kill()
        process.join()
        near.close()


def _draw_into(pipe: Connection, picture: Picture) -> None:
    with contextlib.suppress(BrokenPipeError):
        pipe.send_bytes(draw(picture))
