"""Who is blocked, worded for those who run the bot.

Here: a sentence for each change with the button that takes it back, and the list.
Not here: who is blocked (desk/gate).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.html import tg_time
from bot.delivery.render.pressing import laid_out, page_at, pressing, turning, way_out
from bot.news.answers import Blocked
from bot.news.message import Button, Message
from bot.news.said import Said, Tongue, said

BLOCKED_A_PAGE = 10


def blocked(say: Tongue, ident: int) -> Message:
    """Somebody is blocked from now on."""
    text = say(
        "🚫 {id} is blocked: I do not answer, and tell that chat nothing. What it followed is kept for 30 days.",
        id=_code(ident),
    )
    return Message(text, laid_out((Button(say("Undo"), f"unblock:{ident}"), _list(say))))


def unblocked(say: Tongue, ident: int) -> Message:
    """Somebody is let in again."""
    text = say("{id} is let in again, with what that chat followed.", id=_code(ident))
    return Message(text, laid_out((Button(say("Undo"), f"block:{ident}"), _list(say))))


def was_not(say: Tongue, ident: int) -> Message:
    """Nobody of that id was blocked."""
    return Message(say("{id} was not blocked.", id=_code(ident)), laid_out((_list(say),)))


def everybody(say: Tongue, found: Sequence[Blocked], skip: int = 0) -> Message:
    """All who are blocked, each with a button that lets in again."""
    if not found:
        text = say("Nobody is blocked. {command} blocks somebody.", command=_code("/block 12345"))
        return Message(text, way_out(say))
    skip = page_at(skip, BLOCKED_A_PAGE, len(found))
    page = found[skip : skip + BLOCKED_A_PAGE]
    rows = [say("{id} since {time}", id=_code(one.ident), time=tg_time(one.since, date=True)) for one in page]
    head = say.many("<b>One is blocked</b>", "<b>{n} are blocked</b>", len(found))
    lets_in = (pressing(say("Let {id} in", id=one.ident), "unblock", one.ident) for one in page)
    return Message(
        "\n".join([head, *rows]), laid_out(*lets_in, turning(say, "blocked", skip, BLOCKED_A_PAGE, len(found)))
    )


def who() -> Said:
    """It was not said who is meant."""
    return said(
        "Whom? Send the id with it, as in /block 12345, or reply with it to a message that you forwarded from there. "
        "Ids of groups begin with a minus."
    )


def runs_the_bot() -> Said:
    """One of those who run the bot cannot be blocked."""
    return said("That is one of those who run me; take the id out of HEADLINE_BOT_ADMINS first.")


def _list(say: Tongue) -> Button:
    return Button(say("Who is blocked"), "blocked:0")


def _code(what: object) -> str:
    return f"<code>{what}</code>"
