"""When a chat is told what, worded: quiet hours, digests and pauses.

Here: the answers to /quiet, /digest, /pause and /resume, each with what can be tapped next.
Not here: a digest itself (digest), all that can be chosen as one message (settings).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.render.html import TODAY, tg_time
from bot.delivery.render.more import mute_button, name_on
from bot.delivery.render.pressing import laid_out, rows_of, steps
from bot.delivery.render.settings import undoing
from bot.news.hours import time_text
from bot.news.message import Button, Message
from bot.news.preferences import Preferences
from bot.news.said import Tongue
from bot.news.setting import Wish

# What most choose; anything else is typed.
NIGHTS = ("22:00-07:00", "23:00-07:00", "21:00-08:00", "00:00-08:00")
TIMES = ("08:00", "18:00", "08:00 18:00", "08:00 13:00 19:00")
ABREAST = 2


def quiet(say: Tongue, chosen: Preferences, extras: Sequence[tuple[Button, ...]] = ()) -> Message:
    """Whether there are quiet hours, and some to tap. `extras` are rows of what is muted beside."""
    if chosen.quiet:
        begins, ends = time_text(chosen.quiet.begins), time_text(chosen.quiet.ends)
        text = say("From {begins} to {ends} I tell you nothing; it comes at {ends}.", begins=begins, ends=ends)
        if chosen.breaking:
            text += "\n" + say("Only breaking news comes at once.")
    else:
        text = say("I write at any time. Choose hours in which I am quiet, or send them: /quiet 22:00-07:00")
    off = (Button(say("No quiet hours"), "set:quiet:"),) if chosen.quiet else ()
    more = Button(say("More settings"), "panel:quiet")
    return Message(text, laid_out(*_nights(), off, *extras, (more,)))


def digest(say: Tongue, chosen: Preferences) -> Message:
    """When digests come, and times to tap."""
    wanted = chosen.digest
    if wanted is None:
        text = say(
            "I tell you news at once. A digest collects them, sorted by topic, and comes at the times that you choose: "
            "tap some, or send them: /digest 8:00 18:00"
        )
    else:
        times = ", ".join(map(time_text, wanted.at))
        text = say("Your digest comes at {times}.", times=times) + "\n" + _gathered(say, len(wanted.topics))
    now = (Button(say("Digest now"), "now:"),)
    off = (Button(say("No digest"), "set:digest:"),) if wanted else ()
    topics = (Button(say("Topics of the digest"), "panel:digest"),) if wanted else ()
    return Message(text, laid_out(*_times(), now, topics, off))


def changed(say: Tongue, chosen: Preferences, name: str, before: Wish) -> Message:
    """Quiet hours or a digest were chosen by a command: what holds now, and the way back."""
    shown, holds, ready = (
        (quiet(say, chosen), chosen.quiet, _nights())
        if name == "quiet"
        else (digest(say, chosen), chosen.digest, _times())
    )
    more = Button(say("More settings"), f"panel:{name}")
    return Message(f"✅ {shown.html}", laid_out(*(() if holds else ready), (undoing(say, before), more), steps(say)))


def _nights() -> tuple[tuple[Button, ...], ...]:
    return rows_of([Button(span.replace("-", "–"), f"set:quiet:{span}") for span in NIGHTS], ABREAST)


def _times() -> tuple[tuple[Button, ...], ...]:
    return rows_of([Button(each.replace(" ", ", "), f"set:digest:{each}") for each in TIMES], ABREAST)


def coming(say: Tongue, count: int) -> Message:
    """What waits was asked for."""
    return Message(say.many("Here it is, {n} headline:", "Here they are, {n} headlines:", count))


def nothing_waits(say: Tongue) -> Message:
    """A digest was asked for, and the last day has brought nothing."""
    return Message(say("The last day brought nothing on your topics."), laid_out(steps(say)))


def pause(say: Tongue, chosen: Preferences, now: datetime) -> Message:
    """Whether there is a pause, and how long one may last."""
    if chosen.paused_until and chosen.paused_until > now:
        return paused(say, chosen.paused_until, now)
    return Message(
        say("For how long shall I be quiet? Tap, or send a time: /pause 2h"),
        laid_out(
            (Button(say("1 hour"), "pause:60"), Button(say("3 hours"), "pause:180")),
            (Button(say("Until tomorrow"), "pause:tomorrow"), Button(say("A week"), "pause:10080")),
        ),
    )


def paused(say: Tongue, until: datetime, now: datetime) -> Message:
    """The chat is told nothing for a while."""
    when = tg_time(until, date=until - now > TODAY)
    text = say("I am quiet until {time}. What comes meanwhile I bring you then, in one message.", time=when)
    return Message(text, laid_out((Button(say("Go on now"), "resume:"), Button(say("Longer"), "pause:"))))


def resumed(say: Tongue, waiting: int) -> Message:
    """The pause is over."""
    if waiting:
        text = say.many(
            "I am back. {n} headline waited, here it comes.",
            "I am back. {n} headlines waited, here they come.",
            waiting,
        )
    else:
        text = say("I am back. Nothing came meanwhile.")
    return Message(text, laid_out((Button(say("Pause again"), "pause:"), *steps(say)[:1])))


def not_paused(say: Tongue, waiting: int) -> Message:
    """There was no pause to end; what waits for another reason can be had."""
    if not waiting:
        return Message(say("There was no pause; I tell you what comes."), laid_out((_pause(say), *steps(say)[:1])))
    text = say.many(
        "There was no pause. {n} headline waits for its time.",
        "There was no pause. {n} headlines wait for their time.",
        waiting,
    )
    return Message(text, laid_out((Button(say("Bring it now"), "now:"), _pause(say))))


def unmuting(say: Tongue, muted: Sequence[tuple[str, str]], fewer: Sequence[str]) -> list[tuple[Button, ...]]:
    """Rows that take back what was muted, by id and name, and the sources of which fewer are told."""
    topics = [mute_button(say, ident, name, is_muted=True) for ident, name in muted]
    return [*topics, *((Button(say("{source}: as before", source=name_on(name)), f"loud:{name}"),) for name in fewer)]


def muted_toast(say: Tongue, topic: str) -> str:
    """A topic was muted for today."""
    return say("Nothing more on “{topic}” today, and nothing of it later.", topic=topic)


def fewer_toast(say: Tongue, source: str, chosen: Preferences) -> str:
    """Fewer headlines of a source are told: the rule."""
    if chosen.digest:
        return say("What only {source} tells comes with your digest.", source=source)
    return say("What only {source} tells comes once a day, together, at 20:00.", source=source)


def _gathered(say: Tongue, topics: int) -> str:
    if not topics:
        return say("All your topics are in it; nothing comes at once.")
    return say.many("{n} topic is in it; others come at once.", "{n} topics are in it; others come at once.", topics)


def _pause(say: Tongue) -> Button:
    return Button(say("Pause"), "pause:")
