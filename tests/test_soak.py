"""A minute of benchmarks/soak.py: everything is killed, Telegram stumbles, and no headline is lost."""

from __future__ import annotations

import random

import pytest

from benchmarks import soak


@pytest.mark.timeout(900)
def test_nothing_is_lost_and_what_comes_twice_had_to_be_feared() -> None:
    seed = random.SystemRandom().randrange(10_000)

    told = soak.main(["--seconds", "60", "--seed", str(seed)])

    assert told["always"]["lost"] == 0, told
    for half in (told["always"], told["everysec"]):
        assert half["sent"] > 100, told
        assert half["explained"] == half["duplicates"], told
        assert half["died"] == [], told
