"""`headline-bot publish`, `latest` and `match`: headlines go in, and come out again."""

from __future__ import annotations

import json
import subprocess

import pytest
import redis

from tests.verbs.conftest import Operator, Typed

RAIN = {"title": "Rain in Rome", "url": "https://example.org/rain"}


def test_one_headline_goes_into_the_stream_and_its_id_is_printed(with_redis: Operator, redis_url: str) -> None:
    said = with_redis.types(
        *("publish", "--title", "Moroccan [film] opens", "--url", "https://example.org/film"),
        *("--source", "wire", "--lang", "en", "--summary", "In Marrakech."),
    )
    with redis.Redis(unix_socket_path=redis_url.removeprefix("unix://"), decode_responses=True) as client:
        [(_, fields)] = client.xrange("news:latest")
    assert said.lines == [fields["id"]]
    assert (fields["title"], fields["source"]) == ("Moroccan [film] opens", "wire")
    [row] = with_redis.types("latest", "--json").json["headlines"]
    assert row["title"] == "Moroccan [film] opens"
    found = with_redis.types("match", "film -football", "--json").json
    assert (found["caught"], found["looked_at"]) == (1, 1)
    assert found["headlines"][0]["why"]


def test_wrong_lines_are_told_by_number_and_the_others_go_on(with_redis: Operator) -> None:
    lines = [
        json.dumps(RAIN | {"published_at": "2026-11-23T12:00:00+01:00"}),
        "nonsense",
        "",
        json.dumps({"title": "No link"}),
        json.dumps([RAIN]),
        json.dumps({"title": 5, "url": RAIN["url"]}),
        '{"title": "Half \\ud800", "url": "https://example.org/half"}',
        json.dumps({"title": "Snow", "url": "https://example.org/snow"}),
    ]
    said = with_redis.types("publish", stdin="\n".join(lines), code=1)
    assert len(said.lines) == 2
    told = [line.partition(":")[0] for line in said.err.splitlines()]
    assert told == ["Line 2", "Line 4", "Line 5", "Line 6", "Line 7"]
    assert len(with_redis.types("latest").lines) == 2


def test_publishing_for_programs_answers_line_by_line_in_json(with_redis: Operator) -> None:
    said = with_redis.types("publish", "--json", stdin=f"{json.dumps(RAIN)}\n{{}}\n", code=1)
    first, second = map(json.loads, said.lines)
    assert first.keys() == {"id"}
    assert second == {"line": 2, "error": "title is missing."}


def test_a_headline_that_is_none_is_wrong_use(with_redis: Operator) -> None:
    for words in (
        ["--title", "Rain", "--url", "javascript:alert(1)"],
        ["--title", "Rain", "--url", "https://example.org/", "--at", "yesterday"],
    ):
        assert with_redis.types("publish", *words, code=2).err.count("\n") == 1
    assert with_redis.types("latest").out == ""


def test_latest_counts_and_keeps_to_a_topic(with_redis: Operator) -> None:
    titles = ("Rain in Rome", "Snow in Rome", "Sun in Rabat")
    lines = (json.dumps({"title": title, "url": f"https://example.org/{title[:3]}"}) for title in titles)
    with_redis.types("publish", stdin="\n".join(lines))
    assert len(with_redis.types("latest", "-n", "2").lines) == 2
    [row] = with_redis.types("latest", "--topic", "rome -snow").lines
    assert row.split("\t")[2] == "Rain in Rome"
    assert with_redis.types("latest", "--topic", "football").out == ""


@pytest.mark.parametrize("words", [["-n", "0"], ["-n", "ten"], ["--topic", ""], ["--topic", "("]])
def test_a_wrong_number_or_topic_is_wrong_use(typed: Typed, words: list[str]) -> None:
    assert typed("latest", *words).code == 2


def test_match_explains_and_judges_given_headlines_without_a_redis(operator: Operator) -> None:
    operator.environ["REDIS_URL"] = "redis://127.0.0.1:1"
    said = operator.types("match", "storm -football", "--title", "Storms in Rome", "--title", "Football storm")
    assert said.lines[0] == "It catches headlines with “storm”, but not with “football” (words in any form)."
    assert [line.split("\t")[:2] for line in said.lines[1:]] == [["✓", "Storms in Rome"], ["✗", "Football storm"]]
    found = operator.types("match", "storm", "--json", "--title", "Storms in Rome").json
    assert found["headlines"][0]["matches"] is True


def test_match_says_how_everyday_words_were_understood_and_what_it_cannot_know(operator: Operator) -> None:
    said = operator.types("match", "storm or flood but not football", "--title", "Storms in Rome")
    assert said.lines[1] == "Written formally: (flood OR storm) -football"
    assert "looked at alone" not in said.out
    assert "nearly everything" in operator.types("match", "* -football", "--title", "Storms").out
    assert "looked at alone" in operator.types("match", "storm sources>=3", "--title", "Storms").out


def test_a_mistake_in_a_topic_is_shown_by_a_caret(typed: Typed) -> None:
    lines = typed("match", 'storm ("rome').err.splitlines()
    assert lines[1:] == ['storm ("rome', "       ^"]


def test_a_redis_that_is_away_is_told_in_a_sentence(operator: Operator) -> None:
    operator.environ["REDIS_URL"] = "redis://:secret@127.0.0.1:1"
    said = operator.types("latest", code=1)
    assert said.err.startswith("Redis: ")
    assert said.err.count("\n") == 1
    assert "secret" not in said.err


def test_whoever_stops_listening_is_no_error(with_redis: Operator) -> None:
    lines = "\n".join(json.dumps({"title": "x" * 200, "url": f"https://example.org/{n}"}) for n in range(500))
    with_redis.types("publish", stdin=lines)
    latest = subprocess.Popen(
        with_redis.command("latest", "-n", "500"), env=with_redis.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert latest.stdout
    latest.stdout.readline()
    latest.stdout.close()
    _, err = latest.communicate(timeout=30)
    assert (latest.returncode, err) == (0, b"")
