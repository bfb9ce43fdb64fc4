"""The transport: what is known of a call whose connection breaks, and that no error holds the token."""

from __future__ import annotations

import asyncio
import json
import socket
import traceback

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.delivery.request import AiohttpRequest, AnswerLostError, NotSentError
from tests.delivery.wires import TOKEN, http

SECRET = TOKEN.partition(":")[2]
OK = http(200, '{"ok": true, "result": true}')


def whole_story(error: BaseException | None) -> str:
    """Everything that an exception and those behind it could ever print."""
    if error is None:
        return ""
    own = [str(error), repr(error), repr(error.args), *traceback.format_exception(error)]
    return "\n".join([*own, whole_story(error.__cause__), whole_story(error.__context__)])


async def failing(bot, kind: type[TelegramError] = TelegramError) -> TelegramError:
    """The error of a call, after a look through it for the token."""
    with pytest.raises(kind) as caught:
        await bot.log_out()
    assert SECRET not in whole_story(caught.value)
    return caught.value


def unused_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


async def test_a_refused_connection_means_that_nothing_was_sent(connect):
    error = await failing(connect(root=f"http://127.0.0.1:{unused_port()}"), NotSentError)

    assert "refused" in str(error)
    assert not isinstance(error, TimedOut)


async def test_tls_that_fails_means_that_nothing_was_sent(connect, wire):
    wire.greets(b"HTTP/1.1 400 This is no TLS\r\n\r\n")
    await failing(connect(root=wire.url.replace("http:", "https:")), NotSentError)


async def test_a_connection_that_is_not_made_in_time_means_that_nothing_was_sent(connect):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        root = f"https://127.0.0.1:{deaf.getsockname()[1]}"
        await failing(connect(root=root, connect_timeout=0.1), NotSentError)


async def test_an_address_that_is_none_means_that_nothing_was_sent(connect):
    await failing(connect(root=f"http://{'x' * 70}.example:99999999"), NotSentError)


async def test_silence_after_the_call_means_that_nobody_knows(connect, wire):
    wire.is_silent()
    await failing(connect(root=wire.url, read_timeout=0.1), AnswerLostError)


async def test_a_connection_closed_after_the_call_means_that_nobody_knows(connect, wire):
    wire.hangs_up()
    await failing(connect(root=wire.url), AnswerLostError)


async def test_half_an_answer_means_that_nobody_knows(connect, wire):
    wire.hangs_up(OK[:-5])
    await failing(connect(root=wire.url), AnswerLostError)


async def test_an_answer_that_drips_ends_in_bounded_time(connect, wire):
    wire.drips(OK, every=0.05)
    await failing(connect(root=wire.url, read_timeout=0.2, connect_timeout=0.1), AnswerLostError)


async def test_what_is_no_http_means_that_nobody_knows(connect, wire):
    wire.says(b"SSH-2.0-nonsense\r\n\r\n")
    await failing(connect(root=wire.url), AnswerLostError)


@pytest.mark.parametrize("body", ["", "<html>hello</html>", '{"result', "[]", "1", "null", '{"ok": true}'])
async def test_a_success_without_a_result_is_an_error_like_any_other(connect, wire, body):
    wire.says(http(200, body))
    await failing(connect(root=wire.url), NetworkError)


async def test_an_error_that_is_called_a_success_is_an_error(connect, wire):
    wire.says(http(200, '{"ok": false, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}'))
    assert "blocked" in str(await failing(connect(root=wire.url), Forbidden))


@pytest.mark.parametrize(
    ("status", "kind"), [(502, NetworkError), (404, InvalidToken), (400, BadRequest), (302, NetworkError)]
)
@pytest.mark.parametrize(
    "body",
    [
        f"<html>Cannot POST /bot{TOKEN}/logOut</html>",
        json.dumps({"ok": False, "description": f"Cannot POST /bot{TOKEN}/logOut"}),
        json.dumps({"ok": False, "description": f"Cannot POST /bot{TOKEN.replace(':', '%3A')}/logOut"}),
        json.dumps({"message": f"no route {TOKEN}", "parameters": {"url": TOKEN}, "description": [TOKEN]}),
        json.dumps([TOKEN]),
    ],
    ids=["page", "json", "quoted", "elsewhere", "list"],
)
async def test_an_error_page_that_quotes_the_address_does_not_tell_the_token(connect, wire, status, kind, body):
    wire.says(http(status, body, f"Location: {wire.url}/bot{TOKEN}/logOut"))
    await failing(connect(root=wire.url), kind)
    assert len(wire.calls) == 1


async def test_telegrams_own_words_and_waits_arrive(connect, wire):
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 7"}
    wire.says(http(429, json.dumps(body | {"parameters": {"retry_after": 7}})))
    error = await failing(connect(root=wire.url), RetryAfter)
    assert error.retry_after.total_seconds() == 7


@pytest.mark.parametrize("text", [rb"caf\u00e9 \ud83d", b"caf\xc3\xa9 \xff"], ids=["half a character", "broken bytes"])
async def test_one_broken_character_does_not_lose_the_whole_answer(connect, wire, text):
    wire.says(http(200, b'{"ok": true, "result": {"name": "%s"}}' % text))
    assert (await connect(root=wire.url).get_my_name()).name.startswith("café ")


async def test_half_a_character_can_be_sent(connect, wire):
    wire.says(http(200, '{"ok": true, "result": true}'))
    assert await connect(root=wire.url).set_my_name("caf\u00e9 \ud83d")
    assert json.loads(wire.calls[0].partition(b"\r\n\r\n")[2]) == {"name": "café \ud83d"}


async def test_calls_go_over_one_connection_that_is_kept_alive(connect, wire):
    wire.says(OK)
    bot = connect(root=wire.url)
    for _ in range(5):
        await bot.log_out()

    assert len(wire.calls) == 5
    assert wire.connections == 1


async def test_a_file_is_sent_as_a_form(connect, wire):
    wire.says(OK)
    bot = connect(root=wire.url)
    await bot.set_webhook("https://bot.example/telegram", certificate=b"-----CERTIFICATE", max_connections=7)

    call = wire.calls[0]
    assert b"Content-Type: multipart/form-data" in call
    for part in (b'name="url"', b"https://bot.example/telegram", b"-----CERTIFICATE", b'name="max_connections"'):
        assert part in call


async def test_a_file_is_fetched_as_it_is(connect, wire):
    wire.says(http(200, b"no JSON at all"))
    request = AiohttpRequest()
    assert await request.retrieve(f"{wire.url}/file/bot{TOKEN}/documents/bot_1.txt") == b"no JSON at all"
    await request.shutdown()


async def test_a_call_may_ask_for_its_own_time(connect, wire):
    wire.is_silent()
    bot = connect(root=wire.url, read_timeout=30)
    with pytest.raises(AnswerLostError):
        async with asyncio.timeout(10):
            await bot.log_out(read_timeout=0.1, write_timeout=None, pool_timeout=None)


async def test_a_transport_that_was_shut_down_twice_can_still_be_used(wire):
    wire.says(OK)
    request = AiohttpRequest()
    for _ in range(2):
        await request.initialize()
        assert await request.post(f"{wire.url}/bot{TOKEN}/getMe") is True
        await request.shutdown()
        await request.shutdown()

    assert request.read_timeout > 0
    assert wire.connections == 2
