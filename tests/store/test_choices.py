"""What chats have chosen is kept, whole, until they choose anew or are forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

from bot.news.answers import Caller
from bot.news.message import Style
from bot.news.model import ChatKind
from bot.news.preferences import Digest, Preferences, Quiet
from bot.store.chats import Chats
from bot.store.choicecodec import choices_json, preferences_of
from bot.store.choices import Choices

EVERYTHING = Preferences(
    told_lang="fr",
    lang="ar",
    zone="Africa/Casablanca",
    quiet=Quiet(time(22), time(7, 30)),
    digest=Digest((time(8), time(18, 15)), frozenset({"t1", "t2"}), again=True),
    silent=True,
    previews=False,
    pictures=False,
    style=Style.TEXT,
    most_a_day=20,
    breaking=False,
    all_manage=True,
    paused_until=datetime(2026, 5, 1, 10, tzinfo=UTC),
    muted={"t3": datetime(2026, 5, 2, tzinfo=UTC)},
    fewer=frozenset({"courier"}),
    digest_asked=datetime(2026, 5, 1, 9, tzinfo=UTC),
    threads={"t1": 12},
)


def test_every_choice_can_be_written_and_read():
    assert preferences_of("fr", choices_json(EVERYTHING)) == EVERYTHING


def test_who_never_chose_costs_nothing():
    assert choices_json(Preferences(told_lang="fr")) == ""
    assert preferences_of(None, None) == Preferences()


def test_what_another_version_chose_is_left_alone():
    assert preferences_of("", '{"silent": true, "something new": [1]}') == Preferences(silent=True)


async def test_a_choice_is_kept_and_others_with_it(database, clock):
    chats, choices = Chats(database), Choices(database)
    await chats.meet(Caller(7, ChatKind.PRIVATE, "", "fr"), clock.now())
    await choices.change(7, lambda now: replace(now, silent=True), clock.now())
    await choices.change(7, lambda now: replace(now, zone="Asia/Tokyo"), clock.now())
    assert await choices.of(7) == Preferences("fr", silent=True, zone="Asia/Tokyo")
    assert (await chats.heard(7)).preferences == await choices.of(7)


async def test_two_who_choose_at_once_both_have_it(database, clock):
    chats, choices = Chats(database), Choices(database)
    await chats.meet(Caller(7, ChatKind.PRIVATE), clock.now())
    began = [False]

    async def quiet() -> None:
        await choices.change(7, lambda now: replace(now, silent=True), clock.now())

    def meanwhile(now: Preferences) -> Preferences:
        began.append(now.silent)
        return replace(now, most_a_day=5)

    class Slow(Choices):
        """Reads, and is overtaken before it writes."""

        async def _read(self, chat: int) -> tuple[str | None, str | None]:
            read = await super()._read(chat)
            if began == [False]:
                began.append(True)
                await quiet()
            return read

    assert await Slow(database).change(7, meanwhile, clock.now()) == Preferences(silent=True, most_a_day=5)
    assert await choices.of(7) == Preferences(silent=True, most_a_day=5)


async def test_of_a_chat_that_nobody_met_nothing_is_kept(database, clock):
    choices = Choices(database)
    await choices.change(7, lambda now: replace(now, silent=True), clock.now())
    assert await choices.of(7) == Preferences()


async def test_a_private_chat_speaks_as_its_app_does_and_a_group_as_the_first_who_spoke(database, clock):
    chats, choices = Chats(database), Choices(database)
    for kind, chat in ((ChatKind.PRIVATE, 7), (ChatKind.GROUP, -7)):
        for lang in ("fr", "", "de"):
            await chats.meet(Caller(chat, kind, "", lang), clock.now())
    assert [(await choices.of(chat)).told_lang for chat in (7, -7)] == ["de", "fr"]
