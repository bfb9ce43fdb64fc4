"""The buttons behind More under an alert, the answers to the offer of a digest, and the pages of a digest.

Here: unfolding and folding, muting a topic for today, fewer of a source, and taking each back where it was tapped.
Not here: how the buttons are worded (delivery/render/more), reading and following (read, subscribe, topics).
"""

from __future__ import annotations

from functools import partial

from bot.delivery.render import hours, more
from bot.delivery.render.digest import Look, digest
from bot.handlers.asking import number_in
from bot.handlers.context import Context
from bot.handlers.tapping import Tap
from bot.handlers.zone import zone_question
from bot.news.errors import NoSuchHeadline
from bot.news.message import Button
from bot.news.preferences import Preferences
from bot.news.said import said
from bot.news.setting import Wish, chosen, held

# What stands behind More, by the verbs of its first buttons.
_BEHIND = ("hush:", "unhush:", "fewer:", "asbefore:", "mute:", "topics")
# What a digest is at first for who is offered one: before work and after it.
OFFERED = Wish("digest", "08:00 18:00")

Row = tuple[Button, ...]


async def tap_extra(tap: Tap, context: Context) -> None:
    """Show what else can be done with an alert, under it."""
    if tap.message is None:
        raise NoSuchHeadline(said("That message is too old; /latest shows what is new."))
    told = await context.desk.held.told(tap.caller.chat, tap.message.message_id)
    behind = more.unfolded(tap.say, told.alerts, context.desk.held.muted(tap.preferences), tap.preferences.fewer)
    rows = [tuple(more.less(tap.say) if each.action == "extra:" else each for each in row) for row in tap.rows()]
    await tap.rekey((*rows, *behind))


async def tap_fold(tap: Tap, context: Context) -> None:
    """Show fewer buttons again."""
    rows = [row for row in tap.rows() if not row[0].action.startswith(_BEHIND)]
    unfold = more.unfolding(tap.say)
    await tap.rekey(tuple(tuple(unfold if each.action == "fold:" else each for each in row) for row in rows))


async def tap_hush(tap: Tap, context: Context, *, on: bool = True) -> None:
    """Hear no more of a topic today: `<topic>`; or (not `on`) hear it again."""
    await tap.must_decide()
    wish = await context.desk.held.mute(tap.caller, tap.rest, on=on)
    words = hours.muted_toast(tap.say, wish.shown) if on else tap.say("You hear of “{topic}” again.", topic=wish.shown)
    await tap.toast(words)
    await _swap(tap, more.mute_button(tap.say, wish.topic, wish.shown, is_muted=on))


async def tap_unhush(tap: Tap, context: Context) -> None:
    """Hear of a topic again that was muted: `<topic>`."""
    await tap_hush(tap, context, on=False)


async def tap_fewer(tap: Tap, context: Context, *, on: bool = True) -> None:
    """Hear less of the source of a headline: `<headline>`; or (not `on`) as much as before."""
    await tap.must_decide()
    source = await context.desk.held.source(tap.rest)
    await _fewer(tap, context, source, on=on)
    await _swap(tap, more.fewer_button(tap.say, tap.rest, source, is_fewer=on))


async def tap_as_before(tap: Tap, context: Context) -> None:
    """Hear as much of the source of a headline as before: `<headline>`."""
    await tap_fewer(tap, context, on=False)


async def tap_loud(tap: Tap, context: Context) -> None:
    """Hear as much of a source as of others: `<source>`; the button has done its work then."""
    await tap.must_decide()
    await _fewer(tap, context, tap.rest, on=False)
    await _swap(tap, ())


async def tap_gather(tap: Tap, context: Context) -> None:
    """Take the digest that was offered, `yes`, or leave everything as it is."""
    await tap.must_decide()
    await tap.rekey(tuple(row for row in tap.rows() if not row[0].action.startswith("gather:")))
    if tap.rest != "yes":
        await tap.toast(tap.say("Good, as it is. Whenever you want a digest, send /digest."))
    elif not tap.preferences.zone:
        await tap.send(await zone_question(tap.caller, tap.say, context, OFFERED))
    else:
        before = held(tap.preferences, OFFERED)
        now = await context.desk.preferences.change(tap.caller, partial(_chosen, OFFERED))
        await tap.send(hours.changed(tap.say, now, "digest", before))


async def tap_rest(tap: Tap, context: Context) -> None:
    """Turn to another page of a digest in place: `<skip>`."""
    if tap.message is None:
        raise NoSuchHeadline(said("That message is too old; /latest shows what is new."))
    told = await context.desk.held.told(tap.caller.chat, tap.message.message_id)
    pictured = tap.preferences.pictures and tap.preferences.previews
    await tap.change(digest(tap.say, told.alerts, told.now, Look(told.form, pictured), number_in(tap.rest) or 0))


async def _fewer(tap: Tap, context: Context, source: str, *, on: bool) -> None:
    now = await context.desk.held.want_fewer(tap.caller, source, on=on)
    again = tap.say("You hear as much of {source} as of others.", source=source)
    await tap.toast(hours.fewer_toast(tap.say, source, now) if on else again)


async def _swap(tap: Tap, row: Row) -> None:
    """Put a row in the place of the one that was tapped."""
    rows = [row if any(each.action == tap.query.data for each in old) else old for old in tap.rows()]
    await tap.rekey(tuple(each for each in rows if each))


def _chosen(wish: Wish, before: Preferences) -> Preferences:
    return chosen(before, wish)
