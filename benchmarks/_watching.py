"""What this process tries to connect to, seen by the interpreter itself.

Here: every attempt, whoever makes it; and a name service that lies.
Not here: which were forbidden (hostile, tests/ingest/test_hostile_addresses.py).
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class Watch:
    """The addresses that were tried while it is on. An audit hook cannot be taken away, so it is switched off."""

    def __init__(self) -> None:
        self.tried: list[tuple[object, ...]] = []
        self._on = False
        sys.addaudithook(self._seen)

    def _seen(self, event: str, args: tuple[object, ...]) -> None:
        if self._on and event in {"socket.connect", "socket.sendto"} and isinstance(args[-1], tuple):
            self.tried.append(args[-1])

    @contextmanager
    def on(self) -> Iterator[list[tuple[object, ...]]]:
        """Watch; gives the addresses that are tried meanwhile."""
        self.tried.clear()
        self._on = True
        try:
            yield self.tried
        finally:
            self._on = False


@contextmanager
def names_lead_to(address: str) -> Iterator[None]:
    """A name service that gives this address for every name; addresses stay what they are."""
    system = socket.getaddrinfo

    def answer(host: str, port: int, *args: object, **how: object) -> object:
        spelled = host.replace(".", "").isdigit() or ":" in host
        return system(host if spelled else address, port, *args, **how)  # type: ignore[arg-type]

    socket.getaddrinfo = answer  # type: ignore[assignment]
    try:
        yield
    finally:
        socket.getaddrinfo = system
