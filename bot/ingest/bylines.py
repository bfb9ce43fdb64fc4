"""Who wrote an article. Owns finding the names on its page and cleaning them.

Here: JSON-LD's authors, meta tags, microdata, links to authors, and the visible line "By …" near the headline.
Not here: the other facts of a page (pagefacts), reading JSON-LD (jsonld).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from bot.ingest.jsonld import Thing, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_METAS = (
    "dc:creator", "dcterm:creator", "author", "article:author", "og:article:author", "parsely-author", "dc.creator",
    "dcterms.creator", "sailthru.author", "byl", "cxenseparse:author", "citation_author",
)  # fmt: skip
# "By" in the languages of the press, where it stands before a name and not within one.
_BY_WORDS = (
    "written by|reported by|by|par|por|von|di|de|da|door|av|af|text|texto|texte|oleh|przez|autor|autora|author|autore|"
    "auteur|автор|текст|بقلم|كتب|كتبت|מאת|作者|記者|记者|文|글|נכתב על ידי|yazan|haberi|συντάκτης|του|της"
)
_BY = re.compile(rf"^\W*(?:(?:{_BY_WORDS})\b\s*[:：]?\s+|(?:作者|記者|记者|文|글)\s*[:：/／])", re.IGNORECASE)
_LINE = re.compile(r"^\W*(?:written by|by|par|por|von|di|door|av|oleh|автор|بقلم|текст)\b\s*:?\s+(\S.*)", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:,|;|/|\||•|·|\s(?:and|und|et|y|e|og|och|en|i|и|و|&|with|mit)\s)\s*")
_AND = re.compile(r"\s+(?:and|und|et|og|och|en|и|ja|ve)\s+")
_JOINED = re.compile(r"\n(?:,|&|and|und|et|y|og|och|en|e|и)\n|,\n|\n(?:,|and\b|und\b|et\b|y\b) ")
_CUT = re.compile(
    r"(?:[|•·—–]|\s-\s|\bin \w|\b(?:updated|published|posted|aktualisiert|publié|veröffentlicht|publicado)\b|"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )?\d|@|\bfor\s|\son\s|\(|\.\s).*",
    re.IGNORECASE | re.DOTALL,
)
_MARKED = re.compile(r"author|byline|autor(?!i[sz])|auteur|redact|reporter|writer", re.IGNORECASE)
_NOT_MARKED = re.compile(
    r"comment|bio|about|avatar|image|photo|social|share|relat|follow|recommend|teaser|menu|auth-|more|box|popular|login",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:https?:|www\.|/|@|mailto:)|\.(?:com|org|net)/", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:admin(?:istrator)?|none|null|undefined|fail|author|unknown|follow|email|by|von|par|last|updated|published)",
    re.IGNORECASE,
)
_WORDS = 6  # of a visible name; more is a sentence
_LONGEST_NAME, _LONGEST_SIGNS = 60, 12  # characters of a name; in scripts without capitals
_LONGEST = 120  # characters of a line that names authors
_LONGEST_FIELD = 500
_PIECES = 20  # of text in it
_NEAR = 400  # elements after the headline in which a line "By …" may stand
_MOST = 12  # authors
_DEEPEST = 4  # lists of authors within one another


def authors(tree: HtmlElement, metas: Mapping[str, str], story: Thing) -> tuple[str, ...]:
    """The names, in order, each once: as the page tells them to machines, else as it shows them."""
    told = _unique(_from_data(story.get("author") or story.get("creator")))
    if not told:
        told = _unique(next((names for tag in _METAS if (names := _several(metas.get(tag, "")))), []))
    return told or _unique(_shown(tree))


def tidy(name: str) -> str:
    """The bare name: no "By", no address, no user name; empty for what is none."""
    name = " ".join(name[:_LONGEST_FIELD].split())
    if not name or _ADDRESS.search(name) or _NO_NAME.fullmatch(name):
        return ""
    return _BY.sub("", name).strip(" ,;|·•-–—:")


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(islice(found.values(), _MOST))


def _from_data(value: object, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, list):
            yield from _from_data(one, depth + 1)
        elif isinstance(one, Mapping) and isinstance(one.get("name"), list):
            yield from _from_data(one["name"], depth + 1)
        else:
            yield from _several(text_of(one))


def _several(text: str) -> list[str]:
    """The names of one field: parted at "and" where full names stand on both sides of it."""
    name = tidy(text)
    if not name:
        return []
    parts = _AND.split(name)
    return [tidy(part) for part in parts] if all(len(part.split()) > 1 for part in parts) else [name]


def _shown(tree: HtmlElement) -> Iterator[str]:
    """The names that stand near the headline: those marked as an author's, else a line that begins with "By"."""
    after = _after_headline(tree)
    for found in (_marked(after, surely=True), _marked(after, surely=False), _lines(after[:_NEAR])):
        names = list(found)
        if names:
            yield from names
            return


def _after_headline(tree: HtmlElement) -> list[HtmlElement]:
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    place = next((place for place, element in enumerate(elements) if element.tag == "h1"), 0)
    before = [element for element in elements[max(0, place - 40) : place] if _is_sure(element)]
    return before + elements[place:]


def _is_sure(element: HtmlElement) -> bool:
    marked = f"{element.get('itemprop', '')} {element.get('rel', '')} {element.get('property', '')}".lower().split()
    return "author" in marked


def _marked(elements: list[HtmlElement], *, surely: bool) -> Iterator[str]:
    """The names in the first element that is marked as an author's, and in its like right beside it."""
    first: HtmlElement | None = None
    for element in elements:
        if not (_is_sure(element) if surely else _is_named_so(element)) or _is_within(element, first):
            continue
        if first is not None and element.getparent() is not first.getparent():
            return
        names = list(_names(element))
        first = first if first is not None or not names else element
        yield from names


def _is_within(element: HtmlElement, outer: HtmlElement | None) -> bool:
    return outer is not None and any(around is outer for around in element.iterancestors())


def _is_named_so(element: HtmlElement) -> bool:
    name = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-testid', '')}"
    return element.tag not in {"body", "form", "input", "script", "style"} and bool(
        _MARKED.search(name) and not _NOT_MARKED.search(name)
    )


def _names(element: HtmlElement) -> Iterator[str]:
    """The names in the first line of the element's text that has any; commas and "and" join lines."""
    named = element.xpath(".//*[@itemprop='name']")
    parts = (" ".join(part.split()) for part in islice((named[0] if named else element).itertext(), _PIECES))
    text = "\n".join(filter(None, parts))
    if len(text) <= 2 * _LONGEST:
        lines = (list(_parted(line)) for line in _JOINED.sub(", ", text).split("\n"))
        yield from next((names for names in lines if names), [])


def _parted(text: str) -> Iterator[str]:
    text = _CUT.sub("", _BY.sub("", text[:_LONGEST]))
    for part in _SEVERAL.split(text):
        name = tidy(part)
        if _is_name(name):
            yield name


def _is_name(name: str) -> bool:
    words = name.split()
    begins = [word[0] for word in words if word[0].isalpha()]
    cased = [letter for letter in begins if letter.lower() != letter.upper()]
    return (
        0 < len(words) <= _WORDS
        and 1 < len(name) <= (_LONGEST_NAME if cased else _LONGEST_SIGNS)
        and not _NO_NAME.fullmatch(words[0])
        and len(begins) > 0
        and (not cased or cased[0].isupper())
        and not any(map(str.isdigit, name))
    )


def _lines(elements: list[HtmlElement]) -> Iterator[str]:
    for element in elements:
        if element.tag in {"script", "style", "h1", "option", "a"} or len(element) > 6:
            continue
        text = " ".join("".join(islice(element.itertext(), _PIECES)).split())
        found = _LINE.match(text) if len(text) <= _LONGEST else None
        if found and (names := list(_parted(found[1]))):
            yield from names
            return
