"""A Bot API server for benchmarks, in a process of its own: fast, as strict as Telegram may be, and with a memory.

    with stubbed(Rules(limit=30, counting="window", way_in=(0.02, 0.04))) as telegram:
        ...  # TELEGRAM_API_URL=telegram.url, any token; the bot's methods are at {telegram.url}/bot<token>/<method>
        telegram.inject([message(7, "/latest")])
        telegram.counts().accepted, telegram.record().accepted

Here: the rules that a server is started with, starting and ending it, and reading what it remembers.
Not here: what it does (_botapi), how it counts (_counting). Instants are time.monotonic(), one clock on one machine.
"""

from __future__ import annotations

import http.client
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson

ROOT = Path(__file__).parent.parent
Counting = Literal["none", "window", "bucket"]


@dataclass(frozen=True, slots=True)
class Rules:
    """How the server behaves.

    `limit` messages a second for the bot: `counting` "window" allows them in any window of one second, "bucket" holds
    so many tokens and gains so many a second; both allow 5 in 5 s in one chat and 20 a minute in a group. "none" allows
    everything. A request is counted `way_in` (seconds, uniformly drawn) after it was received, and answered `way_back`
    after that. `flood`, `trouble` and `cut` are the probabilities, for each message, of a 429 with `retry_after`, of a
    500 to 504, and of a connection that is closed without an answer after the message was accepted.
    """

    limit: int = 30
    counting: Counting = "none"
    way_in: tuple[float, float] = (0.0, 0.0)
    way_back: tuple[float, float] = (0.0, 0.0)
    flood: float = 0.0
    retry_after: int = 1
    trouble: float = 0.0
    cut: float = 0.0
    seed: int = 1
    keep_texts: bool = True


class Accepted(NamedTuple):
    """A message that the server took: when it was received and when counted, and what it told.

    `told` are the headlines that its buttons offer to read; `was_cut`: the answer never left. `via` is what stood
    before /bot<token> in the address, so that a benchmark may know the process that sent it.
    """

    received: float
    counted: float
    method: str
    chat: int
    message_id: int
    told: Sequence[str]
    was_cut: bool
    via: str
    text: str


class Refused(NamedTuple):
    """A message that the server did not take, with the code of its answer; `fault`: by dice, not by the limits."""

    received: float
    counted: float
    method: str
    chat: int
    code: int
    fault: bool
    told: Sequence[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages were accepted and refused so far, and when the last was accepted (0.0: none was)."""

    accepted: int
    refused: int
    last: float


@dataclass(frozen=True, slots=True)
class Record:
    """All that happened; `delivered` tells when each injected update left for the bot first."""

    accepted: list[Accepted]
    refused: list[Refused]
    delivered: dict[int, float]

    def refused_with(self, code: int) -> int:
        """How many answers had this code."""
        return sum(refusal.code == code for refusal in self.refused)

    def reached(self, headline: str) -> set[int]:
        """The chats that were told a headline."""
        return {message.chat for message in self.accepted if headline in message.told}


@dataclass(frozen=True, slots=True)
class Stub:
    """A server that runs; `url` is the Bot API's root, `certificate` what a client of its TLS has to trust."""

    url: str
    pid: int
    control: int
    certificate: str = ""

    def counts(self) -> Counts:
        """A cheap look."""
        return Counts(**self._ask("GET", "/counts"))

    def record(self) -> Record:
        """Everything since the start, or the last forget()."""
        found = self._ask("GET", "/record")
        return Record(
            [Accepted(*each) for each in found["accepted"]],
            [Refused(*each) for each in found["refused"]],
            {int(update): at for update, at in found["delivered"].items()},
        )

    def forget(self) -> None:
        """Begin a new record."""
        self._ask("POST", "/forget")

    def inject(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Let people do something: these updates are what getUpdates answers next."""
        self._ask("POST", "/updates", orjson.dumps(updates))

    def wait(self, accepted: int, within: float, look_every: float = 0.05) -> bool:
        """Return when so many messages were accepted since the last forget(); False if they were not in time."""
        until = time.monotonic() + within
        while self.counts().accepted < accepted:
            if time.monotonic() > until:
                return False
            time.sleep(look_every)
        return True

    def _ask(self, method: str, path: str, body: bytes = b"") -> Any:  # noqa: ANN401 - every route has its own shape
        connection = http.client.HTTPConnection("127.0.0.1", self.control, timeout=60)
        try:
            connection.request(method, path, body)
            return orjson.loads(connection.getresponse().read())
        finally:
            connection.close()


@contextmanager
def stubbed(rules: Rules = Rules(), *, tls: bool = False) -> Iterator[Stub]:
    """A server for as long as the context lasts."""
    with tempfile.TemporaryDirectory() as folder:
        trusted = certificate(Path(folder)) if tls else ""
        command = [sys.executable, "-m", "benchmarks._botapi", orjson.dumps(asdict(rules)).decode(), trusted]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
            try:
                assert process.stdout
                plain, secret = (int(port) for port in process.stdout.readline().split())
                url = f"https://localhost:{secret}" if tls else f"http://127.0.0.1:{plain}"
                yield Stub(url, process.pid, plain, trusted)
            finally:
                process.kill()


_numbers = itertools.count(1)


def message(chat: int, text: str) -> dict[str, Any]:
    """The update that tells of a person's message in a private chat."""
    number = next(_numbers)
    person = {"id": chat, "is_bot": False, "first_name": "Reader"}
    entity = {"type": "bot_command", "offset": 0, "length": len(text.partition(" ")[0])}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Reader"},
            "from": person,
            "text": text,
            "entities": [entity] if text.startswith("/") else [],
        },
    }


def certificate(folder: Path) -> str:
    """A certificate for localhost, with its key in the same file."""
    made = folder / "localhost.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2"]
    subprocess.run([*command, *names, "-keyout", made, "-out", folder / "only.pem"], check=True, capture_output=True)
    with made.open("ab") as file:
        file.write((folder / "only.pem").read_bytes())
    return str(made)
