"""/announce, for those who run the bot: a word to all chats; and the button by which a chat hears no more of them."""

from __future__ import annotations

import re
from dataclasses import replace

import telegram

from bot.delivery.render import announce as render
from bot.delivery.render.html import MOST_UNITS, escape, units
from bot.handlers.admins import must_run_the_bot
from bot.handlers.asking import Ask
from bot.handlers.context import Context
from bot.handlers.speech import answer
from bot.handlers.tapping import Tap
from bot.news.announcements import Announcement, Stage
from bot.news.errors import UserError
from bot.news.message import Message
from bot.news.said import Tongue

_COMMAND = re.compile(r"/\w+(?:@\w+)?\s*")


async def announce(ask: Ask, context: Context) -> None:
    """Show what would be announced, and to how many; without a text, how far the last one is."""
    must_run_the_bot(ask.message.chat, ask.message.from_user, context)
    html = _html(ask.message)
    if not html:
        await _show_last(ask, context)
        return
    if units(html) > MOST_UNITS:
        raise UserError(render.too_long())
    draft = await context.desk.announcing.write(html, ask.chat)
    await answer(ask, render.announced(ask.say, draft))
    await answer(ask, await _preview(ask.say, draft, context))


async def tap_cast(tap: Tap, context: Context) -> None:
    """Do with a draft what the button says: `<draft>:<what>`, for a language `:<code>` behind it, and for
    sending what its button promised.
    """
    must_run_the_bot(tap.chat, tap.query.from_user, context)
    ident, _, rest = tap.rest.partition(":")
    what, _, more = rest.partition(":")
    announcing = context.desk.announcing
    if what == "stop":
        came = await announcing.stop(ident)
        await tap.change(render.going(tap.say, Announcement(ident, "", 0), Stage.STOPPED, came))
        return
    draft = await announcing.draft(ident)
    if draft is None:
        raise UserError(render.too_old())
    match what:
        case "go":
            await _begin(tap, draft, more, context)
        case "langs":
            audience = await announcing.audience(tuple(context.tongues.names))
            await tap.change(render.languages(tap.say, draft, audience, context.tongues.names))
        case "drop":
            await tap.change(render.discarded(tap.say, draft))
        case _:
            changed = await _changed(draft, what, more, context)
            await tap.change(await _preview(tap.say, changed, context))


async def tap_hush(tap: Tap, context: Context) -> None:
    """No more announcements into this chat."""
    await _hears(tap, context, announcements=False)
    await tap.toast(tap.say("Good, no more announcements here. News come as always."))
    await tap.rekey(render.hushed(tap.say))


async def tap_hear(tap: Tap, context: Context) -> None:
    """Announcements again."""
    await _hears(tap, context, announcements=True)
    await tap.toast(tap.say("Good, you hear them again."))
    await tap.rekey(render.hearing(tap.say))


async def _hears(tap: Tap, context: Context, *, announcements: bool) -> None:
    await tap.must_decide()
    await context.desk.preferences.change(tap.caller, lambda chosen: replace(chosen, announcements=announcements))


async def _begin(tap: Tap, draft: Announcement, promise: str, context: Context) -> None:
    """Send it, to no more chats and no other kinds than its button said; where it would be, show that first."""
    audience = await context.desk.announcing.audience(tuple(context.tongues.names))
    if not audience.keeps(draft, promise):
        await tap.change(render.preview(tap.say, draft, audience, context.tongues.names))
        return
    shown = tap.message.message_id if tap.message else None
    if not await context.desk.announcing.send(draft, shown):
        raise UserError(render.busy())
    last = await context.desk.announcing.under_way()
    if last:
        await tap.change(render.going(tap.say, draft, last[0].stage, last[1]))


async def _changed(draft: Announcement, what: str, lang: str, context: Context) -> Announcement:
    if what == "lang":
        return await context.desk.announcing.change(draft, lang=lang if lang in context.tongues.names else "")
    if what == "channels":
        return await context.desk.announcing.change(draft, channels=not draft.channels)
    return draft


async def _preview(say: Tongue, draft: Announcement, context: Context) -> Message:
    audience = await context.desk.announcing.audience(tuple(context.tongues.names))
    return render.preview(say, draft, audience, context.tongues.names)


async def _show_last(ask: Ask, context: Context) -> None:
    last = await context.desk.announcing.under_way()
    if last is None:
        raise UserError(render.how_to())
    job, progress = last
    await answer(ask, render.going(ask.say, job.announcement, job.stage, progress))


def _html(message: telegram.Message) -> str:
    """What is to be announced, with its bold words and links: behind the command, or in the message replied to."""
    html = message.text_html if message.text else ""
    if not html.startswith("/"):  # the command itself is bold, or in a picture's caption
        html = escape(message.text or "")
    typed = _COMMAND.sub("", html, count=1).strip()
    replied = message.reply_to_message
    if typed or replied is None:
        return typed
    return replied.text_html or replied.caption_html or ""
