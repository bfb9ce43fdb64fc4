"""A message as a chat wants to see it.

Here: pictures and previews taken out where the chat chose so.
Not here: choosing (setting), which forms a message has (delivery/render/rich).
"""

from __future__ import annotations

from dataclasses import replace

from bot.news.message import Message
from bot.news.preferences import Preferences


def as_chosen(message: Message, preferences: Preferences) -> Message:
    """The message without a preview or pictures, where the chat wants none; the last rich form has no pictures."""
    if not preferences.previews and message.preview:
        message = replace(message, preview="")
    if not preferences.pictures and message.rich is not None:
        message = replace(message, rich=replace(message.rich, forms=message.rich.forms[-1:]))
    return message
