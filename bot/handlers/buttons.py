"""What a tap on a button does: the table of verbs.

Here: callback data -> handler; every tap is answered, whatever becomes of it.
Not here: who makes the buttons (delivery/render), what a verb does (one file per command).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import MappingProxyType

from telegram import Chat, Update

from bot.handlers import latest, read, sources, start, stop, subscribe, topics, tuning
from bot.handlers.about import tap_help
from bot.handlers.addsource import tap_removable, tap_unwatch, tap_watch
from bot.handlers.asking import caller
from bot.handlers.context import Context
from bot.handlers.tapping import Tap
from bot.news.errors import StoreError, UserError

VERBS: MappingProxyType[str, Callable[[Tap, Context], Awaitable[None]]] = MappingProxyType(
    {
        "read": read.tap_read,
        "page": read.tap_page,
        "leaf": read.tap_leaf,
        "plain": read.tap_plain,
        "plain-page": read.tap_plain_page,
        "latest": latest.tap_page,
        "find": latest.tap_list,
        "fresh": latest.tap_fresh,
        "seek": latest.tap_found,
        "order": latest.tap_order,
        "sub": start.tap_topic,
        "more": start.tap_more,
        "follow": subscribe.tap_follow,
        "story": subscribe.tap_story,
        "keep": tuning.tap_keep,
        "narrower": tuning.tap_narrower,
        "wider": tuning.tap_wider,
        "take": tuning.tap_take,
        "unsub": topics.tap_unsubscribe,
        "mute": topics.tap_mute,
        "drop": topics.tap_drop,
        "topics": topics.tap_topics,
        "sources": sources.tap_page,
        "watch": tap_watch,
        "unwatch": tap_unwatch,
        "removable": tap_removable,
        "help": tap_help,
        "forget": stop.tap_forget,
    }
)


async def on_tap(update: Update, context: Context) -> None:
    """Do what the button says. What a person can mend is said over the chat, where the tap was."""
    query, chat = update.callback_query, update.effective_chat
    if query is None:
        return
    if chat is None:  # forged: our messages stand in chats
        await query.answer()
        return
    verb, _, rest = (query.data or "").partition(":")
    try:
        say, preferences = await context.heard(caller(chat, query.from_user))
    except StoreError:
        await query.answer()
        raise
    tap = Tap(context.bot, query, chat, rest, say, preferences)
    try:
        if verb not in VERBS:
            raise UserError("This button is from an older time; send /help for what I understand today.")
        if chat.type == Chat.CHANNEL:  # whatever we answer, all of its readers would see
            await tap.must_decide()
        await VERBS[verb](tap, context)
    except UserError as error:
        await tap.complain(tap.say(error.sentence))
    finally:
        await tap.toast()
