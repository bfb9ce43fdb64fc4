"""docs/commands.md, made of COMMANDS: `python -m bot.handlers.manual > docs/commands.md`."""

from __future__ import annotations

import sys

from bot.handlers import COMMANDS
from bot.handlers.context import Command

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

| written | means |
|---|---|
| `fed rates` | both words, in any form |
| `"interest rates"` | these words just so |
| `fed OR ecb` | either of them |
| `morocco -football` | the one without the other |
| `(fed OR ecb) rates` | brackets group |
| `source:name` | only headlines of that source (`/sources` shows the names) |
| `lang:fr` | only headlines in French |
| `*` | every headline |

Case and accents do not matter. One chat may follow 100 topics.
"""


def manual() -> str:
    """The whole page."""
    return _HEAD + "".join(_row(command) for command in sorted(COMMANDS, key=lambda command: command.name)) + _TAIL


def _row(command: Command) -> str:
    usage = command.usage.replace("|", "\\|")
    example = f"`{command.example}`" if command.example else ""
    also = ", ".join(f"`/{alias}`" for alias in command.aliases)
    return f"| `{usage}` | {command.says} | {example} | {also} |\n"


if __name__ == "__main__":
    sys.stdout.write(manual())
