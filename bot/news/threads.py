"""Topics that have a forum thread of their own: what of a mailbox goes where.

Here: which thread is written to next and with what; what holds after a topic moved, or a thread went.
Not here: how threads are kept (store/choices), how they are chosen (handlers/threads), what is sent (workers/letters).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.news.alerts import Owed
from bot.news.preferences import Preferences


def next_thread(owed: Sequence[Owed], preferences: Preferences) -> tuple[int | None, tuple[Owed, ...]]:
    """The thread that waits longest (None: General), and what goes into it, of what is owed, newest first.

    The rest is told with the next message: no thread waits for ever behind a busy one.
    """
    threads = preferences.threads
    if not threads or not owed:
        return None, tuple(owed)
    thread = threads.get(owed[-1].topic)
    return thread, tuple(each for each in owed if threads.get(each.topic) == thread)


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
