"""The buttons with which people hand something on.

Here: what they say, and what they carry.
Not here: how Telegram is told (delivery/forms), what a deep link does (handlers/links).
"""

from __future__ import annotations

from bot.delivery.render.pressing import leading
from bot.news.message import Button
from bot.news.model import Headline
from bot.news.said import Tongue
from bot.news.sharing import shared


def share_button(say: Tongue, headline: Headline) -> tuple[Button, ...]:
    """The button that shares a headline; none where it leads nowhere. It is the same whoever the bot is (forms)."""
    return (Button(say("Share"), shared=shared(headline)),) if leading("", headline.url) else ()
