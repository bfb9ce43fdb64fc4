"""`headline-bot config`: what is set, where it comes from, and no secret."""

from __future__ import annotations

from typing import Any

import pytest

from bot.options import Options
from bot.settings import NAMES
from tests.verbs.conftest import Operator

SOURCES = "# ours\n[[source]]\nname = 'one'\nurl = 'https://one.example/'\n\n[[source]]\nname = 'two'\nurl = 'https://two.example/'\n"


def told(operator: Operator) -> dict[str, Any]:
    return {
        each["name"]: (each["value"], each["origin"]) for each in operator.types("config", "--json").json["settings"]
    }


def test_each_value_is_told_with_where_it_comes_from(operator: Operator) -> None:
    bot = operator.config / "bot.toml"
    bot.write_text('# mine\n[polling]\nevery = "10m"\n\n[people]\nanswers_per_minute = 20\n')
    operator.environ |= {"HEADLINE_BOT_HTTP": "[::1]:80", "HEADLINE_BOT_ADMINS": "7, 5"}
    found = told(operator)
    assert found["polling.every"] == ("10m", f"{bot}:3")
    assert found["people.answers_per_minute"] == (20, f"{bot}:6")
    assert found["polling.box_every"] == ("2m", "default")
    assert found["HEADLINE_BOT_HTTP"] == ("[::1]:80", "environment")
    assert found["HEADLINE_BOT_ADMINS"] == ([5, 7], "environment")
    assert found["TELEGRAM_API_URL"] == ("https://api.telegram.org", "default")


def test_every_name_and_every_option_is_told(operator: Operator) -> None:
    options = {f"{table}.{name}" for table, values in Options() for name in type(values).model_fields}
    assert told(operator).keys() == {*NAMES, *options}


def test_no_secret_is_shown_and_its_file_is(operator: Operator) -> None:
    (operator.config / "token").write_text("123:s3cret\n")
    operator.environ |= {
        "TELEGRAM_BOT_TOKEN_FILE": str(operator.config / "token"),
        "TELEGRAM_WEBHOOK_URL": "https://me:s3cret@bot.example/telegram",
        "TELEGRAM_WEBHOOK_SECRET": "s3cret",
        "REDIS_URL": "rediss://me:s3cret@redis.example:6380/2?password=s3cret",
        "HEADLINE_BOT_PUBLISH_TOKEN": "s3cret",
    }
    for words in (("config",), ("config", "--json")):
        said = operator.types(*words)
        assert "s3cret" not in said.out + said.err
    found = told(operator)
    assert found["TELEGRAM_BOT_TOKEN"] == ("•••", f"TELEGRAM_BOT_TOKEN_FILE, {operator.config / 'token'}")
    assert found["REDIS_URL"] == ("rediss://•••@redis.example:6380/2?•••", "environment")
    assert found["TELEGRAM_WEBHOOK_URL"] == ("https://•••@bot.example/telegram", "environment")


@pytest.mark.parametrize(("password", "code"), [("s3cr/et", 2), ("s3cr?et", 2), ("s3cr#et", 2), ("s3cr@et", 0)])
def test_a_password_that_is_written_wrong_is_not_shown(operator: Operator, password: str, code: int) -> None:
    operator.environ["REDIS_URL"] = f"redis://me:{password}@redis.example:6379/0"
    said = operator.types("config", code=code)
    assert "s3cr" not in said.out + said.err
    assert "et@" not in said.out + said.err


def test_an_address_is_shown_as_it_is_where_an_at_names_nobody(operator: Operator) -> None:
    (operator.config / "sources.toml").write_text("[[source]]\nname = 'one'\nurl = 'https://one.example/@me/feed'\n")
    operator.environ["TELEGRAM_API_URL"] = "https://bots.example/@me"
    (source,) = operator.types("config", "--json").json["sources"]
    assert source["url"] == "https://one.example/@me/feed"
    assert told(operator)["TELEGRAM_API_URL"] == ("https://bots.example/@me", "environment")


@pytest.mark.parametrize(
    "url", ["redis://me:12?s3cret@h:1/0", "redis://me:x@h/0?password=s3c@s3cret", "redis://h/0?password=s3cret"]
)
def test_no_part_of_a_password_is_taken_for_a_host(operator: Operator, url: str) -> None:
    operator.environ["REDIS_URL"] = url
    said = operator.types("config")
    assert "s3c" not in said.out + said.err
    assert "me:" not in said.out + said.err


def test_sources_and_topics_are_told_with_their_lines(operator: Operator) -> None:
    (operator.config / "sources.toml").write_text(SOURCES)
    (operator.config / "topics.toml").write_text("[rain.names]\nen = 'Rain'\n[rain.words]\nen = 'rain'\n")
    found = operator.types("config", "--json").json
    assert [(each["name"], each["origin"].rpartition(":")[2]) for each in found["sources"]] == [
        ("one", "2"),
        ("two", "6"),
    ]
    assert [(each["key"], each["origin"]) for each in found["topics"]] == [("rain", f"{operator.config}/topics.toml:1")]
    assert operator.types("config").lines[-2:] == [
        f"sources\t2\t{operator.config}/sources.toml",
        f"ready topics\t1\t{operator.config}/topics.toml",
    ]


def test_mistakes_are_told_in_its_place_with_their_lines(operator: Operator) -> None:
    (operator.config / "bot.toml").write_text("[stream]\ndays = 0\n")
    (operator.config / "sources.toml").write_text("[[source]]\nurl = 'https://one.example/'\n")
    said = operator.types("config", code=2)
    assert said.out == ""
    assert [line.partition(": ")[0] for line in said.err.splitlines()] == [
        f"{operator.config}/bot.toml:2",
        f"{operator.config}/sources.toml:1",
    ]
