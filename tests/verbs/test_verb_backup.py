"""`headline-bot backup` and `restore`, as an operator types them."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.lived import put
from tests.verbs.conftest import Operator

WRITTEN = Path(__file__).parents[1] / "data" / "written" / "0.1.0.jsonl"
SECRET = "a-hubs-secret"


@pytest.fixture
def client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis(unix_socket_path=redis_url.removeprefix("unix://"), decode_responses=True) as client:
        yield client


@pytest.fixture
def house(with_redis: Operator, client: redis.Redis) -> Operator:
    """An operator of a bot that people use."""
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        put(client, json.loads(line))
    for key in client.scan_iter(match="{news:latest}:headline:*"):
        client.expire(key, 1000)
    client.hset("{sources}:pushes", "small", json.dumps({"hub": "https://hub.example", "secret": SECRET}))
    with_redis.environ["TELEGRAM_BOT_TOKEN"] = "1:no-token-goes-into-a-backup"
    return with_redis


def wishes(client: redis.Redis) -> dict[str, dict[str, str]]:
    return {key: client.hgetall(key) for key in client.scan_iter(match="{s*}:wishes:*")}


def test_a_backup_is_one_file_without_secrets_that_comes_back(house: Operator, client: redis.Redis, tmp_path: Path):
    path, before = tmp_path / "one.jsonl.gz", wishes(client)
    assert house.types("backup", str(path)).out == f"Wrote 6 chats and 3 headlines to {path}.\n"
    text = gzip.decompress(path.read_bytes()).decode()
    assert json.loads(text.splitlines()[0])["kind"] == "headline-bot backup"
    assert "no-token-goes" not in text
    assert SECRET not in text
    refused = house.types("restore", str(path), code=1).err
    assert refused.startswith(
        "Redis is not empty (chats: 4, sources that were added: 1, people blocked: 1). With --merge"
    )
    client.flushall()
    assert house.types("restore", str(path)).out.startswith("Brought back 6 chats and 3 headlines as of 20")
    assert wishes(client) == before
    assert house.types("restore", str(path), "--merge", "--json").json["chats"] == 6
    assert wishes(client) == before


def test_it_goes_through_a_pipe(house: Operator, client: redis.Redis):
    before, said = wishes(client), house.types("backup", "-")
    assert said.err == "Wrote 6 chats and 3 headlines to standard output.\n"
    client.flushall()
    house.types("restore", "-", stdin=said.out)
    assert wishes(client) == before


def test_a_bot_that_never_ran_has_nothing_to_back_up(operator: Operator, tmp_path: Path):
    assert "No bot has run" in operator.types("backup", str(tmp_path / "one.jsonl"), code=1).err
    assert list(tmp_path.glob("*.jsonl*")) == []


def test_a_restore_that_is_killed_is_begun_again(house: Operator, client: redis.Redis, tmp_path: Path):
    before = wishes(client)
    house.types("backup", str(tmp_path / "one.jsonl"))
    client.flushall()
    with subprocess.Popen(house.command("restore", str(tmp_path / "one.jsonl")), env=house.env) as process:
        while client.get("restoring") is None and process.poll() is None:
            pass
        process.send_signal(signal.SIGKILL)
    house.types("restore", str(tmp_path / "one.jsonl"))
    assert wishes(client) == before
    assert client.get("restoring") is None
