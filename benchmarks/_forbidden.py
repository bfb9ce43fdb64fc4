"""Addresses that must never be asked, in every disguise that is known, made from a few plain ones.

Here: spellings of private addresses, names that lead to them, schemes, ports, and what parsers disagree about.
Not here: what becomes of them (hostile, tests/ingest/test_hostile_addresses.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

PRIVATE = (
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "192.0.0.192", "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "168.63.129.16",
)  # fmt: skip
PRIVATE_6 = (
    "::", "::1", "0:0:0:0:0:0:0:1", "fe80::1", "fe80::1%25eth0", "fe80::1%eth0", "::1%25lo",
    "2606:2800:220:1::1%25eth0",
    "fec0::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "100::1",
    "64:ff9b:1::1", "2001:2::1", "2001:10::1", "2001:20::1", "5f00::1", "4000::1", "8000::1", "e000::1", "::2",
)  # fmt: skip
NAMES = (
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "a.b.localhost.", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "localhost。", "ｌｏｃａｌｈｏｓｔ",
    "%6c%6f%63%61lhost", "localhost%00.example.org", "localhost%2f.example.org", "ip6-localhost", "redis", "metadata",
    "metadata.google.internal", "METADATA.GOOGLE.INTERNAL.", "db.internal", "printer.local", "router.lan",
    "nas.home.arpa",
    "x.localdomain", "duskgytldkxiuqc6.onion", "127.0.0.1.nip.io", "10.0.0.1.nip.io", "169.254.169.254.nip.io",
    "app.127.0.0.1.nip.io", "192.168.1.1.nip.io", "100.100.100.200.nip.io",
)  # fmt: skip
SCHEMES = (
    "file:///etc/passwd", "file://\\/\\/etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:25/_MAIL",
    "dict://127.0.0.1:11211/",
    "ldap://127.0.0.1/", "tftp://127.0.0.1/x", "sftp://127.0.0.1/", "netdoc:///etc/passwd", "jar:http://127.0.0.1!/",
    "data:text/html,x", "javascript:alert(1)", "tg://resolve?domain=x", "ws://127.0.0.1/", "wss://127.0.0.1/",
    "unix:///var/run/docker.sock", "view-source:http://127.0.0.1/", "feed:http://127.0.0.1/", "about:blank",
    "blob:http://x/1",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info", "mailto:x@example.org", "127.0.0.1", "//127.0.0.1/", "", " ",
    "http://", "http:",
)  # fmt: skip
QUARRELS = (
    "http://example.org@127.0.0.1:{port}/", "http://example.org:80@127.0.0.1:{port}/", "http://a@b@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.org/", "http://example.org\\@127.0.0.1:{port}/",
    "http://example.org:80\\@@127.0.0.1/",
    "http://127.0.0.1:{port}#\\@example.org/", "http://127.0.0.1:{port}#@example.org/",
    "http://127.0.0.1:{port}?@example.org/",
    "http://1.1.1.1 &@127.0.0.1:{port}# @3.3.3.3/", "http:127.0.0.1:{port}/", "http:/127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http:////127.0.0.1:{port}/", "http:\\\\127.0.0.1:{port}\\", "\\\\127.0.0.1:{port}\\",
    "http://127.0.0.1;example.org/",
    "http://127.0.0.1%00.example.org/", "http://127.0.0.1%20.example.org/", "http://127.0.0.1%0d%0aHost:x/",
    "http://[127.0.0.1]:{port}/",
    "http://[::1].example.org/", "http://[::1]:{port}@example.org/", "http://[::1", "http://::1:{port}/",
    "http://127.0.0.1:{port}:80/", "http://127.0.0.1:99999/", "http://127.0.0.1:-1/", "http://127.0.0.1:0/",
    "http://127.0.0.1:0x50/",
    "http://..127.0.0.1:{port}/", "http://127..0.0.1:{port}/", "http://127.0.0.1..:{port}/", "http://example..org/",
    "http://.example.org./",
    "http://exam ple.org/", "http://exa<mple>.org/", "http://example.org:\u0668\u0660@127.0.0.1/", "http://*/",
    "http://'/", "http://-/",
    "http://1.2.3.4.5/", "http://256.256.256.256/", "http://127.0.0.0x1/", "http://0x/", "http://٢١٣٠٧٠٦٤٣٣/",
    "http://1e9/",
    "http://o177.0.0.1/", "http://q177.0.0.1/", "http://0o177.0.0.1/",
)  # fmt: skip
PORTS = (1, 7, 19, 21, 22, 23, 25, 53, 69, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 636, 993, 995, 2049, 2375,
3306,
         5060, 5432, 6000, 6379, 6667, 9200, 10080, 11211, 16379, 27017)  # fmt: skip


def addresses(port: int) -> list[str]:
    """Every address, in an order that never changes; those of the loopback lead to `port`, where they can."""
    made = [f"http://{host}:{port}/" for plain in PRIVATE for host in disguises(IPv4Address(plain))]
    made += [f"{scheme}://{host}/" for plain in PRIVATE for scheme, host in (("http", plain), ("HTTPS", f"{plain}."))]
    made += [f"http://[{host}]:{port}/" for host in PRIVATE_6]
    made += [f"http://{name}:{port}/" for name in NAMES]
    made += [quarrel.format(port=port) for quarrel in QUARRELS]
    made += [f"http://example.org:{number}/" for number in PORTS]
    return list(dict.fromkeys([*made, *SCHEMES]))


def disguises(address: IPv4Address) -> Iterator[str]:
    """One IPv4 address in all the spellings that some parser understands."""
    number = int(address)
    a, b, c, d = address.packed
    yield from (f"{address}.", str(number), hex(number), hex(number).upper().replace("X", "x"), f"0{number:o}")
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}")
    yield from (f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a:04}.{b:04}.{c:04}.{d:04}", f"0x{a:x}.{b}.0{c:o}.{d}")
    yield from (str(number + 2**32), f"{a + 256}.{b}.{c}.{d}")
    plain = str(address)
    yield from (
        spelled(plain, zero, one) for zero, one in (("０", "１"), ("⓪", "①"), ("𝟎", "𝟏"), ("𝟘", "𝟙"), ("⁰", ""))
    )
    yield from (plain.replace(".", dot) for dot in "。．｡")
    yield from ("".join(f"%{ord(letter):02x}" for letter in plain), f"%{ord(plain[0]):x}{plain[1:]}")
    yield from (f"{plain[:2]}\t{plain[2:]}", f"{plain[:1]}\n{plain[1:]}", f"{plain[:-1]}\r{plain[-1]}", f"{plain}%09")
    yield from (f"\u200b{plain}", f"{plain}\u00ad", f"{plain}\u2060", f"user@{plain}", f":@{plain}", f"@{plain}")
    yield from (f"[{carrier}]" for carrier in carriers(number))


def spelled(plain: str, zero: str, one: str) -> str:
    """The digits as other characters: those from `one` on, with a `zero` of their own; superscripts have no row."""
    digits = {"0": zero} | {str(n): chr(ord(one) + n - 1) if one else "⁰¹²³⁴⁵⁶⁷⁸⁹"[n] for n in range(1, 10)}
    return "".join(digits.get(letter, letter) for letter in plain)


def carriers(number: int) -> Iterator[str]:
    """IPv6 addresses that lead to an IPv4 one somewhere."""
    prefixes = ("::ffff:0:0", "::", "::ffff:0:0:0", "64:ff9b::", "64:ff9b:1::", "2606:2800:220:1:0:5efe::")
    yield from (str(IPv6Address(int(IPv6Address(prefix)) | number)) for prefix in prefixes)
    yield f"::ffff:{IPv4Address(number)}"
    yield str(IPv6Address(int(IPv6Address("2606:2800:220:1:200:5efe::")) | number))  # ISATAP of a public address
    yield str(IPv6Address(0x2002 << 112 | number << 80))  # 6to4
    yield str(IPv6Address(0x20010000 << 96 | (number ^ 0xFFFFFFFF)))  # Teredo


def listed(folder: Path) -> list[str]:
    """Every address in lists that others keep: payloads and metadata servers."""
    text = "\n".join(
        file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*")) if file.suffix in {".md", ".txt"}
    )
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    found = re.findall(r"\b[a-z+]+:/*[^\s`\"'<>|)]+", "\n".join([*blocks, text.partition("# Server-Side")[0]]))
    return list(dict.fromkeys(found))
