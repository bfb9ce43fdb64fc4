"""Malformed feeds and pages, made anew each time and always the same: small good ones, broken in many ways.

Here: the seeds, the ways to break them, attacks by size, and what the shared lists add.
Not here: what becomes of them (_enduring), addresses (_forbidden).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROW = (
    "<item><title>Bridge reopens &amp; cars wait</title><link>https://news.example/1</link><guid>a1</guid>"
    "<pubDate>Mon, 23 Nov 2026 11:30:00 +0100</pubDate><description>&lt;p&gt;The bridge &lt;a href='/x'&gt;opens"
    "&lt;/a&gt; today.&lt;/p&gt;</description><category>Traffic</category></item>"
)
WORDS = "The bridge over the river was closed for repairs, and the mayor said that it would open before the winter. "
SEEDS: dict[str, str] = {
    "rss": f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title>{ROW * 3}</ch'
    f'annel></rss>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/" xml:lang="en"><title>Ne'
    'ws</title><entry><title'
    ' type="html">A &lt;b&gt;bold&lt;/b&gt; step</title><link rel="alternate" href="/2"/><id>urn:2</id><publish'
    'ed>2026-11-23T10:15:00Z'
    '</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words.</p></div></content><'
    '/entry></feed>',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" x'
    'mlns:dc="http://purl'
    '.org/dc/elements/1.1/"><channel rdf:about="x"><title>N</title></channel><item rdf:about="https://news.exam'
    'ple/3"><title>Third'
    "</title><link>https://news.example/3</link><dc:date>2026-11-23T09:00+01:00</dc:date></item></rdf:RDF>",
    "json": '{"version":"https://jsonfeed.org/version/1.1","title":"News","home_page_url":"https://news.example'
    '/","items":[{"id":"4",'
    '"url":"https://news.example/4","title":"Fourth","content_html":"<p>Words</p>","date_published":"2026-11-23'
    'T08:00:00Z","tags":["a"]}]}',
    "sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/s'
    'chemas/sitemap-news/0.9">'
    "<url><loc>https://news.example/5</loc><news:news><news:publication><news:name>N</news:name><news:language>"
    "en</news:language>"
    "</news:publication><news:publication_date>2026-11-23</news:publication_date><news:title>Fifth</news:title>"
    "</news:news></url></urlset>",
    "box": "<!DOCTYPE html><html lang=en><head><title>Latest</title><base href='https://news.example/'></head><"
    "body><h2>Latest news</h2><ul>"
    + "".join(f"<li><time>{hour}:1{hour % 6}</time> <a href='/{hour}'>Headline of hour {hour} in the town</a></"
    f"li>" for hour in range(22, 11, -1))
    + "</ul></body></html>",
    "article": "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Bridge</title><meta property="
    "'og:image' content='/a.jpg'>"
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge","datePublished":"2026-11-23T'
    '10:00:00Z",'
    f'"author":{{"name":"A. Writer"}}}}</script></head><body><article><h1>Bridge</h1><p>{WORDS * 3}</p><table><'
    f'tr><td>1</td></tr>'
    f"</table><p>{WORDS * 2}<img src=b.png></p></article></body></html>",
    "opml": '<opml version="2.0"><body><outline text="N" xmlUrl="https://news.example/f"/></body></opml>',
    "text": "12:15 Bridge reopens after repairs\n12:05 Mayor speaks to the town\n11:40 Rain until the evening\n"
    "11:20 Trains run again\n",
}  # fmt: skip
TOKENS = (
    "<", ">", "&", '"', "'", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "<!DOCTYPE",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;",
    "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&nbsp;", "&lt;script&gt;", "<script>", "</", "<item>",
    "</item>", "<entry>", "<title>",
    "</title>", "<link>", "<p>", "<div>", "<table>", "<svg>", "<math>", "<template>", "<frameset>", "<plaintext>",
    "<base href='javascript:'>",
    "<base href='http://[x'>", "<a href='http://[::1'>", "xml:base='http://[x'", "xmlns='x'", "xmlns:a=''", "\0",
    "\x0b", "\x1b[31m", "\u202e",
    "\u2066", "\u200d", "\ufeff", "\ufffe", "\U000e0041", "\u0301" * 50, "𝕏", "\ud800", "javascript:alert(1)",
    "tg://user?id=1", "data:,x",
    "http://127.0.0.1/", "//", "12:15", "25:99", "2026-02-31", "9999-12-31T23:59:59Z", "0000-00-00",
    "Mon, 99 Foo 99999", "1e400", "-1", "NaN", "null",
    "{", "}", "[", "]", "\\ud800", "\\u0000", "{{7*7}}", "%00", "%s%n", "../" * 9, "encoding='utf-7'",
    "encoding='utf-16'", "encoding='x'", "version='9'",
)  # fmt: skip
Break = Callable[[random.Random, str, list[str]], str]


def _place(chance: random.Random, text: str) -> int:
    return chance.randrange(len(text) + 1)


def _slice(chance: random.Random, text: str) -> tuple[int, int]:
    start = _place(chance, text)
    return start, min(len(text), start + int(chance.paretovariate(0.7)) + 1)


def _inserted(chance: random.Random, text: str, tokens: list[str]) -> str:
    at = _place(chance, text)
    return text[:at] + chance.choice(tokens) + text[at:]


def _repeated(chance: random.Random, text: str, tokens: list[str]) -> str:
    at = _place(chance, text)
    return text[:at] + chance.choice(tokens) * int(min(chance.paretovariate(0.5), 3000)) + text[at:]


def _dropped(chance: random.Random, text: str, tokens: list[str]) -> str:
    start, end = _slice(chance, text)
    return text[:start] + text[end:]


def _doubled(chance: random.Random, text: str, tokens: list[str]) -> str:
    start, end = _slice(chance, text)
    return text[:end] + text[start:end] * chance.randint(1, 40) + text[end:]


def _cut_off(chance: random.Random, text: str, tokens: list[str]) -> str:
    return text[: _place(chance, text)]


def _spliced(chance: random.Random, text: str, tokens: list[str]) -> str:
    other = chance.choice(list(SEEDS.values()))
    return text[: _place(chance, text)] + other[_place(chance, other) :]


def _shuffled(chance: random.Random, text: str, tokens: list[str]) -> str:
    parts = re.split(r"(?=<)", text)
    at, to = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[at], parts[to] = parts[to], parts[at]
    return "".join(parts)


def _value_changed(chance: random.Random, text: str, tokens: list[str]) -> str:
    """What stands between two tags, or between quotes, becomes something else."""
    values = [found.span(1) for found in re.finditer(r"[>\"']([^<>\"']{1,200})[<\"']", text)]
    if not values:
        return text
    start, end = chance.choice(values)
    return text[:start] + chance.choice(tokens) + text[end:]


BREAKS: tuple[Break, ...] = (
    _inserted, _repeated, _dropped, _doubled, _cut_off, _spliced, _shuffled, _value_changed, _value_changed, _inserted,
)  # fmt: skip


def broken(text: str, number: int, tokens: list[str]) -> bytes:
    """The text broken in one to five ways, those of this number, in an encoding that it may not name."""
    chance = random.Random(number)
    for _ in range(chance.randint(1, 5)):
        text = chance.choice(BREAKS)(chance, text[:200_000], tokens)
    encoding = chance.choice(["utf-8"] * 12 + ["utf-16", "utf-16-le", "latin-1", "utf-7", "cp037", "utf-32"])
    body = text.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")
    for _ in range(chance.choice([0, 0, 0, 1, 20])):
        at = chance.randrange(len(body) + 1)
        body = body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
    return body


def generated(count: int, tokens: list[str] | None = None) -> Iterator[bytes]:
    """So many broken inputs, made of the seeds alone."""
    seeds = list(SEEDS.values())
    for number in range(count):
        yield broken(seeds[number % len(seeds)], number, tokens or list(TOKENS))


def attacks(scale: float = 1) -> Iterator[bytes]:
    """What takes parsers time or memory beyond its size; `scale` 1 is quickly made, 10 as large as a page may be."""
    n = int(10_000 * scale)
    laughs = "".join(f'<!ENTITY x{k} "{f"&x{k - 1};" * 10}">' for k in range(1, 30))
    long = f'<!DOCTYPE rss [<!ENTITY a "{"a" * n}">]><rss><channel><item><title>{"&a;" * (n // 10)}</title></it'
    "em></channel></rss>"
    doctype = f'<!DOCTYPE rss [<!ENTITY x0 "ha">{laughs}]>'
    yield f"{doctype}<rss><channel><item><title>&x29;</title></item></channel></rss>".encode()
    yield long.encode()
    yield b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;y</title></item></channel></rss>'
    for tag in (
        "a",
        "p",
        "div",
        "b",
        "table",
        "ul",
        "blockquote",
        "font",
        "span",
        "svg",
        "item",
        "channel",
        "nobr",
        "button",
        "select",
        "form",
    ):
        yield f"<html><body>{WORDS}{f'<{tag}>' * n}{WORDS}".encode()
        yield f"<rss><channel><item><title>x</title><description>{f'<{tag}>' * n}".encode()
        yield f"<html><body><p>12:15 <a href=/x>{WORDS}</a></p>{f'<{tag}></{tag}>' * n}".encode()
    plain, quoted = " ".join(f"a{k}=1" for k in range(n)), " ".join(f"a{k}='1'" for k in range(n))
    yield f"<html><body><p {plain}>{WORDS}".encode()
    yield f"<rss><channel><item {quoted}><title>x</title></item>".encode()
    spaces = " ".join(f"xmlns:a{k}='u{k}'" for k in range(n))
    yield f"<rss {spaces}><channel><item><title>x</title></item></channel></rss>".encode()
    for piece in (
        "&",
        "<",
        "<!--",
        "<![CDATA[",
        "<!DOCTYPE [",
        "]",
        "<?",
        "&#",
        "<a ",
        "<a b=",
        "\0",
        "\r",
        "12:15 ",
        "12:15\n",
        "<td>12:15",
        "<li>12:15 <a href=/x>a</a>",
    ):
        yield f"<html><body>{piece * n}".encode()
        yield f"<rss><channel><item><title>{piece * n}".encode()
        yield (piece * n).encode()
    for token in (
        "e\u0301" * n,
        "\u0301" * n,
        "\u202e" * n,
        "\u200d" * n,
        "ﷺ" * n,
        "İ" * n,
        "\U000e0041" * n,
        "1" * n,
        " " * n + "x",
        "&nbsp;" * n,
    ):
        yield f"<rss><channel><item><title>{token}</title><pubDate>{token}</pubDate><link>http://{token}/</link></item></channel></rss>".encode()
        head = f"<html><head><title>{token}</title><base href='{token}'></head>"
        yield f"{head}<body><p>{WORDS}{token}</p>12:15 <a href='{token}'>{token}</a>".encode()
        yield json.dumps(
            {"version": token[:9], "items": [{"title": token, "url": token, "date_published": token}]}
        ).encode()
    yield f"<rss><channel>{'<item><title>T</title></item>' * n}</channel></rss>".encode()
    yield f'{{"items": {"[" * n}'.encode()
    yield f'{{"items": [{",".join(["{}"] * n)}]}}'.encode()
    yield f'{{"items": [{{"title": "x", "url": {"9" * n}}}]}}'.encode()
    yield f"<html><script type='application/ld+json'>{'[' * n}</script><body><p>{WORDS * 3}".encode()
    nested = '{"@graph":' * n + "1" + "}" * n
    yield f"<html><script type='application/ld+json'>{nested}</script><body><p>{WORDS * 3}".encode()


def shared(data: Path) -> Iterator[tuple[str, bytes]]:
    """Every feed, attack, token and odd string of the shared lists as an input, and where it comes from."""
    for folder in sorted((data / "feeds").iterdir()):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name != "LICENSE":
                yield f"feeds/{folder.name}", unzipped(file)
    for file in sorted((data / "hostile" / "xxe").rglob("*.*")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield "xxe", line.encode()
    for name, text in [("blns", text) for text in naughty(data)] + [("html5lib", text) for text in html5lib(data)]:
        yield name, SEEDS["rss"].replace("Bridge reopens", text, 1).encode("utf-8", "replace")
        yield name, SEEDS["box"].replace("Headline of hour", text).encode("utf-8", "replace")
        yield name, SEEDS["article"].replace("The bridge", text).encode("utf-8", "replace")


def unzipped(file: Path) -> bytes:
    """The bytes of a file, or of what is packed in it."""
    body = file.read_bytes()
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def naughty(data: Path) -> list[str]:
    """The big list of naughty strings."""
    strings: list[str] = json.loads((data / "hostile" / "blns" / "blns.json").read_text(encoding="utf-8"))
    return strings


def html5lib(data: Path, most: int = 600) -> list[str]:
    """The inputs of html5lib's tests, evenly taken."""
    files = sorted((data / "hostile" / "html5lib").rglob("*.test"))
    tests = [test for file in files for test in json.loads(file.read_text(encoding="utf-8")).get("tests", [])]
    inputs = [test["input"] for test in tests if isinstance(test.get("input"), str)]
    return inputs[:: max(1, len(inputs) // most)]


def tokens(data: Path) -> list[str]:
    """Our tokens and those of the fuzzers' dictionaries."""
    found = list(TOKENS)
    for file in sorted((data / "hostile" / "fuzzdict").rglob("*.dict")):
        quoted = re.findall(r'^[^#"\n]*"(.*)"\s*$', file.read_text(encoding="latin-1"), re.MULTILINE)
        plain = (re.sub(r"\\x([0-9A-Fa-f]{2})", lambda hit: chr(int(hit[1], 16)), token) for token in quoted)
        found += [token.replace('\\"', '"') for token in plain]
    return found + naughty(data)
