"""The command line as a whole: help, versions, and what is typed wrong."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest

from bot import __version__
from bot.cli import VERBS
from tests.verbs.conftest import ROOT, Operator, Typed


def test_without_a_verb_there_is_help_and_it_is_wrong_use(typed: Typed) -> None:
    said = typed()
    assert (said.code, said.out) == (2, "")
    assert all(verb in said.err for verb in VERBS)


def test_help_and_version_come_without_loading_the_house(operator: Operator) -> None:
    assert operator.types("--version").out == f"headline-bot {__version__}\n"
    done = subprocess.run(
        [operator.command()[0], "-X", "importtime", "-m", "bot", "--help"], env=operator.env, capture_output=True
    )
    assert b"examples:" in done.stdout
    assert not any(heavy in done.stderr for heavy in (b"telegram", b"aiohttp", b"redis", b"rich"))


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(typed: Typed, verb: str) -> None:
    said = typed(verb, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"usage: headline-bot {verb}" in said.out


def test_every_verb_has_its_file_and_every_file_of_a_verb_its_line() -> None:
    files = {file.stem for file in (ROOT / "bot" / "verbs").glob("*.py") if "\ndef declare(" in file.read_text()}
    assert files == set(VERBS)


@pytest.mark.parametrize("words", [["nonsense"], ["latest", "--nonsense"], ["sources", "burn"], ["--json"]])
def test_what_is_no_verb_is_wrong_use(typed: Typed, words: list[str]) -> None:
    said = typed(*words)
    assert said.code == 2
    assert said.err.startswith("usage: headline-bot")


def test_ctrl_c_ends_a_waiting_verb_quietly(with_redis: Operator) -> None:
    with subprocess.Popen(
        with_redis.command("publish"),
        env=with_redis.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b'{"title": "Rain", "url": "https://example.org/rain"}\n')
        process.stdin.flush()
        process.stdout.readline()  # it has published one, and waits for the next
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_person_sees_a_table(operator: Operator, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<rss version="2.0"><channel><title>N</title><item><title>Rain [at] last</title>'
        "<link>https://example.org/0</link></item></channel></rss>"
    )
    ours, theirs = pty.openpty()
    subprocess.run(
        operator.command("probe", str(feed)), env=operator.env | {"TERM": "xterm"}, stdout=theirs, check=True
    )
    os.close(theirs)
    shown = b""
    while part := _read(ours):
        shown += part
    os.close(ours)
    assert b"published" in shown
    assert b"Rain [at] last" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # nobody holds the other end any more
        return b""


def test_a_topic_that_begins_with_a_dash_is_shown_its_way(typed: Typed) -> None:
    said = typed("match", "-football")
    assert said.code == 2
    assert "headline-bot match -- -football" in said.err
