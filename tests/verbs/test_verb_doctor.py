"""`headline-bot doctor`: every door is tried, and what is shut is told with what to do."""

from __future__ import annotations

from tests.verbs.conftest import Operator, Site

TOKEN = "123456:ABC-DEF"


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
