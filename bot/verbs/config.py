"""What is set, and where each of it comes from: the environment, a line of a file, or the default.

Secrets are shown as dots. A mistake anywhere is told instead, with every other, as the bot does at its start.

Here: the effective values and their origins, for people and for programs.
Not here: what a name means and its default (settings, options), what is wrong (settings).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from bot.settings import NAMES, SECRETS, SOURCES, TOPICS, Address, Settings, load
from bot.tomlfiles import place, written
from bot.verbs.masks import hidden, masked
from bot.verbs.screen import say_json, say_table, takes_json

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """One name, what it is, and where that comes from; `value` is text, a number, a truth value or a list."""

    name: str
    value: object
    origin: str


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = "examples:\n  headline-bot config\n  headline-bot config --json"
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Show everything. Raises ConfigError."""
    settings = load(environ)
    shown = [*_environment(settings, environ), *_options(settings)]
    sources = written(settings.config_dir / SOURCES)
    topics = written(settings.config_dir / TOPICS)
    if args.json:
        say_json(
            {
                "settings": [asdict(each) for each in shown],
                "sources": [
                    {"name": source.name, "url": source.url, "origin": _at(settings, SOURCES, sources, at)}
                    for at, source in enumerate(settings.sources)
                ],
                "topics": [
                    {"key": topic.key, "origin": place(settings.config_dir / TOPICS, topics[topic.key,])}
                    for topic in settings.ready
                ],
            }
        )
        return 0
    shown.append(Setting("sources", len(settings.sources), str(settings.config_dir / SOURCES)))
    shown.append(Setting("ready topics", len(settings.ready), str(settings.config_dir / TOPICS)))
    say_table(("name", "value", "from"), [(each.name, _text(each.value), each.origin) for each in shown], fixed=1)
    return 0


def _environment(settings: Settings, environ: Mapping[str, str]) -> Iterator[Setting]:
    values: Mapping[str, object] = {
        "TELEGRAM_BOT_TOKEN": settings.token,
        "TELEGRAM_API_URL": settings.api_url,
        "TELEGRAM_WEBHOOK_URL": settings.webhook_url,
        "TELEGRAM_WEBHOOK_SECRET": settings.webhook_secret,
        "REDIS_URL": settings.redis_url,
        "HEADLINE_BOT_CONFIG": str(settings.config_dir),
        "HEADLINE_BOT_DATA": str(settings.data_dir),
        "HEADLINE_BOT_HTTP": _address(settings.http),
        "HEADLINE_BOT_DEVCHAT": _address(settings.devchat),
        "HEADLINE_BOT_ADMINS": sorted(settings.admins),
        "HEADLINE_BOT_PUBLISH_TOKEN": settings.publish_token,
    }
    for name in NAMES:
        value = values[name]
        yield Setting(name, _shown(name, value), _origin(name, environ))


def _origin(name: str, environ: Mapping[str, str]) -> str:
    if environ.get(name, "").strip():
        return "environment"
    file = environ.get(f"{name}_FILE", "").strip() if name in SECRETS else ""
    return f"{name}_FILE, {file}" if file else DEFAULT


def _shown(name: str, value: object) -> object:
    if not isinstance(value, str) or not value:
        return value
    return hidden(value) if name in SECRETS else masked(value)


def _options(settings: Settings) -> Iterator[Setting]:
    file = settings.config_dir / "bot.toml"
    lines = written(file)
    for table, options in settings.options:
        for name, value in options:
            line = lines.get((table, name))
            yield Setting(f"{table}.{name}", _plain(value), place(file, line) if line else DEFAULT)


def _plain(value: object) -> object:
    """A value as JSON has it: spans as bot.toml writes them."""
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        return next(
            (
                f"{seconds / size:g}{unit}"
                for unit, size in (("d", 86400), ("h", 3600), ("m", 60))
                if not seconds % size
            ),
            f"{seconds:g}s",
        )
    if isinstance(value, tuple):
        return [str(each) for each in value]
    return masked(str(value)) if isinstance(value, str) else value


def _at(settings: Settings, file: str, lines: Mapping[tuple[str | int, ...], int], number: int) -> str:
    return place(settings.config_dir / file, lines["source", number])


def _address(address: Address) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{host}:{address.port}"


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value) or "-"
