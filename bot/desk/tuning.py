"""Tuning: a wish that catches too much or too little, and the topics near it.

Here: what narrower and wider topics would have caught, and taking one of them in a wish's place.
Not here: which topics those are (news/suggestions), following and unfollowing as such (wishes).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.lists import Lists
from bot.desk.recent import previewed, recent
from bot.desk.wishes import Wishes
from bot.meaning.meanings import Meanings
from bot.news.answers import Caller, Direction, Doubt, Preview, Subscribed, Tunings
from bot.news.errors import LongGone
from bot.news.model import Headline, Subscription
from bot.news.said import said
from bot.news.suggestions import Suggestion, narrower, wider
from bot.news.topics import Topic, explain, nearly_everything, parse
from bot.news.topics_tree import FromSource, leaves
from bot.ports import Clock
from bot.store.headlines import Headlines

# What catches so much of so many headlines was hardly meant so.
NEARLY_ALL = 0.8
ENOUGH, LOOK_AT = 50, 200


class Tuning:
    """Looks at what wishes catch."""

    def __init__(self, headlines: Headlines, wishes: Wishes, lists: Lists, meanings: Meanings, clock: Clock) -> None:
        self._headlines = headlines
        self._wishes = wishes
        self._lists = lists
        self._meanings = meanings
        self._clock = clock

    async def doubt(self, expression: str) -> Doubt | None:
        """What to say of a topic before it is saved that would catch nearly everything, or nothing."""
        wanted = self._wishes.meant(expression)
        if wanted.name:
            return None
        topic = wanted.topic
        seen = (await recent(self._headlines, self._clock))[:LOOK_AT]
        preview = await previewed(topic, seen, self._meanings, self._clock.now())
        many = preview.looked_at >= ENOUGH and preview.caught >= NEARLY_ALL * preview.looked_at
        unknown = await self._unknown(topic, seen)
        if unknown or many or nearly_everything(topic):
            return Doubt(expression, explain(topic), preview, unknown)
        return None

    async def options(self, chat: int, ident: str, direction: Direction) -> Tunings:
        """The topics near one that the chat follows, and what each would have caught. Raises LongGone."""
        wish = await self._wishes.wish(chat, ident)
        seen = await recent(self._headlines, self._clock)
        offered = [(near, await self._previewed(near.expression, seen)) for near in self._near(wish, direction)]
        return Tunings(wish, direction, await self._previewed(wish.expression, seen), tuple(offered))

    async def take(self, caller: Caller, ident: str, direction: Direction, number: int) -> Subscribed:
        """Follow the topic of this number (from 1) instead; the old one then ends. Raises LongGone."""
        wish = await self._wishes.wish(caller.chat, ident)
        offered = self._near(wish, direction)
        if not 1 <= number <= len(offered):
            raise LongGone(said("That is no longer on offer; /topics shows what you follow."))
        return await self._wishes.replace(caller, ident, offered[number - 1].expression)

    async def _unknown(self, topic: Topic, seen: Sequence[Headline]) -> tuple[str, ...]:
        """The sources that a topic names and nobody watches; publishers bring headlines under names of their own."""
        named = dict.fromkeys(leaf.name for leaf in leaves(topic.root) if isinstance(leaf, FromSource))
        if not named:
            return ()
        known = {report.source.name.lower() for report in await self._lists.sources()}
        known |= {headline.source.lower() for headline in seen}
        return tuple(name for name in named if name not in known)

    async def _previewed(self, expression: str, seen: Sequence[Headline]) -> Preview:
        return await previewed(parse(expression), seen, self._meanings, self._clock.now())

    def _near(self, wish: Subscription, direction: Direction) -> tuple[Suggestion, ...]:
        suggest = narrower if direction is Direction.NARROWER else wider
        return suggest(parse(wish.expression), self._meanings.level)
