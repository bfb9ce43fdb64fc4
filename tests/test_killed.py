"""kill -9, for real: the bot as its users run it, killed at several moments, and started again.

Its embedded Valkey lives on when it is killed and is taken over by the next start; what a person was told they
follow, and what they are owed, is there again.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.devchat.chats import YOU
from bot.devchat.server import DevChat
from tests.world import TOKEN, NewsSite

ME = int(str(YOU["id"]))
# What a killed bot had in hand, a poll or a message, waits until its lease has run out.
LEASES = 90.0
ROOT = Path(__file__).parent.parent


class Running:
    """`headline-bot run` as a process of its own, on one data folder."""

    def __init__(self, folder: Path, devchat: DevChat, site: NewsSite) -> None:
        (folder / "sources.toml").write_text(
            f'[[source]]\nname = "small"\nurl = "{site.url}/feed.xml"\nlang = "en"\nevery = "1s"\n'
        )
        self._environ = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": devchat.url,
            "HEADLINE_BOT_CONFIG": str(folder),
            "HEADLINE_BOT_DATA": str(folder / "var"),
            "HEADLINE_BOT_HTTP": "127.0.0.1:0",
        }

    @asynccontextmanager
    async def started(self, end: signal.Signals) -> AsyncIterator[None]:
        """Run until the block ends, then send `end`."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), env=self._environ, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout
        try:
            async with asyncio.timeout(30):
                while b"ready" not in (line := await process.stdout.readline()):
                    assert line, "the bot stopped before it was ready"
            yield
        finally:
            process.send_signal(end)
            await process.stdout.read()
            code = await process.wait()
        assert code == (0 if end == signal.SIGTERM else -end)


@pytest.fixture
async def devchat() -> AsyncIterator[DevChat]:
    devchat = DevChat(token=TOKEN)
    await devchat.start()
    yield devchat
    await devchat.stop()


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    site = NewsSite(lambda: datetime.now(UTC))
    await site.start()
    yield site
    await site.stop()


async def test_a_killed_bot_goes_on_where_it_was(tmp_path: Path, devchat: DevChat, site: NewsSite) -> None:
    bot = Running(tmp_path, devchat, site)

    def told(title: str) -> bool:
        return any(title in text for text in devchat.texts(ME))

    async with bot.started(signal.SIGKILL):  # killed right after it has answered a subscription
        devchat.people.says(ME, "/subscribe fed")
        await devchat.wait_for(lambda: told("I tell you about"))
        await site.is_asked()

    site.says("Fed holds its rate")
    async with bot.started(signal.SIGKILL):  # killed as soon as a headline is in the chat
        await devchat.wait_for(lambda: told("Fed holds its rate"), LEASES)

    async with bot.started(signal.SIGKILL):  # killed while it fetches, or stores, or owes, or sends
        site.says("Fed chair speaks")
        await site.is_asked()

    async with bot.started(signal.SIGTERM):
        await devchat.wait_for(lambda: told("Fed chair speaks"), LEASES)
        devchat.people.says(ME, "/latest")
        await devchat.wait_for(lambda: sum("Fed holds its rate" in text for text in devchat.texts(ME)) == 2)

    assert not (tmp_path / "var" / "valkey.sock").exists(), "the embedded server did not stop with the bot"
