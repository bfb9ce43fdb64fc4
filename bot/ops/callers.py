"""Who calls: the address behind our own reverse proxies, and whether it is one that may.

Here: reading X-Forwarded-For from its end, as far as our own proxies wrote it, and the networks that are let in.
Not here: secrets (http), which networks the operator named (options).

Each proxy appends the address that it was called from, so the last entries are our own proxies' word and everything
before them is anybody's. With one proxy of ours the last entry is the caller, with two the one before it, and so on
(RFC 7239, section 8.1, says why no more may be believed).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Callers:
    """Who may call: those of these networks, everybody where there are none. `proxies` of ours stand before us."""

    networks: tuple[Network, ...] = ()
    proxies: int = 0

    def admits(self, peer: str, forwarded: Iterable[str]) -> bool:
        """Whether a call may come in: from whom we have it, and what stands in its X-Forwarded-For."""
        if not self.networks:
            return True
        address = self.address(peer, forwarded)
        return address is not None and any(address in network for network in self.networks)

    def address(self, peer: str, forwarded: Iterable[str]) -> Address | None:
        """Where the call comes from; None where our proxies do not say, as they should."""
        hops = [hop for line in forwarded for hop in line.split(",")] + [peer]
        return _read(hops[-1 - self.proxies]) if len(hops) > self.proxies else None


EVERYBODY = Callers()


def _read(hop: str) -> Address | None:
    """The address of one hop, with or without a port: some proxies write it as 192.0.2.7:4711 or [2001:db8::7]:4711."""
    host = hop.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
