"""An article on several addresses. Owns finding its further pages and its other versions.

Here: "1 2 3 next", and the links to one single page, to a print version and to an AMP version.
Not here: fetching and joining them (desk/wholes).

A further page has the address of the first with a page number in one of the places where sites put it, and a link
that says so. rel=next alone proves nothing: most blogs mean the next article by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit

from bot.ingest.clutter import key, keys

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_PAGES = 10  # further pages; a link to the hundredth is a list's
_MOST_LINKS = 4_000
_RELATIVE = 12  # characters of an address like ?page=2, which need not repeat the article's name
_PARAMETERS = re.compile(r"(?:p|pg|page|page_?no|page_?num(?:ber)?|pagina|seite|sayfa|sida|side|strona)", re.IGNORECASE)
# /story/2, /story/page/2, /story,2, /story-seite-2, /story_p2; a bare -2 or _2 is as often another story
_SUFFIX = re.compile(
    r"(?:/(?:page|seite|pagina|p)?[/-]?|,(?:page|seite)?|[-_](?:page|seite|pagina|p)[-_]?)(\d{1,2})", re.IGNORECASE
)
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|reply|disqus|forum|review|archive|related|gallery", re.IGNORECASE)
_NEXT = """
    next | next page | nächste seite | weiter | page suivante | suivant | suivante | siguiente | página siguiente |
    próxima | próxima página | pagina successiva | successiva | avanti | volgende | volgende pagina | następna |
    następna strona | далее | следующая | neste | neste side | næste | nästa | nästa sida | seuraava | sonraki |
    sonraki sayfa | التالي | الصفحة التالية | הבא | 次へ | 次のページ | 下一页 | 下一頁 | 다음 | continue | read on
"""
_WHOLE = """
    single page | view as single page | view as a single page | view on one page | read on one page | one page |
    view all | read as single page | full article | print | print version | print view | print article |
    auf einer seite lesen | auf einer seite anzeigen | alles auf einer seite | artikel auf einer seite | druckversion |
    drucken | druckansicht | lire sur une seule page | tout afficher | version imprimable | imprimer |
    ver en una página | ver todo | imprimir | versión para imprimir | versão para impressão | stampa |
    versione stampabile | tutto in una pagina | op één pagina | printversie | afdrukken | wersja do druku |
    версия для печати | на одной странице | skriv ut | udskriv | yazdır | 全文表示 | 全文を表示 | 打印 | 阅读全文 | 인쇄
"""
_NEXT_PHRASES, _WHOLE_PHRASES = frozenset(keys(_NEXT)), frozenset(keys(_WHOLE))
_PAGE_WORD = re.compile(
    r"(?:page|seite|pagina|sayfa|strona|sida|side|страница|صفحة|ページ|第)?\s?(\d{1,2})\s?(?:页|頁|ページ)?"
)
_WHOLE_ADDRESS = re.compile(r"print(?!\()|[=/]all|komplett|single|einer-seite|full|druck|imprim|stampa", re.IGNORECASE)


def further_pages(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """The addresses of the pages that follow the one at `url`, in order; gaps end them."""
    here = _parts(url)
    if here is None:
        return ()
    found: dict[int, str] = {}
    name = _without_suffix(_bare(here.path)) or _bare(here.path)
    for link in _links(tree, re.compile(rf"^.{{0,{_RELATIVE}}}\d|{re.escape(name.rsplit('/', 1)[-1])}")):
        there = _parts(_joined(url, link))
        number = _number(here, there) if there is not None and there.hostname == here.hostname else 0
        if number and there and _says(link, number) and not _is_among_comments(link):
            found.setdefault(number, there.geturl())
    return tuple(found[number] for number in _unbroken(found, _own_number(here) + 1))


def whole_versions(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """The addresses at which the page says that its article stands on one page or for print, at most two."""
    here = _parts(url)
    found: list[str] = []
    for link in _links(tree, _WHOLE_ADDRESS) if here else ():
        words = key("".join(islice(link.itertext(), 8))[:60]) or key(link.get("title") or "")
        printed = "print" in (link.get("media") or "") and "alternate" in (link.get("rel") or "")
        there = _parts(_joined(url, link))
        if here and there and (printed or words in _WHOLE_PHRASES) and there.geturl() != url and _is_of(here, there):
            found.append(there.geturl())
    return tuple(dict.fromkeys(found))[:2]


def _is_of(here: SplitResult, there: SplitResult) -> bool:
    """Whether an address is another version of the article here: of the same host, with its name in the path."""
    name = _bare(here.path).rsplit("/", 1)[-1]
    return there.hostname == here.hostname and len(name) > 1 and name in there.path


def amp_version(tree: HtmlElement, url: str) -> tuple[str, ...]:
    """The address of the AMP version that the page names, if any."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "amphtml":
            there = _parts(_joined(url, link))
            return (there.geturl(),) if there and there.geturl() != url else ()
    return ()


def _joined(url: str, link: HtmlElement) -> str:
    href: str = link.get("href") or ""
    try:
        return urljoin(url, href.strip())
    except ValueError:
        return ""


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.partition("#")[0])
        return parts if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def _links(tree: HtmlElement, like: re.Pattern[str]) -> Iterator[HtmlElement]:
    """The links whose addresses look so."""
    return (link for link in islice(tree.iter("a", "link"), _MOST_LINKS) if like.search(link.get("href") or ""))


def _bare(path: str) -> str:
    return _EXTENSION.sub("", path.rstrip("/"))


def _parameters(parts: SplitResult) -> tuple[dict[str, str], int]:
    """The query without its page number, and that number or 0."""
    query = dict(parse_qsl(parts.query[:2_000], keep_blank_values=True))
    numbers = [name for name, value in query.items() if _PARAMETERS.fullmatch(name) and re.fullmatch(r"\d{1,3}", value)]
    return query, int(query.pop(numbers[0])) if len(numbers) == 1 else 0


def _split(parts: SplitResult) -> tuple[str, dict[str, str], int]:
    """Path and query without the page number, and the number, or 0."""
    query, number = _parameters(parts)
    return _bare(parts.path), query, number


def _own_number(here: SplitResult) -> int:
    _, _, number = _split(here)
    suffix = _SUFFIX.search(_bare(here.path)[-12:])
    return number or (int(suffix[1]) if suffix and _bare(here.path).endswith(suffix[0]) and int(suffix[1]) <= 99 else 1)


def _number(here: SplitResult, there: SplitResult) -> int:
    """Which page of the article at `here` the address `there` is; 0 where it is none."""
    path, query, _ = _split(here)
    other_path, other_query, number = _split(there)
    if len(path) < 2 or (query and query != other_query):
        return 0
    if number:
        return number if other_path == path and other_query == query else 0
    for base in (path, _without_suffix(path)):
        suffix = _SUFFIX.fullmatch(other_path.removeprefix(base)) if base and other_path.startswith(base) else None
        if suffix:
            return int(suffix[1])
    return 0


def _without_suffix(path: str) -> str:
    for start in range(max(0, len(path) - 12), len(path)):
        if _SUFFIX.fullmatch(path[start:]):
            return path[:start] if len(path[:start]) > 1 else ""
    return ""


def _says(link: HtmlElement, number: int) -> bool:
    """Whether the link says that it leads to a page: by its number, by "next", or by its relation."""
    words = key(" ".join("".join(islice(link.itertext(), 8)).split())[:40])
    told = _PAGE_WORD.fullmatch(words)
    named = words in _NEXT_PHRASES or "next" in (link.get("rel") or "").lower().split()
    return bool(told and int(told[1]) == number) or named


def _is_among_comments(link: HtmlElement) -> bool:
    around = [link, *list(link.iterancestors())[:4]]
    return any(_COMMENTS.search(f"{one.get('class', '')} {one.get('id', '')}") for one in around) or bool(
        _COMMENTS.search(urlsplit(link.get("href") or "").query)
    )


def _unbroken(found: dict[int, str], first: int) -> list[int]:
    numbers: list[int] = []
    while first + len(numbers) in found and len(numbers) < MOST_PAGES:
        numbers.append(first + len(numbers))
    return numbers
