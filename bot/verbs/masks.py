"""What is shown of addresses that may have a secret in them.

Here: how an account in an address is hidden.
Not here: what a log hides (ops/log).
"""

from __future__ import annotations

from bot.ops.log import MASK


def masked(value: str) -> str:
    """An address without what may be secret in it: who opens it, and with which password.

    All up to the last @ is taken for that, as a password that is written wrong may have any sign in it.
    """
    scheme, mark, rest = value.partition("://")
    _, at, host = rest.rpartition("@")
    return f"{scheme}{mark}{MASK}@{host}" if mark and at else value
