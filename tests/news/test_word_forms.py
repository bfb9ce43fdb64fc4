"""Two words that are one for a reader are one for a topic, and two that are not stay two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.forms import NAMES, found_keys, same_word, spoken_as, spoken_in, wanted_keys
from bot.news.lexicon import lemmas, read
from bot.news.text import fold, spoken, words


def finds(asked: str, written: str, *langs: str) -> bool:
    """Whether a topic of the one word finds a headline of the other."""
    wanted, found = words(asked), spoken(written)
    return len(wanted) == len(found) and all(same_word(*pair, langs) for pair in zip(wanted, found, strict=True))


@pytest.mark.parametrize(
    ("lang", "asked", "written"),
    [
        ("en", "election", "Elections"),
        ("en", "go", "going"),
        ("en", "child", "children"),
        ("en", "write", "wrote"),
        ("en", "brexit", "Brexit's"),
        ("en", "AI", "AI"),
        ("fr", "election", "ÉLECTIONS"),
        ("fr", "œil", "yeux"),
        ("fr", "général", "généraux"),
        ("fr", "aller", "ira"),
        ("es", "elección", "elecciones"),
        ("es", "ser", "fue"),
        ("de", "Haus", "Häuser"),
        ("de", "Klima", "Klimaschutzgesetz"),
        ("de", "Regierung", "Regierungssprecher"),
        ("de", "Maerz", "März"),
        ("de", "Fürst", "Fuerst"),
        ("nl", "kind", "kinderen"),
        ("nl", "klimaat", "klimaatbeleid"),
        ("pl", "wybory", "wyborów"),
        ("hu", "választás", "választások"),
        ("ru", "человек", "люди"),
        ("ru", "выборы", "выборов"),
        ("tr", "kitap", "kitabını"),
        ("tr", "ev", "evlerinde"),
        ("tr", "Ankara", "Ankara'nın"),
        ("tr", "Trump", "Trump'ın"),
        ("ar", "انتخابات", "والانتخابات"),
        ("ar", "حكومة", "حكومته"),
        ("ar", "حكومه", "للحكومة"),
        ("ar", "وزير", "الوزراء"),
        ("ar", "مَدرسـة", "المدارس"),
        ("fa", "کتاب", "کتاب‌ها"),
        ("fa", "کتاب", "كتابهاي"),
        ("he", "ממשלה", "והממשלה"),
        ("he", "ממשלה", "ממשלות"),
        ("he", "נתניהו", "לנתניהו"),
        ("hi", "चुनाव", "चुनावों"),
        ("ko", "대통령은", "대통령"),
        ("ko", "서울에서", "서울"),
        ("ja", "東京", "東京"),
        ("th", "เลือกตั้ง", "เลือกตั้ง"),
    ],
)
def test_a_topic_of_one_form_finds_the_others(lang: str, asked: str, written: str) -> None:
    assert finds(asked, written, lang)


@pytest.mark.parametrize(
    ("lang", "asked", "written"),
    [
        ("en", "university", "universe"),
        ("en", "news", "new"),
        ("en", "organization", "organ"),
        ("en", "policy", "police"),
        ("en", "marketing", "market"),
        ("en", "business", "busy"),
        ("en", "important", "import"),
        ("en", "AI", "be"),
        ("en", "AI", "is"),
        ("fr", "porte", "port"),
        ("fr", "politique", "police"),
        ("es", "pero", "perro"),
        ("de", "Bund", "Bundestag"),
        ("de", "Schutz", "Klimaschutz"),
        ("ru", "страна", "страница"),
        ("tr", "kitap", "kitle"),
        ("ar", "كتاب", "مكتب"),
        ("ko", "경기도", "경기"),
        ("ko", "한국인", "한국"),
    ],
)
def test_two_words_stay_two(lang: str, asked: str, written: str) -> None:
    assert not finds(asked, written, lang)


@pytest.mark.parametrize(
    ("asked", "written", "lang"),
    [
        ("Putin", "Poutine", "fr"),
        ("Putin", "Путина", "ru"),
        ("Putin", "وبوتين", "ar"),
        ("Putin", "לפוטין", "he"),
        ("Poutine", "Putin'in", "tr"),
        ("Zelensky", "Зеленского", "ru"),
        ("Zelenskyy", "Selenskyjs", "de"),
        ("Gaddafi", "القذافي", "ar"),
        ("Qaddafi", "Kadhafi", "fr"),
        ("Marrakech", "مراكش", "ar"),
        ("Marrakesh", "Marrakech", "en"),
        ("Kiev", "Києві", "ru"),
        ("Kyiv", "Kiew", "de"),
        ("Russia", "России", "ru"),
        ("Россия", "Russie", "fr"),
        ("المغرب", "Morocco", "en"),
        ("Deutschland", "Allemagne", "fr"),
        ("Putin", "Putin", ""),
    ],
)
def test_a_name_is_found_as_another_language_spells_it(asked: str, written: str, lang: str) -> None:
    assert finds(asked, written, *filter(None, [lang]))


@pytest.mark.parametrize(("asked", "written"), [("Sweden", "suede"), ("Germany", "Герман"), ("Rome", "Рим")])
def test_a_spelling_that_is_another_word_is_no_name(asked: str, written: str) -> None:
    assert not finds(asked, written, "en")


def test_a_word_is_of_the_languages_of_its_script_and_a_name_of_all() -> None:
    assert spoken_as("climate", ("fr",)) == ("fr",)
    assert spoken_as("climate", ("ru",)) == ("en",)
    assert spoken_as("путин", ("en",)) == ("ru", NAMES)


def test_a_dictionary_is_read_once_and_tells_how_much_it_knows() -> None:
    assert read("fa") > 40_000
    assert read("th") == 0
    assert lemmas("went", "en") == lemmas("go", "en") != ()
    assert lemmas("qzzx", "en") == ()


@given(st.text(st.characters(codec=None, exclude_categories=())), st.sampled_from(["ar", "de", "en", "he", "tr", "xx"]))
def test_any_word_finds_itself(text: str, lang: str) -> None:
    for word in spoken(text):
        assert same_word(fold(word), word, (lang,)) or not fold(word)
        assert all(isinstance(key, str) for key in (*wanted_keys(fold(word), lang), *found_keys(word, lang)))


@given(
    st.text(st.sampled_from("aÉ９Ａ7 .'-“ßЖіαאا٢पी中ゃกKﬁ") | st.characters(exclude_categories=("Cs",)), max_size=40),
    st.sampled_from([(), ("en",), ("fr",), ("ar",), ("fa",), ("uk",), ("zh",), ("xx",)]),
)
def test_the_dictionaries_that_a_text_needs_are_known_before_its_words_are_looked_up(
    text: str, langs: tuple[str, ...]
) -> None:
    asked = {lang for word in spoken(text) for lang in spoken_as(word, langs)}
    assert asked - {NAMES} <= spoken_in(text, langs)


def test_a_foreign_word_in_a_headline_needs_its_own_dictionary() -> None:
    assert spoken_in("المغرب iPhone", ("ar",)) == {"ar", "en"}
    assert spoken_in("Rain in Rabat", ("fr",)) == {"fr"}
    assert spoken_in("Зеленський у Киеве", ("uk",)) == {"uk"}


def test_a_letter_whose_small_form_is_in_another_part_of_the_alphabets_is_looked_up_there() -> None:
    assert set(spoken_as("ⱦ", ())) <= spoken_in("Ⱦ", ())
