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

Shape = TypeVar("Shape", bound=BaseModel)


def read(path: Path, shape: type[Shape], problems: list[str]) -> Shape:
    """The file in its shape, or the shape's defaults where there is no file; what is wrong goes to `problems`."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        return shape.model_validate(tomllib.loads(text))
    except ValidationError as error:
        found = lines(text)
        problems.extend(f"{place(path, line_of(found, each['loc']))}: {_sentence(each)}" for each in error.errors())
    except tomllib.TOMLDecodeError:
        problems.extend(
            f"{place(path, each.line)}: this is not TOML: {each.why}." for each in tomlplaces.mistakes(text)
        )
    except UnicodeDecodeError as error:
        problems.append(f"{path} is not text in UTF-8: {error.reason}.")
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}.")
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
    shown = f"; it is {str(given)[:60]!r}" if isinstance(given, str | int | float) and "here" not in sentence else ""
    return f"{steps}: {sentence}{shown}."
