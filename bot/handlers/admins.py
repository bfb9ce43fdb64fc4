"""Who may decide for a chat, and who for the bot.

Here: in groups and channels only admins, unless a group lets everybody decide. Telegram is asked each time, as a list
that was kept would let a dismissed one go on; for the bot those whom the operator named, by who pressed or typed, never
by the chat.
Not here: which commands decide something (each asks for itself), what is said about it (render/groups).

An admin who remains anonymous writes in the name of the group, and whoever writes in the name of the channel that is
linked to it may post there: both are shown by Telegram, and nobody else can have them.
"""

from __future__ import annotations

from telegram import Bot, Chat, ChatMember, ChatMemberAdministrator, User
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.delivery.render import finding, groups
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.news.errors import UserError
from bot.news.preferences import Preferences

# Where a group lets everybody decide, this is still for admins: who decides, and what cannot be taken back.
ONLY_ADMINS = Preferences()


async def must_decide(ask: Ask, context: Context) -> None:
    """Raise UserError unless who asks may decide for the chat that is asked for; an admin finds it in /channels."""
    message = ask.message
    if ask.chat != message.chat.id:  # they were asked when they turned to it
        return
    if await must_decide_in(message.chat, message.from_user, ask.preferences, speaks_as=message.sender_chat):
        await note(message.from_user, message.chat, context)


async def must_decide_in(
    chat: Chat, person: User | None, preferences: Preferences, *, speaks_as: Chat | None = None
) -> bool:
    """Raise UserError unless the person may decide for the chat; `speaks_as` is the chat in whose name they write.

    Gives whether Telegram says that they are one of its admins, by name.
    """
    if chat.type == Chat.PRIVATE or (preferences.all_manage and chat.type != Chat.CHANNEL):
        return False
    if speaks_as is not None:
        decides = speaks_as.id in {chat.id, await _linked(chat)}
    else:
        decides = person is not None and await decides_in(chat.get_bot(), chat.id, person.id) is not None
    if not decides:
        raise UserError(groups.admins_only())
    return speaks_as is None


async def note(person: User | None, chat: Chat, context: Context) -> None:
    """Let an admin who decided in a group find it in /channels, if they have started us."""
    if person is not None and await context.desk.door.known([person.id]):
        await context.desk.managing.note(person.id, chat.id)


async def decides_in(bot: Bot, chat: int, person: int) -> int | None:
    """The chat's id, which may be a new one, if the person may decide there; else None.

    Raises UserError where Telegram does not tell.
    """
    try:
        member = await bot.get_chat_member(chat, person)
    except ChatMigrated as moved:
        return await decides_in(bot, moved.new_chat_id, person)
    except (BadRequest, Forbidden):  # it knows no such person there, or we are not there
        return None
    except TelegramError:
        raise UserError(groups.nobody_knows()) from None
    return chat if _decides(member) else None


def _decides(member: ChatMember) -> bool:
    """Groups do not tell of a right to post; channels do, and may have admins without it."""
    if isinstance(member, ChatMemberAdministrator):
        return member.can_post_messages is not False
    return member.status == ChatMember.OWNER


async def _linked(chat: Chat) -> int | None:
    """The channel that the group belongs to. Raises UserError where Telegram does not tell."""
    try:
        return (await chat.get_bot().get_chat(chat.id)).linked_chat_id
    except TelegramError:
        raise UserError(groups.nobody_knows()) from None


def must_run_the_bot(chat: Chat, person: User | None, context: Context) -> None:
    """Raise UserError unless the person is one of those who run the bot, and it is their private chat with it."""
    if person is None or not runs_the_bot(person, context):
        raise UserError(finding.for_operators(person.id if person else 0))
    if chat.type != Chat.PRIVATE:
        raise UserError(finding.in_private())


def runs_the_bot(person: User | None, context: Context) -> bool:
    """Whether the operator named the person (HEADLINE_BOT_ADMINS)."""
    return person is not None and person.id in context.admins
