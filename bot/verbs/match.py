"""Say what a topic means, and which recent (or given) headlines it catches, and why.

Here: the arguments, and how the answer is shown.
Not here: the topic language (news/topics), what satisfies a topic (news/matcher).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from contextlib import closing

from bot.app import SystemClock
from bot.desk.recent import matching, recent, surroundings, understood
from bot.meaning.meanings import Meanings
from bot.news.identity import short_id
from bot.news.matcher import matches, why
from bot.news.model import Headline
from bot.news.text import clean
from bot.news.topics import LANGUAGE, Topic, canonical, explain, nearly_everything
from bot.news.topics_tree import OfStory, ToldBy, leaves
from bot.settings import Settings
from bot.verbs.house import settled, stores
from bot.verbs.latest import count, headline_values
from bot.verbs.screen import clock_time, say, say_json, say_table, takes_json


def declare(parser: ArgumentParser) -> None:
    """Say which arguments there are."""
    width = max(len(way.example) for way in LANGUAGE)
    parser.epilog = (
        "examples:\n  headline-bot match '(flood OR storm) -football'\n"
        "  headline-bot match morocco --title 'Rain in Morocco' --title 'Rain in Rome'\n\n"
        "the topic language:\n" + "\n".join(f"  {way.example:{width}}  {way.means}" for way in LANGUAGE)
    )
    parser.add_argument("expression", metavar="EXPR", help="a topic; one that begins with - goes behind --")
    parser.add_argument(
        "--title", action="append", default=[], metavar="T", help="try this headline instead of the recent ones"
    )
    parser.add_argument("-n", type=count, default=20, metavar="N", dest="count", help="show so many (default: 20)")
    takes_json(parser)


async def act(args: Namespace, environ: Mapping[str, str]) -> int:
    """Explain, and try."""
    topic = understood(args.expression)
    settings = settled(environ)
    with closing(Meanings(settings.options.meaning.level)) as meanings:
        if args.title:
            await _tell_given(topic, [clean(title) for title in args.title], meanings, args)
        else:
            await _tell_recent(topic, settings, meanings, args)
    return 0


async def _tell_given(topic: Topic, titles: Sequence[str], meanings: Meanings, args: Namespace) -> None:
    now = SystemClock().now()
    given = [Headline(short_id(title), title, "", "", now, now) for title in titles]
    around = await surroundings(topic, given, meanings)
    verdicts = [
        (headline.title, matches(topic, headline, its), why(topic, headline, its))
        for headline, its in zip(given, around, strict=True)
    ]
    if args.json:
        rows = [{"title": title, "matches": caught, "why": reason} for title, caught, reason in verdicts]
        say_json(_meaning(topic, args.expression) | {"headlines": rows})
        return
    _say_meaning(topic, args.expression)
    say_table(("", "title", "why"), [("✓" if caught else "✗", title, reason) for title, caught, reason in verdicts])


async def _tell_recent(topic: Topic, settings: Settings, meanings: Meanings, args: Namespace) -> None:
    async with stores(settings) as opened:
        looked_at = await recent(opened.headlines, SystemClock())
    caught = await matching(topic, looked_at, meanings)
    first = caught[: args.count]
    around = await surroundings(topic, first, meanings)
    shown = [(headline, why(topic, headline, its)) for headline, its in zip(first, around, strict=True)]
    if args.json:
        rows = [headline_values(headline) | {"matches": True, "why": reason} for headline, reason in shown]
        counts = {"looked_at": len(looked_at), "caught": len(caught)}
        say_json(_meaning(topic, args.expression) | counts | {"headlines": rows})
        return
    _say_meaning(topic, args.expression)
    say(f"Of the last {len(looked_at)} headlines it catches {len(caught)}.")
    if shown:
        say_table(
            ("published", "title", "why"),
            [(clock_time(headline.published_at), headline.title, reason) for headline, reason in shown],
            fixed=1,
        )


def _say_meaning(topic: Topic, expression: str) -> None:
    say(f"It catches {explain(topic)}.")
    if canonical(topic) != expression:
        say(f"Written formally: {canonical(topic)}")
    if nearly_everything(topic):
        say("That is nearly everything.")
    if any(isinstance(leaf, ToldBy | OfStory) for leaf in leaves(topic.root)):
        say("Each headline is looked at alone here: its story is known to the running bot only.")


def _meaning(topic: Topic, expression: str) -> dict[str, object]:
    return {
        "expression": expression,
        "canonical": canonical(topic),
        "means": str(explain(topic)),
        "nearly_everything": nearly_everything(topic),
    }
