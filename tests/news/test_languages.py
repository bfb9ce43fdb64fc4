"""Guessing a headline's language: script first, then the words."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.evidence import evidence
from bot.news.languages import code, guess, of, with_language
from bot.news.model import Headline


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le président annonce une nouvelle réforme des retraites", "fr"),
        ("The president announces a new pension reform", "en"),
        ("Der Präsident kündigt eine neue Reform an", "de"),
        ("المغرب يفوز بكأس أفريقيا", "ar"),
        ("رئیس جمهور ایران در تهران سخنرانی کرد", "fa"),
        ("وزیراعظم نے کہا ہے کہ", "ur"),
        ("Президент подписал закон", "ru"),
        ("Президент підписав закон України", "uk"),
        ("东京股市上涨", "zh"),
        ("東京の株が上昇", "ja"),
        ("Apple 发布新 iPhone", "zh"),
        ("한국 경제 뉴스", "ko"),
        ("รัฐบาลประกาศ", "th"),
        ("Η κυβέρνηση ανακοίνωσε", "el"),
        ("ממשלת ישראל", "he"),
        ("हिन्दी समाचार", "hi"),
    ],
)
def test_a_headline_tells_its_language(text: str, lang: str) -> None:
    assert guess(text) == lang


@pytest.mark.parametrize("text", ["", "12:15", "🔥🔥", "\ud800"])
def test_where_there_are_no_letters_the_hint_stands(text: str) -> None:
    assert guess(text) == ""
    assert guess(text, "fr") == "fr"


def test_the_letters_of_one_language_outweigh_a_name_in_another() -> None:
    assert guess("Xi Jinping (习近平) meets the British prime minister in London today") == "en"


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_has_a_code_of_two_letters_or_none(text: str) -> None:
    assert len(guess(text)) in {0, 2}


def test_the_model_is_loaded_when_it_is_first_needed() -> None:
    loads = "import sys, bot.news.languages as it; assert 'numpy' not in sys.modules; it.warm(); sys.modules['numpy']"
    subprocess.run([sys.executable, "-c", loads], check=True)


NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def says(title: str, **more: str) -> Headline:
    return Headline("h", title, "https://example.org/", "bbc", NOON, NOON, **more)


@pytest.mark.parametrize(
    ("tag", "lang"),
    [("en-GB", "en"), ("pt_BR", "pt"), (" FR ", "fr"), ("ckb", "ckb"), ("english", ""), ("e1", ""), ("und", "")],
)
def test_a_language_tag_names_a_language_or_none(tag: str, lang: str) -> None:
    assert code(tag) == lang
    assert of(says("", lang=tag)) == ("" if tag == "und" else lang)


def test_a_headline_is_in_the_language_that_was_told_or_in_the_one_of_title_and_summary() -> None:
    summary = "Le président annonce une nouvelle réforme des retraites"
    assert with_language(says("Macron", lang="de-AT")).lang == "de"
    assert with_language(says("Macron", summary=summary)).lang == "fr"


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["", "en", "en-GB", "xx", "und"]))
def test_a_headline_whose_language_was_found_out_offers_what_it_offered(title: str, summary: str, lang: str) -> None:
    headline = says(title, summary=summary, lang=lang)
    found_out = with_language(headline)
    assert evidence(found_out) == evidence(headline)
    assert with_language(found_out) == found_out


def test_a_language_that_could_not_be_guessed_is_not_guessed_again() -> None:
    asks = (
        "import sys; from datetime import datetime; from bot.news.languages import of; "
        "from bot.news.model import Headline; now = datetime(2026, 1, 1); "
        "assert of(Headline('h', 'Rain', 'u', 's', now, now, lang='und')) == ''; assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", asks], check=True)


def test_real_headlines_are_hardly_ever_taken_for_another_language(shared_data: Path) -> None:
    french = shared_data / "headlines" / "french_google_news_one_day" / "test_one_day.csv"
    english = shared_data / "headlines" / "ag_news" / "test.csv"
    for file, column, lang, right in ((french, 0, "fr", 0.97), (english, 1, "en", 0.78)):
        with file.open(encoding="utf-8", newline="") as rows:
            guesses = [guess(row[column]) for row, _ in zip(csv.reader(rows), range(1500), strict=False)]
        assert guesses.count(lang) / len(guesses) > right
        assert sum(code not in {lang, ""} for code in guesses) / len(guesses) < 0.02
