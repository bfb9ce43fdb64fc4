"""How much a topic would have told, worded.

Here: the sentences under a new topic, and the short line beside one on offer.
Not here: how it is counted (desk/recent).
"""

from __future__ import annotations

from bot.delivery.render.lists import row
from bot.news.answers import Preview
from bot.news.said import Tongue


def would_have(say: Tongue, preview: Preview) -> str:
    """What a topic would have told in the last days, and how much of it is to be expected."""
    if not preview.looked_at:
        return say("No headline has come in yet; the first ones are on their way.")
    looked = say.many("I looked back over the last day.", "I looked back over the last {n} days.", preview.days)
    if not preview.newest:
        none = say.many(
            "It would have told you none of {n} headline; new ones will come.",
            "It would have told you none of {n} headlines; new ones will come.",
            preview.looked_at,
        )
        return f"{looked} {none}"
    told = say.many("It would have told you {n} story.", "It would have told you {n} stories.", preview.caught)
    sentences = " ".join(part for part in (looked, told, _often(say, preview)) if part)
    newest = say("The newest:")
    return f"{sentences} {newest}\n{row(say, preview.newest, date=True)}"


def in_short(say: Tongue, preview: Preview) -> str:
    """The same in a line."""
    told = say.many("{n} story", "{n} stories", preview.caught) if preview.caught else say("nothing")
    span = say.many("in the last day", "in the last {n} days", preview.days)
    return " · ".join(part for part in (told, span, _often(say, preview)) if part)


def _often(say: Tongue, preview: Preview) -> str:
    """How many a day to expect; nothing where less than a day is known."""
    if preview.a_day is None or not preview.caught:
        return ""
    if preview.a_day < 1:
        return say("Less than one a day.")
    return say.many("About {n} a day.", "About {n} a day.", round(preview.a_day))
