"""What is watched and how it fares; add sources while the bot runs, remove one that was added, exchange lists.

Here: the wishes, and a source's state in words.
Not here: finding and picking what is added (newcomer), asking sources (workers/poller).
"""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.app import SystemClock
from bot.desk.watching import Watching
from bot.ingest.opml import MOST_BYTES, Outline, read_opml, write_opml
from bot.news.errors import UserError
from bot.news.live import NamedOrigins
from bot.news.model import Kind, Source
from bot.news.sourcestate import SourceState
from bot.settings import Settings
from bot.store.sources import Sources
from bot.store.stores import Stores
from bot.verbs import WrongUse, newcomer
from bot.verbs.house import settled, stores
from bot.verbs.screen import clock_time, counting, headlines, iso, remark, say, say_json, say_table, takes_json


@dataclass(frozen=True, slots=True)
class Watched:
    """A source, where it was named, and how it has fared."""

    source: Source
    named: str
    state: SourceState


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    parser.epilog = (
        "examples:\n  headline-bot sources\n  headline-bot sources add https://example.org/feed.xml\n"
        "  headline-bot sources remove example\n  headline-bot sources import feeds.opml\n"
        "  headline-bot sources export > sources.opml"
    )
    takes_json(parser)
    wishes = parser.add_subparsers(metavar="add|remove|import|export", dest="wish")
    add = wishes.add_parser(
        "add",
        help="watch one more, from now on",
        description="Watch one more source: what an address leads to, or one of those around it.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    newcomer.takes_picks(add)
    remove = wishes.add_parser("remove", help="watch one no longer", description="Watch a source no longer.")
    remove.add_argument("name", metavar="NAME", help="one that was added with `sources add` or `sources import`")
    took = wishes.add_parser("import", help="watch a feed reader's list", description="Watch all sources of a list.")
    took.add_argument("file", metavar="FILE", type=Path, help="an OPML file, as feed readers export it")
    wishes.add_parser("export", help="print what is watched as OPML", description="Print what is watched as OPML.")


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """List, add, remove, import or export."""
    settings = settled(environ)
    async with stores(settings, may_begin=args.wish is not None) as opened:
        match args.wish:
            case "add":
                others = [one.source for one in await _watched(settings, opened.sources)]
                await newcomer.introduce(args, _watching(settings, opened), others, NamedOrigins(settings.sources))
            case "remove":
                await _remove(settings, opened.sources, args.name)
                say(f"{args.name} is no longer watched; its headlines stay.")
            case "import":
                await _import(_watching(settings, opened), args.file)
            case "export":
                watched = await _watched(settings, opened.sources)
                say(write_opml(_outline(one) for one in watched).rstrip())
            case _:
                _list(await _watched(settings, opened.sources), as_json=args.json)
    return 0


def _watching(settings: Settings, opened: Stores) -> Watching:
    paces = settings.options.polling.paces
    return Watching(opened.sources, opened.offers, opened.headlines, settings.sources, paces, SystemClock())


async def _import(watching: Watching, file: Path) -> None:
    listed = read_opml(await asyncio.to_thread(_beginning, file))
    with counting("Taking in …", len(listed.outlines)) as seen:
        taken = await watching.take_in(listed, seen)
    rows = [("added", source.name, source.folder, source.url) for source in taken.added]
    rows += [("watched already", source.name, source.folder, source.url) for source in taken.known]
    if rows:
        say_table(("", "name", "folder", "address"), rows, fixed=2)
    for sentence in taken.refused:
        remark(str(sentence))
    total = len(taken.added) + len(taken.known) + len(taken.refused)
    known, refused = _number(len(taken.known), "was", "were"), _number(len(taken.refused), "is", "are")
    say(f"{len(taken.added)} of {total} are watched from now on; {known} already, {refused} refused.")


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _beginning(file: Path) -> bytes:
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.")
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _outline(one: Watched) -> Outline:
    source, state = one.source, one.state
    kind = source.kind or state.kind
    return Outline(source.title or state.title or source.name, source.url, kind is not Kind.BOX, source.folder)


async def _remove(settings: Settings, sources: Sources, name: str) -> None:
    if await sources.remove(name):
        return
    if name in {source.name for source in settings.sources}:
        raise UserError(
            f"{name} stands in {settings.config_dir / 'sources.toml'}; remove it there: the bot hears of it."
        )
    if name in await sources.states():
        raise UserError(
            f'{name} is watched by a bot of its own accord: the sample newspaper ends with polling.samples = "off", '
            "a source of another bot in its sources.toml."
        )
    raise UserError(f"No source called {name} was added; `headline-bot sources` lists what is watched.")


async def _watched(settings: Settings, sources: Sources) -> list[Watched]:
    """Configured, added, and those that another bot on this Redis watches (the sample newsroom is its own)."""
    states = await sources.states()
    named = {source.name: (source, "sources.toml") for source in settings.sources}
    named |= {source.name: (source, "added") for source in await sources.added() if source.name not in named}
    named |= {
        name: (Source(name, state.configured), "elsewhere") for name, state in states.items() if name not in named
    }
    return [Watched(source, where, states.get(name, SourceState())) for name, (source, where) in named.items()]


def _list(watched: list[Watched], *, as_json: bool) -> None:
    if as_json:
        say_json({"sources": [_values(one) for one in watched]})
    elif watched:
        rows = [(one.source.name, in_words(one.state), one.source.url, one.named) for one in watched]
        say_table(("name", "state", "address", "from"), rows, fixed=1)
    else:
        remark("No source is watched; name one in sources.toml, or with `headline-bot sources add URL`.")


def in_words(state: SourceState) -> str:
    """How a source fares."""
    if state.has_ended:
        return f"ended: {str(state.error).rstrip('.')}; asked again when it is added again, or the bot starts"
    again = f"asked again at {clock_time(state.due)}"
    if state.failures:
        heard = f"last heard at {clock_time(state.last_ok)}" if state.last_ok else "never reached so far"
        return f"in trouble: {str(state.error).rstrip('.')}; {heard}, {again}"
    if state.last_ok is None:
        return "not asked yet"
    return f"well: {headlines(state.found)} at {clock_time(state.last_ok)}, {again}"


def _values(one: Watched) -> dict[str, object]:
    source, state = one.source, one.state
    asked = bool(state.failures or state.last_ok)
    instants = {name: iso(getattr(state, name)) for name in ("last_ok", "last_new")}
    every = source.every.total_seconds() if source.every else None
    return {
        "name": source.name,
        "url": source.url,
        "title": state.title or source.title,
        "kind": source.kind or state.kind,
        "lang": source.lang,
        "zone": source.zone,
        "folder": source.folder,
        "every_seconds": every,
        "selectors": asdict(source.selectors) if source.selectors else None,
        "from": one.named,
        "state": in_words(state),
        "failures": state.failures,
        "error": str(state.error),
        "headlines": state.found,
        **instants,
        "due": iso(state.due) if asked and not state.has_ended else None,
    }
