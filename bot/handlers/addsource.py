"""/addsource, the buttons under what it finds, and a list of sources that is sent as a file."""

from __future__ import annotations

import asyncio
import re
from zoneinfo import available_timezones

import telegram
from telegram.error import TelegramError

from bot.delivery.render import finding as render
from bot.delivery.render import house
from bot.handlers.admins import must_run_the_bot
from bot.handlers.asking import Ask, link_in, number_in
from bot.handlers.context import Context
from bot.handlers.speech import answer, instead, typing
from bot.handlers.tapping import Tap
from bot.ingest.opml import read_opml
from bot.news.errors import IngestError, UserError

# What a list of sources sent into the chat may have, in bytes; longer ones are taken in on the command line.
MOST_BYTES = 1_000_000

_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}\.?(?::\d+)?", re.IGNORECASE)


async def addsource(ask: Ask, context: Context) -> None:
    """Show what can be watched at an address and around it."""
    must_run_the_bot(ask.message.chat, ask.message.from_user, context)
    url, zone = _wanted(ask.text)
    shown = await answer(ask, render.looking(ask.say, url))
    watching = context.desk.watching
    try:
        async with typing(ask.message):
            found = await context.desk.finding.at(url, zone or await watching.zone_at(url))
        told = render.candidates(ask.say, await watching.offer(found))
    except (UserError, IngestError) as error:
        told = house.sentence(ask.say(error.sentence))
    await instead(ask, shown, told)


def is_list(message: telegram.Message) -> bool:
    """Whether a message brings a list of sources, by the name of its file."""
    return message.document is not None and (message.document.file_name or "").lower().endswith(".opml")


async def take_list(ask: Ask, context: Context) -> None:
    """Watch every source of the list that was sent as a file."""
    must_run_the_bot(ask.message.chat, ask.message.from_user, context)
    document = ask.message.document
    if document is None or (document.file_size or 0) > MOST_BYTES:
        raise UserError(render.too_long_a_list())
    shown = await answer(ask, render.taking_in(ask.say))
    try:
        body = bytes(await (await document.get_file()).download_as_bytearray())
        listed = await asyncio.to_thread(read_opml, body[:MOST_BYTES])
        told = render.taken_in(ask.say, await context.desk.watching.take_in(listed))
    except IngestError as error:
        told = house.sentence(ask.say(render.no_list(error.sentence)))
    except TelegramError:
        told = house.sentence(ask.say(render.no_file()))
    await instead(ask, shown, told)


async def tap_watch(tap: Tap, context: Context) -> None:
    """Watch what the button carries, and tick it."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    added = await context.desk.watching.watch(tap.rest)
    await tap.toast(tap.say("I watch it from now on."))
    if tap.label and not tap.label.startswith(render.PICKED):
        await tap.relabel({f"watch:{tap.rest}": f"{render.PICKED}{tap.label}"})
    await tap.send(render.watched(tap.say, added))


async def tap_unwatch(tap: Tap, context: Context) -> None:
    """Watch the source that the button names no longer."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    await tap.change(render.unwatched(tap.say, await context.desk.watching.unwatch(tap.rest)))


async def tap_removable(tap: Tap, context: Context) -> None:
    """Show which sources can be removed, from number `rest` on."""
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    message = render.to_remove(tap.say, await context.desk.watching.added(), number_in(tap.rest) or 0)
    await (tap.change(message) if tap.rest else tap.send(message))


def _wanted(text: str) -> tuple[str, str]:
    """The address, and the zone whose clock a box there shows, empty where none is named. Raises UserError."""
    address, _, rest = text.partition(" ")
    if not address:
        raise UserError(render.how_to_add())
    url = link_in(address) or (f"https://{address}" if _HOST.fullmatch(address) else "")
    if not url:
        raise UserError(render.no_address(address))
    if rest and rest not in available_timezones():
        raise UserError(render.no_zone(rest))
    return url, rest
