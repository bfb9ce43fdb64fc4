"""docs/commands.md, made of COMMANDS: `python -m bot.handlers.manual > docs/commands.md`."""

from __future__ import annotations

import sys

from bot.handlers import COMMANDS
from bot.handlers.context import Command
from bot.news.topics import LANGUAGE, Way

# A bar that ends no cell of a table.
_BAR = "\\|"

_HEAD = """# Commands

Everything that a chat understands. This page is made of the table `COMMANDS` in `bot/handlers/__init__.py`
(`python -m bot.handlers.manual > docs/commands.md`), and so are /help and the menu in Telegram.

| command | does | for example | also |
|---|---|---|---|
"""

_TAIL = """
## Without a command

- A link is read: the article comes as a message. A number is a row of the last list, as in `/read 3`.
- Words get two buttons: follow them as a topic, or search for them.
- A greeting gets the help.
- In groups the bot listens to commands, to its name (`@name words`) and to replies to its messages,
  and to nothing else. Only admins change a group's or a channel's topics; everybody may list and
  read. In a channel, post the command.

## Rows and replies

`/latest` and `/search` number their rows, newest first. `/read 3` reads row 3 of the last list that this chat was shown
(it is remembered for a day); `/read` alone reads the newest headline; `/read` as a reply to an alert or a list reads
that headline, and `/read 2` as a reply to a list its second row.

## Topics

The same table, made of `LANGUAGE` in `bot/news/topics_table.py`, is shown by `/help topics`.

| written | for example | means |
|---|---|---|
"""

_RULES = """
Case and accents do not matter. One chat may follow 100 topics. The answer to `/subscribe` says how a topic was
understood; a wrong one gets a mark under the place and what to write instead, and so does one that can never match.

In everyday input "or", "and", "but not", "without" and what means the same in the languages of the interface (English,
French, Spanish, Portuguese, German, Russian, Arabic, Persian, Turkish, Indonesian, Hindi, Chinese) join the words
around them, and commas list alternatives; "news about" or "tell me about" may stand before. Behind the first "but not"
or "without" all is unwanted. A bare "not" means the same (`apple not iphone`), save in what is part of a sentence
(found not guilty, does not cut). At an end, or between quotation marks, such a word is only a word (French
"or" is gold).

Brackets, `|`, capital `OR`, `AND` and `NOT`, a leading `-` or `!`, `title:` and the like, `near/3` and `~` are formal.
Where one of them stands commas mean nothing, and only a single "or" or "and" between two parts still joins them, and
ends a meaning: `(climate or heatwave) -football`, `~climate policy or war`. Beside `|`, capital `OR` and `AND`, or a
`-` within the same brackets, it is a word.
"""


def manual() -> str:
    """The whole page."""
    commands = sorted(COMMANDS, key=lambda command: command.name)
    return "".join([_HEAD, *map(_row, commands), _TAIL, *map(_way, LANGUAGE), _RULES])


def _way(way: Way) -> str:
    cells = (f"`{way.name}`", f"`{way.example}`", str(way.means))
    return f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |\n"


def _row(command: Command) -> str:
    usage = command.usage.replace("|", _BAR)
    example = f"`{command.example}`" if command.example else ""
    also = ", ".join(f"`/{alias}`" for alias in command.aliases)
    who = "; for those who run the bot" if command.for_operators else ""
    return f"| `{usage}` | {command.says}{who} | {example} | {also} |\n"


if __name__ == "__main__":
    sys.stdout.write(manual())
