"""Who calls, behind proxies of ours and of others: nobody can say of themselves that they are Telegram."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from bot.ops.callers import EVERYBODY, Callers

TELEGRAM = (ip_network("149.154.160.0/20"), ip_network("91.108.4.0/22"))
HERS, OURS, STRANGER = "149.154.167.220", "10.0.0.5", "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "admitted"),
    [
        (0, HERS, [], True),
        (0, "91.108.7.255", [], True),
        (0, "91.108.8.0", [], False),
        (0, f"::ffff:{HERS}", [], True),
        (0, STRANGER, [HERS], False),
        (1, OURS, [HERS], True),
        (1, OURS, [f"{HERS}:4711"], True),
        (1, OURS, [STRANGER], False),
        (1, OURS, [f"{HERS}, {STRANGER}"], False),
        (1, OURS, [HERS, STRANGER], False),
        (1, OURS, [f"{STRANGER} , {HERS}"], True),
        (1, HERS, [], False),
        (2, OURS, [f"{HERS}, 10.0.0.9"], True),
        (2, OURS, [f"{HERS}, {STRANGER}, 10.0.0.9"], False),
        (2, OURS, [HERS], False),
        (1, OURS, ["unknown"], False),
        (1, OURS, [""], False),
        (0, "", [], False),
        (1, OURS, ["[2001:db8::7]:443"], False),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(proxies, peer, forwarded, admitted):
    assert Callers(TELEGRAM, proxies).admits(peer, forwarded) is admitted


def test_an_address_of_version_6_is_read_with_and_without_a_port():
    callers = Callers((ip_network("2001:db8::/32"),), proxies=1)
    assert callers.admits(OURS, ["[2001:db8::7]:443"])
    assert callers.admits(OURS, ["2001:db8::7"])


def test_without_networks_everybody_may_call():
    assert EVERYBODY.admits(STRANGER, [])
