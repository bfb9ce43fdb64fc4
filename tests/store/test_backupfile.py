"""A backup's file: whole or not at all, for its owner alone, and refused in a sentence where it is anything else."""

from __future__ import annotations

import gzip
import json
import os
import stat
from pathlib import Path

import orjson
import pytest

from bot.news.errors import UserError
from bot.store.backup import Counts
from bot.store.backupfile import Header, opened, written
from tests.conftest import FakeClock

LINES = [{"chat": number, "about": {"title": "Ünïcode ☂"}} for number in range(1000)]
NAMES = ["one.jsonl", "one.jsonl.gz"]


def write(path: Path, **first: object) -> None:
    """A backup; `first` changes its first line."""
    with written(str(path), Header(FakeClock().now(), "0.1.0", Counts(1000, 7))) as file:
        file.write(LINES)
    if first:
        head, _, rest = path.read_bytes().partition(b"\n")
        path.write_bytes(orjson.dumps(json.loads(head) | first) + b"\n" + rest)


def refused(path: Path) -> str:
    with pytest.raises(UserError) as error, opened(str(path)):
        pytest.fail("it was opened")
    return str(error.value)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_read(tmp_path: Path, name: str):
    write(tmp_path / name)
    with opened(str(tmp_path / name)) as reader:
        assert list(reader) == LINES
        assert list(reader) == LINES
        assert reader.lines == 1000
        assert (reader.header.counts, reader.header.made) == (Counts(1000, 7), FakeClock().now())


def test_nobody_else_may_read_it_and_nothing_is_left_beside_it(tmp_path: Path):
    write(tmp_path / "one.jsonl")
    assert stat.S_IMODE((tmp_path / "one.jsonl").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["one.jsonl"]


@pytest.mark.parametrize("name", NAMES)
def test_half_of_it_is_damaged_wherever_it_breaks_off(tmp_path: Path, name: str):
    write(tmp_path / name)
    body, broken = (tmp_path / name).read_bytes(), tmp_path / "broken"
    after_first = 200 if name.endswith(".gz") else body.index(b"\n") + 1
    for length in range(after_first, len(body), len(body) // 40):
        broken.write_bytes(body[:length])
        assert refused(broken) == f"{broken} is damaged, or breaks off; nothing was changed."


@pytest.mark.parametrize("name", NAMES)
def test_a_single_letter_that_is_another_one_is_found(tmp_path: Path, name: str):
    write(tmp_path / name)
    body, broken = (tmp_path / name).read_bytes(), tmp_path / "broken"
    for place in range(300, len(body), len(body) // 40):
        broken.write_bytes(body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])
        assert "damaged" in refused(broken)


@pytest.mark.parametrize(
    "other",
    [b"", b"some text\n", b'{"kind": "another"}\n', gzip.compress(b"[1]\n"), os.urandom(10**5) + b"\n", b"x" * 10**6],
)
def test_what_is_no_backup_is_called_so(tmp_path: Path, other: bytes):
    (tmp_path / "other").write_bytes(other)
    assert refused(tmp_path / "other") == f"{tmp_path / 'other'} is no backup of headline-bot."


@pytest.mark.parametrize("newer", ["format", "schema"])
def test_what_a_newer_version_made_is_refused_before_anything_else(tmp_path: Path, newer: str):
    path = tmp_path / "one.jsonl"
    write(path, **{newer: 99, "bot": "9.9"})
    assert refused(path) == f"{path} was made by a newer headline-bot (9.9); upgrade this one first."


@pytest.mark.parametrize("name", NAMES)
def test_a_backup_that_fails_leaves_the_one_before(tmp_path: Path, name: str):
    write(tmp_path / name)
    before = (tmp_path / name).read_bytes()
    with pytest.raises(TypeError), written(str(tmp_path / name), Header(FakeClock().now(), "0", Counts())) as file:
        file.write([*LINES, {"chat": object()}])
    assert (tmp_path / name).read_bytes() == before
    assert os.listdir(tmp_path) == [name]
