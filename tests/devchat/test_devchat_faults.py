"""What goes wrong between a bot and Telegram goes wrong for real, and once."""

from __future__ import annotations

import aiohttp
import pytest

from bot.devchat.faults import Cut, Fault
from bot.devchat.refusals import Refusal, flood

YOU, GROUP = 1001, -2001
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
