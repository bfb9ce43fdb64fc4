"""How many of people's updates a second the bot takes in: what reading one costs, and what waiting for others costs.

1,000 private messages of 1,000 people go through the bot's own reading (`WireBot.understood`) and turns
(`handlers/turns`), into a handler that takes 50 ms, as one that asks Redis and Telegram does.
Prints one JSON object: `updates_per_s` (as the bot does it), `updates_per_s_one_at_a_time` (as python-telegram-bot does
unless told otherwise), `read_us` (processor time to make an `Update` of its bytes), `json_us` (of which JSON alone).
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from statistics import median

os.environ.setdefault("PTB_TIMEDELTA", "1")

import orjson
import uvloop
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler

from benchmarks._stub import message
from bot.app import SystemClock
from bot.delivery.wire import WireBot
from bot.handlers.context import Context
from bot.handlers.turns import Turns

PEOPLE, ROUNDS, HANDLED_IN = 1000, 5, 0.05
ONE_AT_A_TIME = 40


async def handle(update: Update, context: Context) -> None:
    await asyncio.sleep(HANDLED_IN)


async def taken_in(house: Application, bot: WireBot, updates: list[bytes]) -> float:
    """Updates a second through the bot's turns."""
    turns, began = Turns(house), time.perf_counter()
    await turns.take([bot.understood(orjson.loads(update)) for update in updates])
    await turns.finish()
    return len(updates) / (time.perf_counter() - began)


async def one_by_one(house: Application, bot: WireBot, updates: list[bytes]) -> float:
    """The same, each after the one before."""
    began = time.perf_counter()
    for update in updates[:ONE_AT_A_TIME]:
        await house.process_update(bot.understood(orjson.loads(update)))
    return ONE_AT_A_TIME / (time.perf_counter() - began)


def reading(bot: WireBot, updates: list[bytes]) -> tuple[float, float]:
    """Processor microseconds to read an update, and to read its JSON."""
    began = time.process_time()
    raw = [orjson.loads(update) for update in updates]
    parsed = time.process_time()
    for each in raw:
        bot.understood(each)
    done = time.process_time()
    return (done - began) / len(updates) * 1e6, (parsed - began) / len(updates) * 1e6


async def measure() -> dict[str, float]:
    bot = WireBot("1:benchmark", clock=SystemClock())
    house = ApplicationBuilder().bot(bot).updater(None).context_types(ContextTypes(context=Context)).build()
    house.add_handler(TypeHandler(Update, handle))
    house._initialized = True  # nobody is asked who we are
    updates = [orjson.dumps(message(person, "/latest 5 morocco")) for person in range(1, PEOPLE + 1)]
    many = [await taken_in(house, bot, updates) for _ in range(ROUNDS)]
    single = await one_by_one(house, bot, updates)
    read = [reading(bot, updates) for _ in range(ROUNDS)]
    return {
        "updates_per_s": round(median(many)),
        "updates_per_s_one_at_a_time": round(single, 1),
        "read_us": round(median(whole for whole, _ in read), 1),
        "json_us": round(median(part for _, part in read), 1),
    }


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(measure())))
