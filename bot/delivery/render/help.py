"""What can be asked, as it is shown in a chat: /help, part by part, and how a topic is written.

Here: the pages and the buttons between them; each fits on a telephone's screen.
Not here: which commands there are (handlers/COMMANDS), what may stand in a topic (news/topics_table).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, page_at, pressing, rows_of, saying, steps, turning
from bot.news.message import Button, Message
from bot.news.said import Said, Tongue, said
from bot.news.topics import LANGUAGE

# So many ways to write a topic fit on a telephone's screen.
WAYS_A_PAGE = 6
# The page about topics, among those of the parts.
TOPICS = "topics"


class Part(StrEnum):
    """What a command is about."""

    FOLLOWING = "following"
    READING = "reading"
    QUIET = "quiet"
    MORE = "more"
    RUNNING = "running"


_NAMES: tuple[tuple[Part, Said], ...] = (
    (Part.FOLLOWING, said("Following")),
    (Part.READING, said("Reading")),
    (Part.QUIET, said("Quiet and digest")),
    (Part.MORE, said("About this bot")),
    (Part.RUNNING, said("Running the bot")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of /help: the part it stands in, how the command is typed, and what it does."""

    part: Part
    usage: str
    says: Said


def help_page(say: Tongue, entries: Sequence[Entry], part: str = "") -> Message:
    """What can be asked of one part; of the first, with how to talk at all, where none is named."""
    parts = [each for each, _ in _NAMES if any(entry.part is each for entry in entries)]
    shown = next((each for each in parts if each == part), parts[0])
    lines = "\n".join(f"{escape(entry.usage)}\n{escape(say(entry.says))}" for entry in entries if entry.part is shown)
    heading = "" if part else f"{_how_to_talk(say)}\n\n"
    others = [Button(say(name), f"help:{each}") for each, name in _NAMES if each in parts and each is not shown]
    return Message(
        f"{heading}<b>{say(dict(_NAMES)[shown])}</b>\n{lines}",
        laid_out(*rows_of(others, 2), pressing(say("How to write a topic"), "help", TOPICS), steps(say)),
    )


def language(say: Tongue, skip: int = 0) -> Message:
    """A page of what may be written in a topic."""
    skip = page_at(skip, WAYS_A_PAGE, len(LANGUAGE))
    lines = "\n".join(
        f"<b>{escape(say(way.name))}</b>  <code>{escape(way.example)}</code>\n{escape(say(way.means))}"
        for way in LANGUAGE[skip : skip + WAYS_A_PAGE]
    )
    text = say("Case and accents do not matter. I say how I understood your words, so try what you like.")
    title = say("How to write a topic")
    return Message(
        f"<b>{title}</b>\n\n{lines}\n\n{text}",
        laid_out(
            turning(say, "ways", skip, WAYS_A_PAGE, len(LANGUAGE)),
            (*pressing(say("Help"), "help", Part.FOLLOWING), *saying(say("Topics to tap"), "/subscribe")),
        ),
    )


def _how_to_talk(say: Tongue) -> str:
    return say(
        "You need no commands. Send me words and I ask what to do with them, a link and I read it to you, "
        "or write as you speak: “follow morocco”, “what is new in sport?”"
    )
