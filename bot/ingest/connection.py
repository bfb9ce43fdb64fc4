"""One HTTP connection: a request in, an answer within bounds out.

Here: reading an answer as it arrives, and giving up on what is none, drips, crumbles, never begins or never ends.
Not here: whom we connect to and how long a connection is kept (connections), what an answer means (web, answers).

A client for every purpose spends a tenth of a millisecond on a poll that answers 304, and knows no bound for answers
that only say "go on" or for bodies in crumbs of one byte, which burn a core for as long as one listens. Here httptools,
the parser that the server's side of the field uses, reads, and everything is counted (docs/polling.md).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import cast

import httptools

from bot.ingest.unpacking import Body
from bot.news.errors import FetchFailed
from bot.news.said import said

# All headers of an answer together, with those of the answers before it that say "go on".
MOST_HEAD = 65_536
MOST_GO_ON = 8
# So many pieces (reads, chunks) are fine however small they are; beyond, they have to carry so many bytes each.
FREE_PIECES = 1000
SMALLEST_PIECE = 16


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one answer may take: bytes of the body, unpacked; after `patience` seconds of it bytes a second."""

    most_bytes: int
    patience: float
    slowest: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers by lower-case name, and the body of a page; that of a refusal or a redirect is not read.

    `is_cut`: the body was larger than the bounds allow, and this is its beginning.
    """

    status: int
    headers: dict[str, str]
    body: bytes = b""
    is_cut: bool = False


class StaleError(Exception):
    """A connection that was kept had been closed by the other side; nothing of an answer came."""


class Connection(asyncio.Protocol):
    """One connection; one request at a time.

    `kept_until` is the loop's time at which it is not kept any longer, `needed_at` when it will be needed again.
    """

    _transport: asyncio.Transport  # there before anybody has the connection

    def __init__(self, host: str) -> None:
        self.host = host
        self.kept_until = 0.0
        self.needed_at = 0.0
        self._answer: asyncio.Future[Answer] | None = None
        self._reusable = True
        self._begin(Bounds(0, 0.0, 0))

    def _begin(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._parser: httptools.HttpResponseParser | None = None
        self._headers: dict[str, str] = {}
        self._body: Body | None = None
        self._began_at = 0.0
        self._head = self._go_ons = self._pieces = self._received = self._carried = 0
        self._headed = self._whole = False

    def ask(self, request: bytes, bounds: Bounds) -> asyncio.Future[Answer]:
        """Write a request; its answer comes, or FetchFailed, or StaleError."""
        loop = asyncio.get_running_loop()
        self._begin(bounds)
        self._answer, self._began_at = loop.create_future(), loop.time()
        self._parser = httptools.HttpResponseParser(self)
        # Broken servers are read as browsers read them; a connection serves one host only, so nobody else is harmed.
        self._parser.set_dangerous_leniencies(
            lenient_headers=True,
            lenient_data_after_close=True,
            lenient_optional_cr_before_lf=True,
            lenient_optional_crlf_after_chunk=True,
            lenient_spaces_after_chunk_size=True,
        )
        self._transport.write(request)
        return self._answer

    @property
    def is_free(self) -> bool:
        """Whether another request may be written: the last answer is whole, and neither side hung up."""
        return self._reusable and self._whole and not self._transport.is_closing()

    def close(self) -> None:
        """Hang up."""
        self._reusable = False
        self._transport.abort()

    # ---- asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._parser is None or self._whole:
            return self.close()  # it speaks without being asked
        self._received += len(data)
        self._pieces += 1
        try:
            self._parser.feed_data(data)
            self._judge()
        except FetchFailed as reason:
            self._fail(reason)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            ours = error.__context__ if isinstance(error.__context__, FetchFailed) else None
            self._fail(ours or FetchFailed(said("{host} answered something that is not HTTP.", host=self.host)))
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        self._reusable = False
        if self._is_settled():
            return
        if not self._received:
            self._fail(StaleError())
        elif self._headed and exc is None and self._ends_by_closing():
            try:
                self._finish()
            except FetchFailed as reason:  # what it packed breaks off
                self._fail(reason)
        else:
            self._fail(FetchFailed(said("The answer of {host} broke off.", host=self.host)))

    # ---- the parser's side

    def on_message_begin(self) -> None:
        """An answer begins; behind one that is whole nobody asked for another."""
        self._headers = {}
        if self._whole:
            self.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header; where one comes twice, only what may be a list is joined."""
        self._head += len(name) + len(value)
        if self._head > MOST_HEAD:
            raise self._overflow()
        key, text = name.decode("latin-1").lower(), value.decode("utf-8", "replace")
        if key not in self._headers:
            self._headers[key] = text
        elif key in {"cache-control", "link"}:
            self._headers[key] += f", {text}"

    def on_headers_complete(self) -> None:
        """All headers are here: of an answer that counts, or of one that says "go on"."""
        status = self._status()
        if status < 200:
            self._go_ons += 1
            if self._go_ons > MOST_GO_ON:
                raise self._overflow()
            return None
        self._headed = True
        if not 200 <= status < 300:
            return self._settle(Answer(status, self._headers))
        self._body = Body(self._headers.get("content-encoding", ""), self._bounds.most_bytes)
        return None

    def on_chunk_header(self) -> None:
        """One more chunk."""
        self._pieces += 1

    def on_body(self, piece: bytes) -> None:
        """Part of the body."""
        self._carried += len(piece)
        if self._pieces > FREE_PIECES and self._received < self._pieces * SMALLEST_PIECE:
            raise FetchFailed(said("The server sends in crumbs."))
        if self._body is None or self._is_settled():
            return
        self._body.add(piece)
        if self._body.is_too_large:
            self._settle(Answer(self._status(), self._headers, self._body.beginning(), is_cut=True))
            self.close()

    def on_message_complete(self) -> None:
        """The whole answer is here."""
        if self._status() >= 200:
            self._finish()

    # ---- between the two

    def _judge(self) -> None:
        """What arrived so far may go on. Raises FetchFailed."""
        if self._is_settled():
            return
        if not self._headed and self._received > 2 * MOST_HEAD:
            raise self._overflow()
        spent = asyncio.get_running_loop().time() - self._began_at
        if spent > self._bounds.patience and self._carried < spent * self._bounds.slowest:
            raise FetchFailed(said("The server sends too slowly."))

    def _overflow(self) -> FetchFailed:
        return FetchFailed(said("{host} sends headers without end.", host=self.host))

    def _status(self) -> int:
        return self._parser.get_status_code() if self._parser else 0

    def _ends_by_closing(self) -> bool:
        return "content-length" not in self._headers and "transfer-encoding" not in self._headers

    def _finish(self) -> None:
        self._whole = True
        if self._parser is None or not self._parser.should_keep_alive():
            self.close()
        if self._answer is not None and not self._answer.done():
            self._settle(Answer(self._status(), self._headers, self._body.whole() if self._body else b""))

    def _is_settled(self) -> bool:
        return self._answer is None or self._answer.done()

    def _settle(self, answer: Answer) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def _fail(self, reason: BaseException) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(reason)
        self.close()
