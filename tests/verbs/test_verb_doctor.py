"""`headline-bot doctor`: every door is tried, and what is shut is told with what to do."""

from __future__ import annotations

import json

import pytest
import redis

from bot.verbs.doors import fault as doors_fault
from tests.verbs.conftest import Operator, Site

TOKEN = "123456:DOC-TOR"
HOOK = "https://bot.example/telegram"


def doors(found: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {door["door"]: door["state"] for door in found["doors"]}


def test_all_is_well_with_an_embedded_server_and_a_source_that_answers(operator: Operator, site: Site) -> None:
    operator.names_sources(("ours", site.feed("/feed", "Small News", "Rain")))
    said = operator.types("doctor")
    assert [line.split("\t")[0] for line in said.lines] == ["✓", "✓", "✓", "✓", "✓", "All is well."]
    assert "embedded Valkey" in said.lines[1]


def test_a_source_that_cannot_be_read_is_a_warning_while_another_can(operator: Operator, site: Site) -> None:
    operator.names_sources(("ours", site.feed("/feed", "Small News", "Rain")), ("theirs", f"{site.url}/gone"))
    found = operator.types("doctor", "--json").json
    assert found["well"] is True
    assert doors(found) == {
        "configuration": "ok",
        "redis": "ok",
        "telegram": "ok",
        "sample newsroom": "ok",
        "source ours": "ok",
        "source theirs": "warning",
    }


def test_no_source_that_can_be_read_is_a_failure(operator: Operator, site: Site) -> None:
    operator.names_sources(("theirs", f"{site.url}/gone"))
    assert doors(operator.types("doctor", "--json", code=1).json)["sources"] == "failed"


def test_telegrams_answer_to_the_token_is_told(operator: Operator, site: Site) -> None:
    operator.environ |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": site.url}
    site.pages[f"/bot{TOKEN}/getMe"] = (200, "application/json", '{"ok": true, "result": {"username": "rain_bot"}}')
    assert "answers as @rain_bot" in operator.types("doctor").out
    site.pages[f"/bot{TOKEN}/getMe"] = (401, "application/json", '{"ok": false, "description": "Unauthorized"}')
    said = operator.types("doctor", code=1)
    assert "It does not know this TELEGRAM_BOT_TOKEN" in said.out
    assert TOKEN not in said.out + said.err


def test_a_redis_and_a_telegram_that_are_away_are_failures_and_no_secret_is_told(operator: Operator) -> None:
    operator.environ |= {"REDIS_URL": "redis://:secret@127.0.0.1:1", "TELEGRAM_BOT_TOKEN": TOKEN}
    operator.environ["TELEGRAM_API_URL"] = "http://127.0.0.1:1"
    said = operator.types("doctor", "--json", code=1)
    assert (doors(said.json)["redis"], doors(said.json)["telegram"]) == ("failed", "failed")
    assert "secret" not in said.out + said.err
    assert TOKEN not in said.out + said.err


def test_a_wrong_configuration_is_told_whole(operator: Operator) -> None:
    operator.environ |= {"TELEGRAM_BOT_TOKEN": "nonsense", "HEADLINE_BOT_HTTP": "nowhere"}
    assert len(operator.types("doctor", "--json", code=2).json["doors"]) == 2


@pytest.mark.parametrize(
    ("info", "webhook", "state", "says"),
    [
        ({"url": "", "pending_update_count": 0}, "", "ok", "by long polling"),
        ({"url": "", "pending_update_count": 3}, "", "ok", "by long polling, 3 waiting"),
        ({"url": "", "pending_update_count": 300}, "", "warning", "Nobody takes them"),
        (
            {"url": "https://other.example/"},
            "",
            "warning",
            "Another program has them brought to https://other.example/",
        ),
        ({"url": HOOK}, HOOK, "ok", f"by webhook to {HOOK}"),
        ({"url": ""}, HOOK, "warning", "brings them nowhere until the bot starts"),
        ({"url": "https://other.example/"}, HOOK, "warning", "brings them to https://other.example/ until"),
        (
            {"url": HOOK, "last_error_date": 1795435200, "last_error_message": "Wrong response from the webhook: 502"},
            HOOK,
            "warning",
            "failed at 2026-11-23T12:00:00Z: Wrong response from the webhook: 502.",
        ),
    ],
)
def test_the_way_that_updates_take_is_told(
    operator: Operator, site: Site, info: dict[str, object], webhook: str, state: str, says: str
) -> None:
    operator.environ |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": site.url}
    if webhook:
        operator.environ |= {"TELEGRAM_WEBHOOK_URL": webhook, "TELEGRAM_WEBHOOK_SECRET": "shown-secret"}
    site.pages[f"/bot{TOKEN}/getMe"] = (200, "application/json", '{"ok": true, "result": {"username": "rain_bot"}}')
    site.pages[f"/bot{TOKEN}/getWebhookInfo"] = (200, "application/json", json.dumps({"ok": True, "result": info}))
    (told,) = [door for door in operator.types("doctor", "--json").json["doors"] if door["door"] == "updates"]
    assert told["state"] == state
    assert says in told["says"]


def test_networks_that_would_let_nobody_in_are_told(operator: Operator, site: Site) -> None:
    operator.environ |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": site.url, "TELEGRAM_WEBHOOK_URL": HOOK}
    operator.environ["TELEGRAM_WEBHOOK_SECRET"] = "shown-secret"
    (operator.config / "bot.toml").write_text('[http]\nwebhook_from = ["149.154.160.0/20"]\n')
    site.pages[f"/bot{TOKEN}/getMe"] = (200, "application/json", '{"ok": true, "result": {"username": "rain_bot"}}')
    answer = json.dumps({"ok": True, "result": {"url": HOOK}})
    site.pages[f"/bot{TOKEN}/getWebhookInfo"] = (200, "application/json", answer)
    assert "http.webhook_from lets nobody in" in operator.types("doctor").out


def test_what_a_redis_may_do_to_us_is_told(with_redis: Operator) -> None:
    with redis.Redis(unix_socket_path=with_redis.environ["REDIS_URL"].removeprefix("unix://")) as server:
        server.config_set("maxmemory", "1gb")
        server.config_set("maxmemory-policy", "allkeys-lru")
        try:
            (told,) = [door for door in with_redis.types("doctor", "--json").json["doors"] if door["door"] == "redis"]
            assert told["state"] == "warning"
            for worry in ("set appendonly yes", "set maxmemory-policy noeviction"):
                assert worry in told["says"]
            server.replicaof("127.0.0.1", 1)
            (told,) = [
                door for door in with_redis.types("doctor", "--json", code=1).json["doors"] if door["door"] == "redis"
            ]
            assert "This is a replica" in told["says"]
        finally:
            server.replicaof("NO", "ONE")
            server.config_set("maxmemory-policy", "noeviction")
            server.config_set("maxmemory", "0")


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"redis_version": "6.0.16"}, "The bot needs 6.2 or newer."),
        ({"redis_version": "7.2.4", "aof_enabled": 1, "aof_last_write_status": "err"}, "cannot write its append-only"),
        ({"redis_version": "7.2.4", "maxmemory": 10, "used_memory": 11}, "It is full and takes nothing in"),
        ({"redis_version": "7.2.4", "maxmemory": 10, "used_memory": 11, "maxmemory_policy": "allkeys-lru"}, ""),
        ({"redis_version": "7.2.4", "valkey_version": "9.1.0", "aof_enabled": 1}, ""),
    ],
)
def test_a_redis_that_cannot_do_what_is_asked_of_it_is_a_failure(about: dict[str, object], says: str) -> None:
    assert says in doors_fault(about) if says else not doors_fault(about)
