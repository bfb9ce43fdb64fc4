"""/latest [n] [topic], /search words, and the pages of their lists."""

from __future__ import annotations

from datetime import datetime

from telegram import Chat, User

from bot.delivery.render import lists
from bot.desk.lists import MOST_ROWS, USUAL_ROWS
from bot.handlers.asking import LONGEST_NUMBER, Ask, number_in
from bot.handlers.context import Context
from bot.handlers.entrance import spend
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.answers import Rows, Sought
from bot.news.errors import UserError
from bot.news.quotas import Cost
from bot.news.ranking import Order
from bot.news.said import said


async def latest(ask: Ask, context: Context) -> None:
    """Show the newest headlines, of a topic if one is named."""
    named = context.desk.wishes.is_ready(ask.text)  # a name that ends with a number asks for no such number of rows
    count, expression = (USUAL_ROWS, ask.text) if named else wanted(ask.text)
    await _spend(ask.message.from_user, ask.message.chat, expression, context)
    note = said("I show {n} rows at most.", n=MOST_ROWS) if count > MOST_ROWS else None
    rows = await context.desk.lists.latest(ask.chat, count, expression)
    sent = await answer(ask, lists.listing(ask.say, rows, note))
    await context.desk.lists.remember(ask.to, sent, rows.shown)


async def search(ask: Ask, context: Context) -> None:
    """Show the headlines of the last days that hold the words."""
    if not ask.text:
        raise UserError(said("Which words shall I look for? Send for example /search interest rates."))
    await _spend(ask.message.from_user, ask.message.chat, ask.text, context)
    rows = await context.desk.lists.search(ask.chat, ask.text)
    sent = await answer(ask, lists.listing(ask.say, rows))
    await context.desk.lists.remember(ask.to, sent, rows.shown)


def wanted(text: str) -> tuple[int, str]:
    """How many rows, and of which topic: the number may stand first or last. Raises UserError."""
    first, _, rest = text.partition(" ")
    rest_before, _, last = text.rpartition(" ")
    number = _count(first)
    if number is not None:
        return number, rest.strip()
    number = _count(last) if rest_before else None
    return (USUAL_ROWS, text) if number is None or number > MOST_ROWS else (number, rest_before.strip())


def _count(word: str) -> int | None:
    """The number of rows that a word is; more digits than any list needs ask for no more rows. Raises UserError."""
    number = number_in(word[:LONGEST_NUMBER] if word.isdecimal() else word)
    if number == 0 or (word[:1] == "-" and number_in(word[1:]) is not None):
        raise UserError(said("A list has at least one row; send for example /latest 5."))
    return number


async def tap_page(tap: Tap, context: Context) -> None:
    """Turn a list's page in place: `<skip>:<count>:<words>`."""
    skip, _, rest = tap.rest.partition(":")
    count, _, words = rest.partition(":")
    await _turn(tap, context, number_in(count) or USUAL_ROWS, number_in(skip) or 0, words)


async def tap_found(tap: Tap, context: Context) -> None:
    """Turn a page of what was found in place: `<skip>:<order>:<found>:<words>`."""
    skip, order, found, words = (*tap.rest.split(":", 3), "", "", "")[:4]
    sought = Sought(_order(order), number_in(found.rstrip("+")) or 0, counted=not found.endswith("+"))
    await _turn(tap, context, USUAL_ROWS, number_in(skip) or 0, words, sought)


async def tap_order(tap: Tap, context: Context) -> None:
    """Show what was found in another order, in place: `<order>:<words>`."""
    order, _, words = tap.rest.partition(":")
    if not words:
        raise UserError(said("This button is from an older time; send /search and the words again."))
    await _spend(tap.query.from_user, tap.chat, words, context)
    await _change(tap, context, await context.desk.lists.search(tap.caller.chat, words, _order(order)))


async def tap_fresh(tap: Tap, context: Context) -> None:
    """Look a list up again, in place: `<count>:<words>`."""
    count, _, words = tap.rest.partition(":")
    rows = number_in(count) or USUAL_ROWS
    await _spend(tap.query.from_user, tap.chat, words, context)
    if tap.message is None:
        await _anew(tap, context, await context.desk.lists.latest(tap.caller.chat, rows, words))
        return
    since: datetime = tap.message.edit_date or tap.message.date
    found = await context.desk.lists.refreshed(tap.chat.id, tap.message.message_id, rows, words, since)
    await _change(tap, context, found)


async def tap_list(tap: Tap, context: Context) -> None:
    """Show a new list: what is found for the words that the button carries, or the newest where it carries none."""
    await _spend(tap.query.from_user, tap.chat, tap.rest, context)
    desk = context.desk.lists
    rows = await (desk.search(tap.caller.chat, tap.rest) if tap.rest else desk.latest(tap.caller.chat))
    await _anew(tap, context, rows)


async def tap_newest(tap: Tap, context: Context) -> None:
    """Show the newest headlines of the topic that the button carries, in a new list."""
    await _spend(tap.query.from_user, tap.chat, tap.rest, context)
    await _anew(tap, context, await context.desk.lists.latest(tap.caller.chat, USUAL_ROWS, tap.rest))


async def _spend(person: User | None, chat: Chat, words: str, context: Context) -> None:
    """Count a search; a list of what is newest costs no more than any answer. Raises Enough."""
    if words:
        await spend(Cost.SEARCH, person, chat, context)


async def _turn(tap: Tap, context: Context, count: int, skip: int, words: str, sought: Sought | None = None) -> None:
    number = tap.message.message_id if tap.message else 0
    rows = await context.desk.lists.turned(tap.chat.id, number, count, skip, words, sought)
    await _change(tap, context, rows)


async def _change(tap: Tap, context: Context, rows: Rows) -> None:
    message_id = await tap.change(lists.listing(tap.say, rows))
    await context.desk.lists.remember(tap.chat.id, message_id, rows.shown)


async def _anew(tap: Tap, context: Context, rows: Rows) -> None:
    message_id = await tap.send(lists.listing(tap.say, rows))
    await context.desk.lists.remember(tap.chat.id, message_id, rows.shown)


def _order(letter: str) -> Order:
    return Order.NEWEST if letter == Order.NEWEST else Order.BEST
