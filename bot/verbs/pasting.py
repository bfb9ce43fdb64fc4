"""A source as the lines of sources.toml that keep it. Owns writing them.

Here: a source -> a [[source]] table, ready to paste.
Not here: reading sources.toml (options, settings).
"""

from __future__ import annotations

import json

from bot.news.model import Selectors, Source


def source_lines(source: Source) -> str:
    """The [[source]] table of a source; what is as it usually is is left out."""
    said = {
        "name": source.name,
        "url": source.url,
        "title": source.title,
        "kind": source.kind or "",
        "lang": source.lang or "",
        "zone": source.zone,
    }
    lines = ["[[source]]", *(f"{name} = {_text(value)}" for name, value in said.items() if value)]
    if source.selectors is not None:
        lines.append(f"selectors = {{ {_selectors(source.selectors)} }}")
    return "\n".join(lines)


def _selectors(selectors: Selectors) -> str:
    said = {"row": selectors.row, "time": selectors.time, "link": selectors.link}
    return ", ".join(f"{name} = {_text(value)}" for name, value in said.items() if value)


def _text(value: str) -> str:
    """A string as TOML writes it; JSON writes it so, too, but for one character that needs no word."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")
