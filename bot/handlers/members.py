"""The chat itself changes: we are added or thrown out, or a group becomes a supergroup.

Here: my_chat_member updates, and the service messages of groups.
Not here: what is kept of a chat that goes (store/chats), what a channel's admin is asked (manage).

A supergroup in which we find ourselves may be a group under a new id, of which Telegram tells before or after; only a
group that tells who came has added us. So a group that is new to us is greeted then, and a channel never.
"""

from __future__ import annotations

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Message, Update
from telegram.constants import ChatType

from bot.delivery.render import groups
from bot.handlers import manage
from bot.handlers.asking import caller
from bot.handlers.context import Context
from bot.handlers.speech import deliver
from bot.news.answers import Caller
from bot.store.chats import Met

_GONE = {ChatMember.LEFT, ChatMember.BANNED}


async def on_membership(update: Update, context: Context) -> None:
    """Our own place in a chat changed."""
    change = update.my_chat_member
    if change is None:
        return
    was, is_ = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
    who = caller(change.chat, change.from_user)
    if not is_:
        await context.desk.door.leave(who.chat, f"we are {change.new_chat_member.status} there")
    elif was or change.chat.type == ChatType.PRIVATE:
        await context.desk.door.arrive(who)
    elif change.chat.type == ChatType.CHANNEL:
        await context.desk.door.arrive(who)
        await manage.added(change.from_user, who, context, may_post=_may_post(change.new_chat_member))
    elif await context.desk.door.met(who.chat) is not Met.NEW:
        await _entered(who, context)


async def on_added(update: Update, context: Context) -> None:
    """A group tells who came; we may be among them."""
    message = update.effective_message
    if message is not None and _brings(message, context.bot.id):
        await _entered(caller(message.chat, message.from_user), context)


async def _entered(who: Caller, context: Context) -> None:
    """We are in a group: introduce ourselves once; one that had removed us hears that we are back.

    It is known only after that: if the power fails in between, it is greeted when Telegram tells of it again.
    """
    met = await context.desk.door.met(who.chat)
    say, _ = await context.heard(who)
    try:
        if met is Met.NEW:
            offered, name = await context.desk.wishes.choices(who.chat), context.bot.username
            introduction = groups.introduction(say, offered, name, manage.link(context, who.chat))
            await deliver(context.bot, who.chat, introduction)
        elif met is Met.RESTORED:
            await deliver(context.bot, who.chat, groups.back(say, await context.desk.wishes.topics(who.chat)))
    finally:
        await context.desk.door.arrive(who)


async def on_migration(update: Update, context: Context) -> None:
    """A group became a supergroup; Telegram says so twice, once in each, in either order."""
    message = update.effective_message
    if message is None:
        return
    if message.migrate_to_chat_id:
        await context.desk.door.move(message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await context.desk.door.move(message.migrate_from_chat_id, message.chat.id)


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _GONE


def _may_post(member: ChatMember) -> bool:
    return not isinstance(member, ChatMemberAdministrator) or member.can_post_messages is not False


def _brings(message: Message, us: int) -> bool:
    """Whether a service message tells that we are in the group now."""
    return bool(message.group_chat_created) or any(person.id == us for person in message.new_chat_members)
