"""What a page calls a list. Owns the words that announce latest news, and those that announce something else.

Here: the heading above a list, and the names of the elements around it -> what is promised there.
Not here: what the rows themselves tell (boxverdicts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml.html import HtmlElement

from bot.ingest.boxtitles import folded
from bot.news.clocktimes import clocks
from bot.news.days import read_day

# A heading is no longer; steps up in which it is looked for; elements before the list that may be it.
LONGEST_HEADING = 60
HIGHEST_HEADING = 5
BEFORE = 4
_SOME_DAY = date(2026, 1, 1)

# The first letters of what stands above boxes of latest news in some thirty languages, and of what stands above lists
# of other things. They only raise or lower the confidence: most pages in other languages are read without them.
_LATEST = re.compile(
    r"\b(?:latest|breaking|just in|newest|most recent|recent|live\b|right now|news ?(?:wire|feed|flash|ticker)"
    r"|headlines"
    r"|en continu|en direct|derni[eè]re?s|à la (?:minute|une)|fil (?:info|d.info|actu)|direct\b|plus récent|le fil"
    r"|neu(?:e|este)|aktuell|newsticker|ticker|eilmeldung|meldungen|schlagzeilen|nachrichten"
    r"|[uú]ltim|lo último|al (?:día|minuto)|minuto a minuto|recient|recent|plantão|ao vivo|agora\b"
    r"|ora per ora|tempo reale"
    r"|laatste|net binnen|senast|senest|siste\b|nyeste|just nu|nyt\b|nytt\b|tuore|uusimmat|viimeisim"
    r"|nowe\b|najnow|ostatni|na bieżąco|nejnov|poslední|najnov|legfriss|friss|ultimele|posljednj|zadnj"
    r"|jaunāk|naujaus|viimased|värske|лент|последн|останн|стрічк|новост|новин|свеж|срочн|жаңалық|най-нов"
    r"|son dakika|son haber|güncel|terkini|terbaru|mới nhất|tin mới|τελευταί|ροή)"
    r"|վերջին|լրահոս|آخر|عاجل|أحدث|تازه|אחרונ|מבזק|新着|最新|速報|即時|即时|快訊|快讯|滚动|滾動|최신|속보|실시간|ताज़ा",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:most (?:read|popular|viewed|shared|commented|watched)|popular|trending|related|recommended"
    r"|you may|more (?:from|on)"
    r"|comments?\b|tv guide|schedule|sponsored|read (?:also|more|next)|opinion|podcasts?\b|videos?\b"
    r"|plus (?:lus?|vus?|partag|comment)|populaires|lire aussi|même (?:sujet|thème)|commentaires|recommand"
    r"|meist|beliebt|mehr (?:zu|aus|von)|zum thema|empfehl|kommentar|auch interessant"
    r"|más (?:le[ií]d|vist|comentad|popul)|relacionad|te puede|comentarios|recomendad"
    r"|mais (?:lid|vist|acessad|comentad)"
    r"|leia|veja também|più (?:lett|vist|comment)|correlat|leggi anche|meest|lees ook|gerelateerd"
    r"|mest (?:l|p|d)|læs også|les også|läs (?:också|mer)|luetuim|lue myös|suosituim|najpopul|najczęściej|czytaj"
    r"|polecan"
    r"|powiązan|популярн|читайте|самое|по теме|похож|комментар|читають|en çok|ilgili|terpopuler|terkait|baca juga)"
    r"|الأكثر|اقرأ|ذات صلة|ランキング|関連|おすすめ|人気|熱門|热门|相關|相关|推薦|推荐|排行|인기|관련|많이",
    re.IGNORECASE,
)
# The same of class names and ids, which are English, or the page's own language without its accents.
_NAMED_LATEST = re.compile(
    r"latest|newest|breaking|ticker|(?<!a)live|flux|feed|lenta|timeline|recent|continu|ultim|lastnews|last-news|"
    r"news-?wire|minute|flash|realtime|senast|senest|tuore|najnow|neuest|laatste|terkini|schlagzeil|newsline",
    re.IGNORECASE,
)
_NAMED_OTHER = re.compile(
    r"most-?(?:read|view|pop|comment)|popular|related|trending|recommend|comment|ranking|schedule|programm|sponsor|"
    r"(?:^|[-_ ])(?:menu|nav|authors?|video|podcast)s?(?:$|[-_ ])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a list is announced as: its heading, and whether that, or a name around it, promises latest news or not."""

    heading: str
    latest: bool
    other: bool


def label(parent: HtmlElement | None, first: HtmlElement) -> Label:
    """How the list in `parent` that begins with the row `first` is announced."""
    heading = next(_headings(first), "")
    around = [] if parent is None else [parent, *islice(parent.iterancestors(), 3)]
    names = " ".join(f"{element.get('class') or ''} {element.get('id') or ''}" for element in around)
    latest, other = bool(_LATEST.search(heading)), bool(_OTHER.search(heading))
    if latest == other:  # a heading that says neither, or tabs for both
        latest, other = bool(_NAMED_LATEST.search(names)), bool(_NAMED_OTHER.search(names))
    return Label(heading, latest and not other, other and not latest)


def _headings(first: HtmlElement) -> Iterator[str]:
    """Short texts that stand before the first row, the nearest first; days and times are no headings."""
    for element in (first, *islice(first.iterancestors(), HIGHEST_HEADING)):
        if element.tag in {"body", "html"}:
            return
        for before in islice(element.itersiblings(preceding=True), BEFORE):
            text = folded(before.text_content()[: 4 * LONGEST_HEADING]) if isinstance(before.tag, str) else ""
            if text and len(text) <= LONGEST_HEADING and not next(clocks(text), None) and not read_day(text, _SOME_DAY):
                yield text
