"""Text without a command, understood where it is obvious.

Here: a link is read, a number is a row, a greeting gets help, other words get an offer.
Not here: commands (messages), whether the text was meant for us (messages).
"""

from __future__ import annotations

from bot.delivery.render import house, tuning, wishes
from bot.handlers.about import help_
from bot.handlers.asking import Ask, link_in, link_of, number_in
from bot.handlers.context import Context
from bot.handlers.read import read
from bot.handlers.speech import answer
from bot.news.errors import BadTopic
from bot.news.text import fold

# How people begin a talk with a bot, folded (news/text.fold), in the languages that our topics speak.
_GREETINGS = frozenset(
    fold(greeting)
    for greeting in (
        "hi", "hello", "hey", "help", "start", "menu", "good morning", "good evening", "thanks", "thank you",
        "bonjour", "salut", "bonsoir", "aide", "merci", "مرحبا", "السلام عليكم", "سلام", "مساعدة", "شكرا",
    )
)  # fmt: skip


async def words(ask: Ask, context: Context) -> None:
    """Do what the words obviously mean."""
    if link_in(ask.text) or number_in(ask.text) or link_of(ask.message):
        await read(ask, context)
    elif fold(ask.text).strip(" .,!?؟") in _GREETINGS:
        await help_(ask, context)
    elif not ask.text:
        await answer(ask, house.help_hint())
    else:
        await _offer(ask, context)


async def _offer(ask: Ask, context: Context) -> None:
    """Words that are no topic are not told where they are wrong: nobody said that they were to be one."""
    try:
        meaning = context.desk.wishes.offer(ask.text)
        doubt = await context.desk.tuning.doubt(ask.text)
    except BadTopic as error:
        await answer(ask, wishes.misunderstood(error) if not error.expression else house.help_hint())
        return
    await answer(ask, tuning.doubtful(doubt) if doubt else wishes.offer(ask.text, str(meaning)))
