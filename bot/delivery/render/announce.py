"""Announcements, worded: as everybody gets one, as it is looked at before, and how far it is.

Here: the words around what was announced, and the buttons.
Not here: to whom it goes (news/announcements, store/announcements).
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.delivery.render.html import escape
from bot.delivery.render.pressing import laid_out, rows_of
from bot.news.announcements import Announcement, Audience, Progress, Stage
from bot.news.message import Button, Message
from bot.news.model import ChatKind
from bot.news.said import Said, Tongue, said

LANGUAGES_A_ROW = 2
# What Telegram's usual budget leaves to an announcement while little else is sent (store/permits).
A_MINUTE = 20 * 60


def announced(say: Tongue, announcement: Announcement) -> Message:
    """As a chat gets it, with the button by which it gets no more."""
    return Message(announcement.html, ((Button(say("No more of these"), "no-more:"),),))


def hushed(say: Tongue) -> tuple[tuple[Button, ...], ...]:
    """The button in place of that one, where a chat wants no more."""
    return ((Button(say("Send them again"), "hear:"),),)


def hearing(say: Tongue) -> tuple[tuple[Button, ...], ...]:
    """The button where it wants them again."""
    return ((Button(say("No more of these"), "no-more:"),),)


def preview(say: Tongue, announcement: Announcement, audience: Audience, names: Mapping[str, str]) -> Message:
    """To whom it goes, and the button that sends it, which names how many that are."""
    count, act = audience.of(announcement), f"cast:{announcement.id}"
    lines = [say("Above is how it looks in a chat; it comes without a sound.")]
    lines += [f"• {_of_kind(say, kind, chats)}" for kind, chats in audience.kinds(announcement).items()]
    if announcement.lang:
        lines.append(say("Only to those who read {language}.", language=_name(announcement.lang, names)))
    else:
        parts = [f"{_name(lang, names)} {chats}" for lang, chats in audience.langs(announcement).items()]
        lines.append(" · ".join(parts))
    minutes = max(round(count / A_MINUTE), 1)
    lines.append(say.many("It takes about a minute.", "It takes about {n} minutes.", minutes))
    go = f"{act}:go:{audience.promise(announcement)}"
    send = (Button(say.many("Send to one chat", "Send to {n} chats", count), go),) if count else ()
    channels = say("Not to channels") if announcement.channels else say("To channels too")
    choose = [Button(say("One language …"), f"{act}:langs")]
    choose += [Button(channels, f"{act}:channels")] if audience.channels else []
    return Message("\n".join(lines), laid_out(send, tuple(choose), (Button(say("Discard it"), f"{act}:drop"),)))


def languages(say: Tongue, announcement: Announcement, audience: Audience, names: Mapping[str, str]) -> Message:
    """Which language alone is to hear it."""
    act = f"cast:{announcement.id}:lang"
    some = [
        Button(f"{names.get(lang, lang)} ({count})", f"{act}:{lang}")
        for lang, count in audience.langs(announcement).items()
    ]
    every = (Button(say("All languages"), f"{act}:"),)
    return Message(say("Who is to hear it?"), laid_out(every, *rows_of(some, LANGUAGES_A_ROW)))


def going(say: Tongue, announcement: Announcement, stage: Stage, progress: Progress) -> Message:
    """How far it is."""
    heads = {
        Stage.OWING: say("📣 It is on its way."),
        Stage.GOING: say("📣 It is on its way."),
        Stage.DONE: say("✅ Everybody was told."),
        Stage.STOPPED: say("⏹ Stopped: nobody else is told."),
    }
    lines = [heads[stage], say.many("One chat was told.", "{n} chats were told.", progress.sent)]
    if progress.gone:
        lines.append(say.many("One was not there any more.", "{n} were not there any more.", progress.gone))
    if progress.failed:
        lines.append(say.many("One does not let me write.", "{n} do not let me write.", progress.failed))
    if progress.left:
        lines.append(say.many("One is left.", "{n} are left.", progress.left))
    stop = (Button(say("Stop"), f"cast:{announcement.id}:stop"),) if stage in {Stage.OWING, Stage.GOING} else ()
    return Message("\n".join(lines), laid_out(stop))


def discarded(say: Tongue, announcement: Announcement) -> Message:
    """Nobody hears it."""
    again = Button(say("Look at it again"), f"cast:{announcement.id}:show")
    return Message(say("Discarded; nobody was told."), laid_out((again,)))


def how_to() -> Said:
    """Nothing was said that could be announced."""
    return said(
        "Write what everybody is to hear behind it, as in /announce We move to a faster machine tonight. "
        "Or reply with /announce to a message that says it. I show it to you before anybody else sees it."
    )


def too_long() -> Said:
    """It is longer than a message."""
    return said("That is longer than a message may be (4,096 characters).")


def too_old() -> Said:
    """The draft is not kept any more."""
    return said("That draft is older than a day. Send /announce and the text again.")


def busy() -> Said:
    """Another one is under way."""
    return said("Another announcement is on its way; wait until it is done, or stop it. /announce alone shows it.")


def _of_kind(say: Tongue, kind: ChatKind, count: int) -> str:
    match kind:
        case ChatKind.PRIVATE:
            return say.many("one person", "{n} people", count)
        case ChatKind.CHANNEL:
            return say.many("one channel", "{n} channels", count)
        case _:
            return say.many("one group", "{n} groups", count)


def _name(lang: str, names: Mapping[str, str]) -> str:
    return escape(names.get(lang, lang))
