"""Small pages of our own for the tests of what a page says of its article, and of pages that are not simply one."""

from __future__ import annotations

import json

URL = "https://www.gazette.test/2026/11/23/old-bridge"
PARAGRAPHS = [
    "The council of the small town decided on Monday evening to mend the old bridge before the winter comes. " * 2,
    "Eleven of thirteen members voted for the plan, which will cost less than a new bus and last thirty years. " * 2,
    "The mayor thanked the carpenters, who had offered their advice free of charge, and asked for patience. " * 2,
]


def page(*below: str, head: str = "", above: str = "", paragraphs: list[str] = PARAGRAPHS, title: str = "") -> bytes:
    """A page with an article; `above` stands between its headline and its text, `below` after it."""
    title = title or "Old bridge to be mended before the winter"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Gazette</title>
    {head}</head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>{above}{text}</article>
    {"".join(below)}<footer><p>Gazette, Market Square 1</p></footer></body></html>""".encode()


def data(thing: object, **more: object) -> str:
    """A block of JSON-LD; `more` are fields of a news article."""
    return f'<script type="application/ld+json">{json.dumps(thing or story(**more))}</script>'


def story(**fields: object) -> dict[str, object]:
    """A news article as JSON-LD tells of it."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Old bridge to be mended", **fields}
