"""Redis by TLS: who is trusted is said in REDIS_URL, and nobody else is spoken to."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from bot.news.errors import StoreError
from bot.store.database import Database
from tests.clusters import SLOTS, free_ports, until
from tests.conftest import SERVERS
from tests.world import world_on

READER = 7


@dataclass
class Sealed:
    """A server that speaks TLS only, with a certificate that only who is told of it trusts."""

    port: int
    certificate: Path
    admin: redis.Redis

    def url(self, scheme: str = "rediss", host: str = "127.0.0.1", trusted: str = "") -> str:
        return f"{scheme}://:s3cret@{host}:{self.port}?ssl_ca_certs={trusted or self.certificate}"


def speaks_tls() -> bool:
    """Whether there is a server that can, and somebody who makes certificates."""
    if not (SERVERS["redis"] and shutil.which("openssl") and shutil.which("ldd")):
        return False
    return "libssl" in subprocess.run(["ldd", SERVERS["redis"]], capture_output=True, text=True, check=False).stdout


pytestmark = pytest.mark.skipif(not speaks_tls(), reason="no redis-server that speaks TLS, or no openssl")


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for this machine that is signed by itself, and its key."""
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    made = ["-out", str(paths[0]), "-keyout", str(paths[1]), "-days", "2", "-subj", f"/CN={name}"]
    for_us = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    elliptic = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(["openssl", "req", "-x509", *elliptic, *made, *for_us], check=True, capture_output=True)
    return paths


@pytest.fixture(params=["server", "cluster"])
def sealed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sealed]:
    (port,) = free_ports(1)
    trusted, key = certificate(tmp_path, "redis")
    options = {
        "port": "0",
        "tls-port": str(port),
        "tls-cert-file": str(trusted),
        "tls-key-file": str(key),
        "tls-ca-cert-file": str(trusted),
        "tls-auth-clients": "no",
        "requirepass": "s3cret",
        "bind": "127.0.0.1",
        "dir": str(tmp_path),
        "save": "",
        "cluster-enabled": "yes" if request.param == "cluster" else "no",
        "tls-cluster": "yes",
    }
    command = [SERVERS["redis"], *(part for name, value in options.items() for part in (f"--{name}", value))]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    retry = Retry(ConstantBackoff(0.05), 100)
    admin = redis.Redis(port=port, password="s3cret", ssl=True, ssl_ca_certs=str(trusted), retry=retry)
    admin.ping()
    if request.param == "cluster":
        admin.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, SLOTS - 1)
        until(lambda: admin.cluster("INFO")["cluster_state"] == "ok")
    yield Sealed(port, trusted, admin)
    admin.close()
    process.terminate()
    process.wait(10)


@pytest.fixture
def scheme(request: pytest.FixtureRequest, sealed: Sealed) -> str:
    return "rediss+cluster" if sealed.admin.info("cluster")["cluster_enabled"] else "rediss"


async def test_a_headline_walks_all_its_way_by_tls(sealed: Sealed, scheme: str, tmp_path: Path) -> None:
    async with world_on(sealed.url(scheme), tmp_path / "world") as world, world.app() as app:
        await world.waits_for(app, READER, "rain")
        world.site.says("Rain at last")
        await app.workers.round()
        assert world.told(READER, "Rain at last") == 1


@pytest.mark.parametrize("wrong", ["another's certificate", "no certificate", "the system's", "no TLS"])
async def test_nobody_else_is_spoken_to(sealed: Sealed, scheme: str, tmp_path: Path, wrong: str) -> None:
    urls = {
        "another's certificate": sealed.url(scheme, trusted=str(certificate(tmp_path, "other")[0])),
        "no certificate": sealed.url(scheme, trusted=str(tmp_path / "none.pem")),
        "the system's": sealed.url(scheme).partition("?")[0],
        "no TLS": sealed.url(scheme.replace("rediss", "redis")).partition("?")[0],
    }
    database = Database.connect(urls[wrong])
    with pytest.raises(StoreError) as told:
        await database.ping()
    await database.close()
    assert "s3cret" not in str(told.value)
