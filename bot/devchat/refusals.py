"""What Telegram says when it refuses, in its own words: the texts that a bot has to understand."""

from __future__ import annotations


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
