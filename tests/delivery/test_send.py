"""Every outcome of a send is a verdict; what Telegram finds malformed still arrives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery.send import bare, judge
from bot.devchat.faults import Cut, Fault, Page
from bot.devchat.refusals import SAID, Refusal, bad, flood, forbidden, said
from bot.news.message import Button, Message
from bot.news.verdicts import ChatGone, ChatMoved, Delivered, Paused, Refused, Scope, Shut, TryLater, judge_answer

STORY = "https://news.example/story"
ALERT = Message(f'<b><a href="{STORY}">Fed &amp; rates</a></b>', ((Button("📖 Read", "read:1"),),), STORY)


@pytest.fixture
def messenger(alerting):
    return alerting(read_timeout=0.5)


async def test_an_alert_stands_in_the_chat_with_its_markup_and_buttons(messenger, devchat):
    verdict = await messenger.send(1, ALERT)

    sent = devchat.sent[0]
    assert verdict == Delivered(sent["message_id"])
    assert sent["text"] == "Fed & rates"
    assert {entity["type"] for entity in sent["entities"]} == {"bold", "text_link"}
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "📖 Read", "callback_data": "read:1"}]]
    assert sent["link_preview_options"]["url"] == STORY


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (forbidden("bot was blocked by the user"), ChatGone("Forbidden: bot was blocked by the user")),
        (bad("chat not found"), ChatGone("Bad Request: chat not found")),
        (
            bad("group chat was upgraded to a supergroup chat"),
            TryLater("Bad Request: group chat was upgraded to a supergroup chat"),
        ),
        (
            Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777),
            ChatMoved(-100777),
        ),
        (
            bad("not enough rights to send text messages to the chat"),
            Paused("Bad Request: not enough rights to send text messages to the chat", Shut.RIGHTS),
        ),
        (flood(37), TryLater("Too Many Requests: retry after 37", timedelta(seconds=37), is_flood=True)),
        (Refusal(500, "Internal Server Error"), TryLater("Internal Server Error", scope=Scope.BOT)),
        (Refusal(502, "Bad Gateway"), TryLater("Bad Gateway", scope=Scope.BOT)),
        (
            Refusal(401, "Unauthorized"),
            TryLater("the token is wrong or revoked: Unauthorized", scope=Scope.BOT, is_token=True),
        ),
        (Refusal(409, "Conflict: other"), TryLater("Conflict: other", scope=Scope.BOT)),
    ],
    ids=lambda value: "" if not isinstance(value, Refusal) else value.description,
)
async def test_what_telegram_answers_is_a_verdict(messenger, devchat, answer, verdict):
    devchat.breaks(Fault(answer))

    assert await messenger.send(1, ALERT) == verdict
    assert devchat.sent == []


@pytest.mark.parametrize("matter", SAID)
async def test_whatever_is_the_matter_is_judged_by_telegrams_own_words(messenger, devchat, matter):
    code, words = SAID[matter]
    meant = judge_answer(code, words)
    devchat.breaks(*[Fault(said(matter))] * (2 if isinstance(meant, Refused) else 1))

    assert await messenger.send(1, ALERT) == meant
    assert devchat.sent == []


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 413, 429, 500, 502, 503, 504])
async def test_a_page_that_is_not_telegrams_says_nothing_about_the_chat(messenger, devchat, status):
    devchat.breaks(Fault(Page(status)))

    verdict = await messenger.send(1, ALERT)

    assert isinstance(verdict, TryLater)
    assert verdict.scope is Scope.BOT
    assert not verdict.is_flood
    assert not verdict.is_token


@pytest.mark.parametrize("wait", [-1, 1e300, float("inf"), "37", None, [37], 10**30])
def test_a_wait_that_is_none_does_no_harm(wait):
    parameters = f'{{"retry_after": {wait!r}}}'.replace("'", '"').replace("None", "null").replace("inf", "Infinity")
    answer = f'{{"ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": {parameters}}}'

    verdict = judge(429, answer.encode())

    assert isinstance(verdict, TryLater)
    assert verdict.is_flood
    assert (verdict.after or timedelta()) <= timedelta(days=7)


@pytest.mark.parametrize("cut", list(Cut))
async def test_a_cut_after_the_call_may_have_sent_it(messenger, devchat, cut):
    devchat.breaks(Fault(cut))

    verdict = await messenger.send(1, ALERT)

    assert isinstance(verdict, TryLater)
    assert verdict.maybe_sent


async def test_a_server_that_is_away_has_sent_nothing(messenger, devchat):
    await devchat.stop()

    verdict = await messenger.send(1, ALERT)

    assert isinstance(verdict, TryLater)
    assert not verdict.maybe_sent
    assert verdict.scope is Scope.BOT


@pytest.mark.parametrize("reason", ["can't parse entities: no", "BUTTON_DATA_INVALID", "message is too long"])
async def test_what_telegram_finds_malformed_arrives_as_plain_text_and_is_told_as_a_bug(messenger, devchat, reason):
    devchat.breaks(Fault(bad(reason)))

    verdict = await messenger.send(1, ALERT)

    assert isinstance(verdict, Delivered)
    assert reason.lower() in verdict.bug.lower()
    assert devchat.texts(1) == [f"Fed & rates\n{STORY}"]
    assert "reply_markup" not in devchat.sent[0]


async def test_what_is_refused_twice_is_refused(messenger, devchat):
    devchat.breaks(Fault(bad("message text is empty")), Fault(bad("message text is empty")))

    assert await messenger.send(1, ALERT) == Refused("Bad Request: message text is empty")


async def test_a_chat_that_is_gone_by_the_second_try_is_gone(messenger, devchat):
    devchat.breaks(Fault(bad("can't parse entities")), Fault(forbidden("user is deactivated")))

    assert isinstance(await messenger.send(1, ALERT), ChatGone)


async def test_markup_that_devchat_itself_refuses_still_arrives(messenger, devchat):
    assert isinstance(await messenger.send(1, Message("<b>never closed &lt;3")), Delivered)
    assert devchat.texts(1) == ["never closed <3"]


def test_the_plain_text_is_cut_to_what_telegram_takes():
    assert bare(Message("🙂" * 3000)).html == "🙂" * 2048
