from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.news.addresses import is_disguised, is_public, literal


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:2800:220:1::1", "64:ff9b::101:101", "2002:101:101::"]
)
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "192.168.1.1",
        "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_what_is_private_is_so_in_every_wrapping(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "1.2.3.4.5", "017700000001", "0"]
)
def test_addresses_in_disguise_are_known(host: str) -> None:
    assert is_disguised(host)


@pytest.mark.parametrize("host", ["example.org", "1.1.1.1", "::1", "24.hu", "3sat.de", "1und1.example"])
def test_names_and_plain_addresses_are_no_disguise(host: str) -> None:
    assert not is_disguised(host)


def test_every_known_metadata_address_is_refused(shared_data: Path) -> None:
    listed = (shared_data / "hostile" / "ssrf" / "cloud-metadata.txt").read_text(encoding="utf-8")
    hosts = {urlsplit(url).hostname or "" for url in re.findall(r"https?://\S+", listed)}
    numeric = {host for host in hosts if literal(host) or is_disguised(host)}
    assert len(numeric) >= 3
    # 192.0.0.192 is Oracle's, 100.100.100.200 Alibaba's; none of them is of the open internet
    open_ones = {host for host in numeric if (address := literal(host)) and is_public(address)}
    assert not open_ones
