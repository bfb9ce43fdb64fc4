"""Words without their endings, by rule. Owns what is compared where no dictionary knows a word.

Here: Snowball's stem of a word in a language, without accents.
Not here: dictionaries (lexicon), what is glued to a word's front (glued).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from bot.news.text import fold

_SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_ARTICLE = re.compile(r"^[وف]?(?:ال|بال|كال|لل)(?=\w{3})")
_LOST_ACCENT = re.compile("ee(?=s?$)")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - PyStemmer's name


def stem(word: str, lang: str) -> str:
    """The folded stem of a word, which stemmers like to see with its accents; the folded word where there is none."""
    stemmer = _stemmer(lang)
    plain = fold(word)
    return plain if stemmer is None else fold(stemmer.stemWord(_prepared(word, lang))) or plain


def _prepared(word: str, lang: str) -> str:
    """A word as Snowball wants it, where that is not how it stands.

    Arabic: it cuts endings differently with and without the article, and knows fewer prefixes before it
    than are written (انتخابات, الانتخابات, والانتخابات). French: a final -ee lost an accent (réfugiée).
    """
    if lang == "ar":
        root = _ARTICLE.sub("", word)
        return f"ال{root}" if len(root) > 3 else root
    if lang == "fr":
        return _LOST_ACCENT.sub("ée", word)
    return word


@cache
def _stemmer(lang: str) -> _Stemmer | None:
    """One stemmer a language: they are dear to make, and not to be shared by threads."""
    if lang not in _SNOWBALL:
        return None
    import Stemmer

    stemmer: _Stemmer = Stemmer.Stemmer(_SNOWBALL[lang], 0)
    return stemmer
