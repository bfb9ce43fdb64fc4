"""What a chat is told now of all that it is owed, and until when the rest is held. Owns what the choices of a chat do.

Here: pause, quiet hours, digest, a number of alerts a day, sources of which fewer are wanted, muted topics; and in
which form it is told what may be told now.
Not here: what can be chosen (preferences), in what order a digest is told (digest), how mail is held (store/outbox).

When a headline may be told follows from the instant since which it is owed, what the chat has chosen and the clock;
that is all that has to be known. So nothing is kept of what was held: whoever looks again, after a crash or because the
chat has chosen anew, comes to the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from bot.news.alerts import LONG_AGO, Alert, Form, Mailbox, Owed
from bot.news.chathours import last_at, next_at, quiet_until
from bot.news.chatzones import zone_of
from bot.news.growth import breaking, independent
from bot.news.model import Headline
from bot.news.preferences import Preferences

# What comes once a day, where the chat has no digest: after work, before anybody sleeps.
EVENING = time(20)
# One for each half hour of a waking day; who is told more often is asked once whether a digest would be better.
MANY_A_DAY = 30
# Several headlines of which one had to wait for so long are told as what waited, sorted.
WAITED = timedelta(minutes=10)
# What wakes a chat before it is due (store/lua/shelve.lua).
NOTHING, BREAKING, OTHERS = "-", "!", "*"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that is owed, and as what it is told."""

    owed: Owed
    alert: Alert


def waiting_of(owed: Sequence[Owed], known: Mapping[str, Headline]) -> list[Waiting]:
    """What is owed, as what it is told, with those who tell its story; without what is not known any more."""
    return [Waiting(each, _alert(each, known)) for each in owed if each.headline in known]


def _alert(owed: Owed, known: Mapping[str, Headline]) -> Alert:
    began = known.get(owed.story)
    tellings = began.tellings if began else ()
    return Alert(known[owed.headline], owed.shown, owed.topic, owed.name, owed.story, tellings)


@dataclass(frozen=True, slots=True)
class Share:
    """What is told now (`told`, in which form), what is not told at all (`dropped`), and the rest: held `until` then.

    `until` is None where nothing is left. `wakes` is what is looked at before that (store/lua/shelve.lua).
    """

    told: tuple[Waiting, ...]
    form: Form = Form.ALERT
    dropped: tuple[str, ...] = ()
    until: datetime | None = None
    wakes: str = NOTHING


@dataclass(frozen=True, slots=True)
class Hold:
    """A chat that is told what it is owed at `until`, or when something comes that wakes it."""

    chat: int
    until: datetime
    wakes: str


def share(mailbox: Mailbox, waiting: Sequence[Waiting], now: datetime) -> Share:
    """What of all that waits is told now."""
    if not holds(mailbox.preferences):
        return Share(tuple(waiting), _form(mailbox, waiting, now, gathered=False))
    rules = _Rules.of(mailbox, now)
    wanted = [each for each in waiting if not rules.is_unwanted(each.owed)]
    when = {each.owed.name: rules.release(each) for each in wanted}
    told = tuple(each for each in wanted if when[each.owed.name] <= now)
    held = [at for at in when.values() if at > now]
    return Share(
        told,
        _form(mailbox, told, now, gathered=any(rules.in_digest(each.owed) for each in told)),
        tuple(each.owed.name for each in waiting if each.owed.name not in when),
        min(held, default=None),
        rules.wakes(),
    )


def tells_at_once(chosen: Preferences, now: datetime) -> bool:
    """Whether nothing that the chat has chosen holds anything back at this instant."""
    paused = chosen.paused_until is not None and now < chosen.paused_until
    quiet = chosen.quiet and quiet_until(chosen.quiet, zone_of(chosen.zone), now)
    return not (paused or quiet or chosen.digest or chosen.most_a_day or chosen.fewer)


def holds(chosen: Preferences) -> bool:
    """Whether the chat has chosen anything by which something could be held; nearly none has."""
    return bool(
        chosen.quiet
        or chosen.digest
        or chosen.most_a_day
        or chosen.paused_until
        or chosen.muted
        or chosen.fewer
        or chosen.digest_asked
    )


def _form(mailbox: Mailbox, told: Sequence[Waiting], now: datetime, *, gathered: bool) -> Form:
    if gathered:
        return Form.DIGEST
    if len(told) > 1 and min(each.owed.at for each in told) <= now - WAITED:
        return Form.HELD
    chosen = mailbox.preferences
    lately = sum(now - at < timedelta(days=1) for at in mailbox.told_at)
    # Only in private chats: elsewhere everybody would be asked what one has to decide.
    asks = mailbox.chat > 0 and not chosen.most_a_day and not chosen.digest and lately + 1 >= MANY_A_DAY
    return Form.OFFER if asks else Form.ALERT


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a chat has chosen, as it is at an instant."""

    chosen: Preferences
    now: datetime
    is_paused: bool
    quiet_until: datetime | None
    is_full: bool

    @classmethod
    def of(cls, mailbox: Mailbox, now: datetime) -> Self:
        chosen = mailbox.preferences
        zone = zone_of(chosen.zone)
        told = sum(at >= last_at((EVENING,), zone, now) for at in mailbox.told_at) if chosen.most_a_day else 0
        return cls(
            chosen,
            now,
            is_paused=chosen.paused_until is not None and now < chosen.paused_until,
            quiet_until=quiet_until(chosen.quiet, zone, now) if chosen.quiet else None,
            is_full=bool(chosen.most_a_day) and told >= chosen.most_a_day,
        )

    def is_unwanted(self, owed: Owed) -> bool:
        """Whether it came by muted topics alone, or waits to be told again in a digest that is no longer wanted so."""
        if owed.told and not (self.chosen.digest and self.chosen.digest.again):
            return True
        muted = self.chosen.muted
        return bool(muted and owed.topics) and all(owed.at < muted.get(topic, LONG_AGO) for topic in owed.topics)

    def in_digest(self, owed: Owed) -> bool:
        """Whether it is told in a digest and not at once."""
        digest = self.chosen.digest
        gathered = digest is not None and (not digest.topics or digest.topics.issuperset(owed.topics))
        return gathered or owed.told or self._was_asked_for(owed)

    def release(self, waiting: Waiting) -> datetime:
        """From when on it may be told, as far as is known now."""
        chosen, owed, tellings = self.chosen, waiting.owed, waiting.alert.tellings
        if self._was_asked_for(owed):
            return LONG_AGO
        if self.is_paused and chosen.paused_until:
            return chosen.paused_until
        if self.in_digest(owed):
            release = self._together(owed)
        elif chosen.breaking and breaking(tellings, self.now):
            return LONG_AGO
        elif self.is_full or self._is_one_of_few(waiting):
            release = self._together(owed)
        else:
            release = LONG_AGO
        return max(release, self.quiet_until) if self.quiet_until else release

    def wakes(self) -> str:
        """What has to be looked at before the time has come."""
        digest = self.chosen.digest
        if self.is_paused or (digest and not digest.topics):
            return NOTHING
        if self.quiet_until or self.is_full:
            return BREAKING if self.chosen.breaking else NOTHING
        return ",".join([OTHERS, *sorted(digest.topics if digest else ()), ""])

    def _was_asked_for(self, owed: Owed) -> bool:
        return self.chosen.digest_asked is not None and owed.at <= self.chosen.digest_asked

    def _is_one_of_few(self, waiting: Waiting) -> bool:
        alone = len(independent(waiting.alert.tellings)) < 2
        return alone and waiting.alert.headline.source in self.chosen.fewer

    def _together(self, owed: Owed) -> datetime:
        """When what is not told at once comes: in the next digest, or in the evening."""
        times = self.chosen.digest.at if self.chosen.digest else (EVENING,)
        return next_at(times, zone_of(self.chosen.zone), owed.at)
