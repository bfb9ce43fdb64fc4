"""Days as rows name them. Owns reading them.

Here: 2026-11-23, 23.11., 11/23/2026, 23 Nov, 11月23日, yesterday -> a date.
Not here: times of day, and the days of rows that name none (clocktimes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.news.clocktimes import plain_digits

_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?((?:19|20)?\d\d)(?![\d:])")
_NO_YEAR = re.compile(r"(?<!\d)(\d{1,2})(?:\.(\d{1,2})\.(?!\d)|/(\d{1,2})(?![\d/]))")
_EAST = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
# The first letters of a month's name, enough of them to tell it from the others in its languages.
_MONTHS = (
    "jan|ene|янв|січ|sty|oca|يناير|جانف|كانون الثاني|tammi",
    "feb|fév|fev|фев|лют|lut|şub|فبراير|فيفر|شباط|helmi",
    "mar|mär|mrt|бер|мар|märz|مارس|آذار|maalis",
    "apr|avr|abr|апр|кві|kwi|nis|أبريل|أفريل|نيسان|huhti",
    "may|mai|mei|maj|mag|май|мая|тра|مايو|أيار|ماي|touko",
    "jun|juin|giu|июн|чер|cze|haz|يونيو|جوان|حزيران|kesä",
    "jul|juil|lug|июл|лип|lip|tem|يوليو|جويلية|تموز|heinä",
    "aug|aoû|aou|ago|авг|сер|sie|ağu|أغسطس|أوت|آب|elo",
    "sep|set|сен|вер|wrz|eyl|سبتمبر|أيلول|syys",
    "oct|okt|out|ott|окт|жов|paź|eki|أكتوبر|تشرين الأول|loka",
    "nov|ноя|лис|kas|نوفمبر|تشرين الثاني|marras",
    "dec|dez|déc|dic|des|дек|гру|gru|ara|ديسمبر|كانون الأول|joulu",
)
_MONTH = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))
_NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|d')?(?:{_MONTH})[^\W\d]*\.?(?:\s+(?:de\s+)?(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_NAMED_US = re.compile(
    rf"\b(?:{_MONTH})[^\W\d]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.h])(?:,?\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:today|aujourd.hui|heute|hoy|hoje|oggi|vandaag|i dag|idag|сегодня|сьогодні|dzisiaj|dziś|bugün|اليوم|امروز)\b"
    r"|\btänään\b|今天|今日|오늘",
    re.IGNORECASE,
)
_YESTERDAY = re.compile(
    r"\b(?:yesterday|hier|gestern|ayer|ontem|ieri|gisteren|i går|igår|вчера|вчора|wczoraj|dün|أمس|دیروز|eilen)\b"
    r"|昨天|昨日|어제",
    re.IGNORECASE,
)


def read_day(text: str, today: date) -> date | None:
    """The day that a text names, or None. Where an order is open (02/11), it is the last such day up to tomorrow."""
    text = plain_digits(text)
    if _TODAY.search(text):
        return today
    if _YESTERDAY.search(text):
        return today - timedelta(days=1)
    days = sorted(day for day in _candidates(text, today) if day <= today + timedelta(days=1))
    return days[-1] if days else None


def _candidates(text: str, today: date) -> Iterator[date]:
    for pattern, days in _READERS:
        if found := pattern.search(text):
            return days(found, today)
    return iter(())


def _year_first(found: re.Match[str], today: date) -> Iterator[date]:
    yield from _dates(int(found[1]), found[2], found[3])


def _year_last(found: re.Match[str], today: date) -> Iterator[date]:
    year = int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3])
    yield from _dates(year, found[2], found[1])
    yield from _dates(year, found[1], found[2])


def _named(found: re.Match[str], today: date) -> Iterator[date]:
    month = next(number for number in range(1, 13) if found[f"m{number}"])
    for year in [int(found["year"])] if found["year"] else _years(today):
        yield from _dates(year, month, found["day"])


def _east(found: re.Match[str], today: date) -> Iterator[date]:
    for year in _years(today):
        yield from _dates(year, found[1], found[2])


def _no_year(found: re.Match[str], today: date) -> Iterator[date]:
    for year in _years(today):
        yield from _dates(year, found[2] or found[3], found[1])
        if found[3]:
            yield from _dates(year, found[1], found[3])


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Iterator[date]]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_YEAR_LAST, _year_last),
    (_NAMED, _named),
    (_NAMED_US, _named),
    (_EAST, _east),
    (_NO_YEAR, _no_year),
)


def _years(today: date) -> tuple[int, ...]:
    return (today.year - 1, today.year, today.year + 1)


def _dates(year: int, month: int | str, day: int | str) -> Iterator[date]:
    try:
        yield date(year, int(month), int(day))
    except ValueError:
        return
