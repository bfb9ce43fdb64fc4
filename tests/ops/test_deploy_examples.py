"""The examples for systemd and Kubernetes name what exists, and let the bot do no more than it must."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import NAMES, SECRETS
from bot.verbs import run

ROOT = Path(__file__).parent.parent.parent
OF_THE_BOT = {*NAMES, *(f"{name}_FILE" for name in SECRETS)}
UNIT = (ROOT / "docs/deploy/headline-bot.service").read_text(encoding="utf-8")
ITEMS: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs/deploy/kubernetes.yaml").read_text(encoding="utf-8"))[
    "items"
]
PODS = [item["spec"]["template"] for item in ITEMS if item["kind"] == "Deployment"]
PAGE = (ROOT / "docs/deploying.md").read_text(encoding="utf-8")


def roles(arguments: list[str]) -> frozenset[str]:
    parser = argparse.ArgumentParser(exit_on_error=False)
    run.declare(parser)
    verb, *rest = arguments
    assert verb == "run"
    return frozenset(parser.parse_args(rest).role)


def test_systemd_starts_what_exists_with_what_it_reads():
    (command,) = re.findall(r"^ExecStart=(.+)$", UNIT, re.MULTILINE)
    program, *arguments = command.split()
    assert program.endswith("/headline-bot")
    assert f"python3 -m venv {program.removesuffix('/bin/headline-bot')}\n" in PAGE
    assert roles(arguments) == run.running.ROLES
    given = dict(
        part.split("=", 1) for line in re.findall(r"^Environment=(.+)$", UNIT, re.MULTILINE) for part in line.split()
    )
    assert given.keys() <= OF_THE_BOT
    (credential, source) = re.findall(r"^LoadCredential=(.+):(.+)$", UNIT, re.MULTILINE)[0]
    assert given["TELEGRAM_BOT_TOKEN_FILE"] == f"%d/{credential}"
    assert source in PAGE
    (folder,) = re.findall(r"^StateDirectory=(.+)$", UNIT, re.MULTILINE)
    assert given["HEADLINE_BOT_DATA"] == f"/var/lib/{folder}"


def test_systemd_lets_it_do_no_more_than_it_must():
    for line in (
        "DynamicUser=yes",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "MemoryMax=2G",
    ):
        assert f"\n{line}\n" in UNIT
    assert "\nRestartPreventExitStatus=2\n" in UNIT, "a wrong configuration is not mended by starting again"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_understands_the_unit(tmp_path):
    unit = tmp_path / "headline-bot.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE))
    checked = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "headline-bot.service" not in checked.stderr, checked.stderr


@pytest.mark.parametrize("pod", PODS, ids=lambda pod: pod["metadata"]["labels"]["role"])
def test_a_pod_is_told_to_do_what_it_can_with_what_it_reads(pod):
    (bot,) = pod["spec"]["containers"]
    assert roles(bot["args"]) == {pod["metadata"]["labels"]["role"]}
    given = {each["name"]: each["value"] for each in bot["env"]}
    assert given.keys() <= OF_THE_BOT
    mounts = {mount["name"]: mount["mountPath"] for mount in bot["volumeMounts"]}
    assert mounts.keys() == {volume["name"] for volume in pod["spec"]["volumes"]}
    assert given["HEADLINE_BOT_CONFIG"] == mounts["config"]
    assert given["HEADLINE_BOT_DATA"] == mounts["data"]
    for name, value in given.items():
        if name.endswith("_FILE"):
            folder, _, file = value.rpartition("/")
            assert folder == mounts["secrets"]
            assert f"--from-file={file}" in PAGE


@pytest.mark.parametrize("pod", PODS, ids=lambda pod: pod["metadata"]["labels"]["role"])
def test_a_pods_health_is_asked_where_it_is_told(pod):
    (bot,) = pod["spec"]["containers"]
    (port,) = bot["ports"]
    assert {each["name"]: each["value"] for each in bot["env"]}[
        "HEADLINE_BOT_HTTP"
    ] == f"0.0.0.0:{port['containerPort']}"
    routes = (ROOT / "bot/ops/http.py").read_text(encoding="utf-8")
    probes = {name: probe["httpGet"] for name, probe in bot.items() if name.endswith("Probe")}
    assert probes.keys() == {"startupProbe", "livenessProbe", "readinessProbe"}
    for probe in probes.values():
        assert probe["port"] == port["name"]
        assert f'web.get("{probe["path"]}"' in routes
    assert probes["livenessProbe"]["path"] == "/healthz", "where Redis is away, starting again would mend nothing"
    scraped = pod["metadata"]["annotations"]
    assert scraped["prometheus.io/port"] == str(port["containerPort"])
    assert f'web.get("{scraped["prometheus.io/path"]}"' in routes


@pytest.mark.parametrize("pod", PODS, ids=lambda pod: pod["metadata"]["labels"]["role"])
def test_a_pod_may_do_no_more_than_it_must(pod):
    (bot,) = pod["spec"]["containers"]
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert f"--uid {pod['spec']['securityContext']['runAsUser']} " in dockerfile
    assert pod["spec"]["securityContext"]["runAsNonRoot"] is True
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert bot["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(bot["resources"]["limits"]) == {"cpu", "memory"}


def test_the_pods_have_all_roles_and_each_deployment_finds_its_own():
    assert {pod["metadata"]["labels"]["role"] for pod in PODS} == run.running.ROLES
    for item in ITEMS:
        selector = item["spec"]["selector"]
        labels = selector.get("matchLabels", selector)
        assert labels in [pod["metadata"]["labels"] for pod in PODS]
