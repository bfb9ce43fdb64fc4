"""Every command and every button that can be reached from them is answered, and every answer has a next step."""

from __future__ import annotations

from typing import Any

import pytest

from bot.delivery.wire import KEPT
from bot.handlers import COMMANDS
from bot.handlers.buttons import VERBS
from tests.handlers.conftest import YOU, Person, buttons, seen

# Answers that may stand alone, by how they begin: whoever wants to be forgotten is left in peace; what is said while
# a site is looked at is replaced by what is found; who runs the bot knows what to do.
ALONE = ("Looking", "Everything that I keep about", "Tap the button below")
MOST_TAPS = 400
# After these the chat is another one; they are tapped last.
LAST = ("forget:yes",)
SAID = (
    "morocco", "subscribe football pls", "⚽", "👍", "🧀", "???", "3", "stop", "mute", "thanks", "hello",
    "what is new?",
    "unsubscribe nonsense", "/weather", "/topcis", "/ban@otherbot", "(((", "/subscribe oil (gas", "/unsubscribe summit",
    "word " * 800, "/subscribe the", "/read 99", "/latest 0",
    "/search", "/subscribe x source:nobody", "أخبار المغرب",
)  # fmt: skip


class Crawler:
    """Somebody who types everything, taps everything that turns up, and reads every answer."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.waiting: list[tuple[int, str]] = []
        self.known: set[str] = set()

    async def types(self, text: str) -> None:
        before = self.person._now()
        await self.person.says(text)
        self._read(before, f"typed {text[:40]!r}")

    async def taps(self, message: int, data: str) -> None:
        before = self.person._now()
        about = self.person.talk.devchat.chats.find(self.person.chat).messages[message]
        await self.person._forged(about, data)
        self._read(before, f"tapped {data!r}")

    async def taps_everything(self) -> int:
        for number in range(MOST_TAPS):
            if not self.waiting:
                return number
            await self.taps(*self.waiting.pop(0))
        return MOST_TAPS

    def _read(self, before: int, after: str) -> None:
        events = [e for e in self.person.talk.devchat.chats.events if e["n"] > before]
        answers = [e["message"] for e in events if e["kind"] in {"message", "edited"} and self._is_bots(e["message"])]
        assert answers or any(e["kind"] == "toast" for e in events), f"{after}: nothing happened"
        assert self.person.errors == [], f"{after}: {self.person.errors}"
        for answer in answers:
            shown = seen(answer)
            assert shown.labels or shown.text.startswith(ALONE), f"{after}: a dead end: {shown.text[:200]!r}"
            assert len(shown.labels) == len(set(shown.labels)), f"{after}: two buttons say the same: {shown.labels}"
            self._note(answer)

    def _is_bots(self, message: dict[str, Any]) -> bool:
        return message.get("from", {}).get("is_bot", False)

    def _note(self, answer: dict[str, Any]) -> None:
        for button in buttons(answer):
            data = button.get("callback_data", "")
            # Of the headlines and topics that there are in any number, those of one kind do the same.
            if data and data not in self.known and data not in LAST:
                self.known.add(data)
                self.waiting.append((answer["message_id"], data))


@pytest.fixture
async def crawler(person, news) -> Crawler:
    for number in range(24):
        await news(f"Rabat hosts summit number {number}", paragraphs=40 if number == 23 else 2)
    return Crawler(person)


async def test_everything_that_can_be_typed_and_tapped_is_answered_with_a_next_step(crawler, person):
    for text in ("/start", *(f"/{command.name}" for command in COMMANDS), *SAID):
        await crawler.types(text)
    taps = await crawler.taps_everything()
    verbs = {data.partition(":")[0] for data in crawler.known}
    assert taps > 100
    assert {"sub", "more", "find", "read", "latest", "follow", "unsub", "say", "help", "ways", "topics"} <= verbs
    assert verbs <= VERBS.keys() | {KEPT}, "a new button says that it is from an older time"


async def test_a_tap_on_every_button_of_a_chat_that_is_forgotten_is_answered_too(crawler, person):
    for text in ("/start", "/subscribe summit", "/topics", "/latest", "/help", "/stop"):
        await crawler.types(text)
    waiting = [*crawler.waiting]
    await person.taps("Forget everything")
    for message, data in waiting:
        await crawler.taps(message, data)


async def test_every_list_that_is_longer_than_a_page_is_paged_and_comes_back(crawler, person):
    for number in range(12):
        await person.says(f"/subscribe topic{number}")
    for text, later, earlier in (
        ("/start", "More ›", "‹ Back"),
        ("/subscribe", "More ›", "‹ Back"),
        ("/topics", "More ›", "‹ Back"),
        ("/help topics", "More ›", "‹ Back"),
        ("/latest", "More ›", "‹ Back"),
        ("/search summit", "More ›", "‹ Back"),
    ):
        first = await person.says(text)
        assert (await person.taps(later)).id == first.id, text
        back = await person.taps(earlier)
        assert (back.id, back.text, back.labels) == (first.id, first.text, first.labels), text


@pytest.mark.parametrize("what", ["photo", "sticker", "voice", "document"])
async def test_what_has_no_words_is_answered_kindly(talk, person, what):
    file = {"file_id": "1", "file_unique_id": "1", "width": 9, "height": 9, "duration": 1, "is_animated": False}
    file |= {"is_video": False, "type": "regular"}
    sent = {"message_id": 900, "date": 1, "chat": {"id": YOU["id"], "type": "private"}, "from": dict(YOU)}
    await talk.handle(message=sent | {what: [file] if what == "photo" else file})
    assert person.texts[-1].startswith("I cannot hear or see, I can only read")


async def test_a_forwarded_message_is_read_where_it_has_a_link_and_else_asked_about(talk, person, web):
    sent = {"message_id": 900, "date": 1, "chat": {"id": YOU["id"], "type": "private"}, "from": dict(YOU)}
    sent["forward_origin"] = {"type": "hidden_user", "sender_user_name": "Ada", "date": 1}
    web.pages["https://small.example/linked"] = "Rabat hosts a summit\nThe talks went on. " + "More of it. " * 30
    link = {"type": "text_link", "offset": 0, "length": 5, "url": "https://small.example/linked"}

    await talk.handle(message=sent | {"text": "Rabat hosts", "entities": [link]})
    assert "The talks went on" in person.texts[-1]

    await talk.handle(message=sent | {"text": "stop"})
    assert "Shall I look for its key words, “stop”?" in person.texts[-1]
