"""Which addresses may be asked on behalf of strangers. Owns the gate that every address from outside passes.

Here: what a web address is, which ports are the web's, what is public in every disguise that an address can wear.
Not here: resolving names and connecting (ingest/connections).

Sources, redirects, articles, pictures, hubs and callbacks are all strangers' words. The lists are IANA's registers of
special addresses and names (https://www.iana.org/assignments/iana-ipv4-special-registry, …ipv6-special-registry,
https://www.rfc-editor.org/rfc/rfc6761); written out where Pythons differ in what they call global.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from yarl import URL

from bot.news.errors import FetchFailed
from bot.news.said import Said, said

Address = IPv4Address | IPv6Address
# Whether the operator named this host and port: such may be private.
Allowed = Callable[[str, int], bool]

# IPv6 prefixes behind which an IPv4 address is reached, and where it lies in their 128 bits: mapped, NAT64, 6to4.
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
# All of IPv6 that is given out lies here; within it, what is for protocols (Teredo, benchmarks, ORCHID) and documents.
_UNICAST = IPv6Network("2000::/3")
_CLOSED_6 = (IPv6Network("2001::/23"), IPv6Network("2001:db8::/32"), IPv6Network("3fff::/20"))
# ISATAP: an interface that says so carries an IPv4 address behind any prefix (RFC 5214).
_ISATAP = {0x00005EFE, 0x02005EFE}
# Reserved for protocols (a cloud's metadata server sits there), but global to older Pythons; the relays of 6to4; the
# address at which Azure's host answers its machines, which no other network has.
_CLOSED_4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv4Network("168.63.129.16/32"))
_NUMERIC = re.compile(r"(?:0x[\da-f]*|\d+)", re.IGNORECASE)
_NAME = re.compile(r"(?:[\w-]{1,63}\.)*[\w-]{1,63}", re.ASCII)
# Names that no public server answers to, whatever a resolver makes of them.
_PRIVATE_NAMES = (".localhost", ".local", ".internal", ".home.arpa", ".onion", ".lan", ".localdomain")
_USUAL_PORTS = {"http": 80, "https": 443}
# Where other protocols listen that a request may talk into: https://fetch.spec.whatwg.org/#port-blocking, and
# databases and daemons that answer anybody.
_SERVICE_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    445, 873, 1433, 1521, 2181, 2375, 2376, 2379, 3306, 3389, 5432, 5672, 5900, 5984, 6379, 9042, 9200, 10250, 11211,
    16379, 26379, 27017,
})  # fmt: skip


def checked(url: str, allowed: Allowed = lambda host, port: False) -> URL:
    """The address, if it is one that may be asked; its name has still to be resolved. Raises FetchFailed."""
    try:
        target = URL(url.strip())
        host, port = tidy_host(target.raw_host or ""), target.port or 0
    except (ValueError, TypeError):
        raise FetchFailed(said("That is not a web address.")) from None
    if target.scheme not in {"http", "https"} or not host or "\\" in url:
        raise FetchFailed(said("That is not a web address that begins with http:// or https://."))
    if target.user is not None or target.password is not None:
        raise FetchFailed(said("Addresses with a name and password in them are not opened."))
    if (why := closed(host, port)) and not allowed(host, port):
        raise FetchFailed(why)
    return target


def origin_of(url: str) -> tuple[str, int]:
    """The host and port that an address leads to; ValueError where they make no sense."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _USUAL_PORTS.get(parts.scheme, 0)


def closed(host: str, port: int) -> Said | None:
    """Why only the operator may have this host at this port asked; None where anybody may."""
    if not is_outside(host):
        return said("That address is not on the public internet.")
    return said("Port {port} is not one where websites are.", port=port) if port in _SERVICE_PORTS else None


def outside(url: str, page: str = "") -> str:
    """The address if it may be handed on to be fetched, else empty: a public one, or one where `page` was read."""
    try:
        home = URL(page)
        return str(checked(url, lambda host, port: (host, port) == (tidy_host(home.raw_host or ""), home.port)))
    except (FetchFailed, ValueError):
        return ""


def is_outside(host: str) -> bool:
    """Whether a host, by its spelling alone, may be one of the open internet: a public address, or a public name."""
    if (address := literal(host)) is not None:
        return "%" not in host and is_public(address)
    if is_disguised(host) or not _NAME.fullmatch(host):
        return False
    return "." in host and not host.endswith(_PRIVATE_NAMES)


def may_connect(address: str, *, named: bool) -> bool:
    """Whether a resolved address may be connected to.

    A name that the operator named may lead into a private network, but to no machine's own link, where clouds
    keep their secrets: whoever answers for the name is not the operator.
    """
    found = literal(address)
    return found is not None and (is_public(found) or (named and not _is_of_the_link(found)))


def _is_of_the_link(address: Address) -> bool:
    """Whether an address is of the wire that a machine hangs on, or of no machine at all."""
    real = _carried(address) or address
    special = any(real in network for network in _CLOSED_4)
    return special or real.is_link_local or real.is_multicast or real.is_unspecified


def is_public(address: Address) -> bool:
    """Whether an address is of the open internet: nothing private, local, reserved or embedded in such."""
    if isinstance(address, IPv4Address):
        special = address.is_multicast or address.is_reserved or any(address in network for network in _CLOSED_4)
        return address.is_global and not special
    if (carried := _carried(address)) is not None:
        return is_public(carried)
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP and not is_public(IPv4Address(int(address) & 0xFFFFFFFF)):
        return False
    return address in _UNICAST and not any(address in network for network in _CLOSED_6)


def _carried(address: Address) -> IPv4Address | None:
    """The IPv4 address that is reached by an IPv6 one."""
    for network, shift in _CARRIERS:
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def literal(host: str) -> Address | None:
    """The address that a host spells out itself, or None for a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def is_of_this_machine(host: str) -> bool:
    """Whether what listens there is reached from this machine alone."""
    address = literal(host)
    return address.is_loopback if address else tidy_host(host) == "localhost"


def is_disguised(host: str) -> bool:
    """Whether a host is an IPv4 address in a spelling that only tricks use: 2130706433, 0x7f.1, 127.1, 0177.0.0.1."""
    last = host.rstrip(".").rpartition(".")[2]
    return bool(_NUMERIC.fullmatch(last)) and literal(host) is None


def tidy_host(host: str) -> str:
    """One spelling of a host for comparing: lower case, without brackets and the root's dot."""
    return host.lower().strip("[]").rstrip(".")
