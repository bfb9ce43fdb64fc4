"""A file of config/ in its shape. Owns what an operator is told of one that does not fit.

Here: reading, and a sentence for everything that is wrong.
Not here: the shapes (options).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

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
    try:
        found: Any = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return shape.model_validate(found)
    except ValidationError as error:
        problems.extend(f"{path}: {_sentence(problem)}" for problem in error.errors())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path} is not TOML: {error}.")
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}.")
    return shape.model_validate({})


def _sentence(problem: ErrorDetails) -> str:
    place = ".".join(str(step + 1) if isinstance(step, int) else step for step in problem["loc"])
    sentence = SENTENCES.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    given = problem["input"]
    shown = f"; it is {str(given)[:60]!r}" if isinstance(given, str | int | float) and "here" not in sentence else ""
    return f"{place}: {sentence}{shown}."
