"""How long a pause lasts, as people type it. Owns the reading of "2h", "90 min", "1 day".

Here: a number and a unit, in the words of our languages -> a span of time.
Not here: times of day (hours), what a pause holds (holding).
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.news.clocktimes import plain_digits
from bot.news.errors import UserError
from bot.news.said import said
from bot.news.text import clean

LONGEST = timedelta(days=60)
_REPEATED = 40
_TYPED = re.compile(r"(\d{1,4})\s*([^\d.]*)[.]?")
# How units begin, in an order in which none is taken for a shorter one: English, French, Spanish, Portuguese, German,
# Russian, Turkish, Indonesian, Arabic, Persian, Hindi, Chinese.
_UNITS: tuple[tuple[timedelta, tuple[str, ...]], ...] = (
    (timedelta(days=30), ("mo", "mes", "mês", "mê", "мес", "ay", "bulan", "شهر", "ماه", "मही", "个月", "月")),
    (timedelta(weeks=1), ("w", "sem", "нед", "hafta", "minggu", "أسب", "اسب", "هفته", "हफ", "सप्त", "周", "星期")),
    (timedelta(minutes=1), ("m", "мин", "dak", "dk", "دق", "मि", "分")),
    (timedelta(days=1), ("hari",)),
    (timedelta(hours=1), ("h", "st", "saa", "jam", "ч", "سا", "घ", "小", "时", "時")),
    (timedelta(days=1), ("d", "j", "t", "g", "д", "сут", "ي", "أي", "روز", "दि", "天", "日")),
)


def read_pause(text: str) -> timedelta:
    """The span that a text is; a bare number counts hours. Raises UserError with a sentence for anything else."""
    found = _TYPED.fullmatch(plain_digits(clean(text)).strip().lower())
    unit = _unit(found[2].strip()) if found else None
    if found is None or unit is None or not int(found[1]):
        raise UserError(
            said("I read no time in “{typed}”. Write for example 30m, 2h or 1d.", typed=clean(text, _REPEATED))
        )
    return min(int(found[1]) * unit, LONGEST)


def _unit(word: str) -> timedelta | None:
    if not word:
        return timedelta(hours=1)
    return next((unit for unit, beginnings in _UNITS if word.startswith(beginnings)), None)
