"""The doors to Telegram that the doctor tries: the token, and the way by which updates come in.

Here: getMe and getWebhookInfo, and a sentence for each outcome that says what to do.
Not here: the other doors (doors), the order, and how it is shown (doctor).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from bot.delivery.request import AiohttpRequest, AnswerLostError, NotSentError
from bot.news.addresses import is_of_this_machine
from bot.settings import Settings
from bot.verbs.doors import Health, Tried
from bot.verbs.masks import masked
from bot.verbs.screen import clock_time

# So many updates wait for a moment where people are busy; more, where nobody takes them.
MANY_WAIT = 100


async def try_telegram(settings: Settings) -> list[Tried]:
    """Telegram's getMe and, where it answers well, how updates come in; where there is a token."""
    if not settings.token:
        return [Tried("telegram", Health.WELL, "no TELEGRAM_BOT_TOKEN: the chat page on this machine stands in")]
    request = AiohttpRequest()
    try:
        me = await _me(request, settings)
        return [me, await _updates(request, settings)] if me.health is Health.WELL else [me]
    except (NotSentError, AnswerLostError) as error:
        says = f"{error.message}. Look at the network, and at TELEGRAM_API_URL ({masked(settings.api_url)})."
        return [Tried("telegram", Health.FAILED, says)]
    finally:
        await request.shutdown()


async def _me(request: AiohttpRequest, settings: Settings) -> Tried:
    status, me = await _asked(request, settings, "getMe")
    if status in {401, 404}:
        return Tried("telegram", Health.FAILED, "It does not know this TELEGRAM_BOT_TOKEN; ask BotFather for yours.")
    if status != 200 or not me.get("username"):
        says = f"{masked(settings.api_url)} answered {status}, and not as Telegram does; look at TELEGRAM_API_URL."
        return Tried("telegram", Health.FAILED, says)
    return Tried("telegram", Health.WELL, f"answers as @{me['username']}")


async def _updates(request: AiohttpRequest, settings: Settings) -> Tried:
    status, info = await _asked(request, settings, "getWebhookInfo")
    if status != 200:
        return Tried("updates", Health.WARNING, f"getWebhookInfo is answered with {status}; a bot that runs will tell")
    waiting = int(info.get("pending_update_count") or 0)
    wait = f", {waiting} waiting" if waiting else ""
    worry = _worry(settings, info, waiting)
    way = f"by webhook to {settings.webhook_url}" if settings.webhook_url else "by long polling"
    return Tried("updates", Health.WARNING if worry else Health.WELL, f"{way}{wait}" + (f". {worry}" if worry else ""))


def _worry(settings: Settings, info: Mapping[str, Any], waiting: int) -> str:
    """What may keep updates from us."""
    there, http = str(info.get("url") or ""), settings.options.http
    if there and not settings.webhook_url:
        return f"Another program has them brought to {there}; the bot takes that away when it starts."
    if settings.webhook_url and there != settings.webhook_url:
        where = f"brings them to {there}" if there else "brings them nowhere"
        return f"Telegram {where} until the bot starts with this TELEGRAM_WEBHOOK_URL."
    if http.webhook_from and not http.proxies and is_of_this_machine(settings.http.host):
        return "http.webhook_from lets nobody in: every call comes from a proxy on this machine; set http.proxies."
    if settings.webhook_url and info.get("last_error_message"):
        at = clock_time(datetime.fromtimestamp(int(info.get("last_error_date") or 0), UTC))
        return f"Telegram failed at {at}: {info['last_error_message']}."
    return "Nobody takes them: is a process with the role chat running?" if waiting > MANY_WAIT else ""


async def _asked(request: AiohttpRequest, settings: Settings, method: str) -> tuple[int, Mapping[str, Any]]:
    """The status, and the result where there is one. Raises NotSentError, AnswerLostError."""
    status, payload = await request.do_request(f"{settings.api_url}/bot{settings.token}/{method}", "POST")
    try:
        result = orjson.loads(payload)["result"]
    except (orjson.JSONDecodeError, LookupError, TypeError):
        result = {}
    return status, result if isinstance(result, dict) else {}
