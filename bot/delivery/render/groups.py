"""What is said about groups and channels: to those who are in them, and to who manages them.

Here: the introduction, being back, who may decide, a chat that does not let us write, managing one from a private chat.
Not here: forum threads (threads), topics to tap (welcome), what a chat follows (wishes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, pressing, rows_of, short
from bot.delivery.render.welcome import choices
from bot.news.answers import Caller, Choice
from bot.news.message import Button, Message
from bot.news.model import ChatKind, Subscription
from bot.news.said import Said, Tongue, said
from bot.news.verdicts import Shut

LONGEST_TITLE = 100
# So many topics are named when we come back; more would be a list that nobody asked for.
MOST_NAMED = 5
# The verb of the button that leads back; its data tell which chat a message is about.
OWN = "own"
Rows = tuple[tuple[Button, ...], ...]


def introduction(say: Tongue, offered: Sequence[Choice], name: str, link: str) -> Message:
    """What a group sees that we have not been in before; `name` is ours, `link` leads to managing it in private."""
    subscribe, latest = f"<code>/subscribe@{escape(name)} climate</code>", f"<code>/latest@{escape(name)}</code>"
    text = say(
        "Hello, I watch the latest news and tell this group at once about the topics that its admins choose: tap some, "
        "or send {subscribe}. Everybody can ask me: with {latest}, by my name in a message, or by a reply to me.",
        subscribe=subscribe,
        latest=latest,
    )
    return Message(text, (*choices(say, offered), *_in_private(say, link)))


def back(say: Tongue, followed: Sequence[Subscription]) -> Message:
    """A group that had removed us has added us again, and its topics are still there."""
    if not followed:
        return Message(say("I am back."), laid_out(_topics(say)))
    names = [f"“{escape(short(wish.shown))}”" for wish in followed[:MOST_NAMED]]
    shown = ", ".join(names) + (" …" if len(followed) > MOST_NAMED else "")
    return Message(say("I am back, and still tell you about {topics}.", topics=shown), laid_out(_topics(say)))


def is_in(say: Tongue, chat: Caller, offered: Sequence[Choice], *, may_post: bool = True) -> Message:
    """To who added us to a channel, or turned to one: what shall be posted there?"""
    title = titled(say, chat)
    if not may_post:
        trouble = say("I am in {title}, but I may not post there yet: give me that right.", title=title)
        return Message(f"{trouble}\n\n{_asks(say)}", choices(say, offered))
    if chat.kind is ChatKind.CHANNEL:
        text = say("I am in {title}: what shall I post there?", title=title)
    else:
        text = say("I am in {title}: what shall I tell there?", title=title)
    return Message(f"{text} {_asks(say)}", choices(say, offered))


def _asks(say: Tongue) -> str:
    return say("Tap topics, or send me any words.")


def managed(say: Tongue, chat: Caller, message: Message) -> Message:
    """An answer in a private chat that is about another chat: it says so, and leads back."""
    head = say("⚙️ You are managing {title}.", title=titled(say, chat))
    return replace(message, html=f"{head}\n\n{message.html}", buttons=managed_rows(say, chat.chat, message.buttons))


def managed_rows(say: Tongue, chat: int, rows: Rows) -> Rows:
    """The buttons under such an answer."""
    return (*rows, (Button(say("‹ My own chat"), f"{OWN}:{chat}"),))


def own_again(say: Tongue) -> Message:
    """What is typed in a private chat is for that chat again."""
    rows = laid_out((*_topics(say), Button(say("My channels"), "channels")))
    return Message(say("This is about your own chat with me again."), rows)


def channels(say: Tongue, mine: Sequence[Caller], name: str) -> Message:
    """The groups and channels that somebody manages from their private chat; `name` is ours."""
    text = (
        say("<b>Your channels and groups</b>\nWhich one shall we look after?")
        if mine
        else say("Add me to a channel or a group of yours; then you choose here what I tell there.")
    )
    chosen = [Button(short(chat.title or say("Without a title")), f"manage:{chat.chat}") for chat in mine]
    link = f"https://t.me/{name}"
    adding = (
        Button(say("+ Channel"), url=f"{link}?startchannel&admin=post_messages+edit_messages"),
        Button(say("+ Group"), url=f"{link}?startgroup=hello"),
    )
    return Message(text, laid_out(*rows_of(chosen, 1), adding))


def only_in_private(say: Tongue, link: str) -> Message:
    """Somebody asked in a group for what is done in private."""
    return Message(say("That we do in a private chat, where nobody is disturbed."), _in_private(say, link))


def titled(say: Tongue, chat: Caller) -> str:
    """What a group or channel is called, as HTML."""
    return f"<b>{escape(fitted(chat.title, LONGEST_TITLE))}</b>" if chat.title else say("a chat of yours")


def shut_out(say: Tongue, title: str, shut: Shut) -> Message:
    """A group or channel does not let us write; said to one of its admins."""
    where = f"<b>{escape(fitted(title, LONGEST_TITLE))}</b>" if title else say("a chat of yours")
    if shut is Shut.THREAD:
        text = say(
            "I have news for {where}, but its General topic is closed, and there I write. Open it and send me /topics "
            "there, and what is waiting comes at once; otherwise I try again each day.",
            where=where,
        )
    else:
        text = say(
            "I have news for {where}, but I am not allowed to send messages there. Allow me to, in a channel as an "
            "admin who may post, and what is waiting comes at once; otherwise I try again each day.",
            where=where,
        )
    meant_so = say("If it is meant so, remove me from there, and I am quiet.")
    return Message(f"{text} {meant_so}")


def admins_only() -> Said:
    """Somebody who may not change a group's topics tried to."""
    return said(
        "In groups and channels the admins choose; in a private chat with me you can follow and read what you like."
    )


def nobody_knows() -> Said:
    """Telegram does not say who the admins are."""
    return said("Telegram does not tell me just now who the admins are. Please try again in a moment.")


def not_yours(title: str) -> Said:
    """Somebody turned to a group or channel of which they are no admin, or in which we are not."""
    if title:
        return said("In {title} you may not decide, so this is about your own chat with me.", title=title)
    return said("I am not in that chat, or you may not decide there. /channels shows which ones you manage.")


def _topics(say: Tongue) -> tuple[Button, ...]:
    return pressing(say("My topics"), "topics")


def _in_private(say: Tongue, link: str) -> Rows:
    return ((Button(say("⚙️ In private"), url=link),),)
