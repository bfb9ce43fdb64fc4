"""The command table is the one source of the menu, the help and the manual."""

from __future__ import annotations

from pathlib import Path

from bot.handlers import COMMANDS
from bot.handlers.manual import manual
from bot.handlers.menus import menu
from bot.handlers.messages import names_of
from bot.news.said import ENGLISH

PAGE = Path(__file__).parent.parent.parent / "docs" / "commands.md"


def test_the_manual_is_made_of_the_table():
    assert PAGE.read_text(encoding="utf-8") == manual(), "run: python -m bot.handlers.manual > docs/commands.md"


def test_the_menu_fits_what_telegram_takes():
    for command in menu(ENGLISH, COMMANDS):
        assert command.command.islower()
        assert len(command.command) <= 32
        assert 3 <= len(command.description) <= 256


def test_every_name_and_alias_means_one_command():
    names = [name for command in COMMANDS for name in (command.name, *command.aliases)]
    assert len(names) == len(set(names)) == len(names_of(COMMANDS))


def test_follow_and_unfollow_are_the_same_as_subscribe_and_unsubscribe():
    known = names_of(COMMANDS)
    assert known["follow"] is known["subscribe"]
    assert known["unfollow"] is known["unsubscribe"]
