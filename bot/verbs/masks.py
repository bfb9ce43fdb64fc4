"""What is shown of addresses that may have a secret in them.

Here: how an account in an address is hidden, and a secret that is an address.
Not here: what a log hides (ops/log).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.ops.log import MASK


def masked(value: str) -> str:
    """An address without what may be secret in it: who opens it, and with which password."""
    account, at, _ = urlsplit(value).netloc.rpartition("@") if "://" in value else ("", "", "")
    return value.replace(f"{account}{at}", f"{MASK}@", 1) if at else value


def hidden(secret: str) -> str:
    """What may be seen of a secret: of an address all but its account and what stands behind a question mark.

    Nothing where an @ stands behind the host: a part of a password that is written wrong may be taken for the host.
    """
    if "://" not in secret or "@" in secret.partition("://")[2].removeprefix(urlsplit(secret).netloc):
        return MASK
    address, mark, _ = masked(secret).partition("?")
    return f"{address}{mark}{MASK}" if mark else address
