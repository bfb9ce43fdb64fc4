from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.instants import read_instant

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        ("Mon, 23 Nov 2026 11:00:00 GMT", "23 11:00"),
        ("Mon, 23 Nov 2026 11:00 EST", "23 12:00"),  # in the future: now
        ("Mon, 23 Nov 2026 11:00:00 CEST", "23 09:00"),
        ("23 Nov 26 11:00:00 +0530", "23 05:30"),
        ("Monday, November 23, 2026 - 11:00", "23 11:00"),
        ("2026-11-23 11:00:00", "23 11:00"),
        ("2026-11-23T11:00:00.123+02:00", "23 09:00"),
        ("20261123T110000Z", "23 11:00"),
        ("Fri Nov 20 08:00:00 PST 2026", "20 16:00"),
        ("22 novembre 2026 à 12h15", "22 12:15"),
        ("1795431600", "23 11:00"),
        ("2030-01-01T00:00:00Z", "23 12:00"),
        ("Sun, 22 Nov 2026 24:00:00 +0000", "23 00:00"),
        ("2026-11-22T24:00:00Z", "23 00:00"),
        ("2026-11-23 11:00:00 +01:00", "23 10:00"),
        ("2026-11-23 11:00 GMT+1", "23 10:00"),
        ("2026/11/23 5:09 AM", "23 05:09"),
        ("11/23/2026 5:09:00 AM", "23 05:09"),
        ("22/11/2026 17:09", "22 17:09"),
        ("22.11.2026 17:09 Uhr", "22 17:09"),
        ("Mon, 23 Nov 2026 03:00:00 PT", "23 11:00"),
        ("Mon,23 Nov 2026 11:00:00 -0000", "23 11:00"),
        ("Mon, 23 Nov, 2026 11:00:00 UTC (of the server)", "23 11:00"),
        ("Monday, 23-Nov-26 11:00:00 Etc/GMT", "23 11:00"),
        ("Nov 23, 2026 at 9:30am", "23 09:30"),
        ("2026-november-23T9:15-02:00", "23 11:15"),
        ("2026-11-22 오후 11:23:17", "22 23:23"),
        ("2026年11月23日 10:15", "23 10:15"),
        ("1795431600000", "23 11:00"),
    ],
)
def test_dates_are_read_in_their_dialects(date: str, clock: str) -> None:
    assert f"{read_instant(date, UTC, NOON):%d %H:%M}" == clock


@pytest.mark.parametrize(
    "date",
    [
        "",
        "soon",
        "0",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0001-01-01T00:00:00",
        "31 Feb 2026",
    ],
)
def test_dates_that_cannot_be_are_none(date: str) -> None:
    assert read_instant(date, UTC, NOON) is None


# Each as its people write a day of February, of May, of August and of November in full, and how one shortens it.
MONTHS = {
    "en": "22 February|22 May|22 August|22 November|Sun, 22 Nov",
    "fr": "22 février|22 mai|22 août|22 novembre|dim., 22 nov.",
    "ar": "22 فبراير|22 مايو|22 أغسطس|22 نوفمبر|الأحد، 22 نونبر",
    "ar-SY": "٢٢ شباط|٢٢ أيار|٢٢ آب|٢٢ تشرين الثاني|٢٢ تشرين الثاني",
    "es": "22 de febrero de|22 de mayo de|22 de agosto de|22 de noviembre de|dom, 22 nov",
    "pt": "22 de fevereiro de|22 de maio de|22 de agosto de|22 de novembro de|dom., 22 nov.",
    "de": "22. Februar|22. Mai|22. August|22. November|So., 22. Nov.",
    "ru": "22 февраля|22 мая|22 августа|22 ноября|вс, 22 нояб.",
    "fa": "۲۲ فوریهٔ|۲۲ مهٔ|۲۲ اوت|۲۲ نوامبر|یکشنبه, 22 نوامبر",
    "tr": "22 Şubat|22 Mayıs|22 Ağustos|22 Kasım|Paz, 22 Kas",
    "id": "22 Februari|22 Mei|22 Agustus|22 November|Min, 22 Nov",
    "hi": "22 फ़रवरी|22 मई|22 अगस्त|22 नवंबर|रवि, 22 नव॰",
    "zh": "周日, 22 2月|周五, 22 5月|22 八月|22 十一月|周日, 22 11月",
    "it": "22 febbraio|22 maggio|22 agosto|22 novembre|dom, 22 nov",
    "pl": "22 lutego|22 maja|22 sierpnia|22 listopada|niedz., 22 lis",
    "uk": "22 лютого|22 травня|22 серпня|22 листопада|нд, 22 лист.",
    "el": "22 Φεβρουαρίου|22 Μαΐου|22 Αυγούστου|22 Νοεμβρίου|Κυρ, 22 Νοε",
    "fi": "22. helmikuuta|22. toukokuuta|22. elokuuta|22. marraskuuta|su 22 marras",
}


@pytest.mark.parametrize("lang", MONTHS)
def test_months_are_known_in_the_languages_of_the_world(lang: str) -> None:
    days = [read_instant(f"{day} 2026 09:15:42 +0200", UTC, NOON) for day in MONTHS[lang].split("|")]
    assert days == [datetime(2026, month, 22, 7, 15, 42, tzinfo=UTC) for month in (2, 5, 8, 11, 11)]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["1 ", "Nov ", "20", "- 1", "(", "1:1 ", "م1 ", "٢ "])
def test_a_date_of_any_length_is_read_soon(piece: str) -> None:
    for _ in range(50):
        assert read_instant(piece * 100_000, UTC, NOON) is None or piece == "20"


@given(st.text(max_size=120) | st.text("0123456789-:TZ+ ,/.NovMonGMT", max_size=40))
def test_any_text_is_an_instant_of_the_past_or_none(text: str) -> None:
    instant = read_instant(text, UTC, NOON)
    assert instant is None or instant <= NOON
