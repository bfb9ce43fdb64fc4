"""The container files name what exists, and let the bot do no more than it must."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.cli import VERBS
from bot.settings import NAMES

ROOT = Path(__file__).parent.parent.parent
HEALTH = r'"import urllib\.request as u; u\.urlopen\(\'http://127\.0\.0\.1:(\d+)(/\w+)\', timeout=\d+\)"'


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def service(name: str) -> str:
    """The lines of one service of the compose file."""
    return re.split(r"\n(?=  \w|\w)", read("docker-compose.yml").partition(f"\n  {name}:\n")[2])[0] + "\n"


def test_the_image_starts_what_exists():
    text = read("Dockerfile")
    scripts = tomllib.loads(read("pyproject.toml"))["project"]["scripts"]
    (entry,) = re.findall(r'^ENTRYPOINT \["(.+)"\]$', text, re.MULTILINE)
    (verb,) = re.findall(r'^CMD \["(.+)"\]$', text, re.MULTILINE)
    assert entry in scripts
    assert verb in VERBS
    assert set(re.findall(r"\b((?:HEADLINE_BOT|TELEGRAM|REDIS)_\w+)=", text)) <= set(NAMES)
    copied = [part for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for part in line.split()]
    assert copied
    allowed = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
    for part in copied:
        assert (ROOT / part).exists(), part
        assert part in allowed, f".dockerignore keeps {part} out"


def test_nobody_is_root_in_the_container_and_nothing_can_be_written():
    assert re.search(r"^USER (?!root|0)\w+$", read("Dockerfile"), re.MULTILINE)
    bot = service("bot")
    for line in ("read_only: true", 'cap_drop: ["ALL"]', 'security_opt: ["no-new-privileges:true"]'):
        assert f"    {line}\n" in bot


def test_the_compose_file_names_what_exists():
    bot = service("bot")
    given = dict(re.findall(r"^      ([A-Z_]+): (.+)$", bot, re.MULTILINE))
    assert given.keys() <= set(NAMES)
    assert all(value == f"${{{name}:-}}" for name, value in given.items() if "$" in value)
    inside = {given[name].rpartition(":")[2] for name in ("HEADLINE_BOT_HTTP", "HEADLINE_BOT_DEVCHAT")}
    published = re.findall(r'^      - "127\.0\.0\.1:\d+:(\d+)"$', bot, re.MULTILINE)
    assert set(published) == inside
    assert set(re.search(r"^EXPOSE (.+)$", read("Dockerfile"), re.MULTILINE)[1].split()) == inside
    assert re.search(r'^    command: \["(\w+)"\]$', bot, re.MULTILINE)[1] in VERBS


@pytest.mark.parametrize("name", ["Dockerfile", "docker-compose.yml"])
def test_a_containers_health_is_asked_where_it_is_told(name):
    ((port, path),) = re.findall(HEALTH, read(name))
    assert f'web.get("{path}"' in read("bot/ops/http.py")
    assert f"HEADLINE_BOT_HTTP: 0.0.0.0:{port}\n" in read("docker-compose.yml")


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_docker_compose_understands_the_file():
    checked = subprocess.run(
        ["docker-compose", "--file", str(ROOT / "docker-compose.yml"), "config", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
