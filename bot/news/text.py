"""Text of strangers made harmless, and cut into words. Owns what counts as a word.

Here: clean (what may be shown), words and fold (what is compared).
Not here: word forms (forms), languages (languages), markup (delivery/render).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bot.news.glued import without_apostrophe, without_particle

# As many marks as any script stacks on one letter; heaps of them ("Zalgo") run over the lines around.
_MOST_MARKS = 6
_HEAP = re.compile(rf"[^\w\s]{{{_MOST_MARKS + 1},}}")  # where one may be: no mark is of a word for `re`, nor a space
# Read at most so much of a text for each character shown: what is dropped must not cost without bound.
_READ = 8
# Zero-width and bidirectional controls, fillers that look empty, and halves of characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufe00-\ufe0d\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# The flags of England, Scotland and Wales are spelled with characters that otherwise only hide text.
_FLAG_OR_UNSEEN = re.compile(f"(\U0001f3f4[\U000e0030-\U000e007a]{{3,6}}\U000e007f)|{_UNSEEN.pattern}")
# The joiners mean something between letters of Arabic, India and South-East Asia, and inside an emoji.
_JOINED = (
    "[\u0600-\u109f\u1700-\u1cff\u20e3\u2190-\u2bff\u3030\u303d\ua800-\uabff\ufb50-\ufdff\ufe0e\ufe0f\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e800-\U0001faff\U000e007f]"
)
_LOOSE_JOINER = re.compile(rf"(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})")
# Text or picture: that is said of what may be an emoji, and means nothing elsewhere.
_LOOSE_SELECTOR = re.compile(
    "(?<![#*0-9\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff])[\ufe0e\ufe0f]"
)

# Characters of which none is hidden, joins another or is written in two ways: nearly every headline is of these.
_HARMLESS = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u060c\u061f\u0621-\u063a\u0641-\u064a\u0660-\u066d"
    "\u0679-\u06d3\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff5e]*"
)

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ＇`´‛′", "'"))
# Letters without a decomposition that people without that keyboard type otherwise; forms of one Arabic letter.
_PLAIN_LETTERS = (
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ـ": ""}
    | dict.fromkeys("\u200c\u200d", "")
)
_MARK = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_INDIC = "\u0900-\u0963\u0970-\u0dff"
# Without the marks over a letter, of which nothing is left when they are folded.
_INDIC_LETTER = "\u0900-\u0950\u0955-\u0963\u0970-\u09fd\u09ff-\u0dff"
# Scripts that put no spaces between words, and Korean, which glues particles to them: a character is a word.
_UNSPACED = (
    "\u0e00-\u0e3a\u0e40-\u0e4e\u0e80-\u0eff\u1000-\u108c\u108e-\u109f\u1100-\u11ff\u1780-\u17d3\u3005-\u3007\u3040-\u30fa\u30fc-\u312f"
    "\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_IN_WORD = f"(?:[^\\W_{_UNSPACED}]|[{_MARK}{_INDIC}\u0640\u200c\u200d])"
# No word begins with a tatweel: of one alone nothing would be left.
_BEGINS = f"(?:[^\\W_\u0640{_UNSPACED}]|[{_INDIC_LETTER}])"
_LETTER = f"[^\\W\\d_\u0640{_UNSPACED}]"
# Most words are nothing special, and this sees it at once.
_MAY_BE_SPECIAL = r"(?<!\w)(?=[^\W\d][.+#‐-])"
_WORD = re.compile(
    rf"{_MAY_BE_SPECIAL}(?:"
    rf"(?P<initials>(?:{_LETTER}\.)+{_LETTER}(?!\w)\.?)"
    r"|(?P<code>[a-z](?:\+\+|#)(?!\w))"
    rf"|(?P<model>{_LETTER}[‐-]\d{{1,4}}(?!\w))"
    ")"
    rf"|(?P<word>{_BEGINS}{_IN_WORD}*(?:'{_IN_WORD}+)*)"
    rf"|(?P<character>[{_UNSPACED}])"
)
# French, Italian and Catalan glue their short words on with an apostrophe; nobody looks for those.
_ELIDED = re.compile(
    r"^(?:(?:[ldjmtscn]|qu|(?:jus|lors|puis|quoi|pres)qu|un|[nsd]ell|d?all|sull|coll|quell|quest|sant|gl)')+"
    rf"(?={_BEGINS})"
)


def clean(text: str, limit: int = 300) -> str:
    """One line of plain text that is safe to show anywhere, of at most `limit` characters, cut at a word with "…"."""
    text = text[: limit * _READ]
    if not _HARMLESS.fullmatch(text):
        text = unicodedata.normalize("NFC", _few_marks(_loosened(_without_unseen(text))))
        text = _loosened(_few_marks(text))
    text = " ".join(text.split())
    return text if len(text) <= limit else _cut(text, limit)


def _without_unseen(text: str) -> str:
    """Without what cannot be seen; the flags are looked for only where one may be."""
    return _FLAG_OR_UNSEEN.sub(r"\1", text) if "\U000e007f" in text else _UNSEEN.sub("", text)


def _loosened(text: str) -> str:
    """Without joiners and selectors that join and select nothing."""
    return _LOOSE_JOINER.sub("", _LOOSE_SELECTOR.sub("", text))


def _few_marks(text: str) -> str:
    """Without the marks beyond the first few of each heap: normalising long heaps takes quadratic time."""
    return _HEAP.sub(_lower, text)


def _lower(heap: re.Match[str]) -> str:
    kept, height = [], 0
    for character in heap[0]:
        height = height + 1 if unicodedata.category(character)[0] == "M" else 0
        if height <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _cut(text: str, limit: int) -> str:
    head = text[: max(0, limit - 1)]
    space = head.rfind(" ")
    if space > len(head) // 2:
        head = head[:space]
    else:
        while head and (text[len(head)] in "\u200d\ufe0f" or unicodedata.category(text[len(head)])[0] == "M"):
            head = head[:-1]
    return (head.rstrip(" ,;:.-–—\u200c\u200d") + "…")[:limit]


def fold(text: str) -> str:
    """Lower case without accents, one form for each letter and digit: what is equal for a reader is equal here."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", _few_marks(_UNSEEN.sub("", text))).casefold()
    decomposed = unicodedata.normalize("NFKD", plain).replace("и\u0306", "й")
    left, places = _leftovers()
    return unicodedata.normalize("NFKC", places.sub(lambda found: left.get(found[0], found[0]), decomposed))


@cache
def _leftovers() -> tuple[dict[str, str], re.Pattern[str]]:
    """What is left of characters, and where some may be.

    Accents and the vowel points of Hebrew and Arabic go, the marks that make another letter stay; digits
    become ours. No mark or digit is beyond the range. The dot of Hindi goes, too: some write it and some do not.
    """
    left = dict(_PLAIN_LETTERS) | {"\u093c": ""}
    for character in map(chr, range(0x300, 0x20000)):
        place = unicodedata.combining(character)
        if place >= 200 or 10 <= place <= 36:
            left[character] = ""
        elif character.isdecimal():
            left[character] = str(unicodedata.decimal(character))
    near = "".join(character for character in left if character < "\U00010000")
    return left, re.compile(f"[{near}\U00010000-\U0001ffff]")  # `re` is slow where it has to name the far ones


def words(text: str) -> list[str]:
    """The folded words that a topic asks for by a text, none empty; Korean is asked for without its last particle."""
    return [fold(word) for word in spoken(without_particle(text))]


def spoken(text: str) -> list[str]:
    """The words of a text in order: lower case, with their accents, which stemmers want; folded, none is empty.

    "l'Iran" is iran, "Trump's" trump, "Ankara'nın" ankara, "don't" dont, "post-war" two words, "U.S." us, "G-7" g7;
    each character of Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese is a word of its own.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _few_marks(_UNSEEN.sub("", text).translate(_APOSTROPHES)))
        text = text.lower().replace("i̇", "i")
    else:
        text = text.lower()
    return [word for found in _WORD.finditer(text) if (word := _word(found))]


def _word(found: re.Match[str]) -> str:
    text = found[0]
    if found.lastgroup == "initials":
        return text.replace(".", "")
    if found.lastgroup == "model":
        return text[0] + text[2:]
    if "'" not in text:
        return text
    return without_apostrophe(_ELIDED.sub("", text).removesuffix("'s")).replace("'", "")
