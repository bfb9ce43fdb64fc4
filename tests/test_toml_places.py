"""Where things stand in a TOML file: what is found agrees with what Python's own reader reads."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tomlplaces import MOST_LINES, line_of, lines, mistakes

CONFIG = sorted((Path(__file__).parent.parent / "config").glob("*.toml"))
FILE = """\
# a comment

title = "one"
list = [
  "[not.a.table]",  # here neither
  "two",
]
a.b.c = 1

[[source]]
name = "first"
"quoted key" = '''
[[source]]
name = "a trap"
'''

[source.selectors]
row = "li"

[[source]]
name = "second"
inline = { deep = { deeper = 1 } }
"""


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every path that leads anywhere in what a file says."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path for path in [path] if path}.union(*(paths(each, (*path, name)) for name, each in inner))


def test_everything_is_found_where_it_stands():
    found = lines(FILE)
    told = {".".join(map(str, path)): line for path, line in found.items()}
    for path, line in {
        "title": 3,
        "list.1": 4,
        "a.b.c": 8,
        "source.0": 10,
        "source.0.quoted key": 12,
        "source.0.selectors": 17,
        "source.0.selectors.row": 18,
        "source.1": 20,
        "source.1.inline.deep.deeper": 22,
    }.items():
        assert told[path] == line
    assert line_of(found, ("source", 1, "url")) == 20, "what is missing is told where it should be"
    assert line_of(found, ("nowhere",)) == 0


def test_windows_line_ends_are_lines_too():
    assert lines(FILE.replace("\n", "\r\n")) == lines(FILE)


@pytest.mark.parametrize("file", CONFIG, ids=lambda file: file.name)
def test_every_part_of_the_shipped_files_is_found(file):
    text = file.read_text(encoding="utf-8")
    assert paths(tomllib.loads(text)) <= set(lines(text)) | {("source",)}


words = st.text(st.characters(codec="utf-8", exclude_characters="\r'"), max_size=30).filter(
    lambda text: all(letter == "\n" or letter == "\t" or (letter >= " " and letter != "\x7f") for letter in text)
)


@given(st.lists(st.tuples(st.sampled_from(["[[t]]", "[t{}]", ""]), words), max_size=8))
def test_whatever_texts_hold_the_keys_are_found_in_their_lines(parts):
    text, expected = "", dict[str, int]()
    for number, (head, value) in enumerate(parts):
        text += f"{head.format(number)}\n# '''\nk{number} = '''\n{value}'''\n" if "t{" in head or not head else ""
        if "t{" in head or not head:
            expected[f"k{number}"] = text[: text.index(f"k{number} =")].count("\n") + 1
    found = {path[-1]: line for path, line in lines(text).items() if str(path[-1]).startswith("k")}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = = 1\nb = 2\nc = 'open\nd = 4\n", [1, 3]),
        ("[table\nb = 2\n", [1]),
        ("a = 1\na = 2\n", [2]),
        ("a = 1\nb = '''\nnobody ends this\n", [2]),
        ("a = [\n1,\n= 3,\n]\nb = = 2\nc = 3\nd = = 4\n", [3, 7]),
        ("x = 1\na = [\n" + "1,\n" * (MOST_LINES + 10), [2]),
        (f"a = 1\nb = {'9' * 5000}\nc = = 3\nd = 4\ne = {'[' * 3000}{']' * 3000}\n", [2, 5]),
    ],
)
def test_every_statement_that_is_none_is_told_with_its_line(text, told):
    assert [mistake.line for mistake in mistakes(text)] == told


def test_a_good_file_has_no_mistakes():
    assert mistakes(FILE) == []


def test_a_key_of_thousands_of_names_is_found_in_its_line():
    assert lines(f"a = 1\n{'b.' * 2000}b = 2\n")[("b",) * 2001] == 2
