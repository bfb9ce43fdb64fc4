"""The headlines of the last days that satisfy a topic.

Here: understanding what a person typed as a topic, and looking through recent headlines with it.
Not here: the topic language (news/topics), what matches (news/matcher).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from bot.meaning.meanings import INSTALL, Meanings
from bot.news.answers import Preview
from bot.news.errors import BadTopic, UserError
from bot.news.evidence import Around
from bot.news.growth import independent
from bot.news.languages import with_language
from bot.news.matcher import Matcher
from bot.news.model import Headline
from bot.news.said import said
from bot.news.topics import Topic, parse
from bot.news.topics_tree import Meaning, leaves
from bot.ports import Clock
from bot.store.headlines import Headlines

# How far a search looks back: enough to judge a topic by, little enough to answer within the blink of an eye.
LOOK_BACK = timedelta(days=7)
LOOK_AT = 1000
# In UTF-16 units, as Telegram counts. What is longer was pasted by mistake, and ten such rows still fit a message.
LONGEST_TOPIC = 200
# The event loop is given back after so many headlines, so that other people's questions are not kept waiting.
AT_ONCE = 10


def understood(text: str) -> Topic:
    """The topic that `text` means. Raises BadTopic, of too long a text without place and text."""
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST_TOPIC:
        raise BadTopic(
            said(
                "A topic may have {most} characters; this one has {n}. Try its key words.", most=LONGEST_TOPIC, n=length
            )
        )
    return parse(text)


async def recent(headlines: Headlines, clock: Clock) -> list[Headline]:
    """The newest headlines of the last days, newest first, as many as we look at; each knows who tells its story."""
    found = await headlines.recent(clock.now() - LOOK_BACK, LOOK_AT)
    tellings = {headline.id: headline.tellings for headline in found}
    return [replace(each, tellings=tellings.get(each.story, each.tellings)) for each in found]


def asked_meanings(topic: Topic, meanings: Meanings) -> frozenset[Meaning]:
    """The meanings that the topic asks for. Raises UserError where it asks for some and this bot knows none."""
    asked = frozenset(leaf for leaf in leaves(topic.root) if isinstance(leaf, Meaning))
    if asked and not meanings.installed:
        raise UserError(
            said(
                "This bot knows words but not meanings, so it cannot look for ~ yet; without the ~ it looks for the "
                "words. Its operator can change that: {install}",
                install=INSTALL,
            )
        )
    return asked


async def surroundings(topic: Topic, headlines: Sequence[Headline], meanings: Meanings) -> list[Around]:
    """What the topic asks of each headline beside itself. Raises UserError as asked_meanings does."""
    return await _around(headlines, asked_meanings(topic, meanings), meanings)


async def _around(headlines: Sequence[Headline], asked: Set[Meaning], meanings: Meanings) -> list[Around]:
    held = await meanings.asked().held([headline.title for headline in headlines], asked)
    return [
        Around(headline.story or headline.id, max(len(independent(headline.tellings)), 1), its)
        for headline, its in zip(headlines, held, strict=True)
    ]


async def matching(topic: Topic, headlines: Sequence[Headline], meanings: Meanings) -> list[Headline]:
    """Those of `headlines` that satisfy the topic, in the same order. Raises UserError as asked_meanings does."""
    asked_meanings(topic, meanings)
    satisfied = await topics_of(headlines, {"": topic}, meanings)
    return [headline for headline, topics in zip(headlines, satisfied, strict=True) if topics]


async def topics_of(
    headlines: Sequence[Headline], topics: Mapping[str, Topic], meanings: Meanings
) -> list[frozenset[str]]:
    """Which of the topics, by their ids, each of the headlines satisfies."""
    matcher = Matcher()
    for ident, topic in topics.items():
        matcher.add(ident, topic)
    found: list[frozenset[str]] = []
    for start in range(0, len(headlines), AT_ONCE):
        read = [with_language(headline) for headline in headlines[start : start + AT_ONCE]]
        await meanings.dictionaries.know_words_of(read)
        around = await _around(read, matcher.meanings, meanings)
        found += [frozenset(matcher.match(*each)) for each in zip(read, around, strict=True)]
        await asyncio.sleep(0)
    return found


async def previewed(topic: Topic, seen: Sequence[Headline], meanings: Meanings, now: datetime) -> Preview:
    """What a topic would have told of the headlines seen. Raises UserError as asked_meanings does."""
    caught = told_once(await matching(topic, seen, meanings))
    span = now - seen[-1].published_at if seen else timedelta()
    return Preview(len(caught), len(seen), span, caught[0] if caught else None)


def told_once(caught: Sequence[Headline]) -> list[Headline]:
    """One row for each story: the headline that began it where it is among those caught, else the newest."""
    rows: dict[str, Headline] = {}
    for headline in caught:
        story = headline.story or headline.id
        if story not in rows or headline.id == story:
            rows[story] = headline
    return list(rows.values())
