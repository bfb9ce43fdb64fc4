"""The version of everything that is stored, and the way from an older one to this. Owns the key `schema`.

Here: the steps, doing them in Redis (at every start) and in what an older backup holds (restore), refusing a newer one.
Not here: how a value is read and written now (its codec), the format of a backup's file (backupfile).

Data without a version is that of 0.1.0, which is version 1. A step is pure, concerns one kind of hash, and done twice
it is done once: a migration that was killed begins again, and several processes may do the same at the same time. The
version is written last. A new step: a function beside the codec that it concerns, a line in STEPS, and a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.news.errors import ConfigError
from bot.store import keys
from bot.store.database import Database
from bot.store.keypatterns import KeyPattern
from bot.store.statecodec import in_one_field
from bot.store.whole import in_turn

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """What came with a version: how the hashes of one kind, as they were before, are written from then on."""

    version: int
    pattern: KeyPattern
    change: Callable[[Fields], Fields]


STEPS = (Step(2, keys.SOURCE_STATE, in_one_field),)
FIRST, CURRENT = 1, 2


def brought_up(key: str, fields: Fields, version: int) -> Fields:
    """What stands in a key today, from what stood there in a version."""
    for step in STEPS:
        if step.version > version and step.pattern.matches(key):
            fields = step.change(fields)
    return fields


class Schema:
    """The version of what is stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def settle(self) -> None:
        """Bring what an older version wrote up to date. Raises ConfigError where a newer one wrote it."""
        found = await self._database.call("GET", keys.SCHEMA.name)
        version = int(found) if found and found.isdigit() else FIRST
        if version > CURRENT:
            raise ConfigError(
                [
                    f"Redis holds what a newer headline-bot wrote (version {version} of its data; this one knows "
                    f"{CURRENT}). Upgrade this one too, or give it another Redis."
                ]
            )
        if version == CURRENT and found:
            return
        for step in STEPS:
            if step.version > version:
                async for some in self._database.keys(step.pattern.glob):
                    await self._mend(step, [key for key in some if step.pattern.matches(key)])
        await self._database.call("SET", keys.SCHEMA.name, CURRENT)

    async def _mend(self, step: Step, names: Sequence[str]) -> None:
        """Rewrite hashes; one that somebody else has written meanwhile is looked at again."""
        left = list(names)
        while left:
            found = await self._database.pipeline([("HGETALL", key) for key in left])
            changes = [
                (key, was, becomes)
                for key, was in zip(left, found, strict=True)
                if was and (becomes := step.change(was)) != was
            ]
            done = await self._database.run_each(
                "rewrite", [([key], [2 * len(was), *in_turn(was), *in_turn(becomes)]) for key, was, becomes in changes]
            )
            left = [key for (key, _, _), is_done in zip(changes, done, strict=True) if not is_done]
