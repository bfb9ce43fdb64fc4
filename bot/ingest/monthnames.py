"""Months by their names, in the languages that feeds are written in. Owns finding the day that a text writes so.

Here: whole and shortened names, with and without accents; day, month and year in the orders that occur.
Not here: what else a date may look like (instants), days without a year and relative ones (news/days).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.news.text import fold

# How a month's name begins, folded; what is longer is looked for first (marraskuu is no March). Latin, Cyrillic, Greek,
# Arabic (of Egypt, the Maghreb and the Levant), Persian, Hindi, Chinese.
_NAMES = (
    "jan ene gen ian led sty oca янв січ ιαν يناير جانف كانون_الثاني ژانو जन tammi sau 一月 正月",
    "feb fev lut sub фев лют φεβ فبراير فيفر شباط فوری فور फ़र फर helmi uno fbr 二月",
    "mar mrt maa mac bre мар бер μαρ مارس اذار مارچ मार्च maalis 三月",
    "apr avr abr kvi kwi nis апр кві απρ ابريل افريل نيسان اوری आप्र अप्रै अप्र huhti dub 四月",
    "may mai mei maj mag kve май мая мае тра μαι ماي ايار مه मई touko 五月",
    "jun juin giu iun cze haz čvn cervn cerven chervn июн чер ιουν يونيو يونيه جوان حزيران ژوئن جون जून kesa 六月",
    "jul juil lug iul lip tem čvc cervenc июл лип ιουλ يوليو يوليه جويلية تموز ژوئی ژوی جولا जुल heina 七月",
    "aug aou ago sie agu srp srpen авг сер αυγ اغسطس اوت اب اگوست अग elo 八月",
    "sep set eyl wrz zar szep сен вер σεπ سبتمبر شتنبر ايلول سپتا सित syys 九月",
    "oct okt out ott oto eki paz rij окт жов οκτ اكتوبر تشرين_الاول اکتبر अक्त अक्टू loka 十月",
    "nov noi kas lis ноя лис νοε نوفمبر نونبر تشرين_الثاني نوامبر नव marras 十一月",
    "dec dez dic des gru ara pro дек гру δεκ ديسمبر دجنبر كانون_الاول دسامبر दिस joulu 十二月",
)
_BEFORE, _BEHIND = r"(?<![\d:])(\d{1,2})", r"(\d{1,2})(?![\d:])"
_WORD = r"([^\W\d_]+(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963])*(?:_[^\W\d_]+)?|(?:thang|thg) ?1?\d|1?\d ?[月월])"
_YEAR = r"((?:19|20)\d\d|\d\d(?![\d:.]))"
# Day, month, year; month, day, year; month, day, time, year as a script prints it; year, month, day.
_DAY_FIRST = (
    rf"{_BEFORE}(?:st|nd|rd|th|er|e|º|ª|\.|일|日)?[\s\-/.]*(?:de |d'|of )?{_WORD}[\s\-/.,॰]*(?:de |del )?{_YEAR}"
)
_ORDERS = (
    (re.compile(_DAY_FIRST), (2, 1, 3)),
    (re.compile(rf"{_WORD}[\s\-/.]*{_BEHIND}(?:st|nd|rd|th)?,?[\s\-/]*(?:at )?{_YEAR}"), (1, 2, 3)),
    (re.compile(rf"{_WORD}\.? {_BEHIND} .*?\b((?:19|20)\d\d)\b"), (1, 2, 3)),
    (re.compile(rf"((?:19|20)\d\d)[\s\-/.]*{_WORD}[\s\-/.]*{_BEHIND}"), (2, 3, 1)),
)
_NUMBER = re.compile(r"\d+")
_TWO_WORDS = re.compile(r"(كانون|تشرين) (?=ال)")
_LONGEST_NAME = 12


@cache
def _months() -> Mapping[str, int]:
    """The number of a month by how its folded name begins."""
    return {fold(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()}


def month_of(name: str) -> int | None:
    """The number of the month that a folded word names; None where it names none."""
    if number := _NUMBER.search(name):
        return int(number[0]) if 0 < int(number[0]) <= 12 else None
    months = _months()
    beginnings = (name[:length] for length in range(min(len(name), _LONGEST_NAME), 1, -1))
    return next((months[start] for start in beginnings if start in months), None)


def named_day(text: str) -> tuple[str, int, int, str] | None:
    """Year, month and day that a text names by a month's name, and what of the text is left beside them."""
    plain = _TWO_WORDS.sub(r"\1_", fold(text))
    for pattern, (month, day, year) in _ORDERS:
        for found in pattern.finditer(plain):
            if number := month_of(found[month]):
                spans = sorted(map(found.span, (1, 2, 3)))
                ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(plain)]
                left = " ".join(plain[end:start] for end, start in zip(*ends, strict=True))
                return found[year], number, int(found[day]), left
    return None
