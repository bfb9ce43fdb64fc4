"""Live pages: many short reports under clock times, one above the other. Owns turning them into blocks.

Here: JSON-LD's LiveBlogPosting, and sections of the markup that each bear a machine's time.
Not here: latest-news boxes, whose rows lead elsewhere (boxes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.ingest.instants import read_dated
from bot.ingest.jsonld import Thing, kinds, text_of
from bot.ingest.scripttext import blocks_of
from bot.news.article import Block, BlockKind
from bot.news.said import Said, said

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LIVE = re.compile(
    r"(?<!\w)(?:live[ -]?(?:blog|ticker|updates?)?|ticker|en direct|en vivo|minuto a minuto|en directo|ao vivo|"
    r"in diretta|na żywo|liveblogg|текстовая трансляция|онлайн|canlı|مباشر|速報)(?!\w)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")
_FEWEST = 4  # sections that make a live page
_MOST = 300
_A_REPORT = 60  # characters; a shorter section is a row of a box
_ENOUGH = 300  # characters of all reports together


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a live page: the day and the clock time as the page gives them, its heading and its text."""

    day: str
    clock: str
    heading: str
    blocks: tuple[Block, ...]


def is_live(story: Thing) -> bool:
    """Whether the page tells machines that it is live."""
    return any(kind.endswith("LiveBlogPosting") for kind in kinds(story))


def reports(tree: HtmlElement, story: Thing, told: str) -> tuple[Report, ...]:
    """The reports in the page's order; none on a page that is not live. `told` is its address and its title."""
    if not is_live(story) and not _LIVE.search(told.replace("-", " ").replace("/", " ")):
        return ()
    for found in (_from_data(story.get("liveBlogUpdate")), _from_markup(tree)):
        listed = tuple(found)
        if sum(len(block.text) for report in listed for block in report.blocks) >= _ENOUGH:
            return listed
    return ()


def blocks(listed: Iterable[Report]) -> Iterator[Block]:
    """Each report under its clock time as a heading; the day stands with the first of each day but the first."""
    day = ""
    for report in listed:
        shown = f"{report.day} {report.clock}" if day and report.day != day else report.clock
        day = report.day or day
        heading = f"{shown} {report.heading}".strip()
        if heading:
            yield Block(BlockKind.HEADING, heading)
        yield from report.blocks


def notice(story: Thing, listed: Iterable[Report]) -> Said:
    """What people are told of a live page: when it stood so, as far as the page tells."""
    told = [text_of(story.get("dateModified")), *(f"{report.day} {report.clock}" for report in listed if report.day)]
    at = read_dated(told[0], UTC)
    if at is not None:
        stood = f"{_written(at)} UTC"
        return said("A live page, as it stood at {time}.", time=stood)
    latest = max((time for time in told[1:] if time), default="")
    if latest:
        return said("A live page, as it stood at {time}.", time=latest)
    return said("A live page; more may have been added since.")


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _from_data(updates: object) -> Iterator[Report]:
    for update in (updates if isinstance(updates, list) else [updates])[:_MOST]:
        if isinstance(update, dict):
            clock = _CLOCK.search(text_of(update.get("datePublished")) or text_of(update.get("dateModified")))
            day, time = clock.groups() if clock else ("", "")
            heading = text_of(update.get("headline") or update.get("name"))
            yield Report(day, time, heading, blocks_of(text_of(update.get("articleBody") or update.get("text"))))


def _from_markup(tree: HtmlElement) -> Iterator[Report]:
    """The children, each with a time of its own, of the element that has the most of them."""
    times = [time for time in tree.iter("time") if _CLOCK.search(time.get("datetime") or "")][: 4 * _MOST]
    holders: dict[HtmlElement, dict[HtmlElement, str]] = {}
    for time in times:
        inner = time
        for around in list(time.iterancestors())[:6]:
            holders.setdefault(around, {}).setdefault(inner, time.get("datetime") or "")
            inner = around
    several = [sections for sections in holders.values() if len(sections) >= _FEWEST]
    sections = max(several, key=_reporting, default={})
    if _reporting(sections) >= _FEWEST:
        yield from (_section(section, stamp) for section, stamp in list(sections.items())[:_MOST])


def _reporting(sections: dict[HtmlElement, str]) -> int:
    return sum(
        len(" ".join(section.text_content().split())) >= _A_REPORT and not _is_link(section) for section in sections
    )


def _is_link(section: HtmlElement) -> bool:
    linked = sum(len(link.text_content()) for link in section.iter("a"))
    return linked > len(section.text_content()) / 2


def _section(section: HtmlElement, stamp: str) -> Report:
    clock = _CLOCK.search(stamp)
    day, time = clock.groups() if clock else ("", "")
    heading = next((" ".join(head.text_content().split()) for head in section.iter("h2", "h3", "h4")), "")
    paragraphs = "\n".join(" ".join(part.text_content().split()) for part in section.iter("p", "li"))
    return Report(day, time, heading, blocks_of(paragraphs or section.text_content().replace(heading, "", 1)))
