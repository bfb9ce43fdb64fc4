"""The bot's own user of Redis (config/redis/headline-bot.acl) may do all that the bot does, and nothing else."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from bot.devchat.chats import YOU
from bot.handlers import COMMANDS
from bot.store import keys
from bot.store.keypatterns import KeyPattern
from bot.store.slots import guard_of
from tests.conftest import SERVERS
from tests.world import world_on

ROOT = Path(__file__).parent.parent.parent
USER = (ROOT / "config/redis/headline-bot.acl").read_text(encoding="utf-8").strip()
# What redis-py says when it connects, what a cluster is asked, and what replicas are waited for with.
BY_CONNECTING = {"client|setname", "select", "cluster|slots", "cluster|nodes", "asking", "wait"}
READER = 7


@dataclass
class Guarded:
    """A server that knows the bot's user, and nobody without a password."""

    url: str
    admin: redis.Redis

    def refused(self) -> list[str]:
        """What somebody was not allowed."""
        return [f"{each['object']} ({each['reason']})" for each in self.admin.execute_command("ACL", "LOG")]


@pytest.fixture(params=[name for name, path in SERVERS.items() if path])
def guarded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Guarded]:
    socket, rules = tmp_path / "s", tmp_path / "users.acl"
    rules.write_text(f"user default off\nuser admin on >admin ~* &* +@all\n{USER}\n")
    options = ["--port", "0", "--unixsocket", str(socket), "--aclfile", str(rules), "--dir", str(tmp_path)]
    process = subprocess.Popen([SERVERS[request.param], *options, "--save", ""], stdout=subprocess.DEVNULL)
    retry = Retry(ConstantBackoff(0.05), 100)
    admin = redis.Redis(
        unix_socket_path=str(socket), username="admin", password="admin", retry=retry, decode_responses=True
    )
    admin.ping()
    (password,) = re.findall(r" >(\S+)", USER)
    yield Guarded(f"unix://headline-bot@{socket}?password={password}", admin)
    admin.close()
    process.terminate()
    process.wait(10)


async def test_the_whole_walk_and_all_that_people_type_are_allowed(guarded: Guarded, tmp_path: Path) -> None:
    async with world_on(guarded.url, tmp_path) as world, world.app() as app:
        you = int(str(YOU["id"]))
        await world.joins(app, READER)
        await world.follows(app, READER, "rain")
        await app.workers.round()
        for number in (1, 2):
            world.clock.tick(minutes=5)
            world.site.says(f"Rain at last, part {number}", f"rain-{number}")
            await app.workers.round()
        assert world.told(READER, "Rain at last, part 1") == 1
        world.site.corrects("rain-2", "Rain at last, the second part")
        for _ in range(2):
            world.clock.tick(minutes=5)
            await app.workers.round()
        assert world.told(READER, "Rain at last, the second part") == 1
        for command in COMMANDS:
            for example in {f"/{command.name}", command.example or f"/{command.name}"}:
                if command.name != "stop":
                    world.devchat.people.says(you, example)
        world.devchat.people.says(you, "/stop")
        await world.hears(app)
        await app.workers.gardener.step()
        await app.workers.sender.put_back()
        assert len(world.devchat.texts(you)) > len(COMMANDS)
        assert not any("memory" in text for text in world.devchat.texts(you)), "somebody heard that Redis is away"
    assert guarded.refused() == []


@pytest.mark.parametrize(
    "command",
    [("FLUSHALL",), ("KEYS", "*"), ("CONFIG", "GET", "*"), ("ACL", "LIST"), ("SHUTDOWN",)],
    ids=lambda command: command[0],
)
def test_what_could_harm_others_is_not_allowed(guarded: Guarded, command: tuple[str, ...]) -> None:
    with (
        redis.Redis.from_url(guarded.url) as client,
        pytest.raises((redis.exceptions.NoPermissionError, redis.exceptions.ResponseError), match="permission"),
    ):
        client.execute_command(*command)


def test_the_keys_of_others_are_none_of_its_business(guarded: Guarded) -> None:
    with redis.Redis.from_url(guarded.url) as client:
        client.set("{pace}:next", 1)
        for key in ("session:7", "{pa}:next", "news", "{s1}:chats"):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.set(key, 1)


def test_it_may_give_exactly_the_commands_that_the_bot_gives(guarded: Guarded) -> None:
    known = {str(name) for name in guarded.admin.command_list()}
    given = {name.lower() for name in COMMANDS_IN_CODE} & known - {"cluster"}
    allowed = {rule[1:] for rule in USER.split() if rule.startswith("+")}
    assert allowed == given | BY_CONNECTING, "config/redis/headline-bot.acl and the code differ"
    assert "-@all" in USER.split()


def code() -> str:
    """All of the store but the embedded server, which is asked by its own door, and has no users."""
    store = ROOT / "bot/store"
    files = [*sorted(store.glob("*.py")), *sorted(store.glob("lua/*.lua"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.name != "embedded.py")


COMMANDS_IN_CODE = frozenset(re.findall(r"\(\s*[\"']([A-Z]{3,})[\"']", code()))


@pytest.mark.parametrize("pattern", [each for each in vars(keys).values() if isinstance(each, KeyPattern)], ids=str)
def test_it_reaches_every_key_of_ours(pattern: KeyPattern) -> None:
    allowed = [rule[1:] for rule in USER.split() if rule.startswith("~")]
    filled = re.sub(r"<tag>", "s07", pattern.name.replace("sNN", "s07"))
    key = re.sub(r"<\w+>", "7", filled)
    for each in (key, guard_of(key)):  # a cluster's scripts name the guard of their slot too
        assert any(fnmatchcase(each, glob) for glob in allowed), each
