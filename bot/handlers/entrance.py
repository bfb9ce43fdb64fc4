"""What is looked at before anything is answered: whether who asks is blocked, and whether they asked enough for now.

Here: whose update it is, and that those who run the bot are never turned away.
Not here: who is blocked and what is too much (desk/gate), whose turn an update is (turns).
"""

from __future__ import annotations

from telegram import Chat, Update, User
from telegram.ext import ApplicationHandlerStop

from bot.handlers.admins import runs_the_bot
from bot.handlers.context import Context
from bot.news.quotas import Cost


async def on_arrival(update: Update, context: Context) -> None:
    """Go no further with what a blocked person or chat brings."""
    person, chat = update.effective_user, update.effective_chat
    if runs_the_bot(person, context):
        return
    if await context.desk.gate.is_blocked(*(one.id for one in (person, chat) if one is not None)):
        raise ApplicationHandlerStop


async def spend(cost: Cost, person: User | None, chat: Chat | None, context: Context) -> None:
    """Count what somebody asks for: a person in whichever chat, or in none, else the chat. Raises Enough."""
    who = person or chat
    if who is not None and not runs_the_bot(person, context):
        await context.desk.gate.spend(who.id, cost)
