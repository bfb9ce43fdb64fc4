"""Names of hosts as people are shown them. Owns which letters of a name may be trusted.

Here: a name in its own letters where nobody could take it for another, else as it is written on the wire (xn--…); when
two names are one.
Not here: where hosts are shown (delivery/render), which may be asked (news/addresses).

The rules are those that browsers came to: one script in a label, and none whose letters all look Latin
(https://www.unicode.org/reports/tr39/, https://chromium.googlesource.com/chromium/src/+/main/docs/idn.md).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

import idna

_LONGEST = 253
# What is written in several scripts at once counts as one.
_TOGETHER = (frozenset({"CJK", "HIRAGANA", "KATAKANA"}), frozenset({"CJK", "HANGUL"}), frozenset({"CJK", "BOPOMOFO"}))
# Scripts in everyday use (https://www.unicode.org/reports/tr31/#Table_Recommended_Scripts), by the first word of their
# characters' names; in others nobody reads a name, and many of their letters look like ours.
_IN_USE = frozenset({
    "ARABIC", "ARMENIAN", "BENGALI", "BOPOMOFO", "CJK", "CYRILLIC", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GREEK",
    "GUJARATI", "GURMUKHI", "HANGUL", "HEBREW", "HIRAGANA", "KANNADA", "KATAKANA", "KHMER", "LAO", "LATIN",
    "MALAYALAM", "MYANMAR", "ORIYA", "SINHALA", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN",
})  # fmt: skip
_SAME_SCRIPT = {"ARABIC-INDIC": "ARABIC", "EXTENDED": "ARABIC", "IDEOGRAPHIC": "CJK", "KATAKANA-HIRAGANA": "KATAKANA"}
# Latin letters that are no accented a to z and that some language spells with.
_LATIN = frozenset("æœøłđðþħŋßə")
# Letters that look Latin: a label of nothing else is read as Latin.
_LIKE_LATIN = {
    "CYRILLIC": frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡ"),
    "GREEK": frozenset("αγεηικνορτυχωϲϳ"),
    "ARMENIAN": frozenset("ագհլնյոսօցւք"),
}


def host_of(url: str) -> str:
    """The host that an address leads to, in lower case; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def ascii_host(host: str) -> str:
    """The name as it is looked up; itself, in lower case, where it is none."""
    if host.isascii() or len(host) > _LONGEST:
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:  # letters that the newer rules leave out and resolvers may still know
        pass
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return host.lower()


def bare_host(host: str) -> str:
    """The name as two spellings of it are equal, without www."""
    return ascii_host(host).removeprefix("www.").rstrip(".")


def is_one_house(one: str, other: str) -> bool:
    """Whether two names are one, or one of them lies below the other."""
    one, other = bare_host(one), bare_host(other)
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def shown_host(host: str) -> str:
    """The name in its own letters; each label that could pass for another one as xn--…"""
    return _read(ascii_host(host))[0]


def is_deceptive(host: str) -> bool:
    """Whether a part of the name could pass for another name."""
    return (not host.isascii() or "xn--" in host.lower()) and _read(ascii_host(host))[1]


@lru_cache(maxsize=1024)
def _read(host: str) -> tuple[str, bool]:
    """The name as it is shown, and whether a label had to stay xn--."""
    labels = host.split(".")
    read = [_decoded(label) for label in labels]
    last = _scripts(read[-1])
    trusted = [_is_trusted(label, last) for label in read]
    shown = (new if good else old for old, new, good in zip(labels, read, trusted, strict=True))
    return ".".join(shown), not all(trusted)


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label


def _is_trusted(label: str, last: frozenset[str]) -> bool:
    """Whether nobody takes a label, of a name whose `last` label is in these scripts, for another one."""
    if label.isascii():
        return not label.startswith("xn--")
    scripts = _scripts(label)
    if not scripts <= _IN_USE or not (len(scripts) == 1 or any(scripts <= group for group in _TOGETHER)):
        return False
    if scripts == {"LATIN"}:
        return all(letter in _LATIN or unicodedata.normalize("NFD", letter)[0].isascii() for letter in label)
    letters = {letter for letter in label if letter.isalpha()}
    return scripts <= last or not any(letters <= _LIKE_LATIN.get(script, frozenset()) for script in scripts)


def _scripts(label: str) -> frozenset[str]:
    """The scripts of a label's characters, by the first words of their names; our digits and the hyphen have none."""
    names = (unicodedata.name(letter, "?").split()[0] for letter in label if letter not in "0123456789-_")
    return frozenset(_SAME_SCRIPT.get(name, name) for name in names)
