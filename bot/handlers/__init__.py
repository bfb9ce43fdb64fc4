"""What people type: COMMANDS, the whole menu as one table, and one file per command.

Here: the table, from which registration, /help, Telegram's menus (menus) and docs/commands.md all come.
Not here: what a command does.
"""

from __future__ import annotations

from telegram.ext import CallbackQueryHandler, ChatMemberHandler, InlineQueryHandler, MessageHandler, filters

from bot.desk import Desk
from bot.handlers.about import about, help_, privacy
from bot.handlers.addsource import addsource
from bot.handlers.buttons import on_tap
from bot.handlers.context import Command, House, furnish
from bot.handlers.errors import on_error
from bot.handlers.inline import on_inline
from bot.handlers.latest import latest, search
from bot.handlers.members import on_membership, on_migration
from bot.handlers.messages import on_message
from bot.handlers.read import read
from bot.handlers.sources import sources
from bot.handlers.start import start
from bot.handlers.stop import stop
from bot.handlers.subscribe import subscribe
from bot.handlers.topics import topics, unsubscribe
from bot.news.message import Style
from bot.news.said import Tongues

COMMANDS = (
    Command("latest", latest, "the newest headlines, of a topic if you name one", "[n] [topic]", "/latest 20 morocco"),
    Command("read", read, "an article: a row of the last list, a link, or the newest", "[n|link]", "/read 3"),
    Command("subscribe", subscribe, "follow a topic", "[topic]", "/subscribe morocco -football", ("follow",)),
    Command("unsubscribe", unsubscribe, "follow a topic no longer", "[topic]", "/unsubscribe 2", ("unfollow",)),
    Command("topics", topics, "what this chat follows"),
    Command("search", search, "headlines of the last days", "words", "/search interest rates"),
    Command("sources", sources, "what I watch, and how it fares"),
    Command(
        "addsource",
        addsource,
        "find what can be watched at an address",
        "address [zone]",
        "/addsource https://example.org/",
        for_operators=True,
    ),
    Command("start", start, "a welcome, and topics to tap"),
    Command("help", help_, "all of this, or all ways to write a topic", "[topics]", "/help topics"),
    Command("privacy", privacy, "what I keep, and for how long"),
    Command("about", about, "what I am"),
    Command("stop", stop, "forget this chat"),
)


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
    application.add_handler(MessageHandler(new & filters.StatusUpdate.MIGRATE, on_migration))
    application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, on_message))
    application.add_handler(CallbackQueryHandler(on_tap))
    application.add_handler(InlineQueryHandler(on_inline))
    application.add_handler(ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(on_error)
