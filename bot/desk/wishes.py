"""Wishes: what a chat follows.

Here: subscribing and unsubscribing.
Not here: what a wish means (meant), who may wish in a group (handlers/admins), the topic language (news/topics).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.desk.meant import Meant, by_name, meant, tapped
from bot.desk.recent import asked_meanings, previewed, recent
from bot.meaning.meanings import Meanings
from bot.news.answers import Caller, Choice, Subscribed, Welcome
from bot.news.errors import BadTopic, LongGone
from bot.news.identity import topic_id
from bot.news.model import ReadyTopic, Subscription
from bot.news.said import said
from bot.news.stems import stem
from bot.news.text import words
from bot.news.topics import canonical, explain, following
from bot.news.topics_tree import OfStory
from bot.news.wanted import ready_key
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
        ready: Sequence[ReadyTopic],
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
        now = self._clock.now()
        await self._chats.meet(caller, now)
        followed = await self._chats.subscriptions(caller.chat)
        newest = await self._headlines.newest(1)
        return Welcome(self._choices(followed), newest[0] if newest else None, now, len(followed))

    async def choices(self, chat: int) -> tuple[Choice, ...]:
        """The ready topics, and which of them the chat follows."""
        return self._choices(await self._chats.subscriptions(chat))

    async def choose(self, caller: Caller, key: str, lang: str, *, follow: bool) -> Subscription | None:
        """Follow a ready topic, named in a language, or follow it no longer; choosing it again changes nothing.

        Gives the wish, where it is the first one of the chat. Raises LongGone.
        """
        wanted = next((tapped(ready, lang) for ready in self._ready if ready.key == key), None)
        if wanted is None:
            raise LongGone(said("That topic is no longer on offer; /start shows the ones that are."))
        if not follow:
            await self._chats.unsubscribe(caller.chat, wanted.id)
            return None
        wish, is_new = await self._follow(caller, wanted)
        return wish if is_new and len(await self._chats.subscriptions(caller.chat)) == 1 else None

    def is_ready(self, text: str) -> bool:
        """Whether a text is the name of a ready topic."""
        return by_name(text, self._ready) is not None

    def pictured(self, emoji: str) -> ReadyTopic | None:
        """The ready topic that pictures stand for: its own, or one that says the same."""
        shown = emoji.strip().replace("\ufe0f", "")
        for ready in self._ready:
            names = [name.replace("\ufe0f", "") for name in ready.names.values()]
            if any(name.startswith(f"{shown} ") for name in names):
                return ready
        return next((ready for ready in self._ready if ready.key == ready_key(shown)), None)

    async def follow_story(self, caller: Caller, story: str, *, follow: bool) -> None:
        """Hear of every development of a story, or of none any more. Raises LongGone."""
        expression = canonical(following(story))
        ident, known = topic_id(expression), (await self._headlines.get([story])).get(story)
        if not follow:
            await self._chats.unsubscribe(caller.chat, ident)
        elif known is None:
            raise LongGone(said("That story is long over; /latest shows what is new."))
        else:
            await self._end_old_stories(caller.chat)
            await self._follow(caller, Meant(following(story), ident, expression, known.title))

    async def _end_old_stories(self, chat: int) -> None:
        """Stories end, and nobody would unfollow a hundred of them one by one."""
        before = self._clock.now() - STORY_FOLLOWED
        for wish in await self._chats.subscriptions(chat):
            if wish.is_story and wish.since < before:
                await self._chats.unsubscribe(chat, wish.topic)

    def offer(self, words: str) -> Meant:
        """What following these words would mean. Raises BadTopic where they mean nothing."""
        wanted = meant(words, self._ready)
        asked_meanings(wanted.topic, self._meanings)
        return wanted

    async def subscribe(self, caller: Caller, expression: str) -> Subscribed:
        """Follow a topic from now on, and tell what it would have caught. Raises BadTopic, TooManySubscriptions."""
        wanted = await self._titled(meant(expression, self._ready))
        wish, new = await self._follow(caller, wanted)
        seen = await recent(self._headlines, self._clock)
        preview = await previewed(wanted.topic, seen, self._meanings, self._clock.now())
        return Subscribed(wish, explain(wanted.topic), not new, preview)

    async def replace(self, caller: Caller, ident: str, expression: str) -> Subscribed:
        """Follow another topic instead; the old one ends when the new one is followed. Raises LongGone, BadTopic."""
        before = await self.wish(caller.chat, ident)
        done = await self.subscribe(caller, expression)
        if done.subscription.topic != ident:
            await self.unfollow(caller.chat, ident)
        return replace(done, replaced=before)

    async def followed_as(self, chat: int, what: str, lang: str = "en") -> tuple[Subscription, ...]:
        """Which of its topics a chat means: by a number in topics(), a topic's words or name, or by a part of these.

        `lang` is the language of the chat, in which a word's form makes no difference.
        """
        followed = await self.topics(chat)
        if what.isdecimal() and 1 <= int(what) <= len(followed):
            return (followed[int(what) - 1],)
        try:
            ident = meant(what, self._ready).id
        except BadTopic:
            ident = ""
        asked = _stems(what, lang)
        named = [wish for wish in followed if _stems(wish.shown, lang) == asked]
        partly = [wish for wish in followed if asked and asked <= _stems(wish.shown, lang)]
        return tuple([wish for wish in followed if wish.topic == ident] or named or partly)

    async def unfollow(self, chat: int, ident: str) -> Subscription:
        """Follow the topic with this id no longer. Raises LongGone where the chat does not follow it."""
        gone = await self._chats.unsubscribe(chat, ident)
        if gone is None:
            raise not_followed()
        return gone

    async def wish(self, chat: int, ident: str) -> Subscription:
        """The chat's wish for the topic with this id. Raises LongGone where the chat does not follow it."""
        for wish in await self._chats.subscriptions(chat):
            if wish.topic == ident:
                return wish
        raise not_followed()

    async def topics(self, chat: int) -> tuple[Subscription, ...]:
        """What the chat follows, in the order in which it began to."""
        return tuple(sorted(await self._chats.subscriptions(chat), key=lambda wish: (wish.since, wish.topic)))

    def meant(self, text: str) -> Meant:
        """What a text means: a ready topic by its name, or an expression. Raises BadTopic."""
        return meant(text, self._ready)

    async def _titled(self, wanted: Meant) -> Meant:
        """A story by the title of the headline that began it, as far as that is known."""
        story = wanted.topic.root
        if not isinstance(story, OfStory):
            return wanted
        known = (await self._headlines.get([story.id])).get(story.id)
        return replace(wanted, name=known.title) if known else wanted

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


def _stems(text: str, lang: str) -> set[str]:
    return {stem(word, lang) for word in words(text)}


def not_followed() -> LongGone:
    """The chat does not follow what was to be ended or changed."""
    return LongGone(said("This chat does not follow that topic; /topics shows what it follows."))
