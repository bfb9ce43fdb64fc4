"""What the bot says about itself, and its short sentences.

Here: /help, /privacy, /about, /stop, and the sentences for what went wrong.
Not here: lists (lists), topics (wishes), articles (article).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, leading, pressing
from bot.news.answers import Unread
from bot.news.message import Button, Message
from bot.news.topics import LANGUAGE
from bot.news.verdicts import Shut

PROJECT = "headline-bot"
LICENCE = "MIT"
LONGEST_TITLE = 300
LONGEST_SUMMARY = 1200
LONGEST_REASON = 300
LONGEST_TYPED = 60
# So many rows of the table of the topic language stand in /help; the rest is one tap away.
_FIRST_WAYS = 7

_LISTS = (Button("Latest headlines", "find:"), Button("My topics", "topics"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of /help: how the command is typed, and what it does."""

    usage: str
    says: str


def help_page(entries: Sequence[Entry]) -> Message:
    """Everything that can be asked."""
    lines = "\n".join(f"{escape(entry.usage)}: {escape(entry.says)}" for entry in entries)
    topics = "\n".join(f"<code>{escape(way.example)}</code> {escape(str(way.means))}" for way in LANGUAGE[:_FIRST_WAYS])
    plain = "You need no commands: send me a link and I read it to you, send me words and I ask what to do with them."
    return Message(
        f"<b>What you can ask</b>\n{lines}\n\n<b>Topics</b>\n{topics}\n\n{plain}",
        laid_out(pressing("All ways to write a topic", "help", "topics"), _LISTS),
    )


def language() -> Message:
    """Everything that may be written in a topic."""
    lines = "\n".join(
        f"<b>{escape(str(way.name))}</b>\n<code>{escape(way.example)}</code>\n{escape(str(way.means))}"
        for way in LANGUAGE
    )
    return Message(
        f"<b>How to write a topic</b>\n\n{lines}\n\n"
        "Case and accents do not matter. Send the words, or /subscribe and the words; "
        "I say how I understood them, so try what you like."
    )


def privacy() -> Message:
    """What is kept, for how long, and what is not."""
    return Message(
        "<b>What I keep about this chat</b>\n"
        "• its number, its kind and, for groups and channels, its title\n"
        "• the topics it follows, and since when\n"
        "• for a day, the last list that I showed here, so that /read 3 knows the row\n"
        "• for 30 days at most, which headlines my messages here showed, and for a week those I told you, "
        "so that none comes twice\n\n"
        "I keep no names, no telephone numbers and nothing of what you write. Nobody else is told what you follow. "
        "If you block me I keep your topics for 30 days, in case you come back. /stop forgets all of it at once."
    )


def about(version: str) -> Message:
    """What this is."""
    return Message(
        f"<b>{PROJECT} {escape(version)}</b>\n"
        "I watch latest-news boxes and feeds, and tell chats what they asked to hear. "
        f"I am free software under the {LICENCE} licence: anyone may read me, change me and run me.\n\n"
        "/sources shows what I watch, /privacy what I keep."
    )


def stop() -> Message:
    """Asks before anything is forgotten."""
    return Message(
        "Shall I forget this chat, with all its topics? It cannot be undone.",
        ((Button("Forget everything", "forget:yes"), Button("Keep it", "forget:no")),),
    )


def forgotten() -> Message:
    """The chat is forgotten."""
    return Message("Done, I have forgotten this chat. If you ever want me back, send /start.")


def kept() -> Message:
    """The chat is not forgotten after all."""
    return Message("Good, nothing has changed.", laid_out(_LISTS))


def sentence(text: str) -> Message:
    """One plain sentence."""
    return Message(escape(text))


def unread(found: Unread) -> Message:
    """An article that cannot be shown: why, the headline's own summary, and the original."""
    headline = found.headline
    title = f"<b>{escape(fitted(headline.title, LONGEST_TITLE))}</b>" if headline.title else ""
    summary = escape(fitted(headline.summary, LONGEST_SUMMARY))
    parts = [title, summary, f"I could not read the article here. {escape(fitted(str(found.reason), LONGEST_REASON))}"]
    return Message("\n\n".join(part for part in parts if part), laid_out(leading("Open the original", headline.url)))


def unknown_command(typed: str, near: str) -> Message:
    """A command that does not exist."""
    shown = escape(fitted(typed, LONGEST_TYPED))
    if near:
        return Message(f"I do not know /{shown}. Did you mean /{near}?")
    return Message(f"I do not know /{shown}. /help shows what I understand.")


def help_hint() -> Message:
    """Something that no sense can be made of."""
    return Message(
        "I understand words and links. Send for example <code>morocco</code>, a link to an article, or /help."
    )


def shut_out(title: str, shut: Shut) -> Message:
    """A group or channel does not let us write; said to one of its admins."""
    where = f"<b>{escape(fitted(title, LONGEST_TITLE))}</b>" if title else "A chat of yours"
    if shut is Shut.THREAD:
        trouble = "its General topic is closed, and there I write. Open it and send me /topics there"
    else:
        trouble = "I am not allowed to send messages there. Allow me to, in a channel as an admin who may post"
    return Message(
        f"I have news for {where}, but {trouble}, and what is waiting comes at once; otherwise I try again each day. "
        "If it is meant so, remove me from there, and I am quiet."
    )


def plainly(sentence: str) -> Message:
    """A sentence that is said as it is, of an error or of a source."""
    return Message(escape(fitted(sentence, LONGEST_REASON)))


def admins_only() -> str:
    """Somebody who may not change a group's topics tried to."""
    return "In groups and channels the admins choose; in a private chat with me you can follow and read what you like."


def memory_away() -> str:
    """Redis cannot be reached."""
    return "I can't reach my memory right now, please try again in a minute."


def apology() -> str:
    """A bug."""
    return "Something went wrong on my side, sorry. It is noted; please try again, or see /help."
