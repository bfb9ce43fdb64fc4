"""What a tap on a button does: the table of verbs.

Here: callback data -> handler; every tap is answered, whatever becomes of it; a button that is too old, with what to
do instead.
Not here: who makes the buttons (delivery/render), what a verb does (one file per command).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import MappingProxyType

from telegram import Chat, Update

from bot.delivery.wire import KEPT
from bot.handlers import (
    blocks,
    hours,
    latest,
    manage,
    more,
    pause,
    read,
    settings,
    sources,
    start,
    stats,
    stop,
    subscribe,
    threads,
    topics,
    tuning,
)
from bot.handlers.about import tap_help, tap_ways
from bot.handlers.addsource import tap_removable, tap_unwatch, tap_watch
from bot.handlers.admins import note
from bot.handlers.announce import tap_cast, tap_hear, tap_hush
from bot.handlers.asking import caller
from bot.handlers.context import Context
from bot.handlers.entrance import spend
from bot.handlers.tapping import Tap
from bot.handlers.typed import tap_say
from bot.handlers.zone import tap_locate
from bot.news.errors import LongGone, NoSuchHeadline, StoreError, UserError
from bot.news.quotas import Cost
from bot.news.said import said

VERBS: MappingProxyType[str, Callable[[Tap, Context], Awaitable[None]]] = MappingProxyType(
    {
        "read": read.tap_read,
        "page": read.tap_page,
        "leaf": read.tap_leaf,
        "plain": read.tap_plain,
        "plain-page": read.tap_plain_page,
        "latest": latest.tap_page,
        "find": latest.tap_list,
        "newest": latest.tap_newest,
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
        "threads": threads.tap_threads,
        "thread": threads.tap_thread,
        "place": threads.tap_place,
        "own": manage.tap_own,
        "manage": manage.tap_manage,
        "channels": manage.tap_channels,
        "instead": tuning.tap_instead,
        "unsub": topics.tap_unsubscribe,
        "mute": topics.tap_mute,
        "drop": topics.tap_drop,
        "back": topics.tap_back,
        "topics": topics.tap_topics,
        "settings": settings.tap_settings,
        "panel": settings.tap_panel,
        "set": settings.tap_set,
        "locate": tap_locate,
        "sources": sources.tap_page,
        "source": sources.tap_source,
        "ask-now": sources.tap_ask_now,
        "idle": sources.tap_rest,
        "wake": sources.tap_wake,
        "watch": tap_watch,
        "unwatch": tap_unwatch,
        "removable": tap_removable,
        "now": hours.tap_now,
        "lately": hours.tap_lately,
        "pause": pause.tap_pause,
        "resume": pause.tap_resume,
        "extra": more.tap_extra,
        "fold": more.tap_fold,
        "hush": more.tap_hush,
        "unhush": more.tap_unhush,
        "fewer": more.tap_fewer,
        "asbefore": more.tap_as_before,
        "loud": more.tap_loud,
        "gather": more.tap_gather,
        "rest": more.tap_rest,
        "block": blocks.tap_block,
        "unblock": blocks.tap_unblock,
        "blocked": blocks.tap_blocked,
        "stats": stats.tap_stats,
        "cast": tap_cast,
        "no-more": tap_hush,
        "hear": tap_hear,
        "help": tap_help,
        "ways": tap_ways,
        "say": tap_say,
        "export": stop.tap_export,
        "forget": stop.tap_forget,
    }
)

# What is about a chat: under a message about a group or channel that is managed in private, it is for that one.
FOR_CHAT = frozenset(
    (
        *("sub", "more", "follow", "story", "keep", "narrower", "wider", "take", "unsub", "mute", "drop", "topics"),
        *("threads", "thread", "place", "back", "instead", "say", "settings", "panel", "set", "locate"),
        *("now", "lately", "pause", "resume", "hush", "unhush", "fewer", "asbefore", "loud", "gather"),
        *("export", "forget"),
    )
)
# What everybody in a group hears of; other answers are for who tapped alone, where the group takes that.
ALOUD = frozenset(("follow", "mute"))


async def _do(verb: str, tap: Tap, context: Context) -> None:
    tap.is_aloud = verb in ALOUD
    if verb in FOR_CHAT:
        await manage.turn(tap, context)
    if tap.chat.type == Chat.CHANNEL:  # whatever we answer, all of its readers would see
        await tap.must_decide()
    await VERBS[verb](tap, context)
    if tap.is_admins:
        await note(tap.query.from_user, tap.chat, context)


async def on_tap(update: Update, context: Context) -> None:
    """Do what the button says. What a person can mend is said over the chat, where the tap was."""
    query, chat = update.callback_query, update.effective_chat
    if query is None:
        return
    if chat is None:  # forged: our messages stand in chats
        await query.answer()
        return
    try:
        action = await _action(query.data or "", chat.id, context)
        say, preferences = await context.heard(caller(chat, query.from_user))
    except StoreError:
        await query.answer()
        raise
    verb, _, rest = action.partition(":")
    tap = Tap(context.bot, query, chat, rest, say, preferences)
    try:
        if verb not in VERBS:
            raise LongGone(said("This button is from an older time. These are what I understand today:"))
        await spend(Cost.ANSWER, query.from_user, chat, context)
        await _do(verb, tap, context)
    except (LongGone, NoSuchHeadline) as error:
        await tap.point_on(tap.say(error.sentence))
    except UserError as error:
        if error.sentence:
            await tap.complain(tap.say(error.sentence))
    finally:
        await tap.toast()


async def _action(data: str, chat: int, context: Context) -> str:
    """What the button is to do, also where that was too long for it; empty where it is no longer known."""
    verb, _, ident = data.partition(":")
    return await context.desk.kept.get(chat, ident) if verb == KEPT else data
