"""No secret is ever written: the last test looks at everything that all the others wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.written import WRITTEN, Written

ROOT = Path(__file__).parent.parent
# Three ways in which a bot may give its token away, as the tests of a house that does so.
LEAKS = """
import logging, subprocess, sys
from tests.written import WRITTEN, pytest_collection_modifyitems, pytest_runtest_logreport

def test_output(): print("at https://api.example/bot1:the-world/getMe")
def test_log(): logging.getLogger("lib").warning("asked with %s", "1:the-world")
def test_process(): subprocess.run([sys.executable, "-c", "import sys; sys.stderr.write('1:the-world')"], check=True)
def test_quoted(): print("at https://api.example/bot1%3Athe-world/getMe")
def test_good(): print("nothing to see")
"""


def test_what_gives_a_token_away_is_found_whichever_way_it_is_written(tmp_path: Path) -> None:
    """The net has no hole: it is cast over a house that leaks."""
    (tmp_path / "test_leaks.py").write_text(LEAKS)
    (tmp_path / "conftest.py").write_text("from tests.written import pytest_runtest_logreport\n")
    (tmp_path / "test_no_secret_written.py").write_text(
        "from tests.written import WRITTEN\n\n"
        "def test_it():\n    assert not WRITTEN.found, chr(10).join(WRITTEN.found)\n"
    )
    run = subprocess.run(
        [*(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path))],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    for leak in ("test_output", "test_log", "test_process", "test_quoted"):
        assert f"test_leaks.py::{leak} (Captured" in run.stdout
    assert "test_good" not in run.stdout
    assert "1 failed, 5 passed" in run.stdout


def test_log_files_are_looked_through_too(tmp_path: Path) -> None:
    written = Written({"1:the-world"})
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "bot.log").write_text("all is well\nasked with 1:the-world\n")
    written.note_logs(tmp_path)
    assert written.found == ["bot.log: asked with 1:the-world"]


def test_no_secret_was_written_anywhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if request.config.getoption("capture") == "no":
        pytest.skip("with -s nothing is captured that could be looked through")
    mine = tmp_path_factory.getbasetemp()
    for folder in mine.iterdir():
        if not folder.name.startswith("test_log_files_are_looked"):
            WRITTEN.note_logs(folder)
    assert {"1:the-world", "123456:DOC-TOR", "pass-word"} <= WRITTEN.secrets
    assert not WRITTEN.found, "\n".join(WRITTEN.found)
