"""The page that an operator names, by its address or as a file.

Here: telling the two apart, fetching or reading it, and what may be fetched: whoever sits at this machine may
name a private address.
Not here: what the page holds (ingest).
"""

from __future__ import annotations

from pathlib import Path

from bot.app import SystemClock
from bot.ingest.web import MOST_BYTES, HttpWeb
from bot.news.addresses import origin_of
from bot.ports import Page
from bot.verbs import WrongUse
from bot.verbs.screen import busy


def is_address(place: str) -> bool:
    """Whether `place` is a web address and no file."""
    return place.lower().startswith(("http://", "https://"))


def origin(url: str) -> tuple[str, int]:
    """Host and port of an address. Raises WrongUse."""
    try:
        return origin_of(url)
    except ValueError:
        raise WrongUse(f"{url} is no web address.") from None


def web_at(place: str) -> HttpWeb:
    """The web for an address that an operator names: its host may be a private one."""
    return HttpWeb(frozenset({origin(place)}), clock=SystemClock())


async def page_at(place: str) -> Page:
    """What stands at an address or in a file. Raises FetchFailed, WrongUse or OSError."""
    if is_address(place):
        async with web_at(place) as web:
            with busy(f"Asking {origin(place)[0]} …"):
                return await web.get(place)
    if "://" in place:
        raise WrongUse(f"{place} is no address that can be asked; one begins with https:// or http://.")
    return _page_in(Path(place))


def _page_in(path: Path) -> Page:
    if not path.exists() or not path.name:
        raise WrongUse(f"There is no file {path}, and an address begins with https:// or http://.")
    with path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise WrongUse(f"{path} is larger than {MOST_BYTES // 1_000_000} MB.")
    return Page(path.resolve().as_uri(), body)
