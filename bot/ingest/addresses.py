"""Which addresses may be asked on behalf of strangers. Owns the guard against requests into our own network.

Here: what is public, in every disguise that an address can wear; hosts that only a trick spells so.
Not here: resolving names and connecting (web).
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# IPv6 prefixes that carry an IPv4 address, and where it lies in their 128 bits.
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (IPv6Network("::/96"), 0),  # compatible
    (IPv6Network("::ffff:0:0:0/96"), 0),  # translated (SIIT)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)
# NAT64 of a network's own choice, and Teredo: what they lead to depends on the network that we stand in.
_OPAQUE = (IPv6Network("64:ff9b:1::/48"), IPv6Network("2001::/32"), IPv6Network("5f00::/16"))
# Reserved for protocols (a cloud's metadata server sits there), but global to older Pythons; the relays of 6to4.
_CLOSED = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_NUMERIC = re.compile(r"(?:0x[\da-f]*|\d+)", re.IGNORECASE)


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet: nothing private, local, reserved or embedded in such."""
    if isinstance(address, IPv6Address):
        for network, shift in _CARRIERS:
            if address in network:
                return is_public(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
        if address.is_site_local or any(address in network for network in _OPAQUE):
            return False
    elif any(address in network for network in _CLOSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def literal(host: str) -> Address | None:
    """The address that a host spells out itself, or None for a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def is_disguised(host: str) -> bool:
    """Whether a host is an IPv4 address in a spelling that only tricks use: 2130706433, 0x7f.1, 127.1, 0177.0.0.1."""
    last = host.rstrip(".").rpartition(".")[2]
    return bool(_NUMERIC.fullmatch(last)) and literal(host) is None


def tidy_host(host: str) -> str:
    """One spelling of a host for comparing: lower case, without brackets and the root's dot."""
    return host.lower().strip("[]").rstrip(".")
