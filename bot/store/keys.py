"""The name of every key in Redis. Owns KEYS, the table that docs/redis.md shows to people.

Here: patterns with type, owner and lifetime, and one function per key.
Not here: what stands in a key (codec, and the owner that the table names).

What stands in braces decides a key's hash slot. A script may touch one slot only, so everything of a chat
bears the tag of its shard, and everything of the stream bears the tag `{news:latest}`, which lies in the
same slot as the stream's own name.
"""

from __future__ import annotations

from hashlib import sha1

from bot.store.keypatterns import KeyPattern

SHARDS = 64

STREAM = KeyPattern(
    "news:latest", "stream", "headlines", "stream.days and stream.length", "the latest-news stream; see CONTRACT"
)
REJECTED = KeyPattern(
    "news:rejected", "stream", "headlines", "the newest 1,000", "malformed entries of the stream, each with the reason"
)
HEADLINE = KeyPattern(
    "{news:latest}:headline:<headline>",
    "hash",
    "headlines",
    "stream.known_days after it was last seen",
    "one headline, and the stream entries that introduced it and gave it its title",
)
BROUGHT = KeyPattern(
    "{news:latest}:brought:<headline>",
    "set",
    "headlines",
    "2 days",
    "the topics that brought a story, by its first headline",
)
STORIES = KeyPattern(
    "{news:latest}:stories", "stream", "stories", "the newest 100,000", "which headline tells which story, as decided"
)
BY_TIME = KeyPattern(
    "{news:latest}:by_time", "zset", "headlines", "stream.days and stream.length", "headline ids by published_at"
)
ROWS = KeyPattern("{news:latest}:rows", "zset", "headlines", "as by_time", "the same, of each story the first one only")
BY_URL = KeyPattern(
    "{news:latest}:url:<headline>",
    "string",
    "headlines",
    "stream.known_days after it was last seen",
    "the id of a headline whose publisher chose it, by the id that its URL would give",
)
TOPICS = KeyPattern(
    "{topics}:expressions", "hash", "topics", "while a chat wants it", "topic id -> expression or ready:key"
)
CHECKED = KeyPattern(
    "{topics}:checked", "zset", "topics", "while a chat wants it", "topic ids by when each was last known to be wanted"
)
CHANGES = KeyPattern(
    "{topics}:changes", "stream", "topics", "the newest 100,000", "topics that came or went, for indexes to follow"
)
SOURCES_DUE = KeyPattern("{sources}:due", "zset", "sources", "while it is watched", "source names by when to ask next")
SOURCE_STATE = KeyPattern(
    "{sources}:state:<name>", "hash", "sources", "30 days after it was last watched", "how a source's last polls went"
)
SOURCES_ADDED = KeyPattern(
    "{sources}:added", "hash", "sources", "until removed", "sources added while running: name -> JSON"
)
OFFERED = KeyPattern("{sources}:offered:<offer>", "string", "offers", "1 day", "a source that was found, as JSON")
SOURCES_PAUSED = KeyPattern("{sources}:paused", "set", "sources", "until asked again", "sources that are not asked")
SOURCES_VERSION = KeyPattern(
    "{sources}:version", "string", "sources", "for ever", "how often the sources that were added have changed"
)
SOURCES_HOSTS = KeyPattern(
    "{sources}:hosts", "hash", "sources", "while it is watched", "source name -> the host that is asked for it"
)
SOURCES_BUSY = KeyPattern(
    "{sources}:busy", "zset", "sources", "until it may be asked", "hosts by when they may be asked again"
)
SOURCES_PUSHES = KeyPattern(
    "{sources}:pushes",
    "hash",
    "pushes",
    "until unsubscribed",
    "source name -> its subscription to its hub: JSON",
)
CHATS = KeyPattern("{sNN}:chats", "set", "chats", "for ever", "the shard's chats that can be written to")
CHAT = KeyPattern(
    "{sNN}:chat:<chat>",
    "hash",
    "chats",
    "until /stop; 30 days when gone",
    "kind, title, language, since, number in the shard, choices; gone and why; paused, and when an admin "
    "was warned; held: what wakes it before it is due; offered: when it was asked whether it wants a digest",
)
WISHES = KeyPattern(
    "{sNN}:wishes:<chat>",
    "hash",
    "chats",
    "until unsubscribed; 30 days when gone",
    "topic id -> instant, name if it was tapped, expression",
)
FEW = KeyPattern(
    "{sNN}:few:<bucket>",
    "hash",
    "chats",
    "while a chat wants it",
    "topic id -> the numbers of the shard's chats to alert, 3 bytes each, where they are 20 at the most",
)
TOPIC = KeyPattern(
    "{sNN}:topic:<topic>",
    "set or string",
    "chats",
    "while a chat wants it",
    "the same for more: a set of numbers, a bitmap from 513 on",
)
ROSTER = KeyPattern("{sNN}:roster", "string", "chats", "for ever", "number -> chat, 8 bytes each; 0 is vacant")
VACANT = KeyPattern("{sNN}:vacant", "set", "chats", "until given again", "numbers that no chat has now")
SHOWN = KeyPattern("{sNN}:shown:<chat>", "string", "chats", "1 day", "the rows of the last list shown")
KEPT = KeyPattern(
    "{sNN}:kept:<chat>",
    "zset",
    "kept",
    "7 days, the newest 100",
    "what long buttons are to do: their id, by when shown",
)
ASKED = KeyPattern(
    "{sNN}:asked:<chat>",
    "string",
    "asked",
    "a day; 10 minutes where hours are asked for",
    "what the chat was asked last and may answer in words: where it is, or which hours",
)
TOLD = KeyPattern(
    "{sNN}:told:<chat>",
    "zset",
    "chats",
    "30 days, the newest 100",
    "what a message told, and how: named as in mail, each with its topic, or headlines of a list; by message",
)
MANAGES = KeyPattern(
    "{sNN}:manages:<chat>",
    "zset",
    "managed",
    "a year from its last use, or until /stop; 30 days when gone; the newest 50",
    "groups and channels that a person manages from their private chat, by until when what they type is for them",
)
MAIL = KeyPattern(
    "{sNN}:mail:<chat>",
    "hash",
    "outbox",
    "until settled; the newest 200 are drawn, 400 kept",
    "stories owed: id (~ and the headline to tell) -> instant and topic ids, = behind if it "
    "was told and a digest is to repeat it; their corrections: ! behind",
)
CASTS = KeyPattern(
    "{sNN}:casts",
    "hash",
    "outbox",
    "until collected",
    "what is owed to many: as in mail -> instant, ! if its story is breaking, and topic ids",
)
CAST = KeyPattern(
    "{sNN}:cast:<cast>", "string", "outbox", "until collected", "a bit for each chat's number that it is owed to"
)
WAITING = KeyPattern("{sNN}:waiting", "zset", "outbox", "until collected", "casts by how many chats wait for them")
DUE = KeyPattern("{sNN}:due", "zset", "outbox", "while mail waits", "chats with mail, by when to write to them")
MOVED = KeyPattern("{moved}", "zset", "chats", "10 minutes", "chats that took over from another one lately, by when")
REST = KeyPattern("{sNN}:rest", "zset", "outbox", "seconds", "chats without mail, by when they may be written to again")
TRIES = KeyPattern(
    "{sNN}:tries:<chat>",
    "string",
    "outbox",
    "until delivered, 8 days",
    "sends that failed in a row, and the headlines that may have arrived",
)
SENT = KeyPattern("{sNN}:sent:<chat>", "zset", "outbox", "7 days, the newest 500", "stories told, by when")
HOURS = KeyPattern(
    "{sNN}:hours", "hash", "outbox", "8 days", "how many headlines were told in an hour, by the hour since 1970"
)
BELL = KeyPattern("{bell}:outbox", "stream", "bells", "for ever, one entry", "rings when something was owed")
ARTICLE = KeyPattern("article:<headline>", "string", "articles", "as the reader says", "an article as JSON")
LINK = KeyPattern(
    "{links}:<link>",
    "string",
    "links",
    "a week after it was offered, 90 days after its last use",
    "a topic too long for a link",
)
PACE_BOT = KeyPattern("{pace}:bot", "zset", "permits", "2 minutes", "calls to Telegram, by when their places are free")
PACE_CHAT = KeyPattern("{pace}:chat:<chat>", "zset", "permits", "2 minutes", "the same for one chat")
PACE_COUNT = KeyPattern("{pace}:count", "string", "permits", "for ever", "permits asked for so far: their ids")
PACE_NEXT = KeyPattern("{pace}:next", "string", "permits", "a minute", "when the next alert may be sent")
PACE_PAID = KeyPattern("{pace}:paid:<day>", "string", "permits", "2 days", "how many calls were paid for on a day")
PACE_QUICKEST = KeyPattern(
    "{pace}:quickest", "hash", "permits", "2 minutes", "the shortest time in ms that Telegram took to answer lately"
)
PACE_HOLD = KeyPattern("{pace}:hold", "string", "permits", "as Telegram said", "nothing is sent before this instant")
PACE_HOLD_CHAT = KeyPattern("{pace}:hold:<chat>", "string", "permits", "as Telegram said", "the same for one chat")
CONFIRMED = KeyPattern("{<tag>}:confirmed", "string", "replicas", "1 minute", "a write that replicas were waited for")

QUOTA = KeyPattern(
    "quota:<person>:<cost>:<window>", "string", "quotas", "a minute or an hour", "what a person asked for lately"
)
BLOCKED = KeyPattern("{people}:blocked", "zset", "blocks", "until let in", "blocked people and chats, by since when")
DRAFT = KeyPattern("{announce}:draft:<draft>", "string", "announcements", "1 day", "an announcement as JSON")
ANNOUNCEMENT = KeyPattern(
    "{announce}:job", "hash", "announcements", "14 days", "the last announcement that was begun: id, JSON, stage"
)
HERALD = KeyPattern("{announce}:herald", "string", "announcements", "1 minute", "the process that sends it")
HEARS = KeyPattern("{sNN}:hears", "set", "announcements", "until told, 14 days", "chats that it is still owed to")
HEARD = KeyPattern("{sNN}:heard", "hash", "announcements", "14 days", "how many were told it, were gone, or failed")
WORDS = KeyPattern(
    "{operators}:words", "zset", "words", "until told, 7 days", "admin and sentence, by when it may be told"
)
SCHEMA = KeyPattern("schema", "string", "schema", "for ever", "the version of everything that is stored")
RESTORING = KeyPattern("restoring", "string", "restore", "until all is back, 7 days", "the backup that is coming back")

# Every kind of key, in the order in which they stand here.
KEYS: tuple[KeyPattern, ...] = tuple(value for value in tuple(globals().values()) if isinstance(value, KeyPattern))


def shard_of(chat: int) -> int:
    """The shard that a chat lives in, for ever."""
    return chat % SHARDS


def shard_tag(shard: int) -> str:
    """What every key of a shard begins with."""
    return f"{{s{shard:02d}}}"


def few_of(shard: int, topic_id: str) -> str:
    """The hash that holds a topic's chats while they are few; lua/members.lua has the same rule."""
    return FEW.at(shard, sha1(topic_id.encode(), usedforsecurity=False).digest()[0])


def of_chat(pattern: KeyPattern, chat: int) -> str:
    """A chat's key of a kind that lies in the chat's shard."""
    return pattern.at(shard_of(chat), chat)


def of_shard(pattern: KeyPattern, shard: int) -> str:
    """A shard's key of a kind that each shard has one of."""
    return pattern.at(shard)


def headline(headline_id: str) -> str:
    """The record of one headline."""
    return HEADLINE.at(headline_id)
