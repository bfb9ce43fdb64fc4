"""A Redis Cluster as if it were one server. Owns which node has which slot.

Here: a command goes to the master of its slot, follows a slot that moved, and waits out a failover for a while.
Not here: the connections (node), which keys share a slot (keys), whether a command may be repeated (all may).

redis-py's own RedisCluster is not used: it sends ASKING on another connection than the command, closes connections
that other tasks are using, gives up a pipeline's answers for one node's sake, and does not look again where a master
went when a pipeline loses it (docs/decisions/0007). Each node is a plain client of the library here.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress
from time import monotonic
from types import MappingProxyType
from typing import Any

from redis.exceptions import (
    AskError,
    AuthenticationError,
    AuthorizationError,
    ClusterDownError,
    MovedError,
    ReadOnlyError,
    RedisError,
    TryAgainError,
)
from redis.exceptions import TimeoutError as TooSlow

from bot.store.node import LOST, UNANSWERED, Errand, Node
from bot.store.replicas import NONE, Replicas
from bot.store.scanning import Interrupted, scanned
from bot.store.server import OPTIONS, PATIENCE
from bot.store.slots import Address, Command, guarded, key_of, owners_of, slot_of

# When patience ends, what was sent just before may take as long as at a single server, and no longer.
GRACE = 5
# A node that is silent for so many seconds may have been replaced meanwhile; without any patience it is given up.
HANGS = 1
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.25
# Following a slot takes a step or two; nodes that send us round in circles are left alone for a moment.
STEPS_AT_ONCE = 4
NO_TLS: Mapping[str, Any] = MappingProxyType({})
NOT_OURS_TO_MEND = (AuthenticationError, AuthorizationError)


class Cluster:
    """Every master, behind the addresses of some nodes; connects at the first exchange, and again whenever it must."""

    def __init__(
        self, seeds: Sequence[Address], username: str | None, password: str | None, tls: Mapping[str, Any] = NO_TLS
    ) -> None:
        if not seeds:
            raise ValueError("a cluster has at least one node")
        self._seeds = tuple(seeds)
        self._options = {**OPTIONS, "username": username, "password": password, **tls}
        self._nodes: dict[Address, Node] = {}
        self._owners: dict[int, Address] = {}
        self._stale = True
        self._looks = 0
        self._looking = asyncio.Lock()

    async def call(self, command: Command) -> Any:  # noqa: ANN401 - every command has its own shape
        """The answer to one command. One that has no key goes to every master; the answer is the first one's."""
        answer = (await self.send([command], NONE, PATIENCE))[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def scan(self, glob: str) -> AsyncIterator[list[str]]:
        """Every key that fits, some at a time, one master after the other."""
        owners = await self._owners_now()
        for address in dict.fromkeys(owners.values()):
            async for keys in scanned(self._node(address).ask, glob):
                yield keys
        if await self._owners_now() != owners:
            raise Interrupted

    async def _owners_now(self) -> dict[int, Address]:
        """The master of each slot, asked anew."""
        self._stale = True
        await self._look(self._looks)
        return dict(self._owners)

    async def send(self, commands: Sequence[Command], replicas: Replicas, patience: float) -> list[Any]:
        """The answers in order; what was refused, or could not be brought to its node in time, is an exception.

        What does not reach a master is tried again for `patience` seconds.
        """
        begun = monotonic()
        limit = begun + (patience + GRACE if patience else HANGS)
        await self._look(self._looks)
        errands = [list(self._errands(command)) for command in commands]
        left, pause, steps = [errand for each in errands for errand in each], FIRST_PAUSE, 0
        while left:
            seen, steps = self._looks, steps + 1
            await self._round(left, replicas, limit)
            left = [errand for errand in left if self._goes_on(errand)]
            if not left or monotonic() - begun > patience:
                break
            if steps > STEPS_AT_ONCE or not all(isinstance(errand.answer, AskError) for errand in left):
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            with suppress(RedisError, OSError):  # what was answered stays answered; the next round tells who is away
                await self._look(seen)
        return [_together([errand.answer for errand in each]) for each in errands]

    async def close(self) -> None:
        """Close every connection; closing twice is allowed."""
        nodes, self._nodes = list(self._nodes.values()), {}
        for node in nodes:
            await node.close()

    def _errands(self, command: Command) -> Iterator[Errand]:
        key = key_of(command)
        if key is not None:
            yield Errand(guarded(command), slot_of(key))
        else:
            for slot in {owner: slot for slot, owner in self._owners.items()}.values():
                yield Errand(command, slot)

    async def _round(self, errands: Sequence[Errand], replicas: Replicas, limit: float) -> None:
        """Bring every errand to its node, all nodes at the same time."""
        visits: dict[Address, list[Errand]] = defaultdict(list)
        for errand in errands:
            address = errand.sent_to or self._owners.get(errand.slot)
            if address:
                errand.answer = UNANSWERED
                visits[address].append(errand)
            else:
                errand.answer = ClusterDownError(f"no node has slot {errand.slot}")
        tasks = {
            asyncio.create_task(self._node(address).visit(there, replicas)): address
            for address, there in visits.items()
        }
        try:
            await self._answered(tasks, visits, limit)
        finally:
            for task in tasks:
                task.cancel()
        for task, address in tasks.items():
            _heard(task, address, visits[address])

    async def _answered(
        self, tasks: Mapping[asyncio.Task[None], Address], visits: Mapping[Address, list[Errand]], limit: float
    ) -> None:
        """Return when every node has answered, or those that have not are no longer the ones to ask."""
        pending = set(tasks)
        while pending and monotonic() < limit:
            _, pending = await asyncio.wait(pending, timeout=min(HANGS, limit - monotonic()))
            if pending:
                self._stale = True
                with suppress(RedisError, OSError):
                    await self._look(self._looks)
            for address in map(tasks.__getitem__, pending):
                if any(not each.sent_to and self._owners.get(each.slot) != address for each in visits[address]):
                    return

    def _goes_on(self, errand: Errand) -> bool:
        """Whether the errand is to be tried again; learns from what it heard."""
        teller = errand.sent_to or self._owners.get(errand.slot) or self._seeds[0]
        errand.sent_to = None
        match errand.answer:
            case MovedError() as moved:
                self._owners[moved.slot_id] = (moved.host or teller[0], moved.port)
            case AskError() as ask:
                errand.sent_to = (ask.host or teller[0], ask.port)
            case AuthenticationError() | AuthorizationError():
                return False
            case TryAgainError():
                pass
            case ClusterDownError() | ReadOnlyError():
                self._stale = True
            case error if isinstance(error, LOST):
                self._stale = True
            case _:
                return False
        return True

    async def _look(self, seen: int) -> None:
        """Learn where the slots are, unless somebody did since `seen`, or there is no reason to."""
        if not self._stale:
            return
        async with self._looking:
            if self._looks == seen:
                await self._learn()

    async def _learn(self) -> None:
        """Ask one node after the other; go by what the first one says, and let go of nodes that left the cluster."""
        error: Exception = ClusterDownError("no node knows of any slot")
        for address in self._known():
            try:
                answer = await self._node(address).slots()
            except NOT_OURS_TO_MEND:
                raise
            except (RedisError, OSError) as failure:
                error = failure
                continue
            if answer:
                self._owners, members = owners_of(answer, address[0])
                self._stale, self._looks = False, self._looks + 1
                for gone in set(self._nodes) - members - set(self._seeds):
                    await self._nodes.pop(gone).close()
                for member in members:
                    self._node(member)
                return
        raise error

    def _known(self) -> list[Address]:
        """Every node that we have heard of, those that answered last time first."""
        known = list({*self._nodes, *self._seeds})
        random.shuffle(known)  # not everybody is to ask the same node
        return sorted(known, key=lambda address: self._node(address).is_lost)

    def _node(self, address: Address) -> Node:
        if address not in self._nodes:
            self._nodes[address] = Node(address, self._options)
        return self._nodes[address]


def _heard(task: asyncio.Task[None], address: Address, errands: Sequence[Errand]) -> None:
    """What a visit left unanswered is told so; a bug of ours is not swallowed."""
    if task.done() and not task.cancelled():
        task.result()
    for errand in errands:
        if errand.answer is UNANSWERED:
            errand.answer = TooSlow(f"{address[0]}:{address[1]} does not answer")


def _together(answers: Sequence[Any]) -> Any:  # noqa: ANN401 - every command has its own shape
    """One answer out of every master's: what went wrong, or the first one's."""
    return next((answer for answer in answers if isinstance(answer, Exception)), answers[0])
