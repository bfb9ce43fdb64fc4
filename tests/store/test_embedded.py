"""The embedded server: it keeps what it holds, outlives a killed bot, and serves one bot at a time."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.news.errors import ConfigError, StoreError
from bot.store.database import Database
from bot.store.embedded import Embedded

BOT = """
import asyncio, sys
from pathlib import Path
from bot.store.database import Database
from bot.store.embedded import Embedded

async def main():
    url = await Embedded(Path(sys.argv[1])).start()
    database = Database.connect(url)
    await database.call("SET", "article:kept", "yes")
    print((await database.call("INFO", "server"))["process_id"], flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Database]:
    database = Database.connect(url)
    yield database
    await database.close()


async def pid(url: str) -> int:
    async with connected(url) as database:
        return (await database.call("INFO", "server"))["process_id"]


async def killed_bot(data: Path) -> int:
    """A bot that starts a server, writes something and is killed; the server's process id."""
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BOT,
        str(data),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert bot.stdout is not None
    server = int(await asyncio.wait_for(bot.stdout.readline(), 30))
    bot.kill()
    await bot.wait()
    bot._transport.close()
    return server


async def test_what_was_written_is_there_after_a_stop_and_a_start(tmp_path):
    for answer in (None, "yes"):
        embedded = Embedded(tmp_path / "var")
        async with connected(await embedded.start()) as database:
            assert await database.call("GET", "article:kept") == answer
            await database.call("SET", "article:kept", "yes")
        await embedded.stop()


async def test_stopping_ends_the_server_and_stopping_twice_is_allowed(tmp_path):
    embedded = Embedded(tmp_path)
    await embedded.stop()
    url = await embedded.start()
    server = await pid(url)
    await embedded.stop()
    await embedded.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
    async with connected(url) as database:
        with pytest.raises(StoreError):
            await database.ping()


async def test_it_listens_on_no_port_and_for_nobody_else(tmp_path):
    embedded = Embedded(tmp_path)
    async with connected(await embedded.start()) as database:
        assert (await database.call("INFO", "server"))["tcp_port"] == 0
    assert (tmp_path / "valkey.sock").stat().st_mode & 0o777 == 0o700
    await embedded.stop()


async def test_the_next_bot_takes_over_the_server_of_one_that_was_killed(tmp_path):
    server = await killed_bot(tmp_path)
    embedded = Embedded(tmp_path)
    url = await embedded.start()
    assert await pid(url) == server
    async with connected(url) as database:
        assert await database.call("GET", "article:kept") == "yes"
    await embedded.stop()
    async with connected(url) as database:
        with pytest.raises(StoreError):
            await database.ping()


async def test_a_server_whose_socket_is_lost_is_never_doubled(tmp_path, monkeypatch):
    server = await killed_bot(tmp_path)
    (tmp_path / "valkey.sock").unlink()
    monkeypatch.setattr("bot.store.embedded.ANSWERS_WITHIN", 0.1)
    with pytest.raises(ConfigError, match="does not answer"):
        await Embedded(tmp_path).start()
    os.kill(server, signal.SIGKILL)


async def test_a_socket_that_a_dead_server_left_is_in_nobodys_way(tmp_path):
    server = await killed_bot(tmp_path)
    os.kill(server, signal.SIGKILL)
    embedded = Embedded(tmp_path)
    async with connected(await embedded.start()) as database:
        assert await database.call("GET", "article:kept") == "yes"
    await embedded.stop()


async def test_a_second_bot_on_the_same_folder_says_so(tmp_path):
    first = Embedded(tmp_path)
    url = await first.start()
    with pytest.raises(ConfigError, match="Another headline-bot already uses"):
        await Embedded(tmp_path).start()
    await pid(url)
    await first.stop()


async def test_a_folder_with_a_very_long_path_is_fine(tmp_path):
    data = tmp_path / ("long " * 30).strip() / "vår?"
    embedded = Embedded(data)
    url = await embedded.start()
    assert len(url) < 110
    assert await pid(url)
    await embedded.stop()
    assert any((data / "appendonlydir").iterdir())


async def test_a_torn_last_record_costs_that_record_alone(tmp_path):
    embedded = Embedded(tmp_path)
    async with connected(await embedded.start()) as database:
        await database.call("SET", "article:kept", "yes")
    await embedded.stop()
    [log] = (tmp_path / "appendonlydir").glob("*.incr.aof")
    with log.open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$5\r\nto")
    async with connected(await embedded.start()) as database:
        assert await database.call("GET", "article:kept") == "yes"
    await embedded.stop()


async def test_a_server_that_cannot_start_says_why(tmp_path):
    (tmp_path / "appendonlydir").write_text("in the way")
    with pytest.raises(ConfigError, match="ended at once") as told:
        await Embedded(tmp_path).start()
    assert "appendonlydir" in str(told.value)


async def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be used"):
        await Embedded(tmp_path / "file" / "var").start()


async def test_where_there_is_no_wheel_the_error_says_what_to_set(tmp_path, monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(ConfigError) as told:
        await Embedded(tmp_path).start()
    assert "riscv64. Start a Redis and set REDIS_URL=redis://localhost:6379." in str(told.value)
