"""Dictionaries take seconds to read: nobody else waits for that, whoever comes upon a language first.

Each of these runs in a fresh process, which has read none.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

# `beside` and `meanwhile` are filled with the names of dictionaries: read in a thread, or while everybody waited.
WATCHED = """
import asyncio, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from bot.meaning.dictionaries import Dictionaries
from bot.meaning.meanings import Meanings
from bot.news.model import Headline
from bot.news.topics import parse

beside, meanwhile = set(), set()

def note(event, args):
    if event == "open" and "simplemma" in str(args[0]) and "/data/" in str(args[0]):
        waits = threading.current_thread() is threading.main_thread()
        (meanwhile if waits else beside).add(Path(str(args[0])).name.split(".")[0])

sys.addaudithook(note)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RABAT = "https://example.org/rain-in-rabat-again"
RAIN = [Headline("h", "الحكومة تعلن عن iPhone في المغرب", RABAT, "bbc", NOON, NOON)]

class Noon:
    def now(self):
        return NOON

MEANINGS = Meanings(60)
MEANINGS.installed = False
"""
ASKED_AT_THE_DESK = """
from bot.desk.recent import matching
asyncio.run(matching(parse("حكومة OR morocco"), RAIN, MEANINGS))
"""
ALERTED_TO = """
from bot.ops.metrics import Metrics
from bot.store.database import Database
from bot.store.headlines import Headlines
from bot.store.stories import StoryLog
from bot.store.topics import Topics
from bot.workers.index import TopicIndex
from bot.workers.teller import Teller
from bot.workers.understanding import Understanding

async def alert():
    database, dictionaries = Database.connect(sys.argv[1]), Dictionaries()
    topics, teller = Topics(database), Teller(StoryLog(database), dictionaries, None, Noon())
    await topics.register("rain", "حكومة OR morocco", NOON)
    index, asked = TopicIndex(topics, ()), MEANINGS.asked()
    understanding = Understanding(Headlines(database), index, teller, asked, dictionaries, Metrics())
    (understood,) = await understanding.of(RAIN)
    assert understood.topics == {"rain"}
    await database.close()

asyncio.run(alert())
"""
TOLD_BEFORE_A_RESTART = """
from bot.store.database import Database
from bot.store.stories import StoryLog
from bot.workers.teller import Teller

async def restart():
    database = Database.connect(sys.argv[1])
    await StoryLog(database).note([(RAIN[0], "h")], "0-0")
    news = Headline("n", "2026", "https://example.org/", "bbc", NOON, NOON, lang="en")
    dictionaries = Dictionaries()
    await dictionaries.know_words_of([news])
    await Teller(StoryLog(database), dictionaries, None, Noon()).tell([news])
    await database.close()

asyncio.run(restart())
"""
NOBODY_WAITED = """
MEANINGS.close()
assert not meanwhile, meanwhile
assert beside == {"ar", "en"}, beside
"""


@pytest.mark.parametrize("story", [ASKED_AT_THE_DESK, ALERTED_TO, TOLD_BEFORE_A_RESTART])
def test_a_language_that_nobody_named_is_read_while_others_are_answered(story: str, redis_url: str) -> None:
    script = WATCHED + story + NOBODY_WAITED
    ended = subprocess.run([sys.executable, "-c", script, redis_url], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
