"""What happens in a simulation: a seed draws chats, headlines, faults and deaths, and everything is played to its end.

Here: who does what and when, and playing it.
Not here: the world in which it happens (stage), what a deed is (people), what must be true of it (ledger).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog

from tests.simulation.ledger import Reader
from tests.simulation.people import WORDS, People
from tests.simulation.server import Wire
from tests.simulation.stage import SPAN, Stage
from tests.simulation.virtual import VirtualLoop

Deed = Coroutine[Any, Any, None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a seed: what was not as it has to be, how often what happened, and all that happened in order."""

    seed: int
    wrong: tuple[str, ...]
    counts: Counter[str]
    notes: tuple[str, ...]


class Play:
    """One seed, played."""

    def __init__(self, stage: Stage, group: asyncio.TaskGroup) -> None:
        self._stage = stage
        self._people = People(stage, group)

    def deeds(self) -> list[Deed]:
        """All that the seed draws."""
        rng, stage, deeds = self._stage.rng, self._stage, list[Deed]()
        for shard in rng.sample(range(64), 1 if stage.rush else rng.choice([1, 2])):
            for place in range(7 if stage.rush else rng.choice([2, 3, 4])):
                sign = 1 if stage.rush else rng.choice([1, 1, -1])
                reader = Reader([sign * 64 * (10 + place) + shard])
                stage.ledger.readers[reader.id] = reader
                stage.telegram.open(reader.id)
                # Numbers that became free are given again at random (SPOP), so one chat a shard may free one.
                deeds += self._life(reader, restless=place == 0)
        deeds += [self._people.publish(number) for number in range(1, 13 if stage.rush else rng.choice([2, 4, 7]))]
        deeds += [stage.process("alerter", rng.choice(["a", "as"]))]
        deeds += [stage.process(f"sender {number}", "s") for number in range(rng.choice([1, 2, 3]))]
        return deeds

    def _life(self, reader: Reader, *, restless: bool) -> list[Deed]:
        """What a reader does, each at its time."""
        rng, people = self._stage.rng, self._people

        def later(deed: Callable[..., Awaitable[None]], *args: Any, begin: float = 0.0) -> Deed:
            return people.later(rng.uniform(begin, SPAN - 1), deed, *args)

        async def at_first(words: list[str]) -> None:
            for word in words:
                await people.wants(reader, word)

        if self._stage.rush:
            return [at_first(list(WORDS)), *(later(people.asks, reader, begin=5.0) for _ in range(2))]
        deeds: list[Deed] = [at_first(rng.sample(WORDS, rng.choice([0, 1, 2])))]
        deeds += [later(people.wants, reader, rng.choice(WORDS)) for _ in range(rng.choice([0, 0, 1]))]
        deeds += [later(people.wants_no_more, reader) for _ in range(rng.choice([0, 0, 1]))]
        deeds += [later(people.asks, reader, begin=1.0) for _ in range(rng.choice([0, 0, 1, 3]))]
        deeds += [later(people.arrives, reader) for _ in range(rng.choice([0, 0, 1]))]
        deeds += [later(people.chooses, reader) for _ in range(rng.choice([0, 0, 1, 2]))]
        if restless:
            own = people.upgrades if reader.id < 0 else people.stops
            deeds.append(later(rng.choice([people.blocks, own]), reader, begin=1.0))
        else:
            deeds += [later(people.silences, reader) for _ in range(rng.choice([0, 0, 0, 1]))]
        return deeds


async def _played(stage: Stage) -> None:
    async with asyncio.TaskGroup() as group:
        for deed in Play(stage, group).deeds():
            group.create_task(deed)
    await stage.last()
    stage.ledger.close()


def play(seed: int, wire: Wire) -> Outcome:
    """Play a seed on an empty server."""
    wire.ask("FLUSHALL")
    wire.watchers.clear()
    logging = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    loop = VirtualLoop()
    stage = Stage(seed, wire, loop)
    try:
        loop.run_until_complete(_played(stage))
    except Exception as error:  # whatever a process fell over belongs into its seed's story
        stage.ledger.accuse(f"it fell over: {sorted(_told(error))}")
    finally:
        loop.close()
        structlog.configure(**logging)
    ledger = stage.ledger
    return Outcome(seed, tuple(ledger.wrong), ledger.counts, tuple(ledger.notes))


def _told(error: BaseException) -> set[str]:
    """What an error says, or each of a group of errors."""
    if isinstance(error, BaseExceptionGroup):
        return set[str]().union(*map(_told, error.exceptions))
    return {repr(error)}
