"""`make bench`: runs every benchmark of this folder, one after the other, and keeps what they say.

A benchmark is a module that prints one JSON object (its last line), or {"skipped": why}.
Writes var/bench.json and prints one table; what fails is said at the end, and fails the run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
KEPT = HERE.parent / "var" / "bench.json"


def run(name: str) -> dict[str, Any]:
    """What one benchmark says; `failed` with the end of its error where it says nothing."""
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    try:
        said = json.loads(done.stdout.strip().rpartition("\n")[2])
    except json.JSONDecodeError:
        said = {}
    return said or {"failed": (done.stderr or done.stdout).strip()[-500:] or f"exit {done.returncode}"}


def flat(figures: dict[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Every figure with its whole name."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from flat(value, f"{within}{name}.")
        else:
            yield within + name, value


def table(results: dict[str, dict[str, Any]]) -> Table:
    """Every figure in a row of its own."""
    shown = Table("benchmark", "figure")
    shown.add_column("value", justify="right")
    for name, figures in results.items():
        for figure, value in flat(figures):
            shown.add_row(name, figure, str(value))
        shown.add_section()
    return shown


def main() -> int:
    console, results = Console(), dict[str, dict[str, Any]]()
    for name in sorted(path.stem for path in HERE.glob("[!_]*.py")):
        with console.status(f"{name} …"):
            results[name] = run(name)
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **results}, indent=2) + "\n")
    console.print(table(results))
    return int(any("failed" in figures for figures in results.values()))


if __name__ == "__main__":
    sys.exit(main())
