"""The chat itself changes: we are added or thrown out, or a group becomes a supergroup.

Here: my_chat_member updates and migration messages.
Not here: what is kept of a chat that goes (store/chats).
"""

from __future__ import annotations

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatType

from bot.delivery.render import welcome
from bot.handlers.asking import caller
from bot.handlers.context import Context
from bot.handlers.speech import deliver

_GONE = {ChatMember.LEFT, ChatMember.BANNED}
# Where being let in is no reason to speak: a private chat's /start follows at once, and a channel has readers. Nor is
# it in a group that we know already: it has become a supergroup, and moved before Telegram said that we are in it.
_QUIET = {ChatType.PRIVATE, ChatType.CHANNEL}


async def on_membership(update: Update, context: Context) -> None:
    """Our own place in a chat changed."""
    change = update.my_chat_member
    if change is None:
        return
    was, is_ = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
    if not is_:
        await context.desk.door.leave(change.chat.id, f"we are {change.new_chat_member.status} there")
        return
    who = caller(change.chat, change.from_user)
    if was or change.chat.type in _QUIET or await context.desk.door.knows(who.chat):
        await context.desk.door.arrive(who)
        return
    say, _ = await context.heard(who)
    shown = await context.desk.wishes.welcome(who)
    sent = await deliver(context.bot, change.chat.id, welcome.introduction(say, shown))
    if shown.example:
        await context.desk.lists.remember(change.chat.id, sent, (shown.example.id,))


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
