"""The buttons with which people hand something on.

Here: what they say, and what they carry.
Not here: how Telegram is told (delivery/forms), what a deep link does (handlers/links).
"""

from __future__ import annotations

from dataclasses import replace

from bot.delivery.render.pressing import leading
from bot.news.message import Button
from bot.news.model import Headline
from bot.news.said import Tongue
from bot.news.sharing import article_payload, shared


def read_button(say: Tongue, headline: Headline) -> tuple[Button, ...]:
    """The button for where nobody can be answered: it leads to the article in a private chat with us."""
    page = leading(say("📖 Read"), headline.url)
    return tuple(replace(button, start=article_payload(headline.url)) for button in page)


def share_button(say: Tongue, headline: Headline, *, in_channel: bool = False) -> tuple[Button, ...]:
    """The button that shares a headline; none where it leads nowhere. It is the same whoever the bot is (forms)."""
    what = replace(shared(headline), in_channel=in_channel)
    return (Button(say("Share"), shared=what),) if leading("", headline.url) else ()
