"""Everything that is written during a run of the tests, looked through for secrets as it comes.

Here: which secrets the tests use, and the hooks that see what pytest captures (standard output and error of this
process and of those it starts, and the log). Who starts a process and reads its output itself hands it on to `note`.
Not here: the test that fails where one was found (test_no_secret_written, which comes last).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.local import LOCAL_TOKEN

TESTS = Path(__file__).parent
# What looks like a bot's token, and what is given as another secret.
_TOKEN = re.compile(r"[\"'](\d+:[A-Za-z][\w-]{4,})[\"']")
_OTHER = re.compile(
    r"(?:publish_token|webhook_secret|PUBLISH_TOKEN\"|WEBHOOK_SECRET\"|\bTOKEN)\s*[:=]\s*[\"']([\w-]{6,})[\"']"
)


def secrets_of_tests() -> frozenset[str]:
    """Every secret that any test gives to a bot."""
    texts = [file.read_text(encoding="utf-8") for file in TESTS.rglob("*.py")]
    return frozenset({LOCAL_TOKEN}.union(*(_TOKEN.findall(text) + _OTHER.findall(text) for text in texts)))


class Written:
    """What was looked through, and what was found in it."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self.secrets = frozenset(secrets)
        either = {form for secret in self.secrets for form in (secret, quote(secret, safe=""))}
        self._any = re.compile("|".join(sorted(map(re.escape, either), key=len, reverse=True)))
        self.letters = 0
        self.found: list[str] = []

    def note(self, where: str, text: str) -> None:
        """Look through what was written somewhere."""
        self.letters += len(text)
        if self._any.search(text):
            self.found += (f"{where}: {line.strip()[:300]}" for line in text.splitlines() if self._any.search(line))

    def note_logs(self, folder: Path) -> None:
        """Look through the log files that were written below a folder."""
        for file in folder.rglob("*.log"):
            if file.is_file():
                self.note(file.name, file.read_text(encoding="utf-8", errors="replace"))


WRITTEN = Written(secrets_of_tests())


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Look through what a test wrote."""
    for name, text in report.sections:
        WRITTEN.note(f"{report.nodeid} ({name})", text)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The test that tells what was found comes after all others."""
    items.sort(key=_is_last)


def _is_last(item: pytest.Item) -> bool:
    return item.path.name == "test_no_secret_written.py"
