"""The operator's server, asked over real HTTP."""

from __future__ import annotations

import gzip
import io
import json

import aiohttp
import pytest

from bot.news.errors import ConfigError
from bot.ops.http import MOST_BYTES, MOST_HEADLINES, serving

BEARER = {"Authorization": "Bearer pass-word"}
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "shown-secret"}


async def test_a_process_that_lives_says_so(visitor: aiohttp.ClientSession):
    async with visitor.get("/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok\n")
    async with visitor.head("/healthz") as answer:
        assert answer.status == 200


async def test_readiness_gives_every_reason(house, visitor):
    async with visitor.get("/readyz") as answer:
        assert answer.status == 200
    house.problems += ["Redis: connection refused.", "Telegram does not know the token."]
    async with visitor.get("/readyz") as answer:
        assert answer.status == 503
        assert (await answer.text()).splitlines() == house.problems


async def test_metrics_are_what_prometheus_reads(visitor):
    async with visitor.get("/metrics") as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert await answer.read() == b"# HELP a b\n"


async def test_one_headline_is_published(house, visitor):
    async with visitor.post(
        "/headlines", json={"title": "Rain", "url": "https://a.example/"}, headers=BEARER
    ) as answer:
        assert (answer.status, await answer.json()) == (202, {"ids": ["id-Rain"]})
    assert house.published == [{"title": "Rain", "url": "https://a.example/"}]


async def test_several_are_published_in_their_order(house, visitor):
    async with visitor.post("/headlines", json=[{"title": "A"}, {"title": "B"}], headers=BEARER) as answer:
        assert await answer.json() == {"ids": ["id-A", "id-B"]}
    assert len(house.published) == 2


@pytest.mark.parametrize(
    ("brought", "told"),
    [
        ([{"title": "A"}, {"url": "x"}], "Headline 2 of 2: title is missing."),
        ([{"title": "A"}, "B"], "Headline 2 of 2: it is no JSON object."),
        ({}, "Headline 1 of 1: title is missing."),
        ("A", "Headline 1 of 1: it is no JSON object."),
        (7, "Headline 1 of 1: it is no JSON object."),
    ],
)
async def test_a_wrong_headline_is_named_and_none_is_published(house, visitor, brought, told):
    async with visitor.post("/headlines", json=brought, headers=BEARER) as answer:
        assert (answer.status, await answer.json()) == (400, {"error": told})
    assert house.published == []


@pytest.mark.parametrize("body", [b"", b"{", b'{"title": "\\ud800"}', b"\xff", b"[" * 100_000])
async def test_what_is_not_json_is_told(visitor, body):
    headers = {**BEARER, "Content-Type": "application/json"}
    async with visitor.post("/headlines", data=body, headers=headers) as answer:
        assert answer.status == 400
        assert "not JSON" in (await answer.json())["error"]


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic pass-word", "Bearer pass-wordy", "Bearer é"]
)
async def test_nobody_publishes_without_the_token(house, visitor, authorization):
    async with visitor.post("/headlines", json={"title": "A"}, headers={"Authorization": authorization}) as answer:
        assert answer.status == 401
        assert "pass-word" not in await answer.text()
    assert house.published == []


async def test_where_no_token_is_configured_there_is_no_such_route(visiting_without):
    async with (
        visiting_without(publish_token="") as visitor,
        visitor.post("/headlines", json={"title": "A"}, headers={"Authorization": "Bearer "}) as answer,
    ):
        assert answer.status == 404


async def test_too_much_at_once_is_refused(house, visitor):
    headers = {**BEARER, "Content-Type": "application/json"}
    long = json.dumps({"title": "x" * MOST_BYTES}).encode()
    packed = gzip.compress(long)
    for body, extra in ((long, {}), (packed, {"Content-Encoding": "gzip"})):
        async with visitor.post("/headlines", data=io.BytesIO(body), headers={**headers, **extra}) as answer:
            assert answer.status == 413
    async with visitor.post("/headlines", json=[{"title": "A"}] * (MOST_HEADLINES + 1), headers=BEARER) as answer:
        assert (answer.status, await answer.json()) == (413, {"error": "Send at most 1000 headlines at once."})
    assert house.published == []


async def test_a_form_is_no_headline(visitor):
    async with visitor.post("/headlines", data={"title": "A"}, headers=BEARER) as answer:
        assert answer.status == 415


async def test_publishers_are_told_to_come_back_when_redis_is_away(house, visitor):
    house.away = True
    async with visitor.post("/headlines", json={"title": "A"}, headers=BEARER) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert await answer.json() == {"error": "Redis: connection refused."}


async def test_telegrams_updates_come_in_by_the_webhook(house, visitor):
    async with visitor.post("/telegram", json={"update_id": 1, "message": {}}, headers=SECRET) as answer:
        assert answer.status == 200
    assert house.updates == [{"update_id": 1, "message": {}}]


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}])
async def test_who_is_not_telegram_stays_out(house, visitor, headers):
    async with visitor.post("/telegram", json={"update_id": 1}, headers=headers) as answer:
        assert answer.status == 403
    assert house.updates == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"update_id": "1"}'])
async def test_what_is_no_update_is_refused(house, visitor, body):
    headers = {**SECRET, "Content-Type": "application/json"}
    async with visitor.post("/telegram", data=body, headers=headers) as answer:
        assert answer.status == 400
    assert house.updates == []


async def test_without_a_webhook_there_is_no_such_route(visiting_without):
    async with (
        visiting_without(webhook=None) as visitor,
        visitor.post("/telegram", json={"update_id": 1}, headers=SECRET) as answer,
    ):
        assert answer.status == 404


async def test_a_busy_port_is_told_with_the_setting_that_moves_it(house):
    async with serving("127.0.0.1", 0, house.doors()) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(ConfigError, match=rf"cannot listen on 127\.0\.0\.1:{port} .*; set HEADLINE_BOT_HTTP\."):
            async with serving("127.0.0.1", port, house.doors()):
                pass


def test_secrets_are_not_in_what_python_shows_of_the_doors(house):
    assert "pass-word" not in repr(house.doors())
    assert "shown-secret" not in repr(house.doors())
