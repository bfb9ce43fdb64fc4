"""The world of a seed: its limits and troubles, the processes that live in it, and the time when all goes well again.

Here: what a seed draws for the house as a whole, and who comes after a process that died.
Not here: what people do (people), when (story), what must be true of it (ledger).
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from random import Random
from typing import Any

from bot.store import keys
from bot.store.permits import Limits
from bot.workers.hands import Hands
from tests.simulation.ledger import Ledger
from tests.simulation.processes import Fate, House, Process
from tests.simulation.server import Command, Wire
from tests.simulation.telegram import Fault, Telegram
from tests.simulation.virtual import VirtualClock, VirtualLoop

# For so long things happen; then nothing goes wrong any more, and what is owed is told.
SPAN = 30.0
# So long nobody takes a dead process's place: a sender's lease (40 s) runs out before the end, or after it.
ABSENCE = (0.1, 50.0)
# So long an idle worker rests.
REST = ((0.5, 1.5), *5 * [(2.0, 12.0)])
# Sends that fail wait up to a day; more looks than that, and something does not drain.
LOOKS = 60
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


class Stage:
    """Where a seed is played."""

    def __init__(self, seed: int, wire: Wire, loop: VirtualLoop) -> None:
        self.rng = Random(seed)
        self.seed, self.wire, self.loop = seed, wire, loop
        self.clock = VirtualClock(loop)
        draw = self.rng.choice
        self.limits = Limits(draw([2, 3, 5, 30]), per_burst=draw([2, 5]), per_group_minute=draw([2, 5, 20]))
        self.ledger = Ledger(wire, loop)
        self.telegram = Telegram(Random(f"{seed} telegram"), self.limits, self.ledger)
        self.telegram.faults += draw([0, 0, 10, 30]) * [Fault.NONE] + self.rng.sample(FAULTS, draw([0, 1, 2, 5]))
        self.telegram.faults += draw([0, 5]) * [Fault.NONE]
        self.store_faults = draw([0.0, 0.0, 0.0, 0.02])
        self.redis_way = draw([0.001, 0.005, 0.1])
        self.deaths = draw([0, 1, 2, 4])
        self.living: list[House] = []
        self.desk = self.house("desk", Fate(redis_way=0.0))
        self.lively = draw([0.0, 0.0, 0.3])
        self.rush = self.rng.random() < 0.06
        # More to tell than may be told for a while, and people who ask meanwhile; nothing else goes wrong.
        if self.rush:
            self.limits = Limits(2)
            self.telegram.limits, self.telegram.faults, self.telegram.jitter = self.limits, [Fault.NONE], 0.01
            self.deaths, self.store_faults, self.redis_way = 0, 0.0, 0.001
        self.hears_bells = draw([True, False])
        wire.watch(keys.BELL.name, self._rings)

    # ---- processes

    def house(self, name: str, fate: Fate) -> House:
        process = Process(name, Random(f"{self.seed} {name} {self.loop.instant}"), fate, self.ledger)
        return House(process, self.wire, self.telegram, self.limits, self.clock)

    async def process(self, name: str, roles: str) -> None:
        """A process and those that come after it where it dies."""
        rng = Random(f"{self.seed} {name}")
        while self.loop.instant < SPAN:
            fate = Fate(None, rng.random() < 0.5, self.store_faults, self.redis_way)
            if self.deaths:
                self.deaths -= 1
                fate.dies_at = rng.randrange(60)
            house = self.house(name, fate)
            self.living.append(house)
            self.loop.call_at(SPAN, house.process.stop.set)
            await house.run(roles, timedelta(seconds=rng.uniform(*rng.choice(REST))))
            self.living.remove(house)
            await asyncio.sleep(rng.uniform(*ABSENCE))

    async def last(self) -> None:
        """Nothing goes wrong any more: one process tells what is owed, however long it has to wait."""
        self.telegram.faults = [Fault.NONE]
        house = self.house("alerter", Fate())
        for _ in range(LOOKS):
            while await house.alerter.step():
                pass
            await self._send(house)
            backlog = await house.outbox.backlog()
            if backlog.oldest_due is None:
                return
            wait = backlog.oldest_due - self.clock.now()
            await asyncio.sleep(max(wait.total_seconds(), 0.0) + 0.001)
        self.ledger.accuse("the outbox does not drain")

    async def _send(self, house: House) -> None:
        async with asyncio.TaskGroup() as group:
            hands = Hands(group)
            while await house.sender.step(hands):  # noqa: ASYNC110 - until nothing is left to send
                await asyncio.sleep(0.001)

    def _rings(self, _: Command, __: Any) -> None:
        """Processes hear that something is owed."""
        for house in self.living if self.hears_bells else []:
            self.loop.call_later(self.rng.random() * 0.1, house.process.mail.set)
