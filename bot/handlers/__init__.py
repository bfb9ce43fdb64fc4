"""What people type: COMMANDS, the whole menu as one table, and one file per command.

Here: the table, from which registration, /help, Telegram's menus (menus) and docs/commands.md all come.
Not here: what a command does.
"""

from __future__ import annotations

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.delivery.render.help import Part
from bot.desk import Desk
from bot.handlers.about import about, help_, privacy
from bot.handlers.addsource import addsource
from bot.handlers.announce import announce
from bot.handlers.blocks import block, blocked, unblock
from bot.handlers.buttons import on_tap
from bot.handlers.context import Command, House, furnish
from bot.handlers.entrance import on_arrival
from bot.handlers.errors import on_error
from bot.handlers.hours import digest, quiet
from bot.handlers.inline import on_inline
from bot.handlers.latest import latest, search
from bot.handlers.manage import channels
from bot.handlers.members import on_added, on_membership, on_migration
from bot.handlers.messages import on_message
from bot.handlers.pause import pause, resume
from bot.handlers.read import read
from bot.handlers.settings import language, settings
from bot.handlers.sources import sources
from bot.handlers.start import start
from bot.handlers.stats import stats
from bot.handlers.stop import export, stop
from bot.handlers.subscribe import subscribe
from bot.handlers.topics import topics, unsubscribe
from bot.news.message import Style
from bot.news.said import Tongues, said

COMMANDS = (
    Command(
        "latest",
        latest,
        said("the newest headlines, of a topic if you name one"),
        "[n] [topic]",
        "/latest 20 morocco",
        for_all=True,
        part=Part.READING,
    ),
    Command(
        "read",
        read,
        said("an article: a row of the last list, a link, or the newest"),
        "[n|link]",
        "/read 3",
        for_all=True,
        part=Part.READING,
    ),
    Command(
        "subscribe",
        subscribe,
        said("follow a topic"),
        "[topic]",
        "/subscribe morocco -football",
        ("follow",),
        for_chat=True,
        part=Part.FOLLOWING,
    ),
    Command(
        "unsubscribe",
        unsubscribe,
        said("follow a topic no longer"),
        "[topic]",
        "/unsubscribe 2",
        ("unfollow",),
        for_chat=True,
        part=Part.FOLLOWING,
    ),
    Command("topics", topics, said("what this chat follows"), for_chat=True, for_all=True, part=Part.FOLLOWING),
    Command("channels", channels, said("your channels and groups, managed in private"), part=Part.FOLLOWING),
    Command(
        "search",
        search,
        said("headlines of the last days"),
        "words",
        "/search interest rates",
        for_all=True,
        part=Part.READING,
    ),
    Command(
        "digest",
        digest,
        said("news together at times you choose"),
        "[HH:MM…|now|off]",
        "/digest 08:00 18:00",
        for_chat=True,
        part=Part.FOLLOWING,
    ),
    Command(
        "quiet",
        quiet,
        said("hours in which I am quiet"),
        "[HH:MM-HH:MM|off]",
        "/quiet 22:00-07:00",
        for_chat=True,
        part=Part.FOLLOWING,
    ),
    Command("pause", pause, said("be quiet for a while"), "[2h|1d]", "/pause 2h", for_chat=True, part=Part.FOLLOWING),
    Command("resume", resume, said("end a pause; what waited comes at once"), for_chat=True, part=Part.FOLLOWING),
    Command("settings", settings, said("quiet hours, digest, language and all else that can be chosen"), for_chat=True),
    Command("language", language, said("the language that I speak here"), "[name]", "/language Deutsch", for_chat=True),
    Command("sources", sources, said("what I watch, and how it fares"), part=Part.READING),
    Command(
        "addsource",
        addsource,
        said("find what can be watched at an address"),
        "address [zone]",
        "/addsource https://example.org/",
        for_operators=True,
        part=Part.RUNNING,
    ),
    Command("stats", stats, said("the whole in figures"), for_operators=True, part=Part.RUNNING),
    Command(
        "announce",
        announce,
        said("say something to all chats"),
        "[text]",
        "/announce We are back.",
        for_operators=True,
        part=Part.RUNNING,
    ),
    Command(
        "block", block, said("answer somebody no longer"), "id", "/block 12345", for_operators=True, part=Part.RUNNING
    ),
    Command(
        "unblock", unblock, said("let somebody in again"), "id", "/unblock 12345", for_operators=True, part=Part.RUNNING
    ),
    Command("blocked", blocked, said("who is blocked"), for_operators=True, part=Part.RUNNING),
    Command("start", start, said("a welcome, and topics to tap")),
    Command("help", help_, said("all of this, or all ways to write a topic"), "[topics]", "/help topics", for_all=True),
    Command("privacy", privacy, said("what I keep, and for how long")),
    Command("export", export, said("everything that I keep about this chat, as a file")),
    Command("about", about, said("what I am")),
    Command("stop", stop, said("forget this chat")),
)

# What is looked at before any answer is found (python-telegram-bot goes through its groups in order).
BEFORE = -1


def register(
    application: House,
    desk: Desk,
    tongues: Tongues,
    admins: frozenset[int] = frozenset(),
    style: Style = Style.RICH,
) -> None:
    """Let the application answer with the desk; `admins` are the Telegram ids of those who run the bot.

    Articles are written in this style where a chat has not chosen another.
    """
    furnish(application, desk, COMMANDS, admins, style, tongues)
    new = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST  # an edited question was answered already
    application.add_handler(TypeHandler(Update, on_arrival), group=BEFORE)
    application.add_handler(MessageHandler(new & filters.StatusUpdate.MIGRATE, on_migration))
    came = filters.StatusUpdate.NEW_CHAT_MEMBERS | filters.StatusUpdate.CHAT_CREATED
    application.add_handler(MessageHandler(new & came, on_added))
    application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, on_message))
    application.add_handler(CallbackQueryHandler(on_tap))
    application.add_handler(InlineQueryHandler(on_inline))
    application.add_handler(ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(on_error)
