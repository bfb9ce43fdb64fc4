"""The log. Owns how a line looks, and that no secret is ever in one.

Here: one line a fact, for people on a terminal and as JSON for machines; the libraries' lines go the same way.
Not here: what is logged (whoever knows it).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

MASK = "•••"
# These say at every request what we count anyway, and some of them with the URL, which holds the token.
_CHATTY = ("aiohttp", "httpx", "httpcore", "telegram", "asyncio", "trafilatura", "htmldate", "charset_normalizer")


def configure(stream: TextIO, *, style: str, level: str, secrets: Iterable[str]) -> None:
    """Write the log of the whole process to `stream`; `style` is console, json, or auto: console on a terminal."""
    people = style == "console" or (style == "auto" and stream.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if people else "iso", utc=not people),
    ]
    if people:
        shared.append(_in_one_line)
    render = _for_people(stream) if people else structlog.processors.JSONRenderer(sort_keys=True)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _Masked(render, secrets),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _CHATTY:
        # A library's own level would let through what the operator's stricter one keeps out.
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _for_people(stream: TextIO) -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), pad_event_to=28)


def _in_one_line(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A fact is one line, whatever a library puts into it; values are quoted by the renderer."""
    event["event"] = str(event["event"]).replace("\r", "").replace("\n", " ")
    return event


class _Masked:
    """Renders, and hides every secret: in texts before quoting changes their looks, and in the whole line."""

    def __init__(self, render: Processor, secrets: Iterable[str]) -> None:
        self._render = render
        self._secrets = tuple(secret for secret in secrets if secret)

    def __call__(self, logger: object, method: str, event: MutableMapping[str, Any]) -> str:
        """The line as it may be written."""
        texts = {name: self._hidden(value) if isinstance(value, str) else value for name, value in event.items()}
        return self._hidden(str(self._render(logger, method, texts)))

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text
