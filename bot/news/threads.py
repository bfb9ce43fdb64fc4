"""Topics that have a forum thread of their own: what of a mailbox goes where.

Here: which thread is written to next and with what of a share; what holds after a topic moved, or a thread went.
Not here: what is told now at all (holding), how threads are kept (store/choices) and chosen (handlers/threads), what is
sent (workers/letters).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from bot.news.alerts import Form, Mailbox
from bot.news.holding import OTHERS, Hold, Share, Waiting
from bot.news.preferences import Preferences
from bot.news.verdicts import NO_RIGHTS_WAIT, next_due


def of_one_thread(shared: Share, mailbox: Mailbox) -> tuple[int | None, Form, tuple[Waiting, ...]]:
    """The thread that waits longest (None: General), and what of that share, newest first, goes into it, in which form.

    The rest is told with the next message: no thread waits for ever behind a busy one. After a try that failed General
    comes last, as it may be closed. A digest is one message, and stands in General.
    """
    threads = mailbox.preferences.threads
    if not threads or shared.form is Form.DIGEST:
        return None, shared.form, shared.told
    waiting = [threads.get(each.owed.topic) for each in reversed(shared.told)]
    thread = next((at for at in waiting if at), None) if mailbox.tries else waiting[0]
    told = tuple(each for each in shared.told if threads.get(each.owed.topic) == thread)
    form = Form.ALERT if shared.form is Form.HELD and len(told) == 1 else shared.form
    return thread, form, told


def without_general(mailbox: Mailbox, followed: Iterable[str], now: datetime) -> Hold:
    """General is closed: the chat is tried again after a day, and before that for what goes into its threads."""
    threads = mailbox.preferences.threads
    soon = any(owed.topic in threads for owed in mailbox.owed)
    until = next_due(mailbox.chat, now) if soon else now + NO_RIGHTS_WAIT
    return Hold(mailbox.chat, until, ",".join([OTHERS, *sorted(set(followed) - threads.keys()), ""]))


def placed(preferences: Preferences, topic: str, thread: int | None, followed: Collection[str]) -> Preferences:
    """The topic goes into this thread (None: General). Topics that are not `followed` any more lose theirs."""
    kept = {each: at for each, at in preferences.threads.items() if each in followed and each != topic}
    return replace(preferences, threads=kept | ({topic: thread} if thread else {}))


def topics_in(preferences: Preferences, thread: int) -> tuple[str, ...]:
    """The topics, by id, that go into a thread."""
    return tuple(topic for topic, at in preferences.threads.items() if at == thread)


def without(preferences: Preferences, thread: int) -> Preferences:
    """The thread is no more: its topics go to General."""
    kept = {topic: at for topic, at in preferences.threads.items() if at != thread}
    return replace(preferences, threads=kept)
