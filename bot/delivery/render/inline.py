"""What people may put into any chat by typing our name there: cards of headlines and of topics.

Here: how a card looks in the choice and in the chat, and the button above the choice.
Not here: which headlines (desk), how Telegram is told (delivery/wire).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import TODAY, escape, is_web, tg_time
from bot.delivery.render.named import named, titled
from bot.delivery.render.pressing import laid_out, short
from bot.delivery.render.sharing import read_button
from bot.delivery.render.telling import sources_of
from bot.news.message import Button, Message
from bot.news.model import Headline
from bot.news.said import Tongue

LONGEST_TITLE, LONGEST_SOURCE = 250, 40
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Card:
    """One choice: its id, what the choice shows, and the message that it becomes."""

    id: str
    title: str
    description: str
    message: Message


@dataclass(frozen=True, slots=True)
class Above:
    """The button above the choice, which leads to the private chat with us: /start and the payload."""

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice: its cards, the button above them, and where the next ones begin (empty: there are none)."""

    cards: tuple[Card, ...] = ()
    above: Above | None = None
    further: str = ""


def headline_card(say: Tongue, headline: Headline, now: datetime, follow: str) -> Card:
    """A headline as an alert tells it; `follow` is the payload of the topic that it was found by, if there is one."""
    facts = [tg_time(headline.published_at, date=now - headline.published_at > TODAY)]
    facts += sources_of(say, headline.source, headline.tellings)
    text = f"<b>{titled(headline.title, headline.url, LONGEST_TITLE)}</b>\n{' · '.join(facts)}"
    buttons = (*read_button(say, headline), *_follow(say("Follow this topic"), follow))
    source = named(headline.source, LONGEST_SOURCE)
    about = " · ".join(part for part in (source, _ago(say, now - headline.published_at)) if part)
    preview = headline.url if is_web(headline.url) else ""
    title = fitted(headline.title, LONGEST_TITLE) or say("A headline")
    return Card(headline.id, title, about, Message(text, laid_out(buttons), preview))


def topic_card(say: Tongue, topic: str, payload: str) -> Card:
    """A topic that others may follow, too."""
    shown = escape(topic)
    text = say("I tell you what is new on “{topic}”, as soon as I see it.", topic=shown)
    title = say("Share the topic “{topic}”", topic=short(topic))
    follow = _follow(say("Follow “{topic}”", topic=short(topic)), payload)
    return Card(payload, title, say("Others can follow it with one tap."), Message(text, laid_out(follow)))


def follow_above(say: Tongue, topic: str, payload: str) -> Above:
    """Above what was found for a topic."""
    return Above(say("Follow “{topic}”", topic=short(topic)), payload)


def help_above(say: Tongue) -> Above:
    """Where what was typed is no topic."""
    return Above(say("How to write a topic"), "help")


def trouble_above(say: Tongue) -> Above:
    """Where the answer would have come too late, or there is none."""
    return Above(say("I am slow just now, try again"), "latest")


def _follow(label: str, payload: str) -> tuple[Button, ...]:
    return (Button(label, start=payload),) if payload else ()


def _ago(say: Tongue, span: timedelta) -> str:
    """How long ago, in words: what stands in the choice is plain text, and nobody's clock is known there."""
    minutes = max(int(span / timedelta(minutes=1)), 0)
    if minutes < 1:
        return say("just now")
    if span < _HOUR:
        return say.many("{n} minute ago", "{n} minutes ago", minutes)
    if span < TODAY:
        return say.many("{n} hour ago", "{n} hours ago", minutes // 60)
    return say.many("{n} day ago", "{n} days ago", max(round(span / timedelta(days=1)), 1))
