"""/latest [n] [topic], /search words, and the pages of their lists."""

from __future__ import annotations

from bot.delivery.render import lists
from bot.desk.lists import MOST_ROWS, USUAL_ROWS
from bot.handlers.asking import LONGEST_NUMBER, Ask, number_in
from bot.handlers.context import Context
from bot.handlers.entrance import spend
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.errors import UserError
from bot.news.quotas import Cost


async def latest(ask: Ask, context: Context) -> None:
    """Show the newest headlines, of a topic if one is named."""
    first, _, rest = ask.text.partition(" ")
    number = number_in(first[:LONGEST_NUMBER] if first.isdecimal() else first)  # more digits ask for no more rows
    if number == 0 or (first[:1] == "-" and number_in(first[1:]) is not None):
        raise UserError("A list has at least one row; send for example /latest 5.")
    count, expression = (USUAL_ROWS, ask.text) if number is None else (number, rest.strip())
    note = f"I show {MOST_ROWS} rows at most." if count > MOST_ROWS else ""
    await _show(ask, context, count, expression, note)


async def search(ask: Ask, context: Context) -> None:
    """Show the headlines of the last days that hold the words."""
    if not ask.text:
        raise UserError("Which words shall I look for? Send for example /search interest rates.")
    await _show(ask, context, USUAL_ROWS, ask.text)


async def tap_page(tap: Tap, context: Context) -> None:
    """Turn a list's page in place: `<skip>:<count>:<expression>`."""
    skip, _, rest = tap.rest.partition(":")
    count, _, expression = rest.partition(":")
    if expression:
        await spend(Cost.SEARCH, tap.query.from_user, tap.chat, context)
    rows = await context.desk.lists.latest(
        tap.caller.chat, number_in(count) or USUAL_ROWS, expression, number_in(skip) or 0
    )
    message_id = await tap.change(lists.listing(rows))
    await context.desk.lists.remember(tap.caller.chat, message_id, rows.shown)


async def tap_list(tap: Tap, context: Context) -> None:
    """Show a new list: of the words that the button carries, or of everything where it carries none."""
    rows = await context.desk.lists.latest(tap.caller.chat, USUAL_ROWS, tap.rest)
    message_id = await tap.send(lists.listing(rows))
    await context.desk.lists.remember(tap.caller.chat, message_id, rows.shown)


async def _show(ask: Ask, context: Context, count: int, expression: str, note: str = "") -> None:
    if expression:
        await spend(Cost.SEARCH, ask.message.from_user, ask.message.chat, context)
    rows = await context.desk.lists.latest(ask.chat, count, expression)
    sent = await answer(ask, lists.listing(rows, note))
    await context.desk.lists.remember(ask.chat, sent, rows.shown)
