"""An alert as it stands in a channel, where many read it who cannot decide anything there.

Here: the buttons that make sense for readers.
Not here: how an alert is worded (alert, digest), managing a channel (groups).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.render.pressing import laid_out, leading
from bot.news.alerts import Alert
from bot.news.message import Button, Message
from bot.news.said import Tongue

Rows = tuple[tuple[Button, ...], ...]


def for_readers(say: Tongue, message: Message, told: Sequence[Alert]) -> Message:
    """The message with buttons that only lead somewhere: under a single headline to its page."""
    page = leading(say("📖 Read"), told[0].headline.url) if len(told) == 1 else ()
    rich = message.rich and replace(message.rich, buttons=laid_out(*_leading(message.rich.buttons), page))
    return replace(message, buttons=laid_out(*_leading(message.buttons), page), rich=rich)


def without_reasons(told: Sequence[Alert]) -> list[Alert]:
    """The alerts without the topics that brought them: its readers follow the channel, and no topic."""
    return [replace(each, topic="") for each in told]


def _leading(rows: Rows) -> Rows:
    return tuple(tuple(button for button in row if not button.action) for row in rows)
