"""Every danger that docs/safety.md names has a test, and the test exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
NAMED = re.findall(r"^\| (.+?) \| `(tests/[\w/]+\.py)::(test_\w+)` \|$", PAGE, re.MULTILINE)


def test_the_table_is_found_whole() -> None:
    part = PAGE.partition("## What harmed others")[2]
    assert len(NAMED) == sum(line.startswith("|") for line in part.splitlines()) - 2 >= 40


@pytest.mark.parametrize(("danger", "file", "test"), NAMED)
def test_the_test_of_a_danger_exists(danger: str, file: str, test: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert test in tests, f"{danger}: {file} has no {test}"
