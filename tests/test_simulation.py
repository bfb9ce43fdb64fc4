"""The delivery, simulated: hundreds of small worlds, each drawn from a seed and played in some hundredths of a second.

A seed that fails is told with all that happened in it; `pytest tests/test_simulation.py --seed N` plays it alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulation.server import Wire, valkey
from tests.simulation.story import Outcome, play

SEEDS = 240
PORTIONS = 8


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A Valkey of our own, empty before each seed."""
    with valkey(tmp_path_factory.mktemp("simulation")) as wire:
        yield wire


def held(outcome: Outcome) -> None:
    """Fail with the whole story of a seed in which a promise was not kept."""
    if outcome.wrong:
        pytest.fail("\n".join([f"pytest tests/test_simulation.py --seed {outcome.seed}", *outcome.notes]))


@pytest.mark.parametrize("portion", range(PORTIONS))
def test_whatever_goes_wrong_everybody_is_told_everything_once(
    wire: Wire, portion: int, pytestconfig: pytest.Config
) -> None:
    alone = pytestconfig.getoption("--seed")
    for seed in [alone] if alone is not None else range(portion, SEEDS, PORTIONS):
        held(play(seed, wire))


def test_a_seed_decides_everything(wire: Wire) -> None:
    assert [play(seed, wire).notes for seed in (7, 23)] == [play(seed, wire).notes for seed in (7, 23)]


def test_the_simulated_worlds_are_troubled_enough_to_prove_anything(wire: Wire) -> None:
    counts = sum((play(seed, wire).counts for seed in range(60)), start=play(60, wire).counts)
    assert counts["told"] > 200
    assert counts["explained"] > 5
    assert counts["reply sent"] > 100
