"""What a chat has chosen about how it is talked to. Owns Preferences.

Here: every choice with its default, as a value.
Not here: what is held back for its sake (news/holding), how it is kept (store/preferences), how it is asked (handlers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from bot.news.message import Style


@dataclass(frozen=True, slots=True)
class Quiet:
    """A part of each day in which a chat wants to hear nothing, on its own clock; it may go past midnight."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Digest:
    """News at some times of the day instead of at once, on the chat's own clock.

    `topics` are the ids of those that are gathered, all of them where none is named; the others alert at once. `again`:
    what was alerted to is told once more.
    """

    at: tuple[time, ...]
    topics: frozenset[str] = frozenset()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices of one chat; each has the value that a chat has which never chose.

    `told_lang` is the language of the app of who first spoke in the chat (in a private chat: speaks), `lang` the chosen
    one, both as ISO 639-1 codes. `zone` is an IANA name or an offset as in +05:30, empty where nobody was asked yet.
    `style` is how articles are written, None for what the operator chose. `most_a_day` is how many alerts, 0 for any
    number. `breaking`: breaking news come through quiet hours. `all_manage`: in a group everybody decides, not only
    admins. `announcements`: it hears those of whoever runs the bot. `paused_until` is when a pause
    ends. `muted` are topics, by id, with when each is heard again; `fewer` are
    sources of which fewer headlines are wanted. `threads` are the topics, by id, that have a forum thread of their own.
    `digest_asked` is when a digest was asked for at once: what was owed by then is told, whatever else was chosen.
    """

    told_lang: str = ""
    lang: str = ""
    zone: str = ""
    quiet: Quiet | None = None
    digest: Digest | None = None
    silent: bool = False
    previews: bool = True
    pictures: bool = True
    style: Style | None = None
    most_a_day: int = 0
    breaking: bool = True
    all_manage: bool = False
    announcements: bool = True
    paused_until: datetime | None = None
    muted: Mapping[str, datetime] = field(default_factory=dict)
    fewer: frozenset[str] = frozenset()
    digest_asked: datetime | None = None
    threads: Mapping[str, int] = field(default_factory=dict)

    @property
    def reads(self) -> str:
        """The language that the chat is spoken to in; empty where nobody has told one."""
        return self.lang or self.told_lang
