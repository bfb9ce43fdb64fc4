"""Deep links: /start with a payload, from t.me/<bot>?start=…, or in a group that somebody chose for us.

Here: what each payload does. A topic is followed at once, as whoever tapped "Follow" and then "Start" expects; the
answer says so, and undoes it with a tap.
Not here: how payloads are made (news/sharing, desk/shorthand), /start without one (start).
"""

from __future__ import annotations

from dataclasses import replace

from telegram import Chat

from bot.delivery.render import links
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.read import read_linked
from bot.handlers.speech import answer
from bot.handlers.subscribe import subscribe
from bot.news.sharing import ARTICLE, is_payload


async def linked(ask: Ask, context: Context) -> None:
    """Do what the link was made for; of an old or a made-up one, say so and go on."""
    payload = ask.text
    if payload.startswith(ARTICLE):
        await read_linked(ask, context, payload.removeprefix(ARTICLE))
        return
    words = await context.desk.shorthand.linked(payload) if is_payload(payload) else ""
    command = next((each for each in context.commands if each.name == payload and not each.for_operators), None)
    if words:
        await subscribe(replace(ask, text=words), context)
    elif command and command.name != "start":
        await command.run(replace(ask, text=""), context)
    elif ask.message.chat.type == Chat.PRIVATE:  # in a group we have just said hello
        await answer(ask, links.unknown(ask.say))
