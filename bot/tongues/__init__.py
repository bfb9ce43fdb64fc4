"""The words of the languages that the bot speaks: one gettext file a language, `<code>.po`, edited as it is.

Here: reading them; which languages they are, each by the name that its speakers give it.
Not here: how a sentence is said (news/said), the sentences themselves (where they are said).

`python -m bot.tongues.gather` brings every file up to date with the sentences in the code.
"""

from __future__ import annotations

from functools import partial
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.news.said import Tongue, Tongues

FOLDER = Path(__file__).parent
# In the order in which a person is asked to choose.
NAMES = MappingProxyType(
    {
        "en": "English",
        "fr": "Français",
        "ar": "العربية",
        "es": "Español",
        "pt": "Português",
        "de": "Deutsch",
        "ru": "Русский",
        "fa": "فارسی",
        "tr": "Türkçe",
        "id": "Bahasa Indonesia",
        "hi": "हिन्दी",
        "zh": "中文",
    }
)
RIGHT_TO_LEFT = frozenset({"ar", "fa"})


def spoken() -> Tongues:
    """Every language; its file takes some 50 ms to read, so each is read when it is first needed."""
    return Tongues({lang: partial(_tongue, lang) for lang in NAMES if lang != "en"})


def _tongue(lang: str) -> Tongue:
    with (FOLDER / f"{lang}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Tongue(lang, GNUTranslations(compiled), lang in RIGHT_TO_LEFT)
