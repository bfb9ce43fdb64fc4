"""Try every door: configuration, Redis, Telegram and the way of updates, each source; say what to do where one is shut.

A source that cannot be read is a warning, unless none can.

Here: the order of the tries, and how the outcome is shown.
Not here: each try (doors, telegramdoor).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from bot.news.errors import ConfigError
from bot.verbs.doors import Health, Tried, try_redis, try_sources
from bot.verbs.house import settled
from bot.verbs.screen import busy, counting, say, say_json, say_table, takes_json
from bot.verbs.telegramdoor import try_telegram

MARKS = {Health.WELL: "✓", Health.WARNING: "!", Health.FAILED: "✗"}


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Try, show, and say whether all is well."""
    try:
        settings = settled(environ)
    except ConfigError as error:
        _show([Tried("configuration", Health.FAILED, problem) for problem in error.problems], as_json=args.json)
        return 2
    tried = [Tried("configuration", Health.WELL, f"{settings.config_dir}, {len(settings.ready)} ready topics")]
    with busy("Asking Redis …"):
        redis, added = await try_redis(settings)
    tried.append(redis)
    with busy("Asking Telegram …"):
        tried += await try_telegram(settings)
    with counting("Asking sources …", len(settings.sources) + len(added)) as one_more:
        tried += await try_sources(settings, added, one_more)
    _show(tried, as_json=args.json)
    return 1 if any(one.health is Health.FAILED for one in tried) else 0


def _show(tried: list[Tried], *, as_json: bool) -> None:
    well = not any(one.health is Health.FAILED for one in tried)
    if as_json:
        doors = [{"door": one.door, "state": one.health, "says": one.says} for one in tried]
        say_json({"well": well, "doors": doors})
        return
    say_table(("", "door", "says"), [(MARKS[one.health], one.door, one.says) for one in tried], fixed=2)
    if any(one.health is Health.WARNING for one in tried):
        say("What is marked ! can wait; a source is asked less and less often until it can be read.")
    say("All is well." if well else "Not all is well: mend what is marked ✗.")
