"""What runs beside the house when there is no token: the local chat page and the sample newsroom.

Here: starting them, and the settings that point the house to them; the house then cannot tell them from the world.
Not here: what they are (devchat, samples).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.devchat.chats import YOU
from bot.devchat.server import DevChat
from bot.news.addresses import is_of_this_machine
from bot.news.errors import ConfigError
from bot.news.model import Source
from bot.samples.newsroom import Newsroom
from bot.settings import Settings

# The page's bot has a token of its own, so that the transport, the log and the tests treat it as they treat Telegram's.
LOCAL_TOKEN = "1:local-chat-page"  # noqa: S105 - opens nothing but the page on this machine

log = structlog.get_logger()


@asynccontextmanager
async def beside(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Settings]:
    """Start what the settings ask for beside the house; gives the settings that the house runs with."""
    wants_page, wants_samples = not settings.token, settings.wants_samples
    async with AsyncExitStack() as stack:
        newsroom = Newsroom(clock=now)
        stack.push_async_callback(newsroom.stop)
        if wants_samples:
            await newsroom.start()
            settings = replace(settings, sources=(*_samples(newsroom), *settings.sources))
        if wants_page:
            page = DevChat(
                settings.devchat.host,
                settings.devchat.port,
                LOCAL_TOKEN,
                clock=lambda: now().timestamp(),
                keep=settings.data_dir / "devchat.json",
                near=[newsroom.url] if wants_samples else [],
            )
            stack.push_async_callback(page.stop)
            await _start(page, settings)
            admins = settings.admins | {YOU["id"]}  # whoever sits at this machine runs the bot
            settings = replace(settings, token=LOCAL_TOKEN, api_url=page.url, admins=admins)
        yield settings


async def _start(page: DevChat, settings: Settings) -> None:
    if not is_of_this_machine(settings.devchat.host):
        log.warning("whoever reaches the chat page from another machine runs this bot", host=settings.devchat.host)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        await page.start()
    except OSError as error:
        where = f"{settings.devchat.host}:{settings.devchat.port}"
        why = str(error.strerror or error).rpartition(": ")[2]  # asyncio says the address once more before it
        raise ConfigError([f"The chat page cannot listen on {where} ({why}); set HEADLINE_BOT_DEVCHAT."]) from None


def _samples(newsroom: Newsroom) -> tuple[Source, ...]:
    """The newsroom's pages as sources, asked every two seconds so that the first minute is not a long one."""
    return tuple(
        Source(fact.name, fact.url, fact.title, lang=fact.lang, zone=fact.zone, every=timedelta(seconds=2))
        for fact in newsroom.sources
    )
