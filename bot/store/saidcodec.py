"""Sentences for people <-> JSON in Redis: they are kept before it is known in which language they are read.

Here: writing and reading one.
Not here: which key it stands in (keys), what it says (whoever said it).
"""

from __future__ import annotations

from typing import Any

import orjson

from bot.news.said import Said


def said_json(sentence: Said | str) -> str:
    """A sentence as JSON, the sentences in its places with it."""
    return orjson.dumps(sentence, default=str).decode()


def said_of(value: Any) -> Said | str:  # noqa: ANN401 - whatever the JSON held
    """A sentence from what its JSON held; a plain text is one that is said as it is."""
    if not isinstance(value, dict):
        return str(value)
    places = tuple((name, said_of(one) if isinstance(one, dict) else one) for name, one in value.get("places", ()))
    return Said(value["text"], places, value.get("several", ""), value.get("n", 0))
