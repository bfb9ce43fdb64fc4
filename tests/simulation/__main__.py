"""python -m tests.simulation 5000: play so many seeds on all cores, and say how many a minute.

With a second number, from that seed on: `python -m tests.simulation 1 42` plays seed 42 and tells all that happens.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.simulation.server import valkey
from tests.simulation.story import play


def played(seeds: Sequence[int]) -> tuple[list[str], Counter[str]]:
    """Play seeds on a server of their own; what went wrong (of one seed alone, all that happened), and the counts."""
    told, counts = list[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder, valkey(Path(folder)) as wire:
        for seed in seeds:
            outcome = play(seed, wire)
            counts += outcome.counts
            counts["seeds that failed"] += bool(outcome.wrong)
            notes = outcome.notes if len(seeds) == 1 else outcome.wrong
            if notes:
                told.append("\n  ".join([f"seed {seed}:", *notes]))
    return told, counts


def main(first: int, count: int) -> int:
    """Play seeds; how many went wrong."""
    cores = min(os.cpu_count() or 1, count)
    began, counts = time.perf_counter(), Counter[str]()
    with ProcessPoolExecutor(cores) as pool:
        for told, counted in pool.map(played, [range(first + core, first + count, cores) for core in range(cores)]):
            print(*told, sep="\n", end="\n" if told else "")
            counts += counted
    took = time.perf_counter() - began
    failed = counts["seeds that failed"]
    print(f"{count} seeds, {failed} failed, {count / took * 60:.0f} a minute on {cores} cores")
    print(dict(counts))
    return failed


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    count, first = (*numbers, 0)[:2] if numbers else (100, 0)
    sys.exit(bool(main(first, count)))
