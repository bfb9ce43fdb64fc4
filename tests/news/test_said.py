"""A sentence is said in the reader's language, and in English where that has no words for it."""

from __future__ import annotations

from gettext import NullTranslations

from bot.news.errors import UserError
from bot.news.said import ENGLISH, Tongue, Tongues, many_said, said


class Few(NullTranslations):
    """A language of a few words."""

    def gettext(self, message: str) -> str:
        return {"Hello {name}": "Bonjour {name}", "you": "vous"}.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{n} lignes" if msgid2 == "{n} rows" and n > 1 else super().ngettext(msgid1, msgid2, n)


FRENCH = Tongue("fr", Few())


def test_places_are_filled_and_may_be_sentences_themselves():
    assert FRENCH("Hello {name}", name="Ada") == "Bonjour Ada"
    assert FRENCH(said("Hello {name}", name=said("you"))) == "Bonjour vous"
    assert str(said("Hello {name}", name=said("you"))) == "Hello you"


def test_what_counts_takes_the_form_of_its_number():
    assert [ENGLISH.many("{n} row", "{n} rows", n) for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert FRENCH(many_said("{n} row", "{n} rows", 3)) == "3 lignes"


def test_what_a_language_has_no_words_for_is_said_in_english():
    assert FRENCH("Nothing yet.") == "Nothing yet."


def test_braces_that_people_type_stay_as_they_are():
    assert ENGLISH("Hello {name}", name="{0.__class__}") == "Hello {0.__class__}"
    assert ENGLISH("{not a place}") == "{not a place}"


def test_an_error_is_told_in_the_readers_language_and_logged_in_english():
    error = UserError(said("Hello {name}", name=said("you")))
    assert (FRENCH(error.sentence), str(error)) == ("Bonjour vous", "Hello you")


def test_a_region_speaks_its_language_and_an_unknown_one_english():
    tongues = Tongues({"fr": lambda: FRENCH})
    assert [tongues.of(lang).lang for lang in ("fr", "FR-ca", "xx", "")] == ["fr", "fr", "en", "en"]
