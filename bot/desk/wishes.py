"""Wishes: what a chat follows.

Here: subscribing and unsubscribing.
Not here: what a wish means (meant), who may wish in a group (handlers/admins), the topic language (news/topics).
"""

from __future__ import annotations

from datetime import timedelta

from bot.desk.meant import Meant, meant, tapped
from bot.desk.recent import asked_meanings, previewed, recent
from bot.meaning.meanings import Meanings
from bot.news.answers import Caller, Choice, Subscribed, Welcome
from bot.news.errors import BadTopic, UserError
from bot.news.identity import topic_id
from bot.news.model import ReadyTopic, Subscription
from bot.news.said import Said, said
from bot.news.topics import canonical, explain, following
from bot.ports import Clock
from bot.store.chats import Chats
from bot.store.headlines import Headlines
from bot.store.topics import Topics

# Nobody who follows more reads what comes of it, and a flood of wishes would be someone's mischief.
MOST_TOPICS = 100
# A followed story is given up after so long, when the chat follows a newer one.
STORY_FOLLOWED = timedelta(days=30)


class Wishes:
    """Keeps what chats want to hear about."""

    def __init__(
        self,
        headlines: Headlines,
        chats: Chats,
        topics: Topics,
        meanings: Meanings,
        ready: tuple[ReadyTopic, ...],
        clock: Clock,
    ) -> None:
        self._headlines = headlines
        self._chats = chats
        self._topics = topics
        self._meanings = meanings
        self._ready = ready
        self._clock = clock

    async def welcome(self, caller: Caller) -> Welcome:
        """Meet the chat, and say what it may tap; wishes of a chat that had gone come back."""
        await self._chats.meet(caller, self._clock.now())
        followed = await self._chats.subscriptions(caller.chat)
        newest = await self._headlines.newest(1)
        return Welcome(self._choices(followed), newest[0] if newest else None, len(followed))

    async def choices(self, chat: int) -> tuple[Choice, ...]:
        """The ready topics, and which of them the chat follows."""
        return self._choices(await self._chats.subscriptions(chat))

    async def choose(self, caller: Caller, key: str, *, follow: bool) -> None:
        """Follow a ready topic, or follow it no longer; choosing it again changes nothing."""
        wanted = next((tapped(ready, caller.lang) for ready in self._ready if ready.key == key), None)
        if wanted is None:
            raise UserError("That topic is no longer on offer; /start shows the ones that are.")
        if follow:
            await self._follow(caller, wanted)
        else:
            await self._chats.unsubscribe(caller.chat, wanted.id)

    async def follow_story(self, caller: Caller, story: str, *, follow: bool) -> None:
        """Hear of every development of a story, or of none any more. Raises UserError where it is long gone."""
        expression = canonical(following(story))
        ident, known = topic_id(expression), (await self._headlines.get([story])).get(story)
        if not follow:
            await self._chats.unsubscribe(caller.chat, ident)
        elif known is None:
            raise UserError("That story is long over; /latest shows what is new.")
        else:
            await self._end_old_stories(caller.chat)
            await self._follow(caller, Meant(following(story), ident, expression, known.title))

    async def _end_old_stories(self, chat: int) -> None:
        """Stories end, and nobody would unfollow a hundred of them one by one."""
        before = self._clock.now() - STORY_FOLLOWED
        for wish in await self._chats.subscriptions(chat):
            if wish.is_story and wish.since < before:
                await self._chats.unsubscribe(chat, wish.topic)

    def offer(self, words: str) -> Said:
        """What following these words would mean, in plain words. Raises BadTopic where they mean nothing."""
        wanted = meant(words, self._ready)
        asked_meanings(wanted.topic, self._meanings)
        return said("the topic “{name}”", name=wanted.name) if wanted.name else explain(wanted.topic)

    async def subscribe(self, caller: Caller, expression: str) -> Subscribed:
        """Follow a topic from now on, and tell what it would have caught. Raises BadTopic, TooManySubscriptions."""
        wanted = meant(expression, self._ready)
        wish, new = await self._follow(caller, wanted)
        seen = await recent(self._headlines, self._clock)
        preview = await previewed(wanted.topic, seen, self._meanings, self._clock.now())
        return Subscribed(wish, explain(wanted.topic), not new, preview)

    async def unsubscribe(self, chat: int, what: str) -> Subscription:
        """Follow a topic no longer: by its number in topics(), or its text. Raises UserError where it is none."""
        followed = await self.topics(chat)
        if what.isdecimal() and 1 <= int(what) <= len(followed):
            return await self.unfollow(chat, followed[int(what) - 1].topic)
        try:
            return await self.unfollow(chat, meant(what, self._ready).id)
        except BadTopic:
            raise _not_followed() from None

    async def unfollow(self, chat: int, ident: str) -> Subscription:
        """Follow the topic with this id no longer. Raises UserError where the chat does not follow it."""
        gone = await self._chats.unsubscribe(chat, ident)
        if gone is None:
            raise _not_followed()
        return gone

    async def wish(self, chat: int, ident: str) -> Subscription:
        """The chat's wish for the topic with this id. Raises UserError where the chat does not follow it."""
        for wish in await self._chats.subscriptions(chat):
            if wish.topic == ident:
                return wish
        raise _not_followed()

    async def topics(self, chat: int) -> tuple[Subscription, ...]:
        """What the chat follows, in the order in which it began to."""
        return tuple(sorted(await self._chats.subscriptions(chat), key=lambda wish: (wish.since, wish.topic)))

    def meant(self, text: str) -> Meant:
        """What a text means: a ready topic by its name, or an expression. Raises BadTopic."""
        return meant(text, self._ready)

    async def _follow(self, caller: Caller, wanted: Meant) -> tuple[Subscription, bool]:
        """The topic is known to the alerter before the chat wants it: between the two, nothing can be missed."""
        asked_meanings(wanted.topic, self._meanings)
        now = self._clock.now()
        await self._chats.meet(caller, now)
        wish = Subscription(caller.chat, wanted.id, wanted.expression, now, wanted.name)
        await self._topics.register(wish.topic, wish.expression, now)
        return wish, await self._chats.subscribe(wish, MOST_TOPICS)

    def _choices(self, followed: list[Subscription]) -> tuple[Choice, ...]:
        ids = {wish.topic for wish in followed}
        return tuple(Choice(ready, topic_id(ready.wish) in ids) for ready in self._ready)


def _not_followed() -> UserError:
    return UserError("This chat does not follow that topic; /topics shows what it follows.")
