"""What is written is so: the documents and the examples, compared with the code.

The manual (docs/commands.md) is compared in tests/handlers, the keys (docs/redis.md) in tests/store, the container
files in tests/ops.
"""

from __future__ import annotations

import argparse
import importlib
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from bot.cli import VERBS
from bot.handlers import COMMANDS
from bot.handlers.context import names_of
from bot.news.topics import LANGUAGE
from bot.ops.metrics import Metrics
from bot.options import Options
from bot.settings import NAMES, SECRETS

ROOT = Path(__file__).parent.parent
NOT_OURS = {".venv", "var", "node_modules", "build", "dist", ".pytest_cache"}
PAGES = sorted(page for page in ROOT.rglob("*.md") if not set(page.relative_to(ROOT).parts) & NOT_OURS)
FILES_OF_SECRETS = {f"{name}_FILE" for name in SECRETS}
# What the Bot API server of docker-compose.yml reads.
OF_TELEGRAMS_SERVER = {"TELEGRAM_API_ID_FILE", "TELEGRAM_API_HASH_FILE"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def section(page: str, heading: str) -> str:
    """The part of a page under a heading, up to the next of its kind."""
    text = read(page)
    assert f"\n## {heading}\n" in text, f"{page} has no heading {heading!r}"
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(part: str) -> list[list[str]]:
    """The cells of every table row, without the heads."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    heads = {place - 1 for place, row in enumerate(cells) if set("".join(row)) <= set("-:")}
    return [row for place, row in enumerate(cells) if place not in heads and place - 1 not in heads]


def firsts(part: str) -> list[str]:
    """What stands first in every row, without the marks of code."""
    return [row[0].strip("`") for row in rows(part)]


def code(text: str) -> list[str]:
    """Every line of code and every piece of code within a line."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```\w*\n.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    joined = [block.replace("\\\n", " ") for block in blocks]
    return [line for block in joined for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", prose)


# ---- environment and options


def test_the_example_of_the_environment_has_every_name_and_sets_none():
    ours, _, _ = read(".env.example").partition("# ---- For docker-compose.yml alone")
    assert sorted(re.findall(r"^#([A-Z_]+)=$", ours, re.MULTILINE)) == sorted([*NAMES, *FILES_OF_SECRETS])
    assert all(line.startswith("#") for line in read(".env.example").splitlines() if line)


def test_the_operators_page_has_every_name_of_the_environment():
    part = section("docs/operating.md", "Environment")
    assert firsts(part) == list(NAMES)
    assert set(re.findall(r"\b[A-Z_]+_FILE\b", part)) == FILES_OF_SECRETS


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_names_an_environment_variable_that_nobody_reads(page):
    found = set(re.findall(r"\b(?:HEADLINE_BOT_|TELEGRAM_|REDIS_)[A-Z_]+\b", page.read_text(encoding="utf-8")))
    assert found <= {*NAMES, *FILES_OF_SECRETS, *OF_TELEGRAMS_SERVER}


def options() -> set[str]:
    """Every option of bot.toml, as in stream.days."""
    tables = Options.model_fields
    return {f"{table}.{name}" for table in tables for name in type(getattr(Options(), table)).model_fields}


def test_the_shipped_bot_toml_shows_every_option():
    shown = tomllib.loads(read("config/bot.toml"))
    assert {f"{table}.{name}" for table, values in shown.items() for name in values} == options()


def test_the_operators_page_has_every_option_with_its_default():
    part = rows(section("docs/operating.md", "Configuration files"))
    assert {row[0].strip("`") for row in part} == options()
    shown = tomllib.loads("\n".join(f"{row[0].strip('`')} = {row[2].strip('`')}" for row in part))
    assert Options.model_validate(shown) == Options()


# ---- the topic language


def test_the_commands_page_has_the_whole_topic_language():
    told = [
        [cell.strip("`").replace("\\|", "|") for cell in row] for row in rows(section("docs/commands.md", "Topics"))
    ]
    assert told == [[str(way.name), way.example, str(way.means)] for way in LANGUAGE]


# ---- what the operator can ask


def test_the_operators_page_has_every_metric():
    kinds = {"counter": "_total", "gauge": "", "histogram": ""}
    part = rows(section("docs/operating.md", "Metrics"))
    told = [row[0].strip("`") for row in part]
    assert sorted(told) == sorted(set(told))
    assert all(name.endswith(kinds[row[1]]) for name, row in zip(told, part, strict=True))
    assert {name.removesuffix("_total") for name in told} == Metrics().names()


def test_no_page_names_a_metric_that_does_not_exist():
    known = Metrics().names()
    for page in PAGES:
        found = set(re.findall(r"\bheadline_bot_[a-z_]+\b", page.read_text(encoding="utf-8")))
        assert {re.sub(r"_(?:total|bucket|sum|count)$", "", name) for name in found} <= known, named(page)


def test_the_operators_page_has_every_route():
    routes = re.findall(r'web\.(get|post)\("([^"]+)"', read("bot/ops/http.py"))
    part = [first for first in firsts(section("docs/operating.md", "HTTP")) if first.startswith(("GET", "POST"))]
    assert sorted(part) == sorted(f"{method.upper()} {path}" for method, path in routes)


def test_the_operators_page_has_every_verb():
    told = {re.split(r"[ `]", first)[0] for first in firsts(section("docs/operating.md", "Command line"))}
    assert told == set(VERBS)


@cache
def options_of(verb: str) -> frozenset[str]:
    """Every option that may follow a verb, or a word after it as in `sources add`."""
    parser = argparse.ArgumentParser(verb)
    importlib.import_module(f"bot.verbs.{verb}").declare(parser)
    return _options(parser)


def _options(parser: argparse.ArgumentParser) -> frozenset[str]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    below = [_options(each) for action in inner for each in action.choices.values()]
    return frozenset(option for action in parser._actions for option in action.option_strings).union(*below)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_line_that_a_page_shows_can_be_typed(page):
    pieces = code(page.read_text(encoding="utf-8"))
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for piece in pieces:
        for target in re.findall(r"\bmake ([a-z]+)", piece):
            assert target in targets, f"make {target}"
        unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", piece)
        for verb, rest in re.findall(r"\bheadline-bot ([a-z]+)\b([^|;]*)", unquoted):
            assert verb in VERBS, f"headline-bot {verb}"
            for option in re.findall(r"(?<!\S)\[?(--?[a-z][a-z-]*)", rest):
                assert option in options_of(verb), f"headline-bot {verb} {option}"


def test_every_option_of_the_verbs_table_exists():
    for first in firsts(section("docs/operating.md", "Command line")):
        verb = first.split()[0]
        for option in re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", first):
            assert option in options_of(verb), f"{verb} {option}"


def test_the_readme_shows_commands_that_exist():
    known = names_of(COMMANDS)
    typed = [
        match[1] for piece in code(section("README.md", "What people type")) if (match := re.match(r"/([a-z]+)", piece))
    ]
    assert len(typed) >= 5
    assert set(typed) <= known.keys()


# ---- links


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_within_the_repository_leads_somewhere(page):
    prose = re.sub(r"^```\w*\n.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{named(page)} leads to {link}"
        assert goal.is_relative_to(ROOT), f"{named(page)} leads out of the repository: {link}"
        if anchor:
            assert anchor in anchors(goal), f"{named(page)} leads to {link}"
