"""How long steps take, by percentile, out of the histograms that a process keeps.

Here: a step as a value, its percentiles, and the table of the slowest.
Not here: what is measured (metrics).

A histogram knows how many were within each of its bounds, not how long each one took. A percentile lies between two
bounds, and is taken for as far from the lower one as those between them would have it if they were spread evenly, as
Prometheus does: https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from prometheus_client import Metric
from prometheus_client.samples import Sample

from bot.ops.bars import Bar, Chart
from bot.ops.telling import number, table, took

# What the page has room for.
SHOWN = 8
SHARES = (("Half within", 0.5), ("95% within", 0.95), ("99% within", 0.99))


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of step: its metric, what it is in words, and how many took at most so many seconds.

    `within` are the histogram's bounds with all that lie below, the last one infinite.
    """

    metric: str
    says: str
    within: tuple[tuple[float, int], ...]

    @property
    def count(self) -> int:
        """How often it was done."""
        return self.within[-1][1] if self.within else 0


def measured(metrics: Iterable[Metric]) -> tuple[Step, ...]:
    """Every histogram of seconds as a step, one for each of its labels; those that never happened are left out."""
    found = (step for metric in metrics if metric.type == "histogram" for step in _steps(metric))
    return tuple(step for step in found if step.count)


def percentile(step: Step, share: float) -> tuple[float, bool]:
    """Within how many seconds that share of them was done; whether it may have been longer than we can tell."""
    wanted, lower, below = share * step.count, 0.0, 0
    for bound, count in step.within:
        if count >= wanted and count > below:
            if math.isinf(bound):
                return lower, True
            return lower + (bound - lower) * (wanted - below) / (count - below), False
        lower, below = bound, count
    return 0.0, False


def slowest(steps: Sequence[Step]) -> str:
    """The slowest ones as a table: those first that nineteen of twenty were done within."""
    if not steps:
        return '<p class="none">Nothing was measured yet.</p>'
    ordered = sorted(steps, key=lambda step: percentile(step, 0.95), reverse=True)
    head = ("Step", "Times", *(name for name, _ in SHARES))
    return table("steps", head, (("", _cells(step)) for step in ordered[:SHOWN]))


def spread(step: Step, name: str, title: str) -> Chart:
    """How the durations of a step are spread, a bar for what lies between two bounds."""
    bars, lower, below = list[Bar](), "0 s", 0
    for bound, count in step.within:
        upper = "" if math.isinf(bound) else took(bound)
        of = f"{lower} to {upper}" if upper else f"more than {lower}"
        bars.append(Bar(count - below, of, (f"≤ {upper}" if upper else "more") if len(bars) % 4 == 0 else ""))
        lower, below = upper, count
    return Chart(name, title, f"{number(step.count)} since the start", tuple(bars))


def _cells(step: Step) -> Iterator[str]:
    yield escape(step.says)
    yield number(step.count)
    for _, share in SHARES:
        seconds, longer = percentile(step, share)
        yield f"{'more than ' if longer else ''}{took(seconds)}"


def _steps(metric: Metric) -> Iterator[Step]:
    rows: dict[str, list[Sample]] = {}
    for sample in metric.samples:
        if sample.name.endswith("_seconds_bucket"):
            label = ", ".join(value for name, value in sorted(sample.labels.items()) if name != "le")
            rows.setdefault(label, []).append(sample)
    for label, buckets in rows.items():
        within = sorted((float(each.labels["le"]), int(each.value)) for each in buckets)
        yield Step(metric.name, f"{metric.documentation}: {label}" if label else metric.documentation, tuple(within))
