"""Which addresses Telegram takes for links, in texts and on buttons."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from bot.devchat.refusals import bad

_SCHEMES = frozenset({"http", "https"})
_TELEGRAMS_OWN = ("tg:", "ton:")


def checked_link(url: str) -> str:
    """The address as Telegram keeps it, "http://" before a bare host; empty if it does not take it for a link."""
    try:
        return _checked(url)
    except ValueError:
        return ""


def is_fetched(url: str, near: Collection[str]) -> bool:
    """Whether Telegram would fetch what is at this address: on a public host, or here on one of the origins `near`."""
    if not checked_link(url).startswith("http") or "://" not in url:
        return False
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" in near or _is_public(parts.hostname)


def check_button(url: str) -> None:
    """Raises Telegram's refusal of a button that leads nowhere."""
    if not checked_link(url):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _checked(url: str) -> str:
    if url.lower().startswith(_TELEGRAMS_OWN):
        return url
    full = url if "://" in url else f"http://{url}"
    parts = urlsplit(full)
    host = parts.hostname or ""
    if parts.scheme not in _SCHEMES or any(letter.isspace() for letter in url) or not ("." in host or ":" in host):
        return ""
    if parts.port == 0:  # where it is no number, asking for it raises ValueError
        return ""
    return urlunsplit(parts._replace(path=parts.path or "/"))


def _is_public(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_global
    except ValueError:
        return host not in {None, "", "localhost"} and "." in str(host)
