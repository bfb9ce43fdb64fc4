"""`headline-bot run`, and verbs beside a running bot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from tests.verbs.conftest import Operator, Site, Typed
from tests.written import WRITTEN


@pytest.fixture
def running(operator: Operator) -> Iterator[subprocess.Popen[str]]:
    """A bot that runs with nothing set, on ports of its own."""
    operator.environ |= {"HEADLINE_BOT_DEVCHAT": "127.0.0.1:0", "HEADLINE_BOT_HTTP": "127.0.0.1:0"}
    (operator.config / "bot.toml").write_text('[polling]\nsamples = "off"\n')
    with subprocess.Popen(
        operator.command("run"),
        env=operator.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        yield process
        process.kill()


def said_until(process: subprocess.Popen[str], begins: str) -> str:
    """The first line of the bot that begins so."""
    assert process.stdout
    return next(line for line in process.stdout if line.startswith(begins))


def ended(process: subprocess.Popen[str]) -> str:
    """What it wrote on standard error until it ended."""
    out, err = process.communicate(timeout=30)
    WRITTEN.note("headline-bot run", out + err)
    return err


def test_it_says_that_it_is_ready_and_where_the_pages_are_and_ends_quietly(running: subprocess.Popen[str]) -> None:
    assert "ready" in said_until(running, "headline-bot is ready")
    for page in ("Chat page: ", "Status: "):
        with urllib.request.urlopen(said_until(running, page).split()[-1], timeout=10) as answer:
            assert b"<html" in answer.read()
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the reading process hears it too
    err = ended(running)
    assert running.returncode == 0
    assert "Traceback" not in err


def test_verbs_share_the_server_of_the_bot_that_runs(operator: Operator, running: subprocess.Popen[str]) -> None:
    said_until(running, "headline-bot is ready")
    operator.types("publish", "--title", "Rain in Rome", "--url", "https://example.org/rain")
    assert "Rain in Rome" in operator.types("latest").out
    assert "already uses" in operator.types("run", code=2).err
    running.send_signal(signal.SIGTERM)
    ended(running)
    assert "Rain in Rome" in operator.types("latest").out


@pytest.mark.parametrize("run", range(3))
def test_a_token_that_telegram_does_not_know_ends_the_bot_with_a_sentence(
    operator: Operator, site: Site, run: int
) -> None:
    site.pages["/bot1:unknown/getMe"] = (401, "application/json", '{"ok": false, "description": "Unauthorized"}')
    operator.environ |= {"TELEGRAM_BOT_TOKEN": "1:unknown", "TELEGRAM_API_URL": site.url}
    operator.environ["HEADLINE_BOT_HTTP"] = "127.0.0.1:0"
    said = operator.types("run", code=2)
    assert "Telegram does not know this TELEGRAM_BOT_TOKEN" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("roles", ["", "nonsense", "poll,sing"])
def test_a_role_that_is_none_is_wrong_use(typed: Typed, roles: str) -> None:
    said = typed("run", "--role", roles)
    assert said.code == 2
    assert "roles are alert, chat, poll, send" in said.err


def test_roles_apart_without_a_token_are_told_that_they_need_one(operator: Operator) -> None:
    assert "Roles apart need a TELEGRAM_BOT_TOKEN" in operator.types("run", "--role", "poll,alert,send", code=2).err


def test_every_problem_of_the_configuration_is_told_at_once(operator: Operator) -> None:
    operator.environ |= {"TELEGRAM_BOT_TOKEN": "nonsense", "HEADLINE_BOT_HTTP": "nowhere"}
    (operator.config / "bot.toml").write_text("[polling]\nevrey = 5\n")
    err = operator.types("run", code=2).err
    assert len(err.splitlines()) == 3
    assert "nonsense" not in err.replace("'nowhere'", "")


# Ends the bot as soon as it opens the dictionary of Galician.
UNTIL_IT_READS_GALICIAN = """
import os, signal, sys
from bot.cli import main

def note(event, args):
    if event == "open" and "simplemma" in str(args[0]) and "gl." in str(args[0]):
        os.kill(os.getpid(), signal.SIGTERM)

sys.addaudithook(note)
sys.exit(main(["run", "--role", sys.argv[1]]))
"""


@pytest.mark.parametrize("role", ["alert", "chat"])
def test_who_alerts_or_chats_reads_the_dictionaries_of_the_sources_at_the_start(
    operator: Operator, redis_server: str, role: str
) -> None:
    source = '[[source]]\nname = "nos"\nurl = "https://nos.example/feed"\nlang = "gl"\n'
    (operator.config / "sources.toml").write_text(source, encoding="utf-8")
    nowhere = {
        "TELEGRAM_BOT_TOKEN": "1:a",
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "HEADLINE_BOT_HTTP": "127.0.0.1:0",
    }
    env = operator.env | nowhere | {"REDIS_URL": redis_server}
    ended = subprocess.run(
        [sys.executable, "-c", UNTIL_IT_READS_GALICIAN, role], env=env, capture_output=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
