"""What feedparser's own test files expect, asked of our listing. Nothing of a file is ever run: its line is read as a
syntax tree, of which comparisons of a field with a literal are understood, and nothing else.

Each file says `Expect: not bozo and entries[0]['title'] == 'x'`. A term is asked where it is about a title, link,
summary, content, date or language of a feed or its entries that we keep; `not bozo` and other flags are passed over;
everything else makes the file one of another matter, with its first field as the reason.

- Texts are compared as plain text (html.parser's, scripts and styles left out, spaces folded), because feedparser gives
  markup that it made safe, and we give text. Where an entry has no title, its text is ours; where it has neither a
  summary is what its content says.
- Dates are compared as instants; what a file gives as text is read by email.utils or datetime for that. We keep one
  date an entry, so that any of published, updated, created is to be that one.
- Languages are compared as we keep them, by their first part (en-us: en).

Here: the reading of such a line, and its answer.
Not here: what is measured (feeds).
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from bot.news.model import Fetched, Listing

EXPECT = re.compile(r"Expect:\s*(.*?)\s*-->", re.DOTALL)
HEADER = re.compile(r"^Header:\s+([^:]+):\s*(.*?)\s*$", re.MULTILINE)
_TITLES = {"title", "title_detail.value"}
_SUMMARIES = {"description", "summary", "summary_detail.value", "content.0.value"}
_DATES = {"published", "updated", "created", "modified", "date", "issued"}
_LANGUAGES = {"language", "title_detail.language"}
_UNASKED = {"bozo", "encoding", "version", "namespaces", "headers", "etag", "status"}


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison: of whom (an entry's number, or None for the feed), which field, with what."""

    entry: int | None
    field: str
    wanted: object


def terms(expectation: str) -> tuple[list[Term], str]:
    """The comparisons that a line makes of what we keep; where it makes others, or none, the reason not to ask it."""
    try:
        tree = ast.parse(expectation.strip(), mode="eval").body
    except SyntaxError:
        return [], "not understood"
    found: list[Term] = []
    for node in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        flag = node.operand if isinstance(node, ast.UnaryOp) else node
        if isinstance(flag, ast.Name) and flag.id in _UNASKED:
            continue
        asked = list(_asked(node))
        if not asked:
            return [], _named(node)
        if unkept := next((term for term in asked if not _is_kept(term)), None):
            return [], ("entry." if unkept.entry is not None else "feed.") + unkept.field
        found += asked
    return found, "" if found else "well-formedness alone"


def _asked(node: ast.expr) -> Iterator[Term]:
    """A chain of equals that ends in a literal: a == b == 'x' asks both."""
    if not isinstance(node, ast.Compare) or any(not isinstance(op, ast.Eq | ast.Is) for op in node.ops):
        return
    *fields, literal = node.left, *node.comparators
    try:
        wanted = ast.literal_eval(literal)
    except ValueError:
        return
    for field in fields:
        path = _path(field)
        if path[:1] == ["entries"] and len(path) > 2 and path[1].isdigit():
            yield Term(int(path[1]), ".".join(path[2:]), wanted)
        elif path[:1] == ["feed"]:
            yield Term(None, ".".join(path[1:]), wanted)


def _path(node: ast.expr) -> list[str]:
    match node:
        case ast.Name():
            return [node.id]
        case ast.Attribute():
            return [*_path(node.value), node.attr]
        case ast.Subscript(slice=ast.Constant(value=key)):
            return [*_path(node.value), str(key)]
        case _:
            return [""]


def _named(node: ast.expr) -> str:
    """What a term that is not understood is about."""
    names = (
        ".".join(_path(each)) for each in ast.walk(node) if isinstance(each, ast.Subscript | ast.Attribute | ast.Name)
    )
    return "other: " + next(names, "")


def _is_kept(term: Term) -> bool:
    if term.entry is None:
        return term.field in _TITLES | {"language"}
    return term.field.removesuffix("_parsed") in _TITLES | _SUMMARIES | _DATES | _LANGUAGES | {"link"}


def holds(term: Term, listing: Listing | None) -> bool:
    """Whether our listing says what the term wants."""
    row = listing.rows[term.entry] if listing and term.entry is not None and term.entry < len(listing.rows) else None
    if term.field in _LANGUAGES:
        ours = (row.lang if row else None) or (listing.lang if listing else None)
        wanted = str(term.wanted or "").lower().partition("-")[0] or None
        return ours == wanted
    if term.field.removesuffix("_parsed") in _DATES:
        return row is not None and row.published_at == instant_of(term.wanted)
    if term.field == "link":
        return row is not None and row.url == term.wanted
    wanted = str(term.wanted)
    return bool({plain(wanted), plain_text(wanted)} & set(map(plain_text, _texts(term, listing, row))))


def _texts(term: Term, listing: Listing | None, row: Fetched | None) -> list[str]:
    """What may stand for a text; what says nothing to anybody need not be a row."""
    if term.entry is None or row is None:
        return [listing.title if listing and term.entry is None else ""]
    if term.field in _TITLES:
        return [row.title]
    said = list(filter(None, (row.summary, row.text)))
    return [*said, row.title] if said or plain_text(row.title) not in plain_text(row.url) else [""]


def instant_of(wanted: object) -> datetime | None:
    """A date as feedparser writes it: its numbers in UTC, or a text."""
    if isinstance(wanted, tuple):
        return datetime(*wanted[:6], tzinfo=UTC)
    try:
        return datetime.fromisoformat(str(wanted))
    except ValueError:
        return parsedate_to_datetime(str(wanted))


class _Plain(HTMLParser):
    """The characters of a piece of HTML that are shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if self._hidden <= 0:
            self.text.append(data)


def plain(html: str) -> str:
    """The text of a piece of HTML, without spaces: where a browser breaks lines is a matter of taste."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return plain_text("".join(reader.text))


def plain_text(text: str) -> str:
    """A text without its spaces, and without characters that nobody sees."""
    return "".join(character for character in text if unicodedata.category(character)[0] not in "CZ")
