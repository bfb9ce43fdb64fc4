"""An alert as it stands in a channel, where many read it who cannot decide anything there.

Here: the buttons that make sense for readers.
Not here: how an alert is worded (alert, digest), managing a channel (groups).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.render.pressing import laid_out
from bot.delivery.render.sharing import read_button, share_button
from bot.news.alerts import Alert
from bot.news.message import Message
from bot.news.said import Tongue


def for_readers(say: Tongue, message: Message, told: Sequence[Alert]) -> Message:
    """The message with buttons that only lead somewhere: a single headline is read in private, and can be shared."""
    if len(told) > 1:
        return replace(message, buttons=())
    headline = told[0].headline
    buttons = laid_out((*read_button(say, headline), *share_button(say, headline, in_channel=True)))
    return replace(message, buttons=buttons)


def without_reasons(told: Sequence[Alert]) -> list[Alert]:
    """The alerts without the topics that brought them: its readers follow the channel, and no topic."""
    return [replace(each, topic="") for each in told]
