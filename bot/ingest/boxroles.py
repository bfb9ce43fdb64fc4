"""Which link of a row is its headline, by what the rows of a list have in common. Owns that choice.

Here: where in a row its headline stands, as most rows of the list have it.
Not here: a row by itself (boxrows), a link's headline (boxtitles), which rows make a list (boxgroups).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml.html import HtmlElement

from bot.ingest.boxgroups import FEWEST_ROWS, Group
from bot.ingest.boxrows import Links, TimedLink, leading
from bot.ingest.boxtitles import NARROWEST_HEADLINE, NARROWEST_MEAN, is_heading, width

# So many rows in a hundred have a link at the place where headlines stand, and so many of those lead to pages of
# their own: a section's or an author's link comes back.
MOST_ROWS_HAVE, OWN_LINKS = 60, 70
# The mean width of the widest headlines; the links of summaries are wider.
WIDEST_MEAN = 160
_Path = tuple[str, ...]


@dataclass(slots=True)
class _Role:
    """The links of the rows that stand at one place."""

    links: dict[int, HtmlElement] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)

    @property
    def mean(self) -> float:
        return sum(map(width, self.titles.values())) / len(self.titles)

    def may_be_headlines(self, rows: int) -> bool:
        """Whether so many of the rows have it, each for itself, that it may be what the list is about."""
        own = len({link.get("href") for link in self.links.values()})
        return (
            len(self.links) * 100 >= rows * MOST_ROWS_HAVE
            and own * 100 >= len(self.links) * OWN_LINKS
            and NARROWEST_MEAN <= self.mean <= WIDEST_MEAN
        )

    def worth(self) -> tuple[bool, float]:
        """Headings before other links, then the widest."""
        return sum(map(is_heading, self.links.values())) * 2 > len(self.links), self.mean


def agreed(group: Group, page: Links) -> Group:
    """The group with every row's headline where most rows have theirs; links amid sentences are no headlines then."""
    if len(group.rows) < FEWEST_ROWS:
        return group
    roles = [role for role in _roles(group.rows, page).values() if role.may_be_headlines(len(group.rows))]
    if not roles:
        return group
    best = max(roles, key=_Role.worth)
    return replace(group, rows=tuple(_agreeing(group.rows, best)))


def _agreeing(rows: Sequence[TimedLink], role: _Role) -> Iterator[TimedLink]:
    for number, row in enumerate(rows):
        if number in role.links:
            yield replace(row, link=role.links[number], title=role.titles[number])
        elif not _is_amid_words(row.link):
            yield row


def _roles(rows: Sequence[TimedLink], page: Links) -> dict[_Path, _Role]:
    """What stands where in the rows; of several links at one place, the first that is as wide as a headline."""
    roles: dict[_Path, _Role] = {}
    for number, row in enumerate(rows):
        for link in [row.link] if row.holder is row.link else leading(row.holder) or [row.link]:
            title = page.title(link)
            role = roles.setdefault(_path(link, row.holder), _Role())
            if title and (number not in role.links or _is_wider(title, role.titles[number])):
                role.links[number], role.titles[number] = link, title
    return {path: role for path, role in roles.items() if role.links}


def _is_wider(title: str, known: str) -> bool:
    return width(known) < NARROWEST_HEADLINE <= width(title)


def _path(link: HtmlElement, holder: HtmlElement) -> _Path:
    """The tags from a row to a link in it; empty for the link that the row is, or that is around it."""
    tags: list[str] = []
    for element in (link, *link.iterancestors()):
        if element is holder:
            return tuple(reversed(tags))
        tags.append(str(element.tag))
    return ()


def _is_amid_words(link: HtmlElement) -> bool:
    """Whether a link stands in a sentence rather than for itself."""
    parent = link.getparent()
    if parent is None:
        return False
    loose = [parent.text, *(child.tail for child in islice(parent, 50))]
    return width("".join(piece.strip() for piece in loose if piece)) >= NARROWEST_HEADLINE
