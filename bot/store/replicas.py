"""When a write counts: at once, or when replicas have it too. Owns which steps are waited for, and {<tag>}:confirmed.

Here: the operator's wish, the scripts that it concerns, and what the server's count means.
Not here: how WAIT travels behind a script on one connection (server, cluster).

Redis copies to its replicas after it has answered; a master that dies in between takes with it what it had promised.
Only a step that somebody outside its hash slot relies on is confirmed, as the rest comes back by itself
(docs/decisions/0007).
"""

from __future__ import annotations

from dataclasses import dataclass

from redis.exceptions import ResponseError

from bot.store import keys
from bot.store.slots import Command, tag_of

CONFIRMED = frozenset(
    {
        "add",  # before a source is noted as read, a publisher hears "taken", and anybody is owed the headline
        "owe",  # before the stream's entry is acknowledged
        "register",  # before a chat subscribes to the topic
        "restore",  # before the chat is greeted
        "subscribe",  # before the chat is answered
        "unsubscribe",  # the same
        "forget",  # the same
        "adopt",  # before the chat's old id loses what the new one has
    }
)


class Unconfirmed(ResponseError):
    """A write that may be lost if its master dies now; it has to be repeated."""


@dataclass(frozen=True, slots=True)
class Replicas:
    """How many replicas a write is waited for, and for how many milliseconds."""

    wanted: int = 0
    within_ms: int = 1000

    def of(self, script: str) -> Replicas:
        """What this means for a script."""
        return self if script in CONFIRMED else NONE

    def behind(self, key: str, there_are: int) -> tuple[Command, ...]:
        """What is sent behind writes, on the same connection; `key` is one that they were about.

        WAIT counts only what its own connection wrote, and a step that is repeated may find nothing to write any more,
        though no replica has it. So it always comes behind a write.
        """
        if not self.wanted:
            return ()
        return ("SET", keys.CONFIRMED.at(tag_of(key)), "", "EX", 60), self.waiting(there_are)

    def waiting(self, there_are: int) -> Command:
        """The command that waits, where so many replicas are to be had; its answer is how many have everything."""
        return "WAIT", min(self.wanted, there_are), self.within_ms

    def missing(self, have: int, there_are: int) -> Unconfirmed | None:
        """What is wrong if so many replicas have the writes."""
        wanted = min(self.wanted, there_are)
        return Unconfirmed(f"{have} of {wanted} replicas confirmed a write in time") if have < wanted else None


def standing(nodes: str) -> int:
    """How many replicas could take their master's place, from its CLUSTER NODES.

    One that the cluster takes for failed cannot. To wait for it, as after a failover, would silence the bot until
    somebody mends the cluster, and save nothing.
    """
    rows = [line.split() for line in nodes.splitlines() if line]
    flags = [set(row[2].split(",")) for row in rows]
    own = next(row[0] for row, marks in zip(rows, flags, strict=True) if "myself" in marks)
    return sum(row[3] == own and "fail" not in marks for row, marks in zip(rows, flags, strict=True))


NONE = Replicas()
