"""What can be done with an alert beside reading it, worded: the buttons behind More, and the offer of a digest.

Here: the folded and the unfolded buttons, and the same after something was done.
Not here: the alert itself (alert), what a button does (handlers/more).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.named import named
from bot.delivery.render.pressing import LABEL, laid_out, pressing
from bot.news.alerts import Alert
from bot.news.message import Button
from bot.news.said import Tongue
from bot.news.text import clean

# So much of a topic's or a source's name has room beside the words of a label.
LONGEST_NAME = 18
# So many topics of one message can be muted under it; more of them is what /topics is for.
MOST_TOPICS = 4

Rows = tuple[tuple[Button, ...], ...]


def more(say: Tongue, told: Sequence[Alert]) -> tuple[Button, ...]:
    """The same, alone in its row, under what came by a topic."""
    return (unfolding(say),) if any(each.topic for each in told) else ()


def unfolding(say: Tongue) -> Button:
    """The button that unfolds the others."""
    return Button(say("⋯ More"), "extra:")


def less(say: Tongue) -> Button:
    """The button that folds them again."""
    return Button(say("Less"), "fold:")


def unfolded(
    say: Tongue, told: Sequence[Alert], muted: frozenset[str] = frozenset(), fewer: frozenset[str] = frozenset()
) -> Rows:
    """What can be done beside, for what a message told, with the topics that are muted and the sources told less of."""
    topics = dict(list({each.topic_id: each.topic for each in told if each.topic}.items())[:MOST_TOPICS])
    rows = [mute_button(say, ident, topic, is_muted=ident in muted) for ident, topic in topics.items()]
    if len(told) == 1 and told[0].headline.source:
        source = told[0].headline.source
        rows.append(fewer_button(say, told[0].headline.id, source, is_fewer=source in fewer))
    if len(topics) == 1:
        [(ident, topic)] = topics.items()
        rows.append(pressing(say("Unfollow “{topic}”", topic=name_on(topic)), "mute", ident))
    else:
        rows.append((Button(say("My topics"), "topics"),))
    return laid_out(*rows)


def mute_button(say: Tongue, ident: str, topic: str, *, is_muted: bool) -> tuple[Button, ...]:
    """Mute a topic for today, or hear it again."""
    if is_muted:
        return pressing(say("🔔 Unmute “{topic}”", topic=name_on(topic)), "unhush", ident)
    return pressing(say("🔕 “{topic}”: not today", topic=name_on(topic)), "hush", ident)


def fewer_button(say: Tongue, headline: str, source: str, *, is_fewer: bool) -> tuple[Button, ...]:
    """Hear less of a source, or as much as before."""
    if is_fewer:
        return pressing(say("{source}: as before", source=name_on(source)), "asbefore", headline)
    return pressing(say("Fewer from {source}", source=name_on(source)), "fewer", headline)


def offer(say: Tongue) -> tuple[str, Rows]:
    """The question to one who is told very much, and its two answers."""
    return (
        say("That was a lot today. Shall I collect the news and bring it twice a day, as a digest?"),
        ((Button(say("Yes, a digest"), "gather:yes"), Button(say("No, as it is"), "gather:no")),),
    )


def name_on(name: str) -> str:
    """As much of a name as a label has room for; a host in letters that can be trusted."""
    return clean(named(name, LABEL), LONGEST_NAME)
