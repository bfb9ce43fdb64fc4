"""What waits for a chat by its own wish, and what is to be told less.

Here: having what waits at once, pausing and muting, and looking at a digest and an alert that stand in the chat.
Not here: what is held (news/holding), choices that have a value to set (preferences, news/setting).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.desk.preferences import Choosing
from bot.desk.recent import recent, told_once, topics_of
from bot.meaning.meanings import Meanings
from bot.news.alerts import Alert, Form, Owed
from bot.news.answers import Caller
from bot.news.chathours import next_at
from bot.news.chatzones import zone_of
from bot.news.digest import in_sections
from bot.news.errors import BadTopic, NoSuchHeadline, UserError
from bot.news.holding import Waiting, tells_at_once, waiting_of
from bot.news.identity import owed_as
from bot.news.model import Headline, ReadyTopic, Subscription
from bot.news.preferences import Preferences
from bot.news.said import said
from bot.news.topics import Topic, parse
from bot.news.topics_plain import plain
from bot.ports import Clock
from bot.store.chats import Chats
from bot.store.headlines import Headlines
from bot.store.holds import Holds

# A digest that is asked for where nothing waits tells of so long.
A_DAY = timedelta(days=1)
# "Today" ends when people sleep: at five in the morning, and not within the next hours.
NEW_DAY, A_NIGHT = time(5), timedelta(hours=6)
# "Until tomorrow" ends when most are up; who says so in the small hours means the morning to come.
MORNING, NOT_YET = time(7), timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Told:
    """What a message of ours tells, in its order, and in which form."""

    alerts: tuple[Alert, ...]
    form: Form
    now: datetime


class Held:
    """Looks after everything that is told later, or not at all."""

    def __init__(
        self,
        headlines: Headlines,
        chats: Chats,
        holds: Holds,
        preferences: Choosing,
        meanings: Meanings,
        ready: Sequence[ReadyTopic],
        clock: Clock,
    ) -> None:
        self._headlines = headlines
        self._chats = chats
        self._holds = holds
        self._preferences = preferences
        self._meanings = meanings
        self._ready = ready
        self._clock = clock

    def now(self) -> datetime:
        """The instant, for what is said of times."""
        return self._clock.now()

    async def waiting(self, chat: int) -> int:
        """How many headlines wait for the chat."""
        return await self._holds.waiting(chat)

    async def bring(self, caller: Caller) -> int:
        """Have what waits told now; how many headlines that are."""
        waiting = await self._holds.waiting(caller.chat)
        if waiting:
            now = self._clock.now()
            await self._preferences.change(caller, lambda chosen: replace(chosen, digest_asked=now))
        return waiting

    async def lately(self, chat: int) -> Told:
        """The stories of the last day that satisfy the chat's topics, as a digest tells them; told before or not."""
        now, wishes = self._clock.now(), await self._chats.subscriptions(chat)
        seen = [each for each in await recent(self._headlines, self._clock) if now - each.published_at < A_DAY]
        topics = {wish.topic: topic for wish in wishes if (topic := self._topic(wish.expression))}
        satisfied = dict(zip((each.id for each in seen), await topics_of(seen, topics, self._meanings), strict=True))
        caught = told_once([headline for headline in seen if satisfied[headline.id]])
        waiting = [_waiting(headline, wishes, satisfied[headline.id], now) for headline in caught]
        return Told(in_sections(waiting, now), Form.DIGEST, now)

    async def told(self, chat: int, message_id: int) -> Told:
        """What a message of ours tells. Raises NoSuchHeadline where that is not known any more."""
        form, owed = await self._holds.message(chat, message_id)
        wanted = dict.fromkeys(ident for each in owed for ident in (each.headline, each.story))
        known = await self._headlines.for_alerts(list(wanted)) if wanted else {}
        alerts = tuple(each.alert for each in waiting_of(owed, known))
        if not alerts:
            raise NoSuchHeadline(said("That message is too old; /latest shows what is new."))
        return Told(alerts, form, self._clock.now())

    async def source(self, headline: str) -> str:
        """The source of a headline. Raises NoSuchHeadline."""
        found = (await self._headlines.get([headline])).get(headline)
        if found is None or not found.source:
            raise NoSuchHeadline(said("That message is too old; /latest shows what is new."))
        return found.source

    async def pause(self, caller: Caller, span: timedelta | None) -> Preferences:
        """Tell the chat nothing for so long; None: until tomorrow morning."""
        now = self._clock.now()

        def paused(chosen: Preferences) -> Preferences:
            tomorrow = next_at((MORNING,), zone_of(chosen.zone), now + NOT_YET)
            return replace(chosen, paused_until=tomorrow if span is None else now + span)

        return await self._preferences.change(caller, paused)

    async def resume(self, caller: Caller) -> bool:
        """End the pause; False if there was none."""
        before = await self._preferences.of(caller.chat)
        await self._preferences.change(caller, lambda chosen: replace(chosen, paused_until=None))
        return before.paused_until is not None and self._clock.now() < before.paused_until

    async def is_coming(self, chat: int) -> bool:
        """Whether what waits for the chat is just coming: nothing that it has chosen holds it any more."""
        return tells_at_once(await self._preferences.of(chat), self._clock.now())

    async def mute(self, caller: Caller, topic: str, *, on: bool = True) -> Subscription:
        """Tell what the topic brings neither today nor later, or (not `on`) tell it again. Raises UserError."""
        wish = next((each for each in await self._chats.subscriptions(caller.chat) if each.topic == topic), None)
        if wish is None:
            raise UserError(said("This chat does not follow that topic; /topics shows what it follows."))
        now = self._clock.now()

        def muted(chosen: Preferences) -> Preferences:
            others = {each: until for each, until in chosen.muted.items() if until > now and each != topic}
            until = next_at((NEW_DAY,), zone_of(chosen.zone), now + A_NIGHT)
            return replace(chosen, muted={**others, topic: until} if on else others)

        await self._preferences.change(caller, muted)
        return wish

    async def want_fewer(self, caller: Caller, source: str, *, on: bool = True) -> Preferences:
        """Tell fewer headlines of a source, or (not `on`) as many as of others."""
        return await self._preferences.change(
            caller, lambda chosen: replace(chosen, fewer=chosen.fewer | {source} if on else chosen.fewer - {source})
        )

    def muted(self, chosen: Preferences) -> frozenset[str]:
        """The topics that are muted now, by their ids."""
        return frozenset(topic for topic, until in chosen.muted.items() if until > self._clock.now())

    def _ready_topic(self, wish: str) -> Topic | None:
        return next((ready.topic for ready in self._ready if ready.wish == wish), None)

    def _topic(self, expression: str) -> Topic | None:
        try:
            return self._ready_topic(expression) or plain(expression) or parse(expression)
        except BadTopic:  # written by another version
            return None


def _waiting(headline: Headline, wishes: Sequence[Subscription], satisfied: frozenset[str], now: datetime) -> Waiting:
    """A headline as it would have been owed."""
    [wish, *others] = [wish for wish in wishes if wish.topic in satisfied]
    name = owed_as(headline.id, headline.story or headline.id)
    owed = Owed(name, wish.topic, wish.shown, tuple(each.topic for each in others), at=now)
    return Waiting(owed, Alert(headline, wish.shown, wish.topic, name, owed.story, headline.tellings))
