"""A file of config/ in its shape. Owns what an operator is told of one that does not fit.

Here: reading, and a sentence with file and line for everything that is wrong.
Not here: the shapes (options), finding lines (tomlplaces).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot import tomlplaces
from bot.tomlplaces import line_of, lines

# What pydantic finds, as an operator would say it; what is not named here is said in its words.
SENTENCES = {
    "extra_forbidden": "there is no such option here",
    "missing": "this has to be here",
    "string_pattern_mismatch": "this may not be called so: a-z, 0-9 and - are allowed, and names are short",
    "int_type": "this is a whole number",
    "int_parsing": "this is a whole number",
    "int_from_float": "this is a whole number",
    "float_type": "this is a number",
    "float_parsing": "this is a number",
    "bool_type": "this is true or false",
    "bool_parsing": "this is true or false",
    "string_type": "this is a text in quotes",
    "dict_type": "this is a table, as in [name]",
    "model_type": "this is a table, as in [name]",
    "tuple_type": "this is a list of tables, as in [[name]]",
    "too_short": "one at least has to be here",
}
# A longer number says nothing to anybody, and Python refuses to write down one of more than 4,300 digits.
MOST_SHOWN = 10**60

Shape = TypeVar("Shape", bound=BaseModel)


def read(path: Path, shape: type[Shape], problems: list[str]) -> Shape:
    """The file in its shape, or the shape's defaults where there is no file; what is wrong goes to `problems`."""
    return shaped(path, text_of(path, problems), shape, problems)


def text_of(path: Path, problems: list[str]) -> str:
    """What stands in the file; nothing where there is none, or where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else ""
    except UnicodeDecodeError as error:
        problems.append(f"{path} is not text in UTF-8: {error.reason}.")
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}.")
    return ""


def shaped(path: Path, text: str, shape: type[Shape], problems: list[str]) -> Shape:
    """The text of a file in its shape, or the shape's defaults; what is wrong goes to `problems`."""
    try:
        return shape.model_validate(tomllib.loads(text))
    except ValidationError as error:  # a ValueError as well, so it stands first
        found = lines(text)
        problems.extend(f"{place(path, line_of(found, each['loc']))}: {_sentence(each)}" for each in error.errors())
    except tomlplaces.UNREADABLE:
        problems.extend(f"{place(path, each.line)}: {each.why}." for each in tomlplaces.mistakes(text))
    return shape.model_validate({})


def written(path: Path) -> dict[tomlplaces.Path, int]:
    """The line of everything that a good file says; nothing where there is no file."""
    return lines(path.read_text(encoding="utf-8")) if path.is_file() else {}


def place(path: Path, line: int) -> str:
    """A place in a file as editors and compilers write it: file:line."""
    return f"{path}:{line}" if line else str(path)


def _sentence(problem: ErrorDetails) -> str:
    steps = ".".join(str(step + 1) if isinstance(step, int) else step for step in problem["loc"])
    sentence = SENTENCES.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    given = problem["input"]
    is_short = isinstance(given, str | float) or (isinstance(given, int) and abs(given) <= MOST_SHOWN)
    shown = f"; it is {str(given)[:60]!r}" if is_short and "here" not in sentence else ""
    return f"{steps}: {sentence}{shown}."
