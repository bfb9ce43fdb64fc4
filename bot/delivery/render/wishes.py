"""What a chat follows, worded.

Here: the answers to /subscribe, /unsubscribe, /topics, and the offer of words as a topic.
Not here: what a topic means in words (news/topics), how much one would have told (previews).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape, isolated
from bot.delivery.render.pressing import laid_out, page_at, pressing, rows_of, saying, short, turning, way_out
from bot.delivery.render.previews import would_have
from bot.news.answers import Subscribed
from bot.news.errors import BadTopic
from bot.news.message import Button, Message
from bot.news.model import Subscription
from bot.news.said import Said, Tongue
from bot.news.topics import caret

# So many rows of the longest topics fit into one message.
TOPICS_A_PAGE = 10
# A ready topic may be longer than what a person may type.
LONGEST_SHOWN = 300
LONGEST_STORY = 60
# What was sent at once is shown by its beginning.
LONGEST_ASKED = 100


def subscribed(say: Tongue, done: Subscribed) -> Message:
    """The chat follows a topic: what it will be told, and what it would have been."""
    wish, name = done.subscription, escape(done.subscription.shown)
    if done.already:
        first = say("You already follow “{topic}”.", topic=name)
    elif done.replaced:
        first = say(
            "Done. From now on I tell you about “{topic}” instead of “{old}”.",
            topic=name,
            old=escape(done.replaced.shown),
        )
    else:
        first = say("Done. From now on I tell you about “{topic}”.", topic=name)
    # A ready topic's words in a dozen languages would tell a person nothing; its name does.
    meaning = "" if wish.name else say("That is: {meaning}", meaning=escape(say(done.meaning)))
    matches = pressing(say("Show matches"), "find", wish.words) if done.preview.caught else ()
    return Message(
        "\n\n".join(part for part in (first, meaning, would_have(say, done.preview)) if part),
        laid_out((*_undo(say, done), *matches), _tune(say, wish), pressing(say("All my topics"), "topics")),
    )


def _undo(say: Tongue, done: Subscribed) -> tuple[Button, ...]:
    wish = done.subscription
    if done.replaced:
        return pressing(say("Undo"), "instead", wish.topic, done.replaced.words)
    return pressing(say("Unsubscribe") if done.already else say("Undo"), "unsub", wish.topic)


def _tune(say: Tongue, wish: Subscription) -> tuple[Button, ...]:
    """What may be done with words of one's own that catch too much or too little."""
    if wish.name:
        return ()
    ways = ((say("👍 Keep"), "keep"), (say("− Narrower"), "narrower"), (say("+ Wider"), "wider"))
    return tuple(Button(label, f"{verb}:{wish.topic}") for label, verb in ways)


def unsubscribed(say: Tongue, gone: Subscription) -> Message:
    """The chat follows a topic no longer."""
    text = say("You no longer follow “{topic}”.", topic=escape(gone.shown))
    return Message(
        text,
        laid_out(
            (*pressing(say("Undo"), "follow", gone.words), *pressing(say("My topics"), "topics")),
            saying(say("More topics"), "/subscribe"),
        ),
    )


def topics(say: Tongue, followed: Sequence[Subscription], skip: int = 0, ended: Subscription | None = None) -> Message:
    """What the chat follows, as commands that can be sent again, with a button to end each.

    `ended` was just taken from the list; a button brings it back.
    """
    back = pressing(f"↩ {short(ended.shown)}", "back", skip, ended.words) if ended else ()
    if not followed:
        text = say("You follow no topic yet. Tap one of the ready ones, or send me any words.")
        latest = Button(say("Latest headlines"), "find:")
        more = (*saying(say("Topics to tap"), "/subscribe"), *saying(say("Help"), "/help"))
        return Message(text, laid_out(back, more, (latest,)))
    skip = page_at(skip, TOPICS_A_PAGE, len(followed))
    page = followed[skip : skip + TOPICS_A_PAGE]
    heading = say.many("You follow {n} topic", "You follow {n} topics", len(followed))
    lines = [f"{number}. {_as_command(wish)}" for number, wish in enumerate(page, skip + 1)]
    hint = say("Tap ✖ to end one, or send its number: /unsubscribe {number}", number=skip + 1)
    ends = [Button(f"✖ {short(wish.shown)}", f"drop:{wish.topic}:{skip}") for wish in page]
    return Message(
        f"<b>{heading}</b>\n\n" + "\n".join(lines) + f"\n\n{hint}",
        laid_out(
            *rows_of(ends, 2),
            back,
            turning(say, "topics", skip, TOPICS_A_PAGE, len(followed)),
            (*saying(say("More topics"), "/subscribe"), Button(say("Latest headlines"), "find:")),
        ),
    )


def _as_command(wish: Subscription) -> str:
    command = f"<code>/subscribe {escape(fitted(wish.words, LONGEST_SHOWN))}</code>"
    named = f" ({escape(isolated(fitted(wish.name, LONGEST_STORY)))})"
    return f"{command}{named}" if wish.is_story and wish.name else command


def which(say: Tongue, what: str, fitting: Sequence[Subscription]) -> Message:
    """Several topics fit what shall be ended, or none does."""
    shown = escape(fitted(what, LONGEST_SHOWN))
    if not fitting:
        text = say("You do not follow “{topic}”, so there is nothing to end.", topic=shown)
        found = (*pressing(say("My topics"), "topics"), *pressing(say("Search"), "find", what))
        return Message(text, laid_out(found, pressing(say("Follow"), "follow", what)))
    ends = [Button(f"✖ {short(wish.shown)}", f"unsub:{wish.topic}") for wish in fitting[:TOPICS_A_PAGE]]
    text = say("Several of your topics fit “{topic}”. Which one shall I end?", topic=shown)
    return Message(text, laid_out(*rows_of(ends, 2), pressing(say("All my topics"), "topics")))


def offer(say: Tongue, words: str, meaning: Said, name: str = "") -> Message:
    """Words without a command: what may be done with them; `name` where they are a ready topic's."""
    asked = say("What shall I do with “{words}”?", words=escape(name or words))
    means = "" if name else say("Following it means: {meaning}", meaning=escape(say(meaning)))
    return Message("\n\n".join(filter(None, (asked, means))), _may(say, name or words))


def key_words(say: Tongue, words: str) -> Message:
    """More was sent than one looks for: its key words, and what may be done with them."""
    shown = escape(fitted(words, LONGEST_ASKED))
    text = say("That is a lot at once. Shall I look for its key words, “{words}”?", words=shown)
    return Message(text, _may(say, words))


def _may(say: Tongue, words: str) -> tuple[tuple[Button, ...], ...]:
    return laid_out(
        (*pressing(say("Follow"), "follow", words), *pressing(say("Search"), "find", words)),
        (*pressing(say("My topics"), "topics"), *saying(say("Help"), "/help")),
    )


def misunderstood(say: Tongue, error: BadTopic, meant: str = "") -> Message:
    """A topic that could not be understood, with a mark under the place; `meant` is one that may have been meant."""
    wrong = escape(say(error.sentence))
    if error.expression:
        wrong = f"{wrong}\n<pre>{escape(caret(error.expression, error))}</pre>"
    if not meant:
        return Message(wrong, laid_out(saying(say("How to write a topic"), "/help topics"), *way_out(say)))
    question = say("Did you mean “{words}”?", words=escape(meant))
    return Message(
        f"{wrong}\n{question}",
        laid_out(
            (*pressing(say("Follow"), "follow", meant), *pressing(say("Search"), "find", meant)),
            saying(say("How to write a topic"), "/help topics"),
        ),
    )
