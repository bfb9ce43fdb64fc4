"""Sources that were found, worded: what each is and its last headlines, to be picked; and what became of the pick.

Here: the list, the buttons under it, and a sentence for each thing that is done with a source.
Not here: what is found (desk/finding), how a watched source fares (sources).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.delivery.render.fitting import fitted
from bot.delivery.render.html import MOST_BYTES, TODAY, escape, isolated, link, tg_time
from bot.delivery.render.pressing import laid_out, page_at, pressing, short, turning
from bot.news.answers import Added, TakenIn
from bot.news.candidates import Candidate, Findings, candidate_id
from bot.news.hosts import host_of
from bot.news.message import Button, Message
from bot.news.model import Fetched, Kind, Source
from bot.news.said import ENGLISH

# Six candidates with three headlines each stay below what one message holds.
LONGEST_TITLE = 60
LONGEST_ROW = 110
LONGEST_REMARK = 200
SHOWN_REFUSALS = 10
ADDED_A_PAGE = 12
PICKED = "✓ "
Link = Callable[[str, str], str]

_KINDS = {
    Kind.RSS: "feed (RSS)",
    Kind.ATOM: "feed (Atom)",
    Kind.RDF: "feed (RDF)",
    Kind.JSONFEED: "feed (JSON)",
    Kind.SITEMAP: "news sitemap",
    Kind.BOX: "latest-news box",
}


def looking(url: str) -> Message:
    """While the site is asked."""
    return Message(f"Looking around at {escape(_host(url))} … this takes some seconds.")


def candidates(findings: Findings) -> Message:
    """What may be watched, a button each."""
    found = findings.candidates
    many = f"{len(found)} sources" if len(found) > 1 else "One source"
    parts = [f"<b>{many} at {escape(_host(findings.url))}</b>"]
    told = [_candidate(number, one, findings.asked_at, link) for number, one in enumerate(found, 1)]
    if len("".join(told).encode()) > MOST_BYTES // 2:  # addresses of a length that is made up to try us
        told = [_candidate(number, one, findings.asked_at, _unlinked) for number, one in enumerate(found, 1)]
    parts += told
    parts += [escape(remark) for remark in findings.remarks]
    if any(not one.known for one in found):
        parts.append("Tap what I shall watch." if len(found) > 1 else "Tap, and I watch it.")
    buttons = (pressing(_label(number, one), "watch", one.id) for number, one in enumerate(found, 1) if not one.known)
    return Message("\n\n".join(parts), laid_out(*buttons))


def _candidate(number: int, one: Candidate, now: datetime, link: Link) -> str:
    title = fitted(one.source.title or _host(one.source.url), LONGEST_TITLE)
    rows = "one headline" if one.count == 1 else f"{one.count} headlines"
    facts = [_KINDS[one.kind], rows]
    facts += [f"newest {_time(one.newest, now)}"] if one.newest else ["no times"]
    facts += ["readers’ comments"] if one.comments else []
    facts += [f"{one.box.confidence:.0%} sure"] if one.box else []
    facts += ["clock read as UTC"] if one.box and one.source.zone == "UTC" and not one.known else []
    lines = [f"{number}. <b>{link(title, one.source.url)}</b>", " · ".join(facts)]
    lines += [f"• {_row(row, now, link)}" for row in one.last]
    lines += [f"I watch it already, as <code>source:{escape(one.known)}</code>."] if one.known else []
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


def watched(added: Added) -> Message:
    """A source is watched from now on."""
    source = added.source
    lines = [
        f"✅ I watch {_named(source)} from now on, and ask it about {_every(added.every)} at first. "
        "What stands there now I only note; chats hear of what comes.",
        f"Topics can name it: <code>/subscribe source:{escape(source.name)}</code>",
    ]
    if source.kind is Kind.BOX and source.zone == "UTC":
        lines.append(
            "I read its clock as UTC. If it is another, undo this and name the time zone behind the address: "
            f"<code>/addsource {escape(source.url)} Africa/Casablanca</code>"
        )
    return Message("\n".join(lines), laid_out(pressing("Undo", "unwatch", source.name)))


def unwatched(source: Source) -> Message:
    """A source is watched no longer."""
    text = f"I no longer watch {_named(source)}. Its headlines stay."
    return Message(text, laid_out(pressing("Watch it again", "watch", candidate_id(source))))


def to_remove(added: Sequence[Source], skip: int = 0) -> Message:
    """The sources that were added, to pick one that goes."""
    if not added:
        return Message("No source was added here; those of the configuration are removed in sources.toml.")
    skip = page_at(skip, ADDED_A_PAGE, len(added))
    buttons = (pressing(short(source.name), "unwatch", source.name) for source in added[skip : skip + ADDED_A_PAGE])
    text = "Which one shall I watch no longer? These were added; what sources.toml names is removed there."
    return Message(text, laid_out(*buttons, turning(ENGLISH, "removable", skip, ADDED_A_PAGE, len(added))))


def taking_in() -> Message:
    """While a list is read."""
    return Message("I take that list in …")


def taken_in(taken: TakenIn) -> Message:
    """What became of a list of sources."""
    added = f"I watch {_count(len(taken.added))} of that list from now on"
    lines = [f"✅ {added}; {_count(len(taken.known))} I watched already." if taken.known else f"✅ {added}."]
    if taken.refused:
        lines.append(f"{_count(len(taken.refused)).capitalize()} I refused:")
        lines += [f"• {escape(fitted(each, LONGEST_REMARK))}" for each in taken.refused[:SHOWN_REFUSALS]]
    if len(taken.refused) > SHOWN_REFUSALS:
        lines.append("… and so on.")
    return Message("\n".join(lines), ((Button("What I watch", "sources:0"),),))


def how_to_add() -> str:
    """Somebody sent no address."""
    return (
        "Send the address of a site, a page or a feed with it, as in /addsource https://example.org/ and I show what "
        "can be watched there. A list of feeds (an .opml file) you can send me as it is."
    )


def too_long_a_list() -> str:
    """A file is too large to be taken in by the chat."""
    return "That list is larger than 1 MB. On the command line it can be taken in: headline-bot sources import FILE"


def no_file() -> str:
    """Telegram does not hand out what was sent."""
    return "Telegram does not give me that file just now. Please send it again."


def no_address(typed: str) -> str:
    """What was sent is no address."""
    return f"“{fitted(typed, LONGEST_TITLE)}” is no web address. Send for example /addsource https://example.org/"


def no_zone(typed: str) -> str:
    """What stands behind the address is no time zone."""
    return f"There is no time zone “{fitted(typed, LONGEST_TITLE)}”; they look like Africa/Casablanca."


def for_operators(person: int) -> str:
    """Somebody who does not run the bot wants to change what it watches; names the id that would have to be allowed."""
    return (
        "Only those who run this bot choose what it watches; their Telegram ids stand in HEADLINE_BOT_ADMINS. "
        f"Yours is {person}."
    )


def in_private() -> str:
    """It was sent in a group or a channel."""
    return "Send me that in a private chat; what I watch is the same everywhere."


def _named(source: Source) -> str:
    title = fitted(source.title or source.name, LONGEST_TITLE)
    return f"<b>{isolated(link(title, source.url))}</b> (<code>source:{escape(source.name)}</code>)"


def _every(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    if seconds < 120:
        return f"every {seconds} seconds"
    if seconds < 7200:
        return f"every {seconds // 60} minutes"
    return f"every {seconds // 3600} hours"


def _count(number: int) -> str:
    return "one source" if number == 1 else f"{number or 'no'} sources"


def _host(url: str) -> str:
    return host_of(url) or url
