"""What the sample newspaper's pages look like. Owns the filling of the templates in site/.

Here: front page, article page, feed and pictures, as text, from stories.
Not here: the stories (stories), serving them (newsroom).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from importlib import resources
from string import Template
from zoneinfo import ZoneInfo

from bot.samples.drawing import drawing
from bot.samples.stories import Story

PAPER = "The Corniche Courier"
ZONE = "Africa/Casablanca"
_LEADS, _MOST_READ = 5, 5
_ELSEWHERE = {"fr": "Lire aussi", "ar": "اقرأ أيضا"}
_TONES = {"Sport & Business": "#b4552d #e9b872 #f4e3c1", "Science & Health": "#1f4e79 #6fa8c9 #dbe9ee"}
_OTHER_TONES = "#0a6b5c #8fb996 #f2e8cf"


def address(story: Story) -> str:
    """The path of a story's page: its instant in UTC, and its words."""
    return f"/{story.published_at:%Y/%m/%d/%H%M%S}-{story.slug}"


class Pages:
    """Renders the pages of the paper at `root` (its address without a slash at the end)."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._zone = ZoneInfo(ZONE)
        self._templates = {name: Template(read(f"{name}.html")) for name in ("page", "home", "article")}

    def home(self, stories: Sequence[Story], now: datetime, section: str = "") -> str:
        """The front page, or that of a section, with the box of the newest headlines."""
        leads = [story for story in stories if section in story.section][:_LEADS]
        main = self._templates["home"].substitute(
            stories="\n".join(_teaser(story, now, top=place == 0) for place, story in enumerate(leads)),
            rows=self._rows(stories, now),
            most_read="\n".join(f"<li>{_link(story, now)}</li>" for story in stories[-_MOST_READ:]),
        )
        head = f'<meta property="og:site_name" content="{PAPER}"><meta property="og:type" content="website">'
        return self._page(PAPER, main, head, now)

    def article(self, story: Story, others: Sequence[Story], now: datetime) -> str:
        """One story with everything that surrounds stories on the web."""
        main = self._templates["article"].substitute(
            section=escape(story.section),
            headline=escape(story.title_at(now)),
            lead=escape(story.lead),
            byline=escape(story.byline),
            iso=story.published_at.astimezone(self._zone).isoformat(),
            clock=f"{story.published_at.astimezone(self._zone):%d.%m.%Y, %H:%M}",
            picture=_picture(story),
            paper=PAPER,
            paragraphs="\n".join(_text(story, others, now)),
            correction=_correction(story, now),
            rows=self._rows(others, now),
        )
        return self._page(f"{story.title_at(now)} | {PAPER}", main, self._article_head(story, now), now, story.lang)

    def about(self, now: datetime) -> str:
        """What this paper is."""
        text = "This newspaper is a sample. Its stories come from a timetable, its people do not exist, its towns do."
        return self._page(f"About | {PAPER}", f'<main class="story"><h1>About</h1><p>{text}</p></main>', "", now)

    def feed(self, stories: Sequence[Story], now: datetime) -> str:
        """The same headlines as RSS."""
        items = "\n".join(self._item(story, now) for story in stories)
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<channel><title>{PAPER}</title><link>{self._root}/</link><language>en</language>"
            f"<description>All headlines of a sample newspaper</description>\n{items}\n</channel></rss>\n"
        )

    def _item(self, story: Story, now: datetime) -> str:
        link = escape(self._root + address(story))
        return (
            f"<item><title>{escape(story.title_at(now))}</title><link>{link}</link>"
            f'<guid isPermaLink="true">{link}</guid>'
            f"<pubDate>{format_datetime(story.published_at)}</pubDate><dc:creator>{escape(story.byline)}</dc:creator>"
            f"<dc:language>{story.lang}</dc:language><description>{escape(story.lead)}</description></item>"
        )

    def _page(self, title: str, main: str, head: str, now: datetime, lang: str = "en") -> str:
        return self._templates["page"].substitute(
            lang=lang,
            direction="rtl" if lang == "ar" else "ltr",
            title=escape(title),
            head=head,
            paper=PAPER,
            today=f"{now.astimezone(self._zone):%A, %d %B %Y} · Casablanca",
            main=main,
        )

    def _rows(self, stories: Sequence[Story], now: datetime) -> str:
        return "\n".join(
            f"<li><time>{story.published_at.astimezone(self._zone):%H:%M}</time> {_link(story, now)}</li>"
            for story in stories
        )

    def _article_head(self, story: Story, now: datetime) -> str:
        url, picture = self._root + address(story), self._root + _picture(story)
        changed = story.corrected_at if story.corrected_at and now >= story.corrected_at else story.published_at
        told = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title_at(now),
            "datePublished": story.published_at.isoformat(),
            "dateModified": changed.isoformat(),
            "author": [{"@type": "Person", "name": story.byline}],
            "publisher": {"@type": "NewsMediaOrganization", "name": PAPER},
            "image": [picture],
            "inLanguage": story.lang,
        }
        metas = {
            "og:type": "article",
            "og:site_name": PAPER,
            "og:title": story.title_at(now),
            "og:description": story.lead,
            "og:url": url,
            "og:image": picture,
            "article:published_time": story.published_at.isoformat(),
            "article:section": story.section,
        }
        tags = [f'<meta property="{name}" content="{escape(value)}">' for name, value in metas.items()]
        linked_data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
        return "\n".join(
            [
                f'<link rel="canonical" href="{escape(url)}">',
                f'<meta name="author" content="{escape(story.byline)}">',
                *tags,
                f'<script type="application/ld+json">{linked_data}</script>',
            ]
        )


def picture(seed: int, section: str) -> bytes:
    """A drawing in the colours of a section, as PNG."""
    return drawing(seed, *_TONES.get(section, _OTHER_TONES).split())


def read(name: str) -> str:
    """A file of the site as it lies in the package."""
    return (resources.files("bot.samples") / "site" / name).read_text("utf-8")


def _picture(story: Story) -> str:
    return f"/pictures{address(story)}.png"


def _link(story: Story, now: datetime) -> str:
    other = "" if story.lang == "en" else f' lang="{story.lang}" dir="auto"'
    return f'<a href="{escape(address(story))}"{other}>{escape(story.title_at(now))}</a>'


def _teaser(story: Story, now: datetime, *, top: bool) -> str:
    image = f'<img src="{escape(_picture(story))}" alt="" width="960" height="480">' if top else ""
    return (
        f'<article lang="{story.lang}" dir="auto">{image}<p class="kicker">{escape(story.section)}</p>'
        f"<h2>{_link(story, now)}</h2><p>{escape(story.lead)}</p></article>"
    )


def _text(story: Story, others: Sequence[Story], now: datetime) -> list[str]:
    """The paragraphs, with an advertisement and a way elsewhere between them, as papers do."""
    lines = [f"<p>{escape(text)}</p>" for text in story.paragraphs]
    elsewhere = _ELSEWHERE.get(story.lang, "Read also")
    if others:
        lines.insert(2, f'<p class="elsewhere">{elsewhere}: {_link(others[-1], now)}</p>')
    lines.insert(1, '<aside class="ad"><p>Advertisement</p><p>Harbour Tea. Strong enough for two.</p></aside>')
    return lines


def _correction(story: Story, now: datetime) -> str:
    if not story.corrected_at or now < story.corrected_at:
        return ""
    return '<p class="correction">Correction: an earlier version of this headline gave another number.</p>'
