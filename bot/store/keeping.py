"""What a backup holds of every kind of key, and why not. Owns IN_BACKUP, a column of the table in docs/redis.md.

Here: the decision for each kind, in words.
Not here: reading it (backup), bringing it back (restore).

Held is what cannot be fetched again, or made anew from what is held. Secrets are never held.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.store import keys
from bot.store.keypatterns import KeyPattern

YES = "yes"
_FROM_HEADLINES = "made from the headlines"
_FROM_WISHES = "made from the wishes"
_IN_MAIL = "as what lies in each mailbox"
_SHORT = "no: it ends within minutes or hours"
_SAFE = "no: an announcement is not begun again days later"

# These are held as they are, key by key.
PLAIN = (
    keys.SOURCE_STATE,
    keys.SOURCES_ADDED,
    keys.SOURCES_PAUSED,
    keys.BROUGHT,
    keys.BY_URL,
    keys.HOURS,
    keys.LINK,
    keys.BLOCKED,
    keys.WORDS,
)
# These are held of each chat, as of one instant.
OF_CHATS = (keys.CHAT, keys.WISHES, keys.MAIL, keys.SENT, keys.TOLD, keys.KEPT, keys.MANAGES, keys.SHOWN)
_OTHERS = (
    (_FROM_HEADLINES, (keys.STORIES, keys.BY_TIME, keys.ROWS)),
    (
        _FROM_WISHES,
        (keys.TOPICS, keys.CHECKED, keys.CHANGES, keys.CHATS, keys.FEW, keys.TOPIC, keys.ROSTER, keys.VACANT),
    ),
    (_IN_MAIL, (keys.CASTS, keys.CAST, keys.WAITING, keys.DUE)),
    (
        _SHORT,
        (
            *(keys.OFFERED, keys.SOURCES_BUSY, keys.ASKED, keys.MOVED, keys.REST, keys.TRIES, keys.QUOTA),
            *(keys.PACE_BOT, keys.PACE_CHAT, keys.PACE_NEXT, keys.PACE_PAID, keys.PACE_QUICKEST),
            *(keys.PACE_HOLD, keys.PACE_HOLD_CHAT, keys.CONFIRMED, keys.RESTORING),
        ),
    ),
    (_SAFE, (keys.DRAFT, keys.ANNOUNCEMENT, keys.HERALD, keys.HEARS, keys.HEARD)),
    ("no: made anew", (keys.SOURCES_DUE, keys.SOURCES_VERSION, keys.SOURCES_HOSTS, keys.BELL, keys.PACE_COUNT)),
    ("no: it can be fetched again", (keys.ARTICLE,)),
    ("no: it holds secrets; hubs are asked anew", (keys.SOURCES_PUSHES,)),
    ("entries that nobody has finished with", (keys.STREAM,)),
    ("no: it was refused", (keys.REJECTED,)),
    ("in its first line", (keys.SCHEMA,)),
)

IN_BACKUP: Mapping[KeyPattern, str] = MappingProxyType(
    dict.fromkeys((*PLAIN, keys.HEADLINE, *OF_CHATS), YES)
    | {pattern: why for why, patterns in _OTHERS for pattern in patterns}
)
