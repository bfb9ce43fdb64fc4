"""Inline mode: our name typed in any chat offers headlines to put into it.

Here: what was typed -> a choice of cards, in time.
Not here: how a card looks (delivery/render/inline), what the links on it do (links).
BotFather turns inline mode on; without it Telegram never asks, and share buttons do with less (delivery/forms).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog
from telegram import InlineQuery, Update
from telegram.error import BadRequest

from bot.delivery.render import inline
from bot.handlers.asking import number_in
from bot.handlers.context import Context
from bot.handlers.entrance import spend
from bot.news.answers import Rows
from bot.news.errors import Enough, StoreError, UserError
from bot.news.quotas import Cost
from bot.news.said import Tongue
from bot.news.sharing import ARTICLE, NAMED
from bot.news.text import clean

# Telegram takes 50 at the most, and asks for more when somebody scrolls.
A_PAGE = 25
# Telegram forgets a query that is not answered within about ten seconds.
IN_TIME = 7.0
# What Telegram lets a person type.
LONGEST_QUERY = 256

log = structlog.get_logger()


async def on_inline(update: Update, context: Context) -> None:
    """Offer headlines to share. Whatever becomes of it, there is an answer in time."""
    query = update.inline_query
    if query is None:
        return
    say = context.tongues.of(query.from_user.language_code or "")
    offer = inline.Offer(above=inline.trouble_above(say))
    try:
        await spend(Cost.ANSWER, query.from_user, None, context)
        async with asyncio.timeout(IN_TIME):
            chosen = await context.desk.preferences.of(query.from_user.id)  # their private chat has their id
            say = context.tongues.of(chosen.lang) if chosen.lang else say
            offer = await _offered(query, context, say)
    except Enough as enough:
        log.info("inline query not answered", reason=str(enough))
    except UserError:
        offer = inline.Offer(above=inline.help_above(say))
    except (StoreError, TimeoutError) as error:
        log.warning("inline query not answered in full", reason=str(error) or type(error).__name__)
    with suppress(BadRequest):  # it came too late, or somebody typed on meanwhile
        await context.bot.offer(query.id, offer)


async def _offered(query: InlineQuery, context: Context, say: Tongue) -> inline.Offer:
    """What is offered for what was typed. Raises UserError, StoreError."""
    text, desk = clean(query.query, LONGEST_QUERY), context.desk
    if text.startswith(NAMED + ARTICLE):
        rows = await desk.lists.handed(text.removeprefix(NAMED + ARTICLE))
        return inline.Offer(_cards(rows, say))
    words = (await desk.shorthand.linked(text.removeprefix(NAMED)) if text.startswith(NAMED) else "") or text
    skip = number_in(query.offset) or 0
    rows = await desk.lists.offered(words, skip, A_PAGE)
    further = str(skip + A_PAGE) if rows.older else ""
    if not words:
        return inline.Offer(_cards(rows, say), None, further)
    payload = await desk.shorthand.payload(words)
    first = () if skip else (inline.topic_card(say, words, payload),)
    cards = _cards(rows, say, payload)
    return inline.Offer((*first, *cards), inline.follow_above(say, words, payload), further)


def _cards(rows: Rows, say: Tongue, follow: str = "") -> tuple[inline.Card, ...]:
    return tuple(inline.headline_card(say, headline, rows.asked_at, follow) for headline in rows.headlines)
