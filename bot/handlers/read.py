"""/read [n|link], the read buttons, and the pages of an article."""

from __future__ import annotations

import telegram

from bot.delivery.render import article, house
from bot.desk.reading import Read
from bot.handlers.asking import Ask, link_in, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer, typing
from bot.handlers.tapping import Tap
from bot.news.answers import Reading
from bot.news.errors import UserError
from bot.news.message import Message


async def read(ask: Ask, context: Context) -> None:
    """Show an article: of a row, of a link, of the message replied to, or the newest."""
    await typing(ask.message)
    await answer(ask, _page(await _wanted(ask, context), 1))


async def tap_read(tap: Tap, context: Context) -> None:
    """Show the article of the headline that the button names."""
    await tap.say()
    if tap.message:
        await typing(tap.message)
    await tap.send(_page(await context.desk.reading.headline(tap.rest), 1))


async def tap_page(tap: Tap, context: Context) -> None:
    """Turn an article's page in place: `<headline>:<page>`; a headline's id may hold colons itself."""
    ident, _, page = tap.rest.rpartition(":")
    await tap.change(_page(await context.desk.reading.headline(ident), number_in(page) or 1))


async def _wanted(ask: Ask, context: Context) -> Read:
    reading, number, link = context.desk.reading, number_in(ask.text), link_in(ask.text)
    if link:
        return await reading.link(link)
    if ask.text and number is None:
        raise UserError("Send /read with a row of the last list, as in /read 3, or with a link. Words go to /search.")
    replied = await _replied(ask.message, context, number)
    if replied:
        return replied
    return await reading.newest() if number is None else await reading.row(ask.chat, number)


async def _replied(message: telegram.Message, context: Context, number: int | None) -> Read | None:
    """What the message that is replied to shows: one of our headlines, or somebody's link."""
    old = message.reply_to_message
    if old is None:
        return None
    told = await context.desk.reading.told(message.chat.id, old.message_id, number)
    link = link_in(old.text or old.caption or "")
    if told or number is not None or not link:
        return told
    return await context.desk.reading.link(link)


def _page(found: Read, number: int) -> Message:
    if isinstance(found, Reading):
        return article.page(found.article, found.headline, number)
    return house.unread(found)
