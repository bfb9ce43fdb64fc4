"""What is kept of a chat, said truly, and how it is seen whole and forgotten.

Here: KEPT, a sentence for each kind of key that holds something of a chat; /privacy, the file of /export, /stop.
Not here: the keys (store/keys; a test compares the two), reading them (store/belongings).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, saying
from bot.delivery.render.settings import OVERVIEW
from bot.news.belongings import Belonging, Stored
from bot.news.message import Button, Message
from bot.news.model import Subscription
from bot.news.said import Said, Tongue, said

_WHO = said("its number and kind, since when I know it, the language of your app, and the title of a group or channel")
_CHOSEN = said("what was chosen in /settings: language, quiet hours, digest, time zone and the like")
_TOPICS = said("the topics it follows, and since when")
_WAITING = said("the headlines that wait to be told here, until they are told")
_TOLD = said("for a week, which stories I told here, so that none comes twice")
_SHOWED = said("for 30 days, which headlines my messages here showed, so that you can reply to one with /read")
_LIST = said("for a day, the last list that I showed here, so that /read 3 knows the row")
_BUTTONS = said("for a week, what the long buttons under my messages do, such as following the words that you sent")
_ASKED = said("for a day, what I asked here last and what waits for the answer")
_MANAGES = said("which of your groups and channels you can manage from here")
_PACE = said("for two minutes, how often I write here, as Telegram sets a limit to that")
_ASKS = said("for an hour at most, how much a person asked me for, as there must be enough for all")
_ANNOUNCED = said("that a word of those who run me waits to be told here")
_COUNTED = said(
    "how many headlines were told in an hour, and how many chats heard an announcement: numbers, and no names"
)
_LINKS = said("for 90 days, the words of a long topic that was shared as a link, and not by whom")
_MOVED = said("for ten minutes, that a group has got a new number")

# By the pattern of the key, as docs/redis.md has it.
KEPT: Mapping[str, tuple[Said, ...]] = MappingProxyType(
    {
        "{sNN}:chat:<chat>": (_WHO, _CHOSEN),
        "{sNN}:chats": (_WHO,),
        "{sNN}:roster": (_WHO,),
        "{sNN}:vacant": (_WHO,),
        "{sNN}:wishes:<chat>": (_TOPICS,),
        "{sNN}:few:<bucket>": (_TOPICS,),
        "{sNN}:topic:<topic>": (_TOPICS,),
        "{sNN}:mail:<chat>": (_WAITING,),
        "{sNN}:casts": (_WAITING,),
        "{sNN}:cast:<cast>": (_WAITING,),
        "{sNN}:waiting": (_WAITING,),
        "{sNN}:due": (_WAITING,),
        "{sNN}:rest": (_WAITING,),
        "{sNN}:tries:<chat>": (_WAITING,),
        "{sNN}:sent:<chat>": (_TOLD,),
        "{sNN}:told:<chat>": (_SHOWED,),
        "{sNN}:shown:<chat>": (_LIST,),
        "{sNN}:kept:<chat>": (_BUTTONS,),
        "{sNN}:asked:<chat>": (_ASKED,),
        "{sNN}:manages:<chat>": (_MANAGES,),
        "{sNN}:hears": (_ANNOUNCED,),
        "{sNN}:heard": (_COUNTED,),
        "{sNN}:hours": (_COUNTED,),
        "quota:<person>:<cost>:<window>": (_ASKS,),
        "{links}:<link>": (_LINKS,),
        "{moved}": (_MOVED,),
        "{pace}:chat:<chat>": (_PACE,),
        "{pace}:hold:<chat>": (_PACE,),
    }
)
FILE = "headlines-about-this-chat.json"
# An instant in Redis: milliseconds since 1970, of this century.
_INSTANT = re.compile(r"1\d{12}(?:\.0)?")


def privacy(say: Tongue) -> Message:
    """What is kept, for how long, and what is not."""
    kept = dict.fromkeys(sentence for sentences in KEPT.values() for sentence in sentences)
    title = say("What I keep about this chat")
    text = "\n".join(
        (
            f"<b>{title}</b>",
            *(f"• {say(sentence)}" for sentence in kept),
            "",
            say(
                "I keep no names, no telephone numbers, none of your messages, and not where you are. Nobody else is "
                "told what you follow."
            ),
            say(
                "If you block me I keep topics and settings for 30 days, in case you come back. "
                "/stop forgets all of it at once."
            ),
        )
    )
    return Message(
        text,
        laid_out(
            (Button(say("Send me all of it"), "export"),),
            (Button(say("Forget everything"), "forget:"), Button(say("Settings"), OVERVIEW)),
        ),
    )


def document(
    say: Tongue, chat: int, belongings: Iterable[Belonging], followed: Sequence[Subscription], now: datetime
) -> bytes:
    """Everything that is stored of a chat, as a file for people and programs."""
    content = {
        "about": say("Everything that I keep about this chat. Times are in UTC."),
        "made_at": _iso(now),
        "chat": chat,
        "topics": [{"topic": wish.shown, "means": wish.expression, "since": _iso(wish.since)} for wish in followed],
        "stored": [
            {
                "what": [say(sentence) for sentence in KEPT.get(each.pattern, ())],
                "where": each.pattern,
                "content": _readable(each.stored),
            }
            for each in belongings
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def caption(say: Tongue, title: str) -> str:
    """What is said under the file; `title` of the group or channel, empty in a private chat."""
    if title:
        return say("Everything that I keep about “{chat}”.", chat=escape(title))
    return say("Everything that I keep about this chat.")


def sent_in_private(say: Tongue) -> Message:
    """The file went to who asked for it."""
    return Message(say("I have sent it to you in our private chat."))


def not_in_private(say: Tongue, bot: str) -> Message:
    """Who asked for the file has no private chat with us, or writes without a name."""
    return Message(
        say("I send that in private only, and there you have not spoken to me yet. Start me, then ask here again."),
        ((Button(say("Start me"), url=f"https://t.me/{bot}?start=export"),),),
    )


def stop(say: Tongue) -> Message:
    """Asks before anything is forgotten."""
    return Message(
        say("Shall I forget this chat, with all its topics and settings? It cannot be undone."),
        (
            (Button(say("Forget everything"), "forget:yes"), Button(say("Keep it"), "forget:no")),
            (Button(say("Send me all of it"), "export"),),
        ),
    )


def forgotten(say: Tongue) -> Message:
    """The chat is forgotten."""
    text = say("Done, I have forgotten this chat. If you ever want me back, send /start.")
    return Message(text, laid_out(saying(say("Start again"), "/start")))


def kept(say: Tongue) -> Message:
    """The chat is not forgotten after all."""
    steps = (Button(say("Latest headlines"), "find:"), Button(say("My topics"), "topics"))
    return Message(say("Good, nothing has changed."), laid_out(steps))


def _readable(stored: Stored) -> object:
    if isinstance(stored, str):
        return _plain(stored)
    if isinstance(stored, list):
        return [_plain(each) for each in stored]
    return {name: _plain(text) for name, text in stored.items()}


def _plain(text: str) -> object:
    """A text as people read it: an instant as such, and what is JSON itself unfolded."""
    if _INSTANT.fullmatch(text):
        return _iso(datetime.fromtimestamp(float(text) / 1000, UTC))
    if text[:1] not in {"{", "["}:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _iso(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
