"""What goes wrong between a bot and Telegram goes wrong for real: once, or until it is mended."""

from __future__ import annotations

import aiohttp
import pytest

from bot.devchat.faults import Cut, Fault, Page
from bot.devchat.refusals import SAID, Refusal, flood, said

YOU, GROUP, CHANNEL = 1001, -2001, -1002000000001
SHORT = aiohttp.ClientTimeout(total=0.3)


@pytest.mark.parametrize(("cut", "stands"), [(Cut.BEFORE, []), (Cut.AFTER, ["a"]), (Cut.HALF, ["a"]), (Cut.SILENT, [])])
async def test_a_connection_breaks_where_the_fault_says(devchat, api, session, cut, stands) -> None:
    devchat.breaks(Fault(cut))
    with pytest.raises((aiohttp.ClientError, TimeoutError)):
        async with session.post(
            f"{api.url}/bot1:for-tests/sendMessage", json={"chat_id": YOU, "text": "a"}, timeout=SHORT
        ) as answer:
            await answer.read()
    assert devchat.texts(YOU) == stands
    assert await api.says("b")  # only the next call
    assert devchat.texts(YOU) == [*stands, "b"]


async def test_a_refusal_is_answered_in_the_methods_place(devchat, api) -> None:
    devchat.breaks(Fault(Refusal(502, "Bad Gateway")), Fault(flood(7)))
    assert (await api.call("sendMessage", chat_id=YOU, text="a"))["error_code"] == 502
    assert (await api.call("sendMessage", chat_id=YOU, text="a"))["parameters"] == {"retry_after": 7}
    assert devchat.texts(YOU) == []


async def test_a_fault_waits_for_its_method_and_its_chat(devchat, api) -> None:
    devchat.breaks(Fault(flood(7), "editMessageText"), Fault(flood(8), chat=GROUP), Fault(flood(9), ""))
    assert (await api.call("getMe"))["parameters"] == {"retry_after": 9}
    message = await api.says("a")
    assert (await api.call("sendMessage", chat_id=GROUP, text="a"))["parameters"] == {"retry_after": 8}
    edit = {"chat_id": YOU, "message_id": message["message_id"], "text": "b"}
    assert (await api.call("editMessageText", **edit))["parameters"] == {"retry_after": 7}
    assert (await api.call("editMessageText", **edit))["ok"]


async def test_a_fault_that_lasts_is_there_until_telegram_is_mended(devchat, api) -> None:
    devchat.breaks(Fault(said("no token"), "", lasts=True))
    for method in ("getMe", "sendMessage", "getMe"):
        assert await api.complaint(method, chat_id=YOU, text="a") == "Unauthorized"
    devchat.mends()
    assert await api.says("a")


async def test_a_proxys_page_stands_in_telegrams_place(devchat, api, session) -> None:
    devchat.breaks(Fault(Page(502, "<html>Bad gateway</html>")))
    async with session.post(f"{api.url}/bot1:for-tests/sendMessage", json={"chat_id": YOU, "text": "a"}) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert devchat.texts(YOU) == []


@pytest.mark.parametrize("matter", SAID)
async def test_every_refusal_can_be_had_in_telegrams_words(devchat, api, matter) -> None:
    devchat.breaks(Fault(said(matter)))
    body = await api.call("sendMessage", chat_id=YOU, text="a")
    assert (body["error_code"], body["description"]) == SAID[matter]


async def test_an_account_that_is_no_more_refuses_without_a_word_before(devchat, api) -> None:
    devchat.people.deactivates(YOU)
    assert await api.refused("a") == "Forbidden: user is deactivated"
    assert (await api.call("getUpdates"))["result"] == []


@pytest.mark.parametrize(
    ("chat", "words", "status"),
    [
        (GROUP, "not enough rights to send text messages to the chat", "restricted"),
        (CHANNEL, "need administrator rights in the channel chat", "member"),
    ],
)
async def test_a_bot_that_is_restricted_is_told_so_and_told_when_it_is_over(
    devchat, api, ptb, chat, words, status
) -> None:
    devchat.people.restricts(chat, restricted=True)
    assert await api.refused("a", chat) == f"Bad Request: {words}"
    devchat.people.restricts(chat, restricted=False)
    assert await api.says("a", chat)

    out, back = (update.my_chat_member for update in await ptb.get_updates())
    assert out.new_chat_member.status == back.old_chat_member.status == status


async def test_a_closed_general_topic_takes_no_messages(devchat, api) -> None:
    devchat.people.closes_general(GROUP, closed=True)
    assert await api.refused("a", GROUP) == "Bad Request: TOPIC_CLOSED"
    devchat.people.closes_general(GROUP, closed=False)
    assert await api.says("a", GROUP)


async def test_a_server_that_was_stopped_starts_again_where_it_was(devchat, api) -> None:
    before = devchat.url
    await devchat.stop()
    await devchat.start()
    assert devchat.url == before
    assert await api.says("a")
