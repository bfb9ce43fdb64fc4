"""python -m tests.simulation 1000: play so many seeds, and say how many a minute."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.simulation.server import valkey
from tests.simulation.story import play


def main(first: int, count: int) -> int:
    """Play seeds; how many went wrong."""
    failed, counts = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder, valkey(Path(folder)) as wire:
        began = time.perf_counter()
        for seed in range(first, first + count):
            outcome = play(seed, wire)
            counts += outcome.counts
            failed += bool(outcome.wrong)
            told = outcome.notes if count == 1 else outcome.wrong
            if told:
                print(f"seed {seed}:", *told, sep="\n  ")
        took = time.perf_counter() - began
    print(
        f"{count} seeds, {failed} failed, {count / took * 60:.0f} a minute, {wire.exchanges / count:.0f} exchanges each"
    )
    print(dict(counts))
    return failed


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    count, first = (*numbers, 100, 0)[:2] if len(numbers) != 1 else (numbers[0], 0)
    sys.exit(bool(main(first, count)))
