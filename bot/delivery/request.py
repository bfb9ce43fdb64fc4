"""python-telegram-bot's transport on aiohttp: kept-alive connections, orjson, and no secret in any error.

Here: one request and its answer, and telling apart what never left us and what may have arrived.
Not here: what an answer means (news/verdicts), how fast calls may go (pace).

The token is part of every URL. aiohttp's errors quote URLs, and so do the error pages of other servers: both stop here.
"""

from __future__ import annotations

import json
import os
import re
import ssl
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson
from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# Telegram answers within a second or two; getUpdates adds its own long-poll time to the read timeout.
READ_TIMEOUT = 8.0
CONNECT_TIMEOUT = 3.0
# More calls than that are never on their way at once: the budget is 30 a second, or 1,000 paid ones.
CONNECTIONS = 256
# Shorter than servers keep an idle connection: a request must not meet their good-bye, as its fate is unknown then.
KEEP_ALIVE = 30
# What a token looks like wherever it is quoted, as in `Cannot POST /bot<token>/sendMessage`.
_TOKEN = re.compile(r"(?<!\d)\d+(?::|%3[aA])[\w-]+")
# The first reason in an error that sums up several.
_ERRNO = re.compile(r"\[Errno (\d+)\]")
# What Telegram may tell beside the text of an error.
_PARAMETERS = ("migrate_to_chat_id", "retry_after")


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
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = DEFAULT_NONE,  # noqa: ANN401 - the library's own sentinel
        write_timeout: Any = DEFAULT_NONE,  # noqa: ANN401 - within the time for the whole call
        connect_timeout: Any = DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = DEFAULT_NONE,  # noqa: ANN401 - a wait for a connection is part of connecting
    ) -> tuple[int, bytes]:
        """The status and body of one request. Raises NotSentError or AnswerLostError."""
        timeout = _timeout(_asked(connect_timeout, self._connect_timeout), _asked(read_timeout, self._read_timeout))
        fault: NetworkError
        try:
            async with self._open().request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as answer:
                return _quotable(answer.status, await answer.read(), url)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            fault = NotSentError(f"Telegram cannot be reached: {reason(error)}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            fault = AnswerLostError(f"Telegram's answer was lost: {reason(error)}")
        raise fault  # out here, where aiohttp's error is no longer part of its history

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:  # noqa: ANN401 - as the library's
        """The answer's JSON. Raises AnswerLostError where there is none; the payload itself is not repeated."""
        answer = _leniently(payload)
        if answer is None:
            raise AnswerLostError("Telegram's answer was lost: it is no JSON")
        return answer

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    """Bounds for connecting, for the pauses in an answer, and for all of it, so that no answer drips for ever."""
    total = None if connect is None or read is None else connect + read
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)


def _asked(seconds: object, default: float) -> float | None:
    """What python-telegram-bot asks for: a number, None for no limit, or its sentinel for our default."""
    return seconds if isinstance(seconds, int | float) or seconds is None else default


def _body(data: RequestData | None) -> dict[str, Any]:
    """The request's body: a form with the files where there are any, else JSON."""
    if data is None:
        return {}
    if data.contains_files:
        form = aiohttp.FormData(data.json_parameters)
        for name, (filename, content, mime) in data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=mime)
        return {"data": form}
    try:
        body = orjson.dumps(data.parameters)
    except TypeError:  # half a character, which the standard library escapes and orjson refuses
        body = json.dumps(data.parameters).encode()
    return {"data": body, "headers": {"Content-Type": "application/json"}}


def told(status: int, payload: bytes) -> tuple[int, dict[str, Any] | None]:
    """An answer of the Bot API as its code and fields, safe to quote; no fields where a success cannot be read.

    Proxies and other Bot API servers answer with pages that quote the URL, and some call an error a success: of what
    is no success only Telegram's own fields are kept, without the token.
    """
    answer = _leniently(payload)
    fields = answer if isinstance(answer, dict) else {}
    if status < HTTPStatus.MULTIPLE_CHOICES:
        if answer is None or "result" in fields:
            return status, answer
        code = fields.get("error_code")
        status = code if isinstance(code, int) and code >= HTTPStatus.BAD_REQUEST else HTTPStatus.BAD_GATEWAY
    kept: dict[str, Any] = {}
    if isinstance(fields.get("description"), str):
        kept["description"] = _TOKEN.sub("…", fields["description"])
    if isinstance(fields.get("parameters"), dict):
        kept["parameters"] = {name: fields["parameters"].get(name) for name in _PARAMETERS}
    return status, kept


def _quotable(status: int, payload: bytes, url: str) -> tuple[int, bytes]:
    """The answer as python-telegram-bot understands it; a success is left as it is."""
    if status < HTTPStatus.MULTIPLE_CHOICES and ("/file/bot" in url or b'"result"' in payload):
        return status, payload
    code, kept = told(status, payload)
    return (code, payload) if kept is None else (code, json.dumps(kept).encode())


def _leniently(payload: bytes) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """JSON, with broken characters in it too, as the standard library reads it; None where it is no JSON."""
    with suppress(orjson.JSONDecodeError):
        return orjson.loads(payload)
    try:
        return json.loads(payload.decode(errors="replace"))
    except (ValueError, RecursionError):
        return None


def reason(error: BaseException) -> str:
    """Why a call failed, in words that hold no URL: the operating system's sentence or the error's name."""
    cause = getattr(error, "os_error", error)
    if isinstance(cause, ssl.SSLError):  # its numbers are not the operating system's
        return f"TLS fails, {(cause.reason or type(cause).__name__).replace('_', ' ').lower()}"
    number = getattr(cause, "errno", None)
    if number is None and isinstance(cause, OSError):  # several addresses were tried, and each has its reason
        found = _ERRNO.search(str(cause))
        number = int(found[1]) if found else None
    if isinstance(number, int) and number > 0:
        return os.strerror(number)
    return getattr(cause, "strerror", None) or type(cause).__name__
