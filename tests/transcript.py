"""What new users say, and what the bot answers: `python -m tests.transcript [lang …]` prints talks in some languages.

Here: who says and taps what; it goes through the local Bot API server to the house at work.
Not here: what should be answered (tests/handlers, tests/news/test_wanted).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from bot.app import App
from bot.devchat.server import said_in
from tests.world import World, world_on

NEWS = (
    "Morocco and Spain open a tunnel office", "Arsenal win the derby", "Central bank holds interest rates",
    "المغرب يفتتح ميناء جديدا", "Le Maroc ouvre un nouveau port", "España gana la final de fútbol",
    "Россия и футбол: новый сезон",
)  # fmt: skip
# A line that begins with > is a tap on the button with this label; with >> on the one at this place, from 1.
TALKS: dict[str, tuple[str, ...]] = {
    "en": ("/start", ">> 11", "subscribe football pls", ">Undo", "what happened in morocco today?", "⚽", "/sorces",
           "word " * 800, "stop smoking", "/subscribe oil (gas", "unsubscribe football", "/ban@otherbot", "🧀", "stop"),
    "fr": ("/start", "je veux suivre le foot svp", "quoi de neuf au Maroc ?", "/aide", "arrête", "taux d'intérêt",
           "merci beaucoup"),
    "ar": ("/start", "اشترك في كرة القدم", "ماذا حدث في المغرب اليوم؟", "/مساعدة", "إلغاء الاشتراك في كرة القدم",
           "مواضيعي", "👍"),
    "es": ("hola", "dame noticias de fútbol", "suscríbeme a economía", "/suscribir tenis", "noticias", "basta ya",
           "¿qué puedes hacer?"),
    "ru": ("/start", "подпишись на футбол", "что нового в Марокко?", "мои темы", "отпишись от футбола", "/новости",
           "климатическая политика городов"),
}  # fmt: skip
# Of a long answer and of many buttons so much is shown.
LONGEST, MOST_LABELS = 170, 6


async def talk(world: World, app: App, lang: str, lines: tuple[str, ...]) -> None:
    """One person talks with the bot."""
    chat = world.devchat.people.meets(f"Reader in {lang}", language_code=lang)["id"]
    show(f"\n--- {lang} ---")
    for line in lines:
        world.clock.tick(seconds=2)
        after = world.devchat.chats.last_event
        show(f"  {line[:60]}{'…' if len(line) > 60 else ''}")
        if line.startswith(">"):
            message, label = _button(world, chat, line)
            world.devchat.people.taps_button(chat, message["message_id"], label)
        else:
            world.devchat.people.says(chat, line)
        await world.hears(app)
        _print_answers(world, chat, after)


def _button(world: World, chat: int, line: str) -> tuple[dict[str, Any], str]:
    """The newest message with buttons, and the label of the one that the line names."""
    wanted = line.strip("> ")
    for message in reversed(list(world.devchat.chats.find(chat).messages.values())):
        labels = _labels(message)
        if line.startswith(">>") and labels:
            return message, labels[int(wanted) - 1]
        if wanted in labels:
            return message, wanted
    raise LookupError(line)


def _labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _print_answers(world: World, chat: int, after: int) -> None:
    for event in world.devchat.chats.events:
        if event["n"] <= after or event.get("chat") != chat:
            continue
        if event["kind"] == "toast" and event["text"]:
            show(f"      ({event['text']})")
        if event["kind"] in {"message", "edited"} and event["message"].get("from", {}).get("is_bot"):
            text, labels = " / ".join(said_in(event["message"]).split("\n")), _labels(event["message"])
            text = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
            more = " …" if len(labels) > MOST_LABELS else ""
            show(f"      {text}  {' '.join(f'[{label}]' for label in labels[:MOST_LABELS])}{more}")


def show(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


async def main(langs: list[str]) -> None:
    """Print the talks in these languages, or in all."""
    topics = (Path(__file__).parents[1] / "config" / "topics.toml").read_text(encoding="utf-8")
    # An embedded server's socket must have a short path.
    with tempfile.TemporaryDirectory(prefix="talk") as folder, capture_logs():
        async with world_on("", Path(folder), topics=topics) as world, world.app() as app:
            for title in NEWS:
                world.site.says(title)
            await app.workers.round()
            for lang in langs or TALKS:
                await talk(world, app, lang, TALKS[lang])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
