"""/read [n|link], the read buttons, and the pages of an article."""

from __future__ import annotations

from contextlib import nullcontext

import telegram

from bot.delivery.render import house, reading
from bot.desk.reading import Read
from bot.handlers.asking import Ask, link_in, link_of, number_in
from bot.handlers.context import Context
from bot.handlers.entrance import spend
from bot.handlers.speech import answer, typing
from bot.handlers.tapping import Tap
from bot.news.answers import Reading
from bot.news.errors import UserError
from bot.news.message import Message, Style
from bot.news.quotas import Cost
from bot.news.said import Tongue, said


async def read(ask: Ask, context: Context) -> None:
    """Show an article: of a row, of a link, of the message replied to, or the newest."""
    await spend(Cost.ARTICLE, ask.message.from_user, ask.message.chat, context)
    async with typing(ask.message):
        found = await _wanted(ask, context)
    await _answer(ask, context, found)


async def read_linked(ask: Ask, context: Context, ident: str) -> None:
    """Show the article that a deep link names."""
    await spend(Cost.ARTICLE, ask.message.from_user, ask.message.chat, context)
    async with typing(ask.message):
        found = await context.desk.reading.shared(ident)
    await _answer(ask, context, found)


async def tap_read(tap: Tap, context: Context) -> None:
    """Show the article of the headline that the button names."""
    await _begin(tap, context, context.style_for(tap.preferences))


async def tap_plain(tap: Tap, context: Context) -> None:
    """Say the article of the headline in plain text, in a new message: a screen reader announces that."""
    await _begin(tap, context, Style.TEXT)


async def tap_page(tap: Tap, context: Context) -> None:
    """Turn a classic page in place: `<headline>:<page>`; a headline's id may hold colons itself."""
    await _turn(tap, context, Style.PAGES)


async def tap_leaf(tap: Tap, context: Context) -> None:
    """Turn a rich page in place."""
    await _turn(tap, context, Style.RICH)


async def tap_plain_page(tap: Tap, context: Context) -> None:
    """Turn a page of plain text in place."""
    await _turn(tap, context, Style.TEXT)


async def _answer(ask: Ask, context: Context, found: Read) -> None:
    """Show it; a reply to what is shown means its headline."""
    sent = await answer(ask, await _shown(ask.say, found, context, context.style_for(ask.preferences)))
    await context.desk.lists.remember(ask.to, sent, (found.headline.id,))


async def _begin(tap: Tap, context: Context, style: Style) -> None:
    await spend(Cost.ARTICLE, tap.query.from_user, tap.chat, context)
    await tap.toast()
    async with typing(tap.message) if tap.message else nullcontext():
        found = await context.desk.reading.headline(tap.rest)
    sent = await tap.send(await _shown(tap.say, found, context, style))
    await context.desk.lists.remember(tap.chat.id, sent, (found.headline.id,))


async def _turn(tap: Tap, context: Context, style: Style) -> None:
    ident, _, page = tap.rest.rpartition(":")
    found = await context.desk.reading.headline(ident)
    await tap.change(await _shown(tap.say, found, context, style, number_in(page) or 1))


async def _wanted(ask: Ask, context: Context) -> Read:
    room, number = context.desk.reading, number_in(ask.text)
    link = link_in(ask.text) or ("" if ask.message.reply_to_message else link_of(ask.message))
    if link:
        return await room.link(link)
    if ask.text and number is None:
        raise UserError(
            said("Send /read with a row of the last list, as in /read 3, or with a link. Words go to /search.")
        )
    replied = await _replied(ask.message, context, number)
    if replied:
        return replied
    return await room.newest() if number is None else await room.row(ask.chat, number)


async def _replied(message: telegram.Message, context: Context, number: int | None) -> Read | None:
    """What the message that is replied to shows: one of our headlines, or somebody's link."""
    old = message.reply_to_message
    if old is None:
        return None
    told = await context.desk.reading.told(message.chat.id, old.message_id, number)
    link = link_of(old)
    if told or number is not None or not link:
        return told
    return await context.desk.reading.link(link)


async def _shown(say: Tongue, found: Read, context: Context, style: Style, number: int = 1) -> Message:
    if not isinstance(found, Reading):
        return house.unread(say, found)
    return reading.shown(say, found, style, number, await context.desk.tellings.of(found.headline))
