"""The alerts' transport: what is known of a call whose connection breaks anywhere, and which line is used again."""

from __future__ import annotations

import asyncio
import json
import socket
import traceback
from collections.abc import AsyncIterator, Callable

import pytest

from bot.delivery.lines import LONGEST_ANSWER, Lines, server
from bot.delivery.request import AnswerLostError, NotSentError
from tests.delivery.wires import TOKEN, http

SECRET = TOKEN.partition(":")[2]
OK = http(200, '{"ok": true, "result": {"message_id": 7}}')
BODY = b'{"chat_id":1,"text":"news"}'
ANSWER = (200, b'{"ok": true, "result": {"message_id": 7}}')


@pytest.fixture
async def opened() -> AsyncIterator[Callable[..., Lines]]:
    lines = []

    def opened(root: str, **timeouts: float) -> Lines:
        lines.append(Lines(server(f"{root}/bot{TOKEN}"), **timeouts))
        return lines[-1]

    yield opened
    for each in lines:
        await each.close()


async def failing(lines: Lines, kind: type[NotSentError] | type[AnswerLostError]) -> str:
    """Why a call fails, after a look through everything that the error could ever print."""
    with pytest.raises(kind) as caught:
        await lines.post("sendMessage", BODY)
    error: BaseException | None = caught.value
    story = []
    while error is not None:
        story += [str(error), repr(error), repr(error.args), *traceback.format_exception(error)]
        error = error.__cause__ or error.__context__
    assert SECRET not in "\n".join(story)
    return str(caught.value)


async def until(predicate: Callable[[], bool]) -> None:
    """Let everybody else go on until it is so."""
    for _ in range(100_000):
        if predicate():
            return
        await asyncio.sleep(0)
    raise TimeoutError


def unused_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


# ---- what never left us


async def test_a_refused_connection_means_that_nothing_was_sent(opened):
    assert "refused" in await failing(opened(f"http://127.0.0.1:{unused_port()}"), NotSentError)


async def test_where_every_address_refuses_the_reason_is_told(opened):
    assert "refused" in await failing(opened(f"http://localhost:{unused_port()}"), NotSentError)


async def test_tls_that_fails_means_that_nothing_was_sent_and_is_called_so(opened, wire):
    wire.greets(b"HTTP/1.1 400 This is no TLS\r\n\r\n")
    assert "TLS" in await failing(opened(wire.url.replace("http:", "https:")), NotSentError)


async def test_a_connection_that_is_not_made_in_time_means_that_nothing_was_sent(opened):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        await failing(opened(f"https://127.0.0.1:{deaf.getsockname()[1]}", connect_timeout=0.1), NotSentError)


@pytest.mark.parametrize("host", ["x" * 70 + ".example", "no-such-host.invalid"])
async def test_a_host_that_does_not_exist_means_that_nothing_was_sent(opened, host):
    await failing(opened(f"http://{host}"), NotSentError)


# ---- what may have arrived


async def test_silence_after_the_call_means_that_nobody_knows(opened, wire):
    wire.is_silent()
    assert "in time" in await failing(opened(wire.url, read_timeout=0.1), AnswerLostError)


async def test_an_answer_that_drips_ends_in_bounded_time(opened, wire):
    wire.drips(OK, every=0.05)
    await failing(opened(wire.url, read_timeout=0.2), AnswerLostError)


async def test_a_connection_closed_after_the_call_means_that_nobody_knows(opened, wire):
    wire.hangs_up()
    assert "closed" in await failing(opened(wire.url), AnswerLostError)


@pytest.mark.parametrize("end", [1, 5, 20, len(OK) - 5, len(OK) - 1])
async def test_half_an_answer_means_that_nobody_knows(opened, wire, end):
    wire.hangs_up(OK[:end])
    await failing(opened(wire.url), AnswerLostError)


async def test_half_a_chunk_means_that_nobody_knows(opened, wire):
    wire.hangs_up(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{")
    await failing(opened(wire.url), AnswerLostError)


async def test_an_answer_without_a_length_is_taken_for_lost(opened, wire):
    wire.hangs_up(b"HTTP/1.1 200 OK\r\n\r\n" + ANSWER[1])
    await failing(opened(wire.url), AnswerLostError)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-nonsense\r\n\r\n",
        b"\x15\x03\x01\x00\x02\x02\x16",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    ],
    ids=["ssh", "tls", "upgrade", "length"],
)
async def test_what_is_no_answer_means_that_nobody_knows(opened, wire, answer):
    wire.says(answer)
    assert "no HTTP" in await failing(opened(wire.url), AnswerLostError)


@pytest.mark.parametrize(
    "flood",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (LONGEST_ANSWER + 1),
        b"HTTP/1.1 200 OK\r\n" + b"X-Header: and on and on\r\n" * (LONGEST_ANSWER // 25),
        b"HTTP/1.1 200 OK\r\nX-Header: " + b"x" * (LONGEST_ANSWER + 1),
        b"HTTP/1.1 100 Continue\r\n\r\n" * (LONGEST_ANSWER // 25 + 1),
    ],
    ids=["body", "headers", "one header", "go on"],
)
async def test_an_answer_that_does_not_end_is_given_up(opened, wire, flood):
    wire.says(flood)
    assert "does not end" in await failing(opened(wire.url), AnswerLostError)


async def test_closing_tells_those_who_wait_that_nobody_knows(opened, wire):
    wire.is_silent()
    lines = opened(wire.url)
    waiting = [asyncio.create_task(failing(lines, AnswerLostError)) for _ in range(3)]
    await until(lambda: len(wire.calls) == 3)

    await lines.close()
    await lines.close()

    async with asyncio.timeout(10):
        assert all("closed" in told for told in await asyncio.gather(*waiting))


# ---- answers


async def test_a_call_is_one_request_and_its_answer_comes_back(opened, wire):
    wire.says(OK)
    assert await opened(wire.url).post("sendMessage", BODY) == ANSWER

    head, _, body = wire.calls[0].partition(b"\r\n\r\n")
    assert head.startswith(f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\n".encode())
    assert b"Content-Type: application/json" in head
    assert json.loads(body) == json.loads(BODY)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n"
        + ANSWER[1][:5]
        + b"\r\n24\r\n"
        + ANSWER[1][5:]
        + b"\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK,
        b"HTTP/1.0 200 OK\r\nContent-Length: 41\r\n\r\n" + ANSWER[1],
    ],
    ids=["in chunks", "after 1xx", "HTTP 1.0"],
)
async def test_every_shape_of_a_whole_answer_is_read(opened, wire, answer):
    wire.says(answer)
    lines = opened(wire.url)
    assert [await lines.post("sendMessage", BODY) for _ in range(2)] == [ANSWER, ANSWER]


async def test_an_answer_that_drips_in_time_is_read(opened, wire):
    wire.drips(OK, every=0.001)
    assert await opened(wire.url).post("sendMessage", BODY) == ANSWER


async def test_an_error_is_an_answer(opened, wire):
    wire.says(http(502, "<html>Bad gateway</html>"))
    assert await opened(wire.url).post("sendMessage", BODY) == (502, b"<html>Bad gateway</html>")


# ---- which line is used again


async def test_calls_one_after_the_other_share_a_line(opened, wire):
    wire.says(OK)
    lines = opened(wire.url)
    for _ in range(5):
        await lines.post("sendMessage", BODY)
    assert (len(wire.calls), wire.connections) == (5, 1)


async def test_calls_at_once_have_lines_of_their_own(opened, wire):
    wire.says(OK)
    lines = opened(wire.url)
    for _ in range(2):
        await asyncio.gather(*(lines.post("sendMessage", BODY) for _ in range(4)))
    assert (len(wire.calls), wire.connections) == (8, 4)


async def test_a_line_that_the_server_closed_meanwhile_is_not_used(opened, wire):
    wire.hangs_up(OK)
    lines = opened(wire.url)
    await lines.post("sendMessage", BODY)
    await until(lambda: not any(line.is_open for line in lines._lines))

    wire.says(OK)
    assert await lines.post("sendMessage", BODY) == ANSWER
    assert wire.connections == 2


async def test_a_server_that_says_close_is_believed(opened, wire):
    wire.says(http(200, ANSWER[1], "Connection: close"))
    lines = opened(wire.url)
    assert [await lines.post("sendMessage", BODY) for _ in range(2)] == [ANSWER, ANSWER]
    assert wire.connections == 2


async def test_a_server_that_speaks_unasked_is_hung_up_on(opened, wire):
    wire.says(OK)
    lines = opened(wire.url)
    await lines.post("sendMessage", BODY)
    wire.tells(http(200, '{"ok": true, "result": {"message_id": 666}}'))
    await until(lambda: not any(line.is_open for line in lines._lines))

    assert await lines.post("sendMessage", BODY) == ANSWER
    assert wire.connections == 2


@pytest.mark.parametrize("more", [OK, OK[:20], b"nonsense"], ids=["an answer", "half an answer", "nonsense"])
async def test_what_comes_behind_an_answer_is_not_taken_for_the_next(opened, wire, more):
    wire.says(OK + more)
    lines = opened(wire.url)
    assert [await lines.post("sendMessage", BODY) for _ in range(3)] == [ANSWER] * 3
    assert wire.connections == 3


async def test_the_line_of_a_call_that_was_given_up_is_not_used_again(opened, wire):
    wire.is_silent()
    lines = opened(wire.url)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await lines.post("sendMessage", BODY)

    wire.says(OK)
    assert await lines.post("sendMessage", BODY) == ANSWER
    assert wire.connections == 2


async def test_lines_that_were_closed_can_be_used_again(opened, wire):
    wire.says(OK)
    lines = opened(wire.url)
    for _ in range(2):
        assert await lines.post("sendMessage", BODY) == ANSWER
        await lines.close()
    assert wire.connections == 2


@pytest.mark.parametrize(
    ("root", "host", "port", "tls"),
    [
        ("https://api.telegram.org/bot1:x", "api.telegram.org", 443, True),
        ("http://127.0.0.1:9000/bot1:x", "127.0.0.1", 9000, False),
        ("http://[::1]:9000/under/bot1:x/", "::1", 9000, False),
    ],
)
def test_the_servers_root_is_understood(root, host, port, tls):
    found = server(root)
    assert (found.host, found.port, found.tls is not None) == (host, port, tls)
    assert found.request("getMe", b"{}").startswith(f"POST {found.path}/getMe HTTP/1.1\r\nHost: ".encode())
    assert not found.path.endswith("/")
