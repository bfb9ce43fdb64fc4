"""Sources that were found, worded: what each is and its last headlines, to be picked; and what became of the pick.

Here: the list, the buttons under it, and a sentence for each thing that is done with a source.
Not here: what is found (desk/finding), how a watched source fares (sources).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import MOST_BYTES, TODAY, escape, isolated, link, tg_time
from bot.delivery.render.pressing import laid_out, page_at, pressing, short, turning
from bot.news.answers import Added, TakenIn
from bot.news.candidates import Candidate, Findings, candidate_id
from bot.news.hosts import host_of
from bot.news.message import Button, Message
from bot.news.model import Fetched, Kind, Source
from bot.news.said import Said, Tongue, said

# Six candidates with three headlines each stay below what one message holds.
LONGEST_TITLE = 60
LONGEST_ROW = 110
LONGEST_REMARK = 200
SHOWN_REFUSALS = 10
ADDED_A_PAGE = 12
PICKED = "✓ "
Link = Callable[[str, str], str]

KINDS: Mapping[Kind, Said] = MappingProxyType(
    {
        Kind.RSS: said("feed (RSS)"),
        Kind.ATOM: said("feed (Atom)"),
        Kind.RDF: said("feed (RDF)"),
        Kind.JSONFEED: said("feed (JSON)"),
        Kind.SITEMAP: said("news sitemap"),
        Kind.BOX: said("latest-news box"),
    }
)


def looking(say: Tongue, url: str) -> Message:
    """While the site is asked."""
    return Message(say("Looking around at {host} … this takes some seconds.", host=escape(_host(url))))


def candidates(say: Tongue, findings: Findings) -> Message:
    """What may be watched, a button each."""
    found, host = findings.candidates, escape(_host(findings.url))
    parts = [say.many("<b>One source at {host}</b>", "<b>{n} sources at {host}</b>", len(found), host=host)]
    told = [_candidate(say, number, one, findings.asked_at, link) for number, one in enumerate(found, 1)]
    if len("".join(told).encode()) > MOST_BYTES // 2:  # addresses of a length that is made up to try us
        told = [_candidate(say, number, one, findings.asked_at, _unlinked) for number, one in enumerate(found, 1)]
    parts += told
    parts += [escape(say(remark)) for remark in findings.remarks]
    if any(not one.known for one in found):
        parts.append(say("Tap what I shall watch.") if len(found) > 1 else say("Tap, and I watch it."))
    buttons = (pressing(_label(number, one), "watch", one.id) for number, one in enumerate(found, 1) if not one.known)
    return Message("\n\n".join(parts), laid_out(*buttons))


def _candidate(say: Tongue, number: int, one: Candidate, now: datetime, link: Link) -> str:
    title = fitted(one.source.title or _host(one.source.url), LONGEST_TITLE)
    facts = [say(KINDS[one.kind]), say.many("one headline", "{n} headlines", one.count)]
    facts += [say("newest {time}", time=_time(one.newest, now)) if one.newest else say("no times")]
    facts += [say("readers’ comments")] if one.comments else []
    facts += [say("{n}% sure", n=round(one.box.confidence * 100))] if one.box else []
    facts += [say("clock read as UTC")] if one.box and one.source.zone == "UTC" and not one.known else []
    lines = [f"{number}. <b>{link(title, one.source.url)}</b>", " · ".join(facts)]
    lines += [f"• {_row(row, now, link)}" for row in one.last]
    lines += [say("I watch it already, as {name}.", name=_code(one.known))] if one.known else []
    return "\n".join(lines)


def _row(row: Fetched, now: datetime, link: Link) -> str:
    title = link(fitted(row.title, LONGEST_ROW), row.url)
    return f"{_time(row.published_at, now)} {title}" if row.published_at else title


def _unlinked(text: str, url: str) -> str:
    return escape(text)


def _time(instant: datetime, now: datetime) -> str:
    return tg_time(instant, date=abs(now - instant) > TODAY)


def _label(number: int, one: Candidate) -> str:
    return f"{number}. {short(one.source.title or _host(one.source.url))}"


def watched(say: Tongue, added: Added) -> Message:
    """A source is watched from now on."""
    source = added.source
    by_source = f"<code>/subscribe source:{escape(source.name)}</code>"
    lines = [
        say(
            "✅ I watch {source} from now on, and ask it about {every} at first. "
            "What stands there now I only note; chats hear of what comes.",
            source=_named(source),
            every=every(say, added.every),
        ),
        say("Topics can name it: {command}", command=by_source),
    ]
    if source.kind is Kind.BOX and source.zone == "UTC":
        zoned = f"<code>/addsource {escape(source.url)} Africa/Casablanca</code>"
        lines.append(
            say(
                "I read its clock as UTC. If it is another, undo this and name the time zone behind the address: "
                "{command}",
                command=zoned,
            )
        )
    details = Button(say("Details"), f"source:{source.name}:0")
    return Message("\n".join(lines), laid_out((*pressing(say("Undo"), "unwatch", source.name), details)))


def unwatched(say: Tongue, source: Source) -> Message:
    """A source is watched no longer."""
    text = say("I no longer watch {source}. Its headlines stay.", source=_named(source))
    undo = pressing(say("Watch it again"), "watch", candidate_id(source))
    return Message(text, laid_out(undo, (Button(say("What I watch"), "sources:0"),)))


def to_remove(say: Tongue, added: Sequence[Source], skip: int = 0) -> Message:
    """The sources that were added, to pick one that goes."""
    back = (Button(say("What I watch"), "sources:0"),)
    if not added:
        return Message(
            say("No source was added here; those of the configuration are removed in sources.toml."), laid_out(back)
        )
    skip = page_at(skip, ADDED_A_PAGE, len(added))
    buttons = (pressing(short(source.name), "unwatch", source.name) for source in added[skip : skip + ADDED_A_PAGE])
    text = say("Which one shall I watch no longer? These were added; what sources.toml names is removed there.")
    return Message(text, laid_out(*buttons, turning(say, "removable", skip, ADDED_A_PAGE, len(added)), back))


def taking_in(say: Tongue) -> Message:
    """While a list is read."""
    return Message(say("I take that list in …"))


def taken_in(say: Tongue, taken: TakenIn) -> Message:
    """What became of a list of sources."""
    lines = [
        "✅ "
        + say.many(
            "I watch one source of that list from now on.",
            "I watch {n} sources of that list from now on.",
            len(taken.added),
        )
    ]
    if taken.known:
        lines.append(say.many("One I watched already.", "{n} I watched already.", len(taken.known)))
    if taken.refused:
        lines.append(say.many("One I refused:", "{n} I refused:", len(taken.refused)))
        lines += [f"• {escape(fitted(say(each), LONGEST_REMARK))}" for each in taken.refused[:SHOWN_REFUSALS]]
    if len(taken.refused) > SHOWN_REFUSALS:
        lines.append(say("… and so on."))
    return Message("\n".join(lines), ((Button(say("What I watch"), "sources:0"),),))


def how_to_add() -> Said:
    """Somebody sent no address."""
    return said(
        "Send the address of a site, a page or a feed with it, as in /addsource https://example.org/ and I show what "
        "can be watched there. A list of feeds (an .opml file) you can send me as it is."
    )


def too_long_a_list() -> Said:
    """A file is too large to be taken in by the chat."""
    return said(
        "That list is larger than 1 MB. On the command line it can be taken in: {command}",
        command="headline-bot sources import FILE",
    )


def no_list(why: Said | str) -> Said:
    """What was sent is no list of sources."""
    return said("{why} A feed reader exports one; its name ends with .opml.", why=why)


def no_file() -> Said:
    """Telegram does not hand out what was sent."""
    return said("Telegram does not give me that file just now. Please send it again.")


def no_address(typed: str) -> Said:
    """What was sent is no address."""
    return said(
        "“{typed}” is no web address. Send for example /addsource https://example.org/",
        typed=fitted(typed, LONGEST_TITLE),
    )


def no_zone(typed: str) -> Said:
    """What stands behind the address is no time zone."""
    return said(
        "There is no time zone “{typed}”; they look like Africa/Casablanca.", typed=fitted(typed, LONGEST_TITLE)
    )


def for_operators(person: int) -> Said:
    """Somebody who does not run the bot wants what only operators may; names the id that would have to be allowed."""
    return said(
        "Only those who run this bot may do that; their Telegram ids stand in HEADLINE_BOT_ADMINS. Yours is {id}.",
        id=person,
    )


def in_private() -> Said:
    """It was sent in a group or a channel."""
    return said("Send me that in a private chat; it is the same everywhere.")


def _named(source: Source) -> str:
    title = fitted(source.title or source.name, LONGEST_TITLE)
    return f"<b>{isolated(link(title, source.url))}</b> ({_code(source.name)})"


def _code(name: str) -> str:
    return f"<code>source:{escape(name)}</code>"


def every(say: Tongue, span: timedelta) -> str:
    """How often, as in "every 5 minutes"."""
    seconds = round(span.total_seconds())
    if seconds < 120:
        return say.many("every second", "every {n} seconds", seconds)
    if seconds < 7200:
        return say.many("every minute", "every {n} minutes", seconds // 60)
    return say.many("every hour", "every {n} hours", seconds // 3600)


def _host(url: str) -> str:
    return host_of(url) or url
