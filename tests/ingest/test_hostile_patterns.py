"""No regular expression comes from people, and none of ours takes long over what people and pages write."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "bot").rglob("*.py"))
TAKES_A_PATTERN = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
# Names in capitals are constants of the house; these few more stand in a pattern and are made of constants alone.
OURS = {
    "bot/store/keypatterns.py": {"expression"},  # of the house's own table of keys
    "bot/verbs/newcomer.py": {"part"},  # annotations of the house's own settings
    "bot/ingest/clutter.py": {"phrases", "_either"},  # the house's phrases
    "bot/ingest/places.py": {"words"},  # names of the house's own table
    "bot/ingest/walls.py": {"longest_first"},  # the house's phrases
    "bot/news/languages.py": {"lang", "letters"},  # letters that only one language has
    "bot/news/text.py": {"near"},  # every accent there is, from Unicode's own table
}
# Long inputs on which an expression that goes back and forth would take minutes.
PIECES = ("a", " ", "<", "<a ", "<!--", "&", "&#", "1", "12:15", "12:15 ", "\n", "\r\n", "- ", ".", "a.", "a-", "/",
"//", '"', "'", "=",
          "a=1 ", "[", "]", "(", ")", "\\", "é", "e\u0301", "\u0301", "ا", "中", "👍", "\u200d", "x@", "http://", "%41",
          "&amp;", "<p>", "<?", "\t", "0x", "1.")  # fmt: skip
LONG = 1_500
SOON = 0.5  # seconds, on a machine that is busy with other things


def patterns_of(file: Path) -> Iterator[tuple[int, ast.expr]]:
    """Every expression that stands where `re` takes a pattern."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called.startswith("re.") and called.removeprefix("re.") in TAKES_A_PATTERN and node.args:
            yield node.lineno, node.args[0]


def foreign(node: ast.expr, allowed: set[str]) -> set[str]:
    """The names in a pattern that are no constants of the house."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    bound = {
        part.target.id
        for part in ast.walk(node)
        if isinstance(part, ast.comprehension) and isinstance(part.target, ast.Name)
    }
    escaped = {
        part.id
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.escape"
        for part in ast.walk(call)
        if isinstance(part, ast.Name)
    }
    builtin = {"re", "map", "sorted", "len", "str", "list", "set", "chr", "dict", "min", "max"}
    return {name for name in names - bound - escaped - builtin - allowed if not name.lstrip("_").isupper()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_pattern_is_made_of_what_people_write(file: Path) -> None:
    allowed = OURS.get(file.relative_to(ROOT).as_posix(), set())
    for line, pattern in patterns_of(file):
        assert not foreign(pattern, allowed), f"{file.name}:{line} makes an expression of {foreign(pattern, allowed)}"


def compiled() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that a module of the house holds."""
    for file in FILES:
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if module.endswith("__main__"):
            continue
        importlib.import_module(module)
        for name, value in vars(sys.modules[module]).items():
            if isinstance(value, re.Pattern):
                yield f"{module}.{name}", value


PATTERNS = dict(compiled())


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 60


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_of_ours_goes_back_and_forth(name: str) -> None:
    pattern = PATTERNS[name]
    slow = {}
    for piece in PIECES:
        for text in (piece * (LONG // len(piece)), f"<{piece * (LONG // len(piece))}\0"):
            start = time.process_time()
            if isinstance(pattern.pattern, bytes):
                sum(1 for _ in pattern.finditer(text.encode()))  # type: ignore[arg-type]
            else:
                sum(1 for _ in pattern.finditer(text))  # type: ignore[arg-type]
            slow[piece] = time.process_time() - start
    assert {piece: round(spent, 2) for piece, spent in slow.items() if spent > SOON} == {}
