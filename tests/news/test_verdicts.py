"""What Telegram's answers mean, when to try again, and whom a flood wait concerns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.news.verdicts import (
    LONGEST_PAUSE,
    LONGEST_RETRY,
    ChatGone,
    ChatMoved,
    Delivered,
    Flood,
    Paused,
    Refused,
    Scope,
    Shut,
    TryLater,
    concerns,
    is_away,
    is_telegrams,
    judge_answer,
    next_due,
    pause_after,
    retry_at,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

GONE = [
    (403, "Forbidden: bot was blocked by the user"),
    (403, "Forbidden: user is deactivated"),
    (403, "Forbidden: bot was kicked from the group chat"),
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (403, "Forbidden: bot was kicked from the channel chat"),
    (403, "Forbidden: bot is not a member of the supergroup chat"),
    (403, "Forbidden: bot is not a member of the channel chat"),
    (403, "Forbidden: bot can't initiate conversation with a user"),
    (403, "Forbidden: bot can't send messages to bots"),
    (403, "Forbidden: something that Telegram has not said yet"),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: PEER_ID_INVALID"),
    (400, "Bad Request: user not found"),
    (400, "Bad Request: CHANNEL_PRIVATE"),
    (400, "Bad Request: USER_IS_BLOCKED"),
    (400, "Bad Request: INPUT_USER_DEACTIVATED"),
]
NO_RIGHTS = [
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: not enough rights to send photos to the chat"),
    (400, "Bad Request: have no rights to send a message"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: need administrator rights in the channel chat"),
    (400, "Bad Request: CHAT_RESTRICTED"),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED"),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
    (403, "Forbidden: not enough rights to send text messages to the chat"),
]
NO_THREAD = [
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: TOPIC_DELETED"),
    (400, "Bad Request: TOPIC_CLOSED"),
]
OUR_FAULT = [
    (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
    (400, "Bad Request: ENTITY_BOUNDS_INVALID"),
    (400, "Bad Request: MESSAGE_TOO_LONG"),
    (400, "Bad Request: message is too long"),
    (400, "Bad Request: message text is empty"),
    (400, "Bad Request: BUTTON_DATA_INVALID"),
    (400, "Bad Request: BUTTON_URL_INVALID"),
    (400, "Bad Request: WEBPAGE_CURL_FAILED"),
    (400, "Bad Request: wrong file identifier/HTTP URL specified"),
    (400, "Bad Request: message to edit not found"),
    (400, "Bad Request: message can't be edited"),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    (400, "Bad Request: something that Telegram has not said yet"),
]
IN_TROUBLE = [
    (500, "Internal Server Error"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"),
]


@pytest.mark.parametrize(("code", "text"), GONE)
def test_nobody_reads_there_any_more(code, text):
    assert judge_answer(code, text) == ChatGone(text)


@pytest.mark.parametrize(("code", "text"), NO_RIGHTS)
def test_a_chat_that_does_not_let_us_write_is_paused_and_not_left(code, text):
    assert judge_answer(code, text) == Paused(text, Shut.RIGHTS)


@pytest.mark.parametrize(("code", "text"), NO_THREAD)
def test_a_chat_whose_thread_is_gone_is_paused_and_not_left(code, text):
    assert judge_answer(code, text) == Paused(text, Shut.THREAD)


@pytest.mark.parametrize(("code", "text"), OUR_FAULT)
def test_a_message_that_telegram_finds_malformed_is_our_fault(code, text):
    assert judge_answer(code, text) == Refused(text)


@pytest.mark.parametrize(("code", "text"), IN_TROUBLE)
def test_telegrams_own_trouble_is_waited_out(code, text):
    assert judge_answer(code, text) == TryLater(text, scope=Scope.BOT)


@pytest.mark.parametrize(("code", "text"), [(401, "Unauthorized"), (404, "Not Found")])
def test_a_wrong_token_loses_nothing_and_is_said_in_words(code, text):
    verdict = judge_answer(code, text)

    assert verdict == TryLater(f"the token is wrong or revoked: {text}", scope=Scope.BOT, is_token=True)
    assert is_away(verdict, 1, timedelta())


LOST = TryLater("the answer was lost", maybe_sent=True)
BAD_GATEWAY = TryLater("Bad Gateway", scope=Scope.BOT)


@pytest.mark.parametrize("verdict", [LOST, BAD_GATEWAY])
def test_telegram_is_away_after_three_calls_in_a_row_and_a_second_in_which_nothing_got_through(verdict):
    assert [is_away(verdict, failed, None) for failed in (1, 2, 3, 4)] == [False, False, True, True]
    assert not is_away(verdict, 99, timedelta(seconds=0.9))
    assert is_away(verdict, 3, timedelta(seconds=1))


@pytest.mark.parametrize(
    "verdict",
    [
        Delivered(7),
        ChatGone("Forbidden: bot was blocked by the user"),
        ChatMoved(-100123),
        Paused("Bad Request: CHAT_RESTRICTED", Shut.RIGHTS),
        Refused("Bad Request: message is too long"),
        TryLater("Too Many Requests", after=timedelta(seconds=7), is_flood=True),
    ],
    ids=lambda verdict: type(verdict).__name__,
)
def test_what_telegram_says_about_a_chat_shows_that_it_is_there(verdict):
    assert not is_telegrams(verdict)
    assert not is_away(verdict, 99, None)


def test_pauses_grow_and_stay_short_enough_to_notice_soon_that_telegram_is_back():
    pauses = [pause_after(number).total_seconds() for number in range(99)]

    assert pauses[:6] == [1, 2, 4, 8, 16, 30]
    assert set(pauses[6:]) == {LONGEST_PAUSE.total_seconds()}


def test_a_group_that_became_a_supergroup_lives_on_under_its_new_id():
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    assert judge_answer(400, text, migrate_to=-100123) == ChatMoved(-100123)


def test_a_group_that_moved_without_saying_where_is_not_given_up():
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    assert judge_answer(400, text) == TryLater(text)


@pytest.mark.parametrize("code", [420, 429])
def test_a_flood_wait_lasts_exactly_as_long_as_telegram_said(code):
    verdict = judge_answer(code, "Too Many Requests: retry after 37", retry_after=timedelta(seconds=37))

    assert isinstance(verdict, TryLater)
    assert retry_at(verdict, 12, NOW) == NOW + timedelta(seconds=37)


@pytest.mark.parametrize("text", ["Too Many Requests: retry after 37", "FLOOD_WAIT_37"])
def test_a_flood_wait_that_only_the_text_tells_lasts_as_long(text):
    assert judge_answer(429, text) == TryLater(text, after=timedelta(seconds=37), is_flood=True)


def test_a_flood_wait_without_an_end_is_tried_again_like_any_other_failure():
    verdict = judge_answer(429, "Too Many Requests")

    assert verdict == TryLater("Too Many Requests", is_flood=True)
    assert isinstance(verdict, TryLater)
    assert retry_at(verdict, 0, NOW) == NOW + timedelta(seconds=5)


def test_an_edit_that_changes_nothing_is_done():
    text = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    assert judge_answer(400, text) == Delivered()


def test_telegrams_text_is_understood_in_any_case():
    assert judge_answer(400, "chat NOT found") == ChatGone("chat NOT found")


def test_tries_that_fail_one_after_the_other_come_ever_later_but_never_too_late():
    waits = [retry_at(TryLater("Bad Gateway"), tries, NOW) - NOW for tries in range(60)]

    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_RETRY


def test_a_group_is_written_to_more_seldom_than_a_person():
    assert next_due(7, NOW) == NOW + timedelta(seconds=1)
    assert next_due(-100123, NOW) == NOW + timedelta(seconds=3)


def floods(*told: tuple[int, float]) -> list[Flood]:
    return [Flood(chat, NOW - timedelta(seconds=ago)) for chat, ago in told]


@pytest.mark.parametrize(
    ("before", "scope"),
    [
        ([], Scope.CHAT),
        (floods((7, 1), (7, 2), (7, 3)), Scope.CHAT),
        (floods((8, 1)), Scope.CHAT),
        (floods((8, 60), (9, 90)), Scope.CHAT),
        (floods((8, 0), (9, 4)), Scope.BOT),
    ],
    ids=["the first", "one chat again and again", "two chats", "others long ago", "three chats at once"],
)
def test_a_flood_wait_is_the_chats_until_several_chats_are_told_at_once(before, scope):
    assert concerns(Flood(7, NOW), before) is scope


def test_the_documentation_names_every_answer_that_is_tested_here():
    page = (Path(__file__).parent.parent.parent / "docs" / "telegram.md").read_text(encoding="utf-8").lower()
    for _, text in [*GONE, *NO_RIGHTS, *NO_THREAD, *OUR_FAULT]:
        said = text.partition(": ")[2].partition(":")[0].partition(" and ")[0].lower()
        assert said in page or "has not said yet" in said, f"docs/telegram.md does not tell of: {said}"
