"""One trace from source to chat. Owns the spans, and all that we know of OpenTelemetry.

Here: the steps of a headline's walk, told after they were taken; which trace they belong to.
Not here: what is a step (the workers), where the collector is (options).

A headline's trace and its first span bear numbers that are made of the headline's id. So every process knows them, and
nothing has to be carried along, neither in the stream, where publishers write, nor elsewhere in Redis. Whether a
headline is traced follows from the number too, so it is traced in every process or in none.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot import __version__
from bot.news.errors import ConfigError

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace.export import SpanExporter

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MICROSECOND = timedelta(microseconds=1)
# A collector that is slow holds up nothing but the last spans at a stop, for so many seconds.
PATIENCE = 3
NOT_INSTALLED = "tracing.collector is set, and what it needs is not there: pip install 'headline-bot[tracing]'."


class Traces(Protocol):
    """Who is told of the steps of headlines."""

    def headline(self, headline: str, began: datetime, ended: datetime, **facts: str | int) -> None:
        """The walk of a headline, until it was owed to everybody: what all of its steps belong to."""

    def step(self, name: str, headline: str, began: datetime, ended: datetime, **facts: str | int) -> None:
        """One step of it."""

    def close(self) -> None:
        """Send what was not sent yet."""


class NoTraces:
    """Nobody wants to know."""

    def headline(self, headline: str, began: datetime, ended: datetime, **facts: str | int) -> None:
        """Nothing is kept."""

    def step(self, name: str, headline: str, began: datetime, ended: datetime, **facts: str | int) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is left."""


class OpenTelemetry:
    """Sends spans to a collector, many at a time, from a thread of its own; what it cannot keep up with is dropped."""

    def __init__(self, exporter: SpanExporter, share: int, process: str) -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
        from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

        class Numbers(RandomIdGenerator):
            """Random ones, but for a headline's own."""

            of_headline: tuple[int, int] | None = None

            def generate_trace_id(self) -> int:
                return self.of_headline[0] if self.of_headline else super().generate_trace_id()

            def generate_span_id(self) -> int:
                return self.of_headline[1] if self.of_headline else super().generate_span_id()

        about = {"service.name": "headline-bot", "service.version": __version__, "service.instance.id": process}
        self._numbers = Numbers()
        self._provider = TracerProvider(
            TraceIdRatioBased(share / 100), Resource(about), shutdown_on_exit=False, id_generator=self._numbers
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("headline-bot", __version__)

    def headline(self, headline: str, began: datetime, ended: datetime, **facts: str | int) -> None:
        """The walk of a headline."""
        from opentelemetry.context import Context

        self._numbers.of_headline = numbers_of(headline)
        span = self._tracer.start_span("headline", Context(), attributes=facts, start_time=_nanoseconds(began))
        self._numbers.of_headline = None
        span.end(_nanoseconds(ended))

    def step(self, name: str, headline: str, began: datetime, ended: datetime, **facts: str | int) -> None:
        """One step of it."""
        span = self._tracer.start_span(
            name, _within(headline), attributes={"headline": headline, **facts}, start_time=_nanoseconds(began)
        )
        span.end(_nanoseconds(ended))

    def close(self) -> None:
        """Send what was not sent yet."""
        self._provider.shutdown()


def traces_to(collector: str, share: int, process: str) -> Traces:
    """Traces of so many per cent of all headlines to an OTLP collector's address; to nobody where that is empty.

    Raises ConfigError where what it takes is not installed.
    """
    if not collector:
        return NoTraces()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError:
        raise ConfigError([NOT_INSTALLED]) from None
    exporter = OTLPSpanExporter(f"{collector.rstrip('/')}/v1/traces", timeout=PATIENCE)
    return OpenTelemetry(exporter, share, process)


def numbers_of(headline: str) -> tuple[int, int]:
    """The numbers of a headline's trace (128 bits) and of its first span (64)."""
    digest = hashlib.blake2b(headline.encode(), digest_size=24).digest()
    return int.from_bytes(digest[:16]), int.from_bytes(digest[16:])


def _within(headline: str) -> Context:
    """The place of a headline's steps, whoever told of the headline itself."""
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    trace, first = numbers_of(headline)
    sampled = TraceFlags(TraceFlags.SAMPLED)
    return set_span_in_context(NonRecordingSpan(SpanContext(trace, first, is_remote=True, trace_flags=sampled)))


def _nanoseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND * 1000
