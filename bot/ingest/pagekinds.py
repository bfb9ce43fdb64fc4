"""Pages that are not simply an article. Owns what is made of each: another text, a notice, other addresses, a refusal.

Here: live pages, videos, text in scripts, paid articles, walls, several pages, and the order in which they are tried.
Not here: telling each of them (livepages, scripttext, walls, paging), the usual page's text (articles).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from bot.ingest import livepages, paging, walls
from bot.ingest.jsonld import Thing, kinds, text_of, url_of
from bot.ingest.scripttext import blocks_of, state_blocks
from bot.news.article import FRONT_PAGE, Article, Block, BlockKind
from bot.news.errors import NotReadable
from bot.news.plaintext import to_text
from bot.news.said import said
from bot.news.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

VIDEO = said("A video; these are the words that its page has for it.")
_LITTLE = 400  # characters; the text of a page that a script makes, or of a video, is shorter
_TOO_LITTLE = 60  # characters below which there is no text
_SUMMARY = 1_000  # characters
_VISIBLE = 200_000
_INDEX = re.compile(r"(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{3,5})?)?", re.IGNORECASE)
_PLAIN_SELECTOR = re.compile(r"(?:^|[\s,])([.#])([\w-]+)(?=$|[\s,])")
_UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "svg", "iframe", "select", "button"})


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands on a page beside its text, as far as it decides what the page is."""

    story: Thing
    video: str  # the video's address where the page is a video, else empty
    free: bool  # False: the publisher tells machines that all or a part of it is not
    handed_out: bool  # the part that is paid for stands on the page all the same, as where some pages a month are free
    summary: str
    visible: str  # all that a browser shows, blocks parted by spaces
    scripts: tuple[str, ...]  # the state that its scripts draw it from
    live: tuple[livepages.Report, ...]
    further: tuple[str, ...]
    whole: tuple[str, ...]
    amp: tuple[str, ...]


def look_beside(tree: HtmlElement, url: str, metas: Mapping[str, str], story: Thing, title: str) -> Beside:
    """Everything that `settled` wants to know, taken before anything changes the tree."""
    described = story.get("description") or metas.get("og:description") or metas.get("description")
    paid = _paid(story)
    scripts = tree.xpath(".//script[@type='application/json']")
    return Beside(
        story=story,
        video=_video(story, metas, url),
        free=not paid and metas.get("article:content_tier", "").lower() != "locked",
        handed_out=any(_holds_text(tree, text_of(thing.get("cssSelector"))) for thing in paid),
        summary=clean(to_text(text_of(described)), _SUMMARY),
        visible=_visible(tree),
        scripts=tuple(script.text or "" for script in islice(scripts, 20)),
        live=livepages.reports(tree, story, f"{url} {title}"),
        further=paging.further_pages(tree, url),
        whole=paging.whole_versions(tree, url),
        amp=paging.amp_version(tree, url),
    )


def settled(article: Article, beside: Beside) -> Article:
    """The article as the page's kind asks for it. Raises NotReadable with the reason where it is none."""
    if beside.live or livepages.is_live(beside.story):
        return _live(article, beside)
    article = _from_scripts(article, beside)
    if beside.video and len(article.text) < _LITTLE:
        return _as_video(article, beside)
    little = len(article.text) < _LITTLE
    instead = (*(beside.amp if little else ()), *(beside.whole if beside.further or little else ()))
    reason = walls.wall(article.title, article.text, beside.visible)
    if reason == walls.SCRIPT and instead and beside.free:
        return replace(article, blocks=(), instead=instead)
    if reason:
        raise NotReadable(reason, article.url)
    if walls.is_beginning(article.text, beside.visible, declared=not (beside.free or beside.handed_out)):
        return replace(_with_summary(article, beside), notice=walls.PAID)
    notice = FRONT_PAGE if is_front(article.url, beside.story) else None
    return replace(article, further=beside.further, instead=instead, notice=notice)


def is_front(url: str, story: Thing) -> bool:
    """Whether it is where a site, or one of its languages, begins, and does not say itself that it is an article."""
    path = urlsplit(url).path.strip("/")
    return (not path or _INDEX.fullmatch(path) is not None) and not any("Article" in kind for kind in kinds(story))


def _live(article: Article, beside: Beside) -> Article:
    shown = tuple(livepages.blocks(beside.live)) or article.blocks
    return replace(article, blocks=shown, notice=livepages.notice(beside.story, beside.live))


def _from_scripts(article: Article, beside: Beside) -> Article:
    """Where the markup holds hardly any text and the article is free, what the page's data holds instead."""
    if len(article.text) >= _LITTLE or not beside.free:
        return article
    body = text_of(beside.story.get("articleBody"))
    better = blocks_of(body) if len(body) > 2 * len(article.text) else ()
    better = better or state_blocks(beside.scripts)
    return replace(article, blocks=better) if better else article


def _as_video(article: Article, beside: Beside) -> Article:
    own = len(article.text) > max(_TOO_LITTLE, len(beside.summary))
    blocks = article.blocks if own else _summary_blocks(article, beside)
    video = Block(BlockKind.VIDEO, article.title, url=beside.video)
    return replace(article, blocks=(video, *blocks), notice=VIDEO)


def _with_summary(article: Article, beside: Beside) -> Article:
    return replace(article, blocks=_summary_blocks(article, beside)) if len(article.text) < _TOO_LITTLE else article


def _summary_blocks(article: Article, beside: Beside) -> tuple[Block, ...]:
    return (Block(BlockKind.PARAGRAPH, beside.summary or article.title),)


def _video(story: Thing, metas: Mapping[str, str], url: str) -> str:
    is_one = "VideoObject" in kinds(story)
    if not is_one and not (metas.get("og:type", "").startswith("video") and not story.get("headline")):
        return ""
    told = (url_of(story.get("contentUrl")), url_of(story.get("embedUrl")), metas.get("og:video:url", ""), url)
    return next((address for address in told if address.startswith(("https://", "http://"))), url)


def _paid(story: Thing) -> list[Thing]:
    """The story or its parts of which isAccessibleForFree says no, in the spellings that occur."""
    parts = story.get("hasPart")
    told = [story, *(part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict))]
    return [thing for thing in told if str(thing.get("isAccessibleForFree", "")).lower().rsplit("/", 1)[-1] == "false"]


def _holds_text(tree: HtmlElement, selector: str) -> bool:
    """Whether what a plain selector (.class, #id) names is on the page with text in it."""
    for sign, name in _PLAIN_SELECTOR.findall(selector[:200]):
        of = "concat(' ', normalize-space(@class), ' ')" if sign == "." else "concat(' ', @id, ' ')"
        named = tree.xpath(f".//*[contains({of}, $name)]", name=f" {name} ")
        if sum(len(" ".join(element.text_content().split())) for element in named[:200]) >= _LITTLE:
            return True
    return False


def _visible(tree: HtmlElement) -> str:
    """The page's words in order, those that no browser shows left out."""
    words: list[str] = []
    length = 0
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        hidden = event == "start" and element.tag in _UNSEEN
        if hidden:
            walk.skip_subtree()
        text = element.tail if event != "start" else ("" if hidden else element.text)
        if text and (text := " ".join(text.split())):
            words.append(text)
            length += len(text)
            if length > _VISIBLE:
                break
    return " ".join(words)
