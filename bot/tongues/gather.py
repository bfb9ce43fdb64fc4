"""Brings the files of all languages up to date with the sentences in the code: `python -m bot.tongues.gather`.

Here: finding the sentences, and merging them into each file; what is no longer said is dropped.
Not here: the words themselves (<code>.po).
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.tongues import FOLDER, NAMES

CODE = Path(__file__).parents[1]
# Where sentences for people in chats are; operators at a terminal are spoken to in English.
FLOORS = ("news", "store", "ingest", "meaning", "delivery", "desk", "handlers", "workers")
# What a sentence is marked with (news/said): singular and plural where it counts.
KEYWORDS = {"say": None, "said": None, "many": (1, 2), "many_said": (1, 2)}


def sentences() -> Catalog:
    """Every sentence that the code says, with the files that say it, in their order."""
    found = Catalog(fuzzy=False)
    for floor in FLOORS:
        for file, _, message, _, _ in sorted(
            extract_from_dir(CODE / floor, [("**.py", "python")], keywords=KEYWORDS), key=lambda each: each[:2]
        ):
            found.add(message, locations=[(f"bot/{floor}/{file}", 0)])
    return found


def gather(lang: str, template: Catalog) -> int:
    """Merge the sentences into a language's file; how many of them have no words there yet."""
    file = FOLDER / f"{lang}.po"
    old = Catalog(locale=lang, header_comment=f"# {NAMES[lang]}: what headline-bot says.", fuzzy=False)
    if file.exists():
        with file.open("rb") as written:
            old = read_po(written, locale=lang)
    since = old.creation_date
    old.update(template, no_fuzzy_matching=True, update_header_comment=False)
    old.creation_date = since
    old.obsolete.clear()
    with file.open("wb") as written:
        write_po(written, old, width=100, omit_header=False, include_lineno=False, sort_by_file=False)
    return sum(not has_words(message) for message in old if message.id)


def has_words(message: Message) -> bool:
    """Whether a sentence has words in the language, in every plural form where it counts."""
    return all(message.string or ("",))


def main() -> None:
    """Gather for every language, and say what is missing."""
    template = sentences()
    for lang in NAMES:
        if lang != "en":
            print(f"{lang}: {gather(lang, template)} to be translated")  # noqa: T201 - a tool for translators


if __name__ == "__main__":
    main()
