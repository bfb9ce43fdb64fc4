"""Text of strangers: harmless when shown, and cut into the words that a reader sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.text import clean, fold, spoken, words

# Everything that can be in a Python string, lone surrogates among it.
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("  two\n\nlines\tof  text ", "two lines of text"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone\ud800half", "lonehalf"),
        ("\u2800\u3164", ""),
        ("e\u0301te\u0301", "été"),
        ("👨\u200d👩\u200d👧 ❤️", "👨\u200d👩\u200d👧 ❤️"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("la\u200dtin\u200c", "latin"),
        ("Maroc\u00a0: l’accord", "Maroc : l’accord"),
    ],
)
def test_what_cannot_be_seen_or_turns_the_line_around_is_gone(dirty: str, shown: str) -> None:
    assert clean(dirty) == shown


def test_a_heap_of_ten_thousand_marks_becomes_a_few() -> None:
    assert len(clean("Z" + "\u0301\u0322" * 5_000 + "algo", 300)) <= 20
    assert len(fold("Z" + "\u0345\u0591" * 100_000)) <= 20


def test_a_long_text_is_cut_at_a_word_and_says_so() -> None:
    assert clean("one two three four", 12) == "one two…"
    assert clean("x" * 50, 10) == "x" * 9 + "…"
    assert clean("exactly ten", 11) == "exactly ten"


def test_a_cut_leaves_accents_on_their_letter() -> None:
    assert clean("q\u0303" * 20, 10) == "q\u0303" * 4 + "…"


@given(ANY_TEXT, st.integers(1, 40))
def test_clean_text_is_one_bounded_printable_line_and_stays_as_it_is(text: str, limit: int) -> None:
    shown = clean(text, limit)
    assert len(shown) <= limit
    assert clean(shown, limit) == shown
    shown.encode()  # no half of a character is left
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in "\u202e\u2066\u200b" for c in shown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Iran et l’Élection", "iran et election"),
        ("qu’est-ce que c'est", "est ce que est"),
        ("Trump's don't O'Brien's", "trump dont obrien"),
        ("post-war COVID-19", "post war covid 19"),
        ("U.S. J.K. Rowling at 5 p.m.", "us jk rowling at 5 pm"),
        ("F1, 5G & G20: C++ and C#", "f1 5g g20 c++ and c#"),
        ("G-7 g7 F-16s F‑16 G-20-Gipfel b-52", "g7 g7 f 16s f16 g20 gipfel b52"),
        ("covid19 Covid-19 ß-7 EU-27", "covid19 covid 19 ss7 eu 27"),
        ("2x4 h5n1 20km 5G E-mail t-shirt 1-2 a-12345", "2x4 h5n1 20km 5g e mail t shirt 1 2 a 12345"),
        ("Straße Œuvre Łódź İstanbul", "strasse oeuvre lodz istanbul"),
        ("中国经济 GDP", "中 国 经 济 gdp"),
        ("ガス バス", "ガ ス バ ス"),
        ("الأُولى إلى آسيا مدرسـة ٢٠٢٤", "الاولي الي اسيا مدرسة 2024"),
        ("کتاب یک", "كتاب يك"),
        ("Ёлка мой", "елка мой"),
        ("हिन्दी समाचार", "हिन्दी समाचार"),
        ("😀 — … !", ""),
        ("عاجل ـ زلزال", "عاجل زلزال"),
        ("ـ ـً ॑ l'ـ ـ.ـ", "l"),
        ("ـزلزال", "زلزال"),
        ("फ़ुटबॉल", "फुटबॉल"),
        ("", ""),
    ],
)
def test_words_are_what_a_reader_compares(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


def test_spoken_words_keep_the_accents_that_stemmers_want() -> None:
    assert spoken("L'Été des Élus") == ["été", "des", "élus"]


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_any_text_has_words_and_each_is_one_word(text: str) -> None:
    for word in words(text):
        assert words(word) == [word]
