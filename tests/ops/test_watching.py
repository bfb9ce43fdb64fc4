"""The alert rules and the dashboard ask for what the bot tells, and say something when it happens."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.news.verdicts import TryLater
from bot.ops.metrics import Lost, Metrics
from bot.ports import Urgency

ROOT = Path(__file__).parent.parent.parent
RULES_FILE = ROOT / "config/prometheus/alerts.yml"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]
]
DASHBOARD = json.loads((ROOT / "config/grafana/dashboards/headline-bot.json").read_text(encoding="utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def samples() -> set[str]:
    """The name of everything that can be asked for."""
    told = re.findall(r"^# TYPE (\w+) (\w+)$", Metrics().exposition().decode(), re.MULTILINE)
    plain = {name for name, kind in told if kind != "histogram"}
    return plain | {
        f"{name}_{what}" for name, kind in told if kind == "histogram" for what in ("bucket", "sum", "count")
    }


def asked(expression: str) -> set[str]:
    return set(re.findall(r"\b(?:headline_bot|process)_\w+", expression))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alarm_asks_for_what_there_is_and_says_what_to_do(rule):
    assert asked(rule["expr"]) <= samples()
    assert asked(rule["expr"]) or "up{" in rule["expr"]
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["action"].endswith(".")


def test_somebody_is_woken_when_anything_is_lost():
    (rule,) = [rule for rule in RULES if "headline_bot_alerts_lost_total" in rule["expr"]]
    assert rule["labels"]["severity"] == "page"
    assert "for" not in rule
    told = Metrics().exposition().decode()
    for reason in Lost:  # a counter that first appears with its first loss would not rise
        assert f'headline_bot_alerts_lost_total{{reason="{reason}"}} 0.0' in told


def test_the_labels_that_rules_and_panels_ask_for_exist():
    everything = RULES_FILE.read_text(encoding="utf-8") + json.dumps(DASHBOARD)
    for label, value in re.findall(r'[{,](\w+)=\\?"([\w-]+)\\?"', everything):
        assert (label, value) in {
            ("verdict", TryLater.__name__),
            ("state", "failing"),
            ("kind", "message"),
            ("job", "headline-bot"),
        }
    assert {str(urgency) for urgency in Urgency} == {"reply", "alert", "announcement"}


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])
def test_a_panel_asks_for_what_there_is(panel):
    assert panel["targets"]
    for target in panel["targets"]:
        assert asked(target["expr"])
        assert asked(target["expr"]) <= samples()


def test_every_metric_of_ours_has_its_place_on_the_dashboard():
    shown = {name for panel in PANELS for target in panel["targets"] for name in asked(target["expr"])}
    assert {re.sub(r"_(?:total|bucket|sum|count)$", "", name) for name in shown} >= Metrics().names()


def test_grafana_finds_its_source_and_its_dashboards():
    provisioning = ROOT / "config/grafana/provisioning"
    (source,) = yaml.safe_load((provisioning / "datasources/prometheus.yml").read_text())["datasources"]
    assert {panel["datasource"]["uid"] for panel in PANELS} == {source["uid"]}
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    host, port = source["url"].removeprefix("http://").split(":")
    assert compose[host]["ports"] == [f"127.0.0.1:{port}:{port}"]
    (provider,) = yaml.safe_load((provisioning / "dashboards/headline-bot.yml").read_text())["providers"]
    assert f"./config/grafana/dashboards:{provider['options']['path']}:ro" in compose["grafana"]["volumes"]


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
@pytest.mark.parametrize(
    "asked",
    [
        ("check", "config", ROOT / "config/prometheus/prometheus.yml"),
        ("test", "rules", Path(__file__).parent / "alarms.yml"),
    ],
    ids=["it understands the rules", "they are raised when they should be"],
)
def test_prometheus_raises_the_alarms(asked):
    checked = subprocess.run(["promtool", *asked], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
