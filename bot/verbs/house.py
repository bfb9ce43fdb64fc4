"""What a verb needs of the house: the settings, and Redis whether or not a bot is running.

Here: a log that says only what went wrong, and whose server is used.
Not here: building the house (app).
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.news.errors import UserError
from bot.opening import opened_stores
from bot.ops import log
from bot.settings import Settings, load
from bot.store.embedded import has_data, running
from bot.store.stores import Stores


def settled(environ: Mapping[str, str]) -> Settings:
    """The settings; from now on the log says only what went wrong. Raises ConfigError."""
    settings = load(environ)
    log.configure(sys.stderr, style="console", level="warning", secrets=settings.secrets)
    return settings


@asynccontextmanager
async def stores(settings: Settings, *, may_begin: bool = False) -> AsyncIterator[Stores]:
    """Redis: the operator's, else that of a bot that runs on the data folder, else one for as long as this takes.

    Raises UserError where no bot has run, unless the verb `may_begin` a new house: one that only looks, typed in
    another folder, is not to make one there.
    """
    if not may_begin and not settings.redis_url and not has_data(settings.data_dir):
        raise UserError(
            f"No bot has run on {settings.data_dir.absolute()} yet. Start one with `headline-bot run`, or say with "
            "HEADLINE_BOT_DATA or REDIS_URL where the data is."
        )
    url = settings.redis_url or await running(settings.data_dir) or ""
    async with opened_stores(replace(settings, redis_url=url)) as opened:
        yield opened
