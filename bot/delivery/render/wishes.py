"""What a chat follows, worded.

Here: the answers to /subscribe, /unsubscribe, /topics, and to words without a command.
Not here: what a topic means in words (news/topics).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape
from bot.delivery.render.lists import row
from bot.delivery.render.pressing import laid_out, page_at, pressing, rows_of, short, turning
from bot.news.answers import Preview, Subscribed
from bot.news.errors import BadTopic
from bot.news.message import Button, Message
from bot.news.model import Subscription
from bot.news.topics import caret

# So many rows of the longest topics fit into one message.
TOPICS_A_PAGE = 10
# A ready topic may be longer than what a person may type.
LONGEST_SHOWN = 300
LONGEST_STORY = 60
TUNE = (("👍 Keep", "keep"), ("➖ Narrower", "narrower"), ("➕ Wider", "wider"))


def subscribed(done: Subscribed) -> Message:
    """The chat follows a topic: what it will be told, and what it would have been."""
    name = escape(done.subscription.shown)
    first = f"You already follow “{name}”." if done.already else f"Done. From now on I tell you about “{name}”."
    matches = pressing("Show matches", "find", done.subscription.words) if done.preview.caught else ()
    # A ready topic's words in a dozen languages would tell a person nothing; its name does.
    meaning = "" if done.subscription.name else f"That is: {escape(str(done.meaning))}"
    return Message(
        "\n\n".join(part for part in (first, meaning, would_have(done.preview)) if part),
        laid_out(
            (*pressing("Unsubscribe" if done.already else "Undo", "unsub", done.subscription.topic), *matches),
            _tune(done.subscription),
            pressing("All my topics", "topics"),
        ),
    )


def _tune(wish: Subscription) -> tuple[Button, ...]:
    """What may be done with words of one's own that catch too much or too little."""
    if wish.name:
        return ()
    return tuple(Button(label, f"{verb}:{wish.topic}") for label, verb in TUNE)


def unsubscribed(gone: Subscription) -> Message:
    """The chat follows a topic no longer."""
    text = f"You no longer follow “{escape(gone.shown)}”."
    return Message(text, laid_out((*pressing("Undo", "follow", gone.words), *pressing("My topics", "topics"))))


def topics(followed: Sequence[Subscription], skip: int = 0) -> Message:
    """What the chat follows, as commands that can be sent again, with a button to end each."""
    if not followed:
        return Message(
            "You follow no topic yet. Send for example <code>/subscribe morocco</code>, or tap one in /start."
        )
    skip = page_at(skip, TOPICS_A_PAGE, len(followed))
    page = followed[skip : skip + TOPICS_A_PAGE]
    lines = [f"{number}. {_as_command(wish)}" for number, wish in enumerate(page, skip + 1)]
    many = f"{len(followed)} topics" if len(followed) > 1 else "one topic"
    text = f"<b>You follow {many}</b>\n\n" + "\n".join(lines)
    ends = [Button(f"✖ {short(wish.shown)}", f"drop:{wish.topic}:{skip}") for wish in page]
    return Message(
        f"{text}\n\nTap ✖ to end one, or send its number: /unsubscribe {skip + 1}",
        laid_out(*rows_of(ends, 2), turning("topics", skip, TOPICS_A_PAGE, len(followed))),
    )


def _as_command(wish: Subscription) -> str:
    command = f"<code>/subscribe {escape(fitted(wish.words, LONGEST_SHOWN))}</code>"
    return f"{command} ({escape(fitted(wish.name, LONGEST_STORY))})" if wish.is_story and wish.name else command


def offer(words: str, meaning: str) -> Message:
    """Words without a command: what may be done with them."""
    shown = escape(words)
    buttons = laid_out(
        (*pressing("Follow", "follow", words), *pressing("Search", "find", words)),
    )
    if buttons:
        return Message(f"What shall I do with “{shown}”?\n\nFollowing it means: {escape(meaning)}", buttons)
    return Message(
        f"To follow it, send:\n<code>/subscribe {shown}</code>\n\nTo search for it:\n<code>/search {shown}</code>"
    )


def misunderstood(error: BadTopic) -> Message:
    """A topic that could not be understood, with a mark under the place."""
    if not error.expression:
        return Message(escape(str(error)))
    example = "For example: <code>morocco -football</code>"
    return Message(f"{escape(str(error))}\n<pre>{escape(caret(error.expression, error))}</pre>\n{example}")


def would_have(preview: Preview) -> str:
    """What a topic would have told in the last days, and how much of it is to be expected."""
    if not preview.looked_at:
        return "No headline has come in yet; the first ones are on their way."
    span = days(preview)
    if not preview.newest:
        return f"Of the {preview.looked_at} headlines of {span} it would have caught none; new ones will come."
    return (
        f"It would have told you {stories(preview.caught)} of {span}{often(preview)}, the newest:\n"
        f"{row(preview.newest, date=True)}"
    )


def days(preview: Preview) -> str:
    """The time that was looked at."""
    return f"the last {preview.days} days" if preview.days > 1 else "the last day"


def stories(count: int) -> str:
    """A number of stories."""
    return "one story" if count == 1 else f"{count} stories"


def often(preview: Preview) -> str:
    """How many a day to expect; nothing where less than a day is known."""
    if preview.a_day is None or not preview.caught:
        return ""
    return f", about {preview.a_day:.0f} a day" if preview.a_day >= 1 else ", less than one a day"
