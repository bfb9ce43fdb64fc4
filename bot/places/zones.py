"""Zones as people know them: by their city, in the reader's language.

Here: the city's name in each of our languages, and which zones a reader of a language is likely to live in.
Not here: any other place (gazetteer).
"""

from __future__ import annotations

import gzip
from types import MappingProxyType

from bot.places.gazetteer import WORLD, Place

# Where most who read a language live, the most populous zones first; any other place can be typed. The file has the
# names in the order of these languages.
LIKELY = MappingProxyType(
    {
        "en": "America/New_York America/Chicago America/Los_Angeles Europe/London Asia/Kolkata Australia/Sydney",
        "fr": "Europe/Paris Africa/Casablanca Africa/Algiers Africa/Abidjan Africa/Kinshasa America/Toronto",
        "ar": "Africa/Cairo Africa/Casablanca Africa/Algiers Asia/Riyadh Asia/Baghdad Asia/Dubai",
        "es": "America/Mexico_City Europe/Madrid America/Bogota America/Argentina/Buenos_Aires America/Lima "
        "America/Santiago",
        "pt": "America/Sao_Paulo Europe/Lisbon America/Manaus Africa/Luanda Africa/Maputo America/Fortaleza",
        "de": "Europe/Berlin Europe/Vienna Europe/Zurich",
        "ru": "Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Europe/Minsk Asia/Almaty Asia/Vladivostok",
        "fa": "Asia/Tehran Asia/Kabul Asia/Dubai Europe/Istanbul Europe/Berlin America/Los_Angeles",
        "tr": "Europe/Istanbul Europe/Berlin",
        "id": "Asia/Jakarta Asia/Makassar Asia/Jayapura",
        "hi": "Asia/Kolkata Asia/Dubai",
        "zh": "Asia/Shanghai Asia/Hong_Kong Asia/Taipei Asia/Singapore Asia/Kuala_Lumpur",
    }
)


def likely(lang: str) -> tuple[Place, ...]:
    """The zones in which readers of a language are likely to live, each by its city's name in the language."""
    names = dict(_named_in(lang))
    return tuple(Place(names[zone], "", "", zone) for zone in LIKELY.get(lang, LIKELY["en"]).split())


def _named_in(lang: str) -> list[tuple[str, str]]:
    """Every zone that a city is in, with what the language calls its city."""
    lines = gzip.decompress(WORLD.read_bytes()).decode().partition("\n\n")[0].split("\n")
    column = 1 + (list(LIKELY).index(lang) if lang in LIKELY else 0)
    return [(fields[0], fields[column]) for fields in (line.split("\t") for line in lines)]
