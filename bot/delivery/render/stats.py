"""The whole in figures, worded for those who run the bot.

Here: the words beneath the picture, which say all that it shows; the picture's own words.
Not here: the figures (desk/overview), how the picture is drawn (delivery/charts).
"""

from __future__ import annotations

from bot.delivery.charts import DRAWN, Chart, Picture
from bot.delivery.render.html import tg_time
from bot.delivery.render.pressing import laid_out
from bot.delivery.render.sources import TROUBLE
from bot.news.answers import Stats
from bot.news.message import Button, Message
from bot.news.said import ENGLISH, Tongue

DAY, WEEK = 24, 168


def stats(say: Tongue, found: Stats) -> Message:
    """The figures, and where to look next."""
    is_week = len(found.told) > DAY
    lines = [
        "<b>" + (say("The last 7 days") if is_week else say("The last 24 hours")) + "</b>",
        say.many("One headline came in.", "{n} headlines came in.", sum(found.headlines)),
        say.many("One alert was told.", "{n} alerts were told.", sum(found.told)),
        say.many("At most {n} in an hour.", "At most {n} in an hour.", max(found.told, default=0)),
        say.many("I write to one chat.", "I write to {n} chats.", found.chats),
        _backlog(say, found),
        say.many("I watch one source.", "I watch {n} sources.", found.sources),
    ]
    if found.troubled:
        lines.append(say.many("⚠️ One of them is in trouble.", "⚠️ {n} of them are in trouble.", found.troubled))
    lines.append(say("As of {time}.", time=tg_time(found.at)))
    hours = WEEK if is_week else DAY
    other = Button(say("24 hours"), f"stats:{DAY}") if is_week else Button(say("7 days"), f"stats:{WEEK}")
    trouble = Button(say("In trouble ({n})", n=found.troubled), f"sources:0:{TROUBLE}")
    return Message("\n".join(lines), laid_out((Button(say("Refresh"), f"stats:{hours}"), other), (trouble,)))


def picture(say: Tongue, found: Stats) -> Picture:
    """The two charts with their titles, in English where the picture's letters are too few for the language."""
    say = say if say.lang in DRAWN else ENGLISH
    if len(found.told) > DAY:
        titles = say("Headlines, 6 hours a bar"), say("Alerts, 6 hours a bar")
    else:
        titles = say("Headlines an hour"), say("Alerts an hour")
    return Picture((Chart(titles[0], found.headlines), Chart(titles[1], found.told)), found.at, "UTC")


def _backlog(say: Tongue, found: Stats) -> str:
    if not found.owed:
        return say("Nothing waits to be sent.")
    waits = say.many("One message waits to be sent", "{n} messages wait to be sent", found.owed)
    if found.oldest_due is None or found.oldest_due >= found.at:
        return say("{messages}; none is late.", messages=waits)
    return say("{messages}, the oldest since {time}.", messages=waits, time=tg_time(found.oldest_due, date=True))
