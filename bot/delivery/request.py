"""python-telegram-bot's transport on aiohttp: kept-alive connections, orjson, and no secret in any error.

Here: one request and its answer, and telling apart what never left us and what may have arrived.
Not here: what an answer means (news/verdicts), how fast calls may go (pace).

The token is part of every URL, and aiohttp's errors quote URLs: they stop here, with their chain cut.
"""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import orjson
from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# Telegram answers within a second or two; getUpdates adds its own long-poll time to the read timeout.
READ_TIMEOUT = 10.0
CONNECT_TIMEOUT = 5.0
# More calls than that are never on their way at once: the budget is 30 a second, or 1,000 paid ones.
CONNECTIONS = 256


class NotSentError(NetworkError):
    """Telegram never saw the request: it may be made again without doubling anything."""


class AnswerLostError(TimedOut):
    """The request was on the wire when the answer was lost: Telegram may have done what it asked."""


class AiohttpRequest(BaseRequest):
    """One pool of connections to one Bot API server, opened when it is first needed."""

    def __init__(self, *, read_timeout: float = READ_TIMEOUT, connect_timeout: float = CONNECT_TIMEOUT) -> None:
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing: the session is made by the first request, on the loop that makes it."""

    async def shutdown(self) -> None:
        """Close every connection; closing twice is allowed."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = DEFAULT_NONE,  # noqa: ANN401 - the library's own sentinel
        write_timeout: Any = DEFAULT_NONE,  # noqa: ANN401 - aiohttp has no such timeout
        connect_timeout: Any = DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = DEFAULT_NONE,  # noqa: ANN401 - the pool waits as long as the call may
    ) -> tuple[int, bytes]:
        """The status and body of one request. Raises NotSentError or AnswerLostError."""
        timeout = aiohttp.ClientTimeout(
            sock_connect=_seconds(connect_timeout, self._connect_timeout),
            sock_read=_seconds(read_timeout, self._read_timeout),
        )
        try:
            async with self._open().request(method, url, timeout=timeout, **_body(request_data)) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"Telegram cannot be reached: {_reason(error)}") from None
        except (aiohttp.ClientError, TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            raise AnswerLostError(f"Telegram's answer was lost: {_reason(error)}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer's JSON. Raises TelegramError where there is none; the payload itself is not repeated."""
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise AnswerLostError("Telegram's answer was no JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("Telegram's answer was no JSON object")
        return answer

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=60),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def _body(data: RequestData | None) -> dict[str, Any]:
    """The request's body: a form with the files where there are any, else JSON."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": orjson.dumps(data.parameters), "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}


def _seconds(asked: object, default: float) -> float | None:
    """What python-telegram-bot asks for: a number, None for no limit, or its sentinel for our default."""
    return asked if isinstance(asked, int | float) or asked is None else default


def _reason(error: BaseException) -> str:
    """Why, in words that hold no URL: the operating system's sentence or the error's name."""
    cause = getattr(error, "os_error", error)
    return getattr(cause, "strerror", None) or type(cause).__name__
