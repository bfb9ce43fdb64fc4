"""What Telegram says when it refuses, in its own words: the texts that a bot has to understand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Refusal(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, object]:
        """The answer as Telegram writes it."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(reason: str) -> Refusal:
    """400, with Telegram's reason."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """403, with Telegram's reason."""
    return Refusal(403, f"Forbidden: {reason}")


def flood(seconds: int) -> Refusal:
    """429: nothing before so many seconds have passed."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


# Every way in which Telegram refuses a message, by what is the matter.
SAID: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "blocked": (403, "Forbidden: bot was blocked by the user"),
        "deactivated": (403, "Forbidden: user is deactivated"),
        "kicked from group": (403, "Forbidden: bot was kicked from the group chat"),
        "kicked from supergroup": (403, "Forbidden: bot was kicked from the supergroup chat"),
        "kicked from channel": (403, "Forbidden: bot was kicked from the channel chat"),
        "not in group": (403, "Forbidden: bot is not a member of the group chat"),
        "not in supergroup": (403, "Forbidden: bot is not a member of the supergroup chat"),
        "not in channel": (403, "Forbidden: bot is not a member of the channel chat"),
        "never started": (403, "Forbidden: bot can't initiate conversation with a user"),
        "a bot": (403, "Forbidden: bot can't send messages to bots"),
        "no chat": (400, "Bad Request: chat not found"),
        "no peer": (400, "Bad Request: PEER_ID_INVALID"),
        "no user": (400, "Bad Request: user not found"),
        "no text rights": (400, "Bad Request: not enough rights to send text messages to the chat"),
        "no photo rights": (400, "Bad Request: not enough rights to send photos to the chat"),
        "no rights": (400, "Bad Request: have no rights to send a message"),
        "write forbidden": (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        "not an admin": (400, "Bad Request: need administrator rights in the channel chat"),
        "restricted": (400, "Bad Request: CHAT_RESTRICTED"),
        "admin required": (400, "Bad Request: CHAT_ADMIN_REQUIRED"),
        "no thread": (400, "Bad Request: message thread not found"),
        "thread deleted": (400, "Bad Request: TOPIC_DELETED"),
        "thread closed": (400, "Bad Request: TOPIC_CLOSED"),
        "bad markup": (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
        "bad entity": (400, "Bad Request: ENTITY_BOUNDS_INVALID"),
        "too long": (400, "Bad Request: message is too long"),
        "much too long": (400, "Bad Request: MESSAGE_TOO_LONG"),
        "bad button data": (400, "Bad Request: BUTTON_DATA_INVALID"),
        "bad button url": (400, "Bad Request: BUTTON_URL_INVALID"),
        "no preview": (400, "Bad Request: WEBPAGE_CURL_FAILED"),
        "no file": (400, "Bad Request: wrong file identifier/HTTP URL specified"),
        "no token": (401, "Unauthorized"),
        "no method": (404, "Not Found"),
        "two polls": (
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
        "a webhook": (
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        ),
        "error": (500, "Internal Server Error"),
        "bad gateway": (502, "Bad Gateway"),
        "unavailable": (503, "Service Unavailable"),
        "late gateway": (504, "Gateway Timeout"),
    }
)


def said(matter: str) -> Refusal:
    """What Telegram says when this is the matter."""
    code, description = SAID[matter]
    return Refusal(code, description)
