"""The buttons under a new subscription: keep it, or take a narrower or wider topic in its place, and back again."""

from __future__ import annotations

from bot.delivery.render import tuning, wishes
from bot.handlers.asking import number_in
from bot.handlers.context import Context
from bot.handlers.tapping import Tap
from bot.news.answers import Direction
from bot.news.errors import LongGone
from bot.news.said import said


async def tap_keep(tap: Tap, context: Context) -> None:
    """Leave the topic as it is: `<topic>`."""
    await tap.change(tuning.kept(tap.say, await context.desk.wishes.wish(tap.caller.chat, tap.rest)))


async def tap_narrower(tap: Tap, context: Context) -> None:
    """Show topics that catch less: `<topic>`."""
    await _offer(tap, context, Direction.NARROWER)


async def tap_wider(tap: Tap, context: Context) -> None:
    """Show topics that catch more: `<topic>`."""
    await _offer(tap, context, Direction.WIDER)


async def tap_take(tap: Tap, context: Context) -> None:
    """Follow one of the topics on offer instead: `<topic>:<way>:<number>`."""
    await tap.must_decide()
    ident, way, number = [*tap.rest.split(":"), "", ""][:3]
    if way not in {each.value for each in Direction}:
        raise LongGone(said("That is no longer on offer; /topics shows what you follow."))
    done = await context.desk.tuning.take(tap.caller, ident, Direction(way), number_in(number) or 0)
    await tap.change(wishes.subscribed(tap.say, done))


async def tap_instead(tap: Tap, context: Context) -> None:
    """Follow a topic in the place of another: `<the other>:<words>`."""
    await tap.must_decide()
    ident, _, words = tap.rest.partition(":")
    await tap.change(wishes.subscribed(tap.say, await context.desk.wishes.replace(tap.caller, ident, words)))


async def _offer(tap: Tap, context: Context, direction: Direction) -> None:
    options = await context.desk.tuning.options(tap.caller.chat, tap.rest, direction)
    await tap.change(tuning.choice(tap.say, options))
