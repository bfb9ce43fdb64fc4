"""What Telegram shows of the bot before anybody has typed: menus and descriptions, in every language."""

from __future__ import annotations

from structlog.testing import capture_logs
from telegram import BotCommandScopeChat

from bot.devchat.chats import YOU
from bot.devchat.faults import Fault
from bot.devchat.refusals import Refusal
from bot.handlers import COMMANDS
from bot.handlers.menus import DESCRIPTION, SHORT_DESCRIPTION, hang_up, menu
from bot.tongues import spoken

ME = int(str(YOU["id"]))
TONGUES = spoken()


async def test_the_menu_and_the_descriptions_hang_in_every_language(talk) -> None:
    bot = talk.house.bot
    await hang_up(bot, TONGUES, COMMANDS, [])
    for say in TONGUES.all():
        code = None if say.lang == "en" else say.lang
        assert await bot.get_my_commands(language_code=code) == menu(say, COMMANDS)
        assert (await bot.get_my_description(code)).description == say(DESCRIPTION)
        assert (await bot.get_my_short_description(code)).short_description == say(SHORT_DESCRIPTION)
    assert (await bot.get_my_description("fr")).description.startswith("Je surveille")


async def test_who_runs_the_bot_has_a_longer_menu(talk) -> None:
    bot = talk.house.bot
    await hang_up(bot, TONGUES, COMMANDS, [ME])
    theirs = await bot.get_my_commands(BotCommandScopeChat(ME))
    assert {"addsource", "latest"} <= {command.command for command in theirs}


async def test_what_hangs_there_already_is_left_alone(talk) -> None:
    """Telegram lets a bot change these only so often, and a bot may be started many times a day."""
    await hang_up(talk.house.bot, TONGUES, COMMANDS, [ME])
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        talk.devchat.breaks(Fault(Refusal(429, "Too Many Requests: retry after 80000"), method=method, lasts=True))
    with capture_logs() as log:
        await hang_up(talk.house.bot, TONGUES, COMMANDS, [ME])
    assert log == []


async def test_a_server_without_menus_is_no_reason_not_to_start(talk) -> None:
    talk.devchat.breaks(Fault(Refusal(404, "Not Found"), method="getMyCommands", lasts=True))
    await hang_up(talk.house.bot, TONGUES, COMMANDS, [ME])
    assert await talk.house.bot.get_my_description("fr")
