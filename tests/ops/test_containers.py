"""The container files name what exists, and let nobody do more than they must."""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from redis.exceptions import ConnectionError as Away

from bot.cli import VERBS
from bot.options import Options
from bot.settings import NAMES, SECRETS, load
from bot.verbs import run
from tests.clusters import SLOTS, Member, free_ports, until
from tests.conftest import SERVERS

ROOT = Path(__file__).parent.parent.parent
HEALTH = r"import urllib\.request as u; u\.urlopen\('http://127\.0\.0\.1:(\d+)(/\w+)', timeout=\d+\)"
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::?-([^}]*))?\}")
OF_THE_BOT = {*NAMES, *(f"{name}_FILE" for name in SECRETS)}
PROFILES = ("", "scale", "observe")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def filled(text: str) -> str:
    """A text of the compose file where no variable is set."""
    return VARIABLE.sub(lambda found: found[2] or "", text).replace("$$", "$")


COMPOSE: dict[str, Any] = yaml.safe_load(read("docker-compose.yml"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "headline-bot"}


def shown(path: str, mounts: list[str]) -> Path | None:
    """The file of ours that a container sees at a path."""
    for mount in mounts:
        source, target, *_ = mount.split(":")
        if source.startswith("./") and path.startswith(target):
            return ROOT / source / path.removeprefix(target).lstrip("/")
    return None


def test_the_image_starts_what_exists():
    text = read("Dockerfile")
    scripts = tomllib.loads(read("pyproject.toml"))["project"]["scripts"]
    (entry,) = re.findall(r'^ENTRYPOINT \["(.+)"\]$', text, re.MULTILINE)
    (verb,) = re.findall(r'^CMD \["(.+)"\]$', text, re.MULTILINE)
    assert entry in scripts
    assert verb in VERBS
    assert set(re.findall(r"\b((?:HEADLINE_BOT|TELEGRAM|REDIS)_\w+)=", text)) <= set(NAMES)
    copied = [part for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for part in line.split()]
    assert copied
    allowed = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
    for part in copied:
        assert (ROOT / part).exists(), part
        assert part in allowed, f".dockerignore keeps {part} out"


def test_a_containers_health_is_asked_where_it_is_told():
    asked = [(ours["healthcheck"]["test"][-1], ours["environment"]["HEADLINE_BOT_HTTP"]) for ours in OURS.values()]
    for code, listens in [(read("Dockerfile"), "0.0.0.0:8080"), *asked]:
        ((port, path),) = re.findall(HEALTH, code)
        assert f'web.get("{path}"' in read("bot/ops/http.py")
        assert listens == f"0.0.0.0:{port}"


@pytest.mark.parametrize("name", OURS)
def test_every_container_of_ours_is_told_to_do_what_it_can(name):
    verb, *arguments = map(filled, OURS[name]["command"])
    assert verb == "run"
    parser = argparse.ArgumentParser(exit_on_error=False)
    run.declare(parser)
    assert parser.parse_args(arguments).role


@pytest.mark.parametrize("name", OURS)
def test_every_container_of_ours_is_told_only_what_it_reads(name, tmp_path):
    ours = OURS[name]
    given: Mapping[str, str] = ours["environment"]
    assert set(given) <= OF_THE_BOT
    for variable, value in given.items():
        if variable.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in ours["secrets"]
        elif "$" in value:
            assert VARIABLE.fullmatch(value)[1] == variable
    assert set(SECRETS) == {variable.removesuffix("_FILE") for variable in given if variable.endswith("_FILE")}
    (tmp_path / "nothing").touch()
    environ = {variable: filled(value) for variable, value in given.items()}
    settings = load({**environ, **{name: str(tmp_path / "nothing") for name in environ if name.endswith("_FILE")}})
    assert (settings.token, settings.redis_url) == ("", "redis://redis:6379/0")


def test_the_roles_apart_are_all_roles():
    told = {name: filled(" ".join(ours["command"])).rpartition(" ")[2] for name, ours in OURS.items()}
    assert set(told["bot"].split(",")) == {"poll", "alert", "send", "chat"}
    apart = {"poller": "poll", "alerter": "alert", "sender": "send", "chatter": "chat"}
    assert {name: role for name, role in told.items() if name != "bot"} == apart
    assert all(OURS[name]["profiles"] == ["scale"] for name in apart)
    assert "profiles" not in OURS["bot"]
    assert "#BOT_ROLES=chat\n" in read(".env.example")


def test_of_each_role_apart_there_are_as_many_as_a_variable_says():
    numbers = dict(re.findall(r"^#([A-Z]+S)=(\d+)$", read(".env.example"), re.MULTILINE))
    for name in OURS.keys() - {"bot"}:
        assert "ports" not in OURS[name], "a second container would find the port taken"
        variable, default = VARIABLE.fullmatch(OURS[name]["deploy"]["replicas"]).groups()
        assert variable == f"{name.upper()}S"
        assert default == numbers[variable]
    assert numbers["CHATTERS"] == "0", "without a webhook a second one takes the updates of the first away"
    assert re.findall(r"server ([a-z]+):8080 resolve;", read("docs/deploying.md")) == ["bot", "chatter"]


def test_every_secret_is_a_file_that_the_example_of_the_environment_names():
    for name, secret in COMPOSE["secrets"].items():
        variable, default = VARIABLE.fullmatch(secret["file"]).groups()
        assert default == "/dev/null", name
        assert variable.endswith("_FILE")
        assert f"#{variable}=" in read(".env.example")


def test_every_variable_of_the_compose_file_stands_in_the_example():
    named = set(re.findall(r"^#([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert {variable for variable, _ in VARIABLE.findall(read("docker-compose.yml"))} <= named


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_may_do_more_than_it_must(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    if service in OURS.values():
        assert re.search(r"^USER (?!root|0)\w+$", read("Dockerfile"), re.MULTILINE)
    else:
        assert service["user"].partition(":")[0] not in {"root", "0"}
    if name != "cluster":  # which ends
        assert service["healthcheck"]["test"][0] == "CMD"
        assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_container_needs_is_there(name):
    service = SERVICES[name]
    assert set(service.get("depends_on", ())) <= SERVICES.keys()
    assert set(service.get("secrets", ())) <= COMPOSE["secrets"].keys()
    assert set(service.get("networks", ())) <= COMPOSE["networks"].keys()
    assert set(service.get("profiles", ())) <= set(PROFILES)
    for mount in service.get("volumes", ()):
        source, _, *readonly = mount.split(":")
        if source.startswith("./"):
            assert (ROOT / source).exists(), source
            assert readonly == ["ro"]
        else:
            assert source in COMPOSE["volumes"]
    for path in re.findall(r"/etc/(?:prometheus|dashboards)/[\w.-]+", str(service)):
        found = shown(path, service["volumes"])
        assert found
        assert found.is_file()


def test_every_image_that_is_fetched_says_its_version():
    fetched = {service["image"] for service in SERVICES.values()} - {"headline-bot"}
    assert all(re.search(r":v?\d", image) for image in fetched), fetched


def test_only_this_machine_reaches_the_published_ports():
    inside = {"bot": {"8080", "8081"}, "prometheus": {"9090"}, "grafana": {"3000"}}
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert {name: {port.split(":")[-1] for port in ports} for name, ports in published.items()} == inside
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    given = OURS["bot"]["environment"]
    assert {given[name].rpartition(":")[2] for name in ("HEADLINE_BOT_HTTP", "HEADLINE_BOT_DEVCHAT")} == inside["bot"]
    assert set(re.search(r"^EXPOSE (.+)$", read("Dockerfile"), re.MULTILINE)[1].split()) == inside["bot"]


def test_nothing_leads_out_of_the_network_of_redis():
    assert COMPOSE["networks"]["store"]["internal"] is True
    for name, service in SERVICES.items():
        if "redis" in name:
            assert set(service["networks"]) == {"store"}
            assert "ports" not in service


def test_prometheus_asks_the_containers_of_ours_where_they_answer():
    (job,) = yaml.safe_load(read("config/prometheus/prometheus.yml"))["scrape_configs"]
    (asked,) = job["dns_sd_configs"]
    assert set(asked["names"]) == OURS.keys()
    assert {ours["environment"]["HEADLINE_BOT_HTTP"] for ours in OURS.values()} == {f"0.0.0.0:{asked['port']}"}
    assert 'web.get("/metrics"' in read("bot/ops/http.py")


@pytest.fixture
def telegram(tmp_path):
    """The container of the Bot API server: its secrets, and what it runs, asks, and is told by its health check."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("telegram-bot-api", "sleep", "nc"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $* $TELEGRAM_API_ID $TELEGRAM_API_HASH"\n')
        (programs / name).chmod(0o755)
    return TelegramsServer(tmp_path, programs)


class TelegramsServer:
    """What the container does, with programs that only tell how they were called."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self._programs = folder, programs

    def _told(self, command: list[str]) -> list[str]:
        command = [filled(part).replace("/run/secrets", str(self.folder)) for part in command]
        environ = {"PATH": f"{self._programs}:/usr/bin:/bin"}
        done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True, timeout=10)
        return done.stdout.splitlines()

    def run(self) -> list[str]:
        return self._told(SERVICES["telegram"]["entrypoint"])

    def health(self) -> list[str]:
        return self._told(SERVICES["telegram"]["healthcheck"]["test"][1:])


def test_telegrams_server_runs_with_what_its_two_files_say(telegram):
    (telegram.folder / "telegram_api_id").write_text("1234\n")
    (telegram.folder / "telegram_api_hash").write_text("abcd\n")
    (line,) = telegram.run()
    assert line.startswith("telegram-bot-api --http-port=8081 ")
    assert line.endswith(" 1234 abcd")
    assert [line.split()[:4] for line in telegram.health()] == [["nc", "-z", "127.0.0.1", "8081"]]


@pytest.mark.parametrize("given", ["", "1234"])
def test_telegrams_server_says_that_it_waits_where_a_file_is_empty(telegram, given):
    (telegram.folder / "telegram_api_id").write_text(given)
    (telegram.folder / "telegram_api_hash").touch()
    says, waits = telegram.run()
    assert "TELEGRAM_API_ID_FILE and TELEGRAM_API_HASH_FILE" in says
    assert waits.split() == ["sleep", "infinity"]
    assert telegram.health() == []


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
@pytest.mark.parametrize("profile", PROFILES)
def test_docker_compose_understands_the_file(profile):
    command = ["docker-compose", "--file", str(ROOT / "docker-compose.yml"), "--profile", profile, "config", "--quiet"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


# ---- how a process takes leave, and the webhook on Kubernetes

KUBERNETES = read("docs/deploy/kubernetes.yaml")
IN_HAND = 10  # seconds within which a process ends then, as docs/operating.md says


def drained(script: str) -> float:
    """The seconds of http.drain, as the page has it written into bot.toml."""
    before, after = re.search(r"sed -i 's/\^([^/]+)/([^/]+)/' config/bot\.toml", script).groups()
    changed = re.sub(f"^{before}", after, read("config/bot.toml"), flags=re.MULTILINE)
    return Options.model_validate(tomllib.loads(changed)).http.drain.total_seconds()


def test_a_pod_is_unready_before_it_stops_and_has_time_to_stop():
    drain = drained(read("docs/deploying.md"))
    pods = [
        item["spec"]["template"]["spec"] for item in yaml.safe_load(KUBERNETES)["items"] if item["kind"] != "Service"
    ]
    for pod in pods:
        probe = pod["containers"][0]["readinessProbe"]
        assert 0 < probe["periodSeconds"] * probe["failureThreshold"] < drain
        assert pod["terminationGracePeriodSeconds"] > drain + IN_HAND
    assert all(float(ours["stop_grace_period"].rstrip("s")) > drain + IN_HAND for ours in OURS.values())


def test_a_pod_takes_updates_by_webhook_where_the_marks_are_taken_away(tmp_path):
    opened, marks = re.subn(r"^( +)# (?=- \{name: TELEGRAM_WEBHOOK_)", r"\1", KUBERNETES, flags=re.MULTILINE)
    assert marks == 2
    (pod, *_) = yaml.safe_load(opened)["items"]
    given = {each["name"]: each["value"] for each in pod["spec"]["template"]["spec"]["containers"][0]["env"]}
    folder, _, file = given["TELEGRAM_WEBHOOK_SECRET_FILE"].rpartition("/")
    assert folder == given["TELEGRAM_BOT_TOKEN_FILE"].rpartition("/")[0]
    assert f"--from-file={file}" in read("docs/deploying.md")
    (tmp_path / file).write_text("shown-secret")
    settings = load(
        {
            "TELEGRAM_WEBHOOK_URL": given["TELEGRAM_WEBHOOK_URL"],
            "TELEGRAM_WEBHOOK_SECRET_FILE": str(tmp_path / file),
        }
    )
    assert settings.webhook_url.endswith("/telegram")
    assert settings.webhook_secret == "shown-secret"


# ---- the six servers of the profile scale


@contextmanager
def six(folder: Path) -> Iterator[list[Member]]:
    """The nodes of the cluster, started as their containers start them, on ports of this machine."""
    node = [filled(part) for part in SERVICES["redis-1"]["command"]][1:]
    members = [AsInTheContainer(SERVERS["redis"] or "", folder / str(port), port, node) for port in free_ports(6)]
    try:
        for member in members:
            member.start()
        yield members
    finally:
        for member in members:
            member.kill()
            member.close()


class AsInTheContainer(Member):
    """A server with the compose file's options."""

    def __init__(self, binary: str, folder: Path, port: int, options: list[str]) -> None:
        super().__init__(binary, folder, port)
        self._options = options

    def start(self) -> None:
        self.launch()
        self.patient.ping()

    def launch(self, *more: str) -> None:
        """Start, and do not wait until it has read its file."""
        self.folder.mkdir(exist_ok=True)
        where = ["--port", str(self.port), "--dir", str(self.folder), "--bind", "127.0.0.1"]
        self.process = subprocess.Popen([self.binary, *self._options, *where, *more], stdout=subprocess.DEVNULL)

    def is_reading(self) -> bool:
        """Whether it answers already, and has not read its file yet."""
        try:
            return bool(self.client.info("persistence")["loading"])
        except Away:
            return False


needs_redis = pytest.mark.skipif(
    not (SERVERS["redis"] and shutil.which("redis-cli")), reason="redis-server and redis-cli are not installed"
)


def create(members: list[Member]) -> subprocess.CompletedProcess[str]:
    """What the service `cluster` does at every start."""
    script = filled(SERVICES["cluster"]["command"][-1])
    environ = {"NODES": " ".join(f"127.0.0.1:{member.port}" for member in members), "PATH": "/usr/bin:/bin"}
    return subprocess.run(["sh", "-euc", script], env=environ, check=False, capture_output=True, text=True, timeout=60)


def assert_whole(members: list[Member]) -> None:
    """Every server serves every slot now, and three of them copy another one."""
    for member in members:
        about = member.client.cluster("INFO")
        assert (about["cluster_state"], about["cluster_slots_ok"]) == ("ok", str(SLOTS))
    until(lambda: sum(member.is_synced for member in members) == 3)


@needs_redis
def test_the_six_servers_become_a_cluster_once(tmp_path):
    with six(tmp_path) as members:
        made = create(members)
        assert made.returncode == 0, made.stderr
        assert_whole(members)
        before = {member.id: member.is_master for member in members}
        assert create(members).returncode == 0
        assert {member.id: member.is_master for member in members} == before
        for name, value in (("maxmemory-policy", "noeviction"), ("appendonly", "yes")):
            assert all(member.client.config_get(name)[name] == value for member in members)


def some_have_slots(members: list[Member]) -> None:
    members[0].do("CLUSTER", "ADDSLOTSRANGE", 0, 5460)
    members[1].do("CLUSTER", "ADDSLOTSRANGE", 5461, 10922)


def all_have_met(members: list[Member]) -> None:
    for member in members[1:]:
        member.do("CLUSTER", "MEET", "127.0.0.1", members[0].port)
    until(lambda: all(member.client.cluster("INFO")["cluster_known_nodes"] == "6" for member in members))


def slots_are_left(members: list[Member]) -> None:
    some_have_slots(members)
    all_have_met(members)
    until(lambda: all(member.client.cluster("INFO")["cluster_state"] == "ok" for member in members))


def replicas_are_missing(members: list[Member]) -> None:
    some_have_slots(members)
    members[2].do("CLUSTER", "ADDSLOTSRANGE", 10923, SLOTS - 1)
    all_have_met(members)


@needs_redis
@pytest.mark.parametrize("cut", [slots_are_left, replicas_are_missing], ids=lambda cut: cut.__name__)
def test_a_creation_that_was_cut_is_begun_anew(tmp_path, cut):
    with six(tmp_path) as members:
        cut(members)
        made = create(members)
        assert made.returncode == 0, made.stderr
        assert_whole(members)


@needs_redis
def test_a_creation_that_was_cut_is_left_alone_where_something_is_stored(tmp_path):
    with six(tmp_path) as members:
        slots_are_left(members)
        members[0].do("SET", "{06S}", "kept")  # in slot 0
        before = {member.id for member in members}
        made = create(members)
        assert made.returncode == 1
        assert "nothing was changed" in made.stderr
        assert {member.id for member in members} == before
        assert members[0].do("GET", "{06S}") == "kept"


@needs_redis
def test_redis_counts_as_healthy_only_when_it_has_read_its_file(tmp_path):
    (port,) = free_ports(1)
    _, *check = SERVICES["redis"]["healthcheck"]["test"]
    check[-1] = check[-1].replace("redis-cli", f"redis-cli -p {port}")
    member = AsInTheContainer(SERVERS["redis"] or "", tmp_path, port, SERVICES["redis"]["command"][1:])

    def is_healthy() -> bool:
        return subprocess.run(check, check=False, capture_output=True, timeout=10).returncode == 0

    try:
        assert not is_healthy()
        member.start()
        assert is_healthy()
        member.client.mset({f"key:{number}": "x" * 100 for number in range(5000)})
        member.do("BGREWRITEAOF")
        until(lambda: not member.client.info("persistence")["aof_rewrite_in_progress"])
        member.kill()
        # Half a millisecond for each key, and answers meanwhile: the file takes seconds.
        member.launch("--key-load-delay", "500", "--loading-process-events-interval-bytes", "1024")
        until(member.is_reading)
        assert not is_healthy()
        until(is_healthy)
    finally:
        member.kill()
        member.close()


def test_the_addresses_of_the_six_are_those_that_the_cluster_is_made_of():
    nodes = [service for name, service in SERVICES.items() if re.fullmatch(r"redis-\d", name)]
    addresses = [filled(node["networks"]["store"]["ipv4_address"]) for node in nodes]
    assert filled(SERVICES["cluster"]["environment"]["NODES"]).split() == [f"{address}:6379" for address in addresses]
    assert all(socket.inet_aton(address) for address in addresses)
