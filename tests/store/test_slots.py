"""Which slot of a cluster a command goes to."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.store
from bot.store.keys import BY_TIME, REJECTED, STREAM
from bot.store.slots import guarded, key_of, owners_of, slot_of, tag_of

SCRIPTS = sorted((Path(bot.store.__file__).parent / "lua").glob("*.lua"))


@pytest.mark.parametrize(
    ("key", "tag"),
    [("{s07}:mail:7", "s07"), ("news:latest", "news:latest"), ("{}:x", "{}:x"), ("a{b", "a{b"), ("a{b}c{d}", "b")],
)
def test_the_tag_of_a_key_decides_its_slot(key, tag):
    assert tag_of(key) == tag
    assert slot_of(key) == slot_of(tag) or "{" in tag


def test_everything_of_the_stream_lies_in_its_slot():
    assert slot_of(STREAM.name) == slot_of(BY_TIME.name) != slot_of(REJECTED.name)


def test_a_script_has_one_key_more_in_the_same_slot_and_other_commands_stay_as_they_are():
    assert guarded(("EVALSHA", "digest", 2, "{s07}:due", "{s07}:rest", 1, "x")) == [
        *("EVALSHA", "digest", 3, "{s07}:due", "{s07}:rest", "{s07}:guard", 1, "x")
    ]
    assert guarded(("GET", "{s07}:roster")) == ("GET", "{s07}:roster")


def test_the_key_of_a_command_is_where_it_stands():
    assert key_of(("EVAL", "return 1", 1, "{s07}:due", 5)) == "{s07}:due"
    assert key_of(("XADD", "news:latest", "*", "title", "Fed")) == "news:latest"
    assert key_of(("XREAD", "COUNT", 100, "BLOCK", 500, "STREAMS", "{bell}:outbox", "$")) == "{bell}:outbox"
    assert key_of(("PING",)) is None


def test_a_node_without_a_host_is_where_it_was_asked():
    told = [[0, 2, ["", 7000, "id"], ["10.0.0.2", 7001, "id"]], [3, 3, ["10.0.0.3", 7002, "id"]]]
    here, there = ("10.0.0.1", 7000), ("10.0.0.3", 7002)
    assert owners_of(told, "10.0.0.1") == ({0: here, 1: here, 2: here, 3: there}, {here, there, ("10.0.0.2", 7001)})


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_begins_with_what_it_promises_or_shares(script):
    first, second, *_ = script.read_text(encoding="utf-8").splitlines()
    assert (second if first.startswith("-- With: ") else first).startswith(("-- Promises", "-- What scripts share"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_no_script_counts_its_keys_as_a_cluster_gives_it_one_more(script):
    assert "#KEYS" not in script.read_text(encoding="utf-8")
