"""What the bot says about itself, and its short sentences.

Here: /about, what is said to words that ask for nothing, and the sentences for what went wrong.
Not here: /help (help), /privacy and /stop (privacy), lists (lists), topics (wishes), articles (article).
"""

from __future__ import annotations

import re

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, leading, pressing, saying, short, steps, way_out
from bot.news.answers import Unread
from bot.news.message import Button, Message
from bot.news.said import Said, Tongue, said

PROJECT = "headline-bot"
LICENCE = "MIT"
LONGEST_TITLE = 300
LONGEST_SUMMARY = 1200
LONGEST_REASON = 300
LONGEST_TYPED = 60


def about(say: Tongue, version: str) -> Message:
    """What this is."""
    text = say(
        "I watch latest-news boxes and feeds, and tell chats what they asked to hear. "
        "I am free software under the {licence} licence: anyone may read me, change me and run me.",
        licence=LICENCE,
    )
    sources, privacy = saying(say("What I watch"), "/sources"), saying(say("What I keep"), "/privacy")
    buttons = laid_out(
        (*sources, *privacy), (*saying(say("Topics to tap"), "/subscribe"), *saying(say("Help"), "/help"))
    )
    return Message(f"<b>{PROJECT} {escape(version)}</b>\n{text}", buttons)


def sentence(text: str, buttons: tuple[tuple[Button, ...], ...] = ()) -> Message:
    """One plain sentence, and what may be done next."""
    return Message(escape(text), buttons)


def unread(say: Tongue, found: Unread) -> Message:
    """An article that cannot be shown: why, the headline's own summary, and the original."""
    headline = found.headline
    title = f"<b>{escape(fitted(headline.title, LONGEST_TITLE))}</b>" if headline.title else ""
    summary = escape(fitted(headline.summary, LONGEST_SUMMARY))
    why = say("I could not read the article here. {reason}", reason=escape(fitted(say(found.reason), LONGEST_REASON)))
    return Message(
        "\n\n".join(part for part in (title, summary, why) if part),
        laid_out(leading(say("Open the original"), headline.url), steps(say)),
    )


def unknown_command(say: Tongue, typed: str, near: str, rest: str = "") -> Message:
    """A command that does not exist; `near` is one that does, `rest` what was typed behind it."""
    shown = escape(fitted(typed, LONGEST_TYPED))
    if near:
        text = say("I do not know /{typed}. Did you mean /{near}?", typed=shown, near=near)
        return Message(text, laid_out(saying(short(f"/{near} {rest}"), f"/{near} {rest}".rstrip()), *way_out(say)))
    text = say("I do not know /{typed}. You need no commands here: just send me words.", typed=shown)
    words = f"{typed} {rest}".strip()
    look = pressing(say("Look for “{words}”", words=short(words)), "find", words) if re.search(r"\w{2}", words) else ()
    return Message(text, laid_out(look, *way_out(say)))


def of_another_bot(say: Tongue, name: str) -> Message:
    """A command for another bot, sent where only we are."""
    text = say("That is for @{name}; here you talk to me. Send me words, and I look for them.", name=escape(name))
    return Message(text, way_out(say))


def hint(say: Tongue) -> Message:
    """Something that no sense can be made of."""
    text = say("Send me words, for example <code>morocco</code>, or a link to an article. Or tap:")
    return Message(text, way_out(say))


def no_words(say: Tongue) -> Message:
    """A picture, a voice, a sticker or a file, with no words."""
    text = say("I cannot hear or see, I can only read: send me words, or a link to an article. Or tap:")
    return Message(text, way_out(say))


def friendly(say: Tongue) -> Message:
    """Somebody is kind."""
    return Message(say("😊 I am here whenever you want news."), way_out(say))


def what_stops(say: Tongue) -> Message:
    """“Stop” may mean several things, and one of them cannot be undone."""
    text = say("What shall I stop? Nothing has changed yet.")
    return Message(
        text,
        laid_out(
            (*saying(say("Pause for a day"), "/pause 1d"), *saying(say("Quiet hours"), "/quiet")),
            (*pressing(say("End a topic"), "topics"), *saying(say("Forget me"), "/stop")),
        ),
    )


def undoing(say: Tongue) -> Message:
    """“Undo” is a button, under what told of the change."""
    text = say("Tap “{undo}” under my answer to what you changed. Or change it here:", undo=say("Undo"))
    return Message(text, laid_out((*pressing(say("My topics"), "topics"), *saying(say("Settings"), "/settings"))))


def trouble(say: Tongue, text: str, again: str) -> Message:
    """Something went wrong that may go right the next time: `again` is what was typed."""
    tried = saying(say("Try again"), again) if again else ()
    # Where our memory is away, nothing can be kept for a button that is too long.
    return Message(escape(text), laid_out(tuple(one for one in tried if not one.is_too_long), *way_out(say)))


def plainly(sentence: str) -> Message:
    """A sentence that is said as it is, of an error or of a source."""
    return Message(escape(fitted(sentence, LONGEST_REASON)))


def memory_away() -> Said:
    """Redis cannot be reached."""
    return said("I can't reach my memory right now, please try again in a minute.")


def apology() -> Said:
    """A bug."""
    return said("Something went wrong on my side, sorry. It is noted; please try again.")
