"""Text without a command, understood where it is obvious.

Here: a link is read, what people say for a command does what the command does, other words get an offer.
Not here: what words ask for (news/wanted), commands (typed), whether the text was meant for us (messages).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import MappingProxyType

from bot.delivery.render import house, tuning, wishes
from bot.handlers.asking import Ask, link_in, link_of
from bot.handlers.context import Context
from bot.handlers.manage import turned
from bot.handlers.settings import answered
from bot.handlers.speech import answer
from bot.news.errors import BadTopic
from bot.news.mending import mended
from bot.news.topics import explain
from bot.news.wanted import Wanted, is_friendly, key_words, wanted
from bot.news.wants import Want

# What is answered by another command than the one of its name.
_INSTEAD = MappingProxyType({Want.HELLO: Want.START, Want.LANGUAGE: Want.SETTINGS})


async def words(ask: Ask, context: Context) -> None:
    """Do what the words obviously mean, or take them for the answer to what was asked."""
    if await answered(await turned(ask, context), context):
        return
    link = link_in(ask.text) or link_of(ask.message)
    if link:
        await _run(replace(ask, text=link), Want.READ, context)
    elif not ask.text:
        await answer(ask, house.no_words(ask.say))
    elif ask.message.forward_origin:  # somebody else's words ask us for nothing
        await _key_words(ask, Wanted(Want.MUCH, key_words(ask.text)), context)
    else:
        await answer_words(ask, wanted(ask.text), context)


async def answer_words(ask: Ask, found: Wanted, context: Context) -> None:
    """Answer what words ask for."""
    special = _SPECIAL.get(found.want)
    if special:
        await special(ask, found, context)
    else:
        await _run(replace(ask, text=found.words), _INSTEAD.get(found.want, found.want), context)


async def _run(ask: Ask, name: str, context: Context) -> None:
    """Do what a command does."""
    command = context.command(name)
    if command:
        await command.run(await turned(ask, context) if command.for_chat else ask, context)
    else:
        await answer(ask, house.hint(ask.say))


async def _stop(ask: Ask, found: Wanted, context: Context) -> None:
    await answer(ask, house.what_stops(ask.say))


async def _undo(ask: Ask, found: Wanted, context: Context) -> None:
    await answer(ask, house.undoing(ask.say))


async def _thanks(ask: Ask, found: Wanted, context: Context) -> None:
    await answer(ask, house.friendly(ask.say))


async def _nothing(ask: Ask, found: Wanted, context: Context) -> None:
    await answer(ask, house.hint(ask.say))


async def _emoji(ask: Ask, found: Wanted, context: Context) -> None:
    """Pictures may stand for a ready topic, or only be kind."""
    ready = context.desk.wishes.pictured(found.words)
    if ready:
        name = ready.names.get(ask.say.lang, ready.names["en"])
        await answer(ask, wishes.offer(ask.say, name, explain(ready.topic), name))
    elif is_friendly(found.words):
        await answer(ask, house.friendly(ask.say))
    else:
        await answer(ask, house.hint(ask.say))


async def _key_words(ask: Ask, found: Wanted, context: Context) -> None:
    """A sentence, or more: nobody means all of its words."""
    if found.words:
        await answer(ask, wishes.key_words(ask.say, found.words))
    else:
        await answer(ask, house.hint(ask.say))


async def _offer(ask: Ask, found: Wanted, context: Context) -> None:
    """Words that are no topic are not told where they are wrong: nobody said that they were to be one."""
    ask = await turned(ask, context)
    try:
        meaning = context.desk.wishes.offer(found.words)
        doubt = await context.desk.tuning.doubt(found.words)
    except BadTopic:
        nearest = mended(found.words)
        await answer(ask, wishes.key_words(ask.say, nearest) if nearest else house.hint(ask.say))
        return
    if doubt:
        await answer(ask, tuning.doubtful(ask.say, doubt))
    else:
        await answer(ask, wishes.offer(ask.say, found.words, explain(meaning.topic), meaning.name))


_SPECIAL: MappingProxyType[Want, Callable[[Ask, Wanted, Context], Awaitable[None]]] = MappingProxyType(
    {
        Want.STOP: _stop,
        Want.UNDO: _undo,
        Want.THANKS: _thanks,
        Want.NOTHING: _nothing,
        Want.EMOJI: _emoji,
        Want.MUCH: _key_words,
        Want.TOPIC: _offer,
    }
)
