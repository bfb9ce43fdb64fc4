"""Being told what is new instead of asking: WebSub's rules as decisions. Owns what a subscription to a hub is.

Here: when to subscribe and to renew, which of a hub's questions are answered with yes, whose signature is right.
Not here: asking the hub and answering it (workers/pushes), keeping subscriptions (store/pushes).

W3C Recommendation "WebSub" (2018): a hub asks back whether we meant it (5.3), and signs what it brings with a secret
that only it and we know (7.1.2).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SUBSCRIBE, UNSUBSCRIBE = "subscribe", "unsubscribe"
# What we ask for; hubs give what they like, and what they give is believed within these bounds.
LEASE = timedelta(days=10)
SHORTEST_LEASE, LONGEST_LEASE = timedelta(minutes=1), timedelta(days=30)
# A lease is renewed when this part of it is left; a hub that did not answer is asked again after a while.
RENEWED_AT = 4
ASK_AGAIN = timedelta(hours=1)
# A hub asks back at once, or when it gets round to it.
ANSWERS_WITHIN = timedelta(minutes=30)
# A hub that missed something is not relied on for so long.
DISTRUST = timedelta(days=1)
_METHODS = {"sha1", "sha256", "sha384", "sha512"}


@dataclass(frozen=True, slots=True)
class Push:
    """A subscription. `token` is the part of our address that only the hub knows, `secret` what it signs with.

    `asked` is when we asked the hub last and `wish` for what, empty once it has asked back; `since` and `until` are
    the lease that it granted; `missed` is when we found something by asking that it should have brought.
    """

    hub: str
    topic: str
    token: str
    secret: str
    asked: datetime
    wish: str = SUBSCRIBE
    since: datetime | None = None
    until: datetime | None = None
    missed: datetime | None = None


def wants_asking(push: Push | None, hub: str, topic: str, now: datetime) -> bool:
    """Whether the hub is to be asked for a subscription now: a first one, another one, or a longer lease."""
    if push is None or (push.hub, push.topic) != (hub, topic):
        return True
    if push.since is None or push.until is None:
        return now - push.asked >= ASK_AGAIN
    lease = push.until - push.since
    return now >= push.until - lease / RENEWED_AT and now - push.asked >= min(ASK_AGAIN, lease / (4 * RENEWED_AT))


def renewed_by(push: Push) -> datetime | None:
    """When its lease has to be renewed; None where there is none."""
    if push.since is None or push.until is None:
        return None
    return push.until - (push.until - push.since) / RENEWED_AT


def works(push: Push, now: datetime) -> bool:
    """Whether what is new will be brought."""
    is_trusted = push.missed is None or now - push.missed >= DISTRUST
    return is_trusted and push.until is not None and now < push.until


def confirmed(push: Push, mode: str, topic: str, seconds: str, now: datetime) -> Push | None:
    """The subscription after the hub asked back for what we asked it; None where we did not."""
    if mode != push.wish or topic != push.topic or now - push.asked > ANSWERS_WITHIN:
        return None
    if mode == UNSUBSCRIBE:
        return replace(push, wish="", since=None, until=None)
    said = timedelta(seconds=int(seconds[:9])) if seconds.isascii() and seconds.isdigit() else LEASE
    return replace(push, wish="", since=now, until=now + min(max(said, SHORTEST_LEASE), LONGEST_LEASE))


def is_signed(push: Push, body: bytes, signature: str) -> bool:
    """Whether the hub signed this body: `signature` is the header X-Hub-Signature, as in sha256=…."""
    method, _, digest = signature.strip().partition("=")
    if method.lower() not in _METHODS or not digest.isascii():
        return False
    return hmac.compare_digest(hmac.new(push.secret.encode(), body, method.lower()).hexdigest(), digest.lower())
