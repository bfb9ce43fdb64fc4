"""Pages that are not simply an article: walls, paid articles, live pages, videos, and text that only scripts hold."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bot.ingest.articles import extract
from bot.ingest.walls import PAID
from bot.news.article import FRONT_PAGE, BlockKind
from bot.news.errors import NotReadable
from tests.ingest.storypages import PARAGRAPHS, URL, data, page, story

LONG = PARAGRAPHS * 5


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Just a moment...", "Verify you are human by completing the action below. gazette.test needs to", "person"),
        ("Gazette", "Pardon our interruption. Something about your browser made us think that you might", "person"),
        ("Zugriff", "Bitte bestätigen Sie, dass Sie ein Mensch sind, indem Sie das Kästchen unten", "person"),
        ("Gazette", "Подтвердите, что вы не робот. Мы заметили необычные запросы с вашего адреса, извините.", "person"),
        ("Gazette", "We value your privacy. We and our partners store and access information on a device.", "cookies"),
        ("Gazette", "Mit Werbung weiterlesen: Besuchen Sie gazette.test wie gewohnt mit Werbung und", "cookies"),
        ("Gazette", "Nous respectons votre vie privée. Avec nos partenaires, nous utilisons des cookies", "cookies"),
        ("Gazette", "You need to enable JavaScript to run this app. Please change that and load the page", "scripts"),
        ("Gazette", "Bitte aktivieren Sie JavaScript in Ihrem Browser, um diese Seite vollständig zu", "scripts"),
        ("Sign in", "Please log in to read this article. Forgot your password? Have it sent to you by", "logged in"),
        ("Gazette", "Inicia sesión para continuar con la lectura de este artículo en todos sus", "logged in"),
        ("Page not found", "We looked everywhere. Perhaps the search helps, or one of the stories of today", "exist"),
        ("404", "Maybe it was moved, maybe it was never here, and maybe the bridge has fallen down.", "exist"),
        ("Seite nicht gefunden", "Vielleicht hilft Ihnen die Suche weiter oder eine der Geschichten von", "exist"),
        ("Страница не найдена", "Возможно, она была удалена или вы ошиблись адресом, попробуйте поиск по", "exist"),
        ("الصفحة غير موجودة", "ربما تم نقل هذه الصفحة أو حذفها من الموقع، جرب البحث أو اقرأ أخبار اليوم", "exist"),
        ("ページが見つかりません", "お探しのページは移動または削除された可能性があります。検索を。" * 3,
         "exist"),
    ],
)  # fmt: skip
def test_a_wall_is_told_in_a_sentence_instead_of_its_text(title: str, text: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        extract(page(paragraphs=[text], title=title), URL)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Access denied: how a bridge kept its keeper awake", "The sign said access denied, and nobody knew why."),
        ("Page not found, the movie", "You need to enable JavaScript, said the machine to the mayor of the town."),
        ("A robot in the town", "Are you a robot, asked the child, and the robot had to think about it."),
        ("Why cookies crumble", "We value your privacy, says every page, and then it asks for all the rest."),
    ],
)
def test_an_article_on_walls_is_none(title: str, said: str) -> None:
    article = extract(page(paragraphs=[said, *LONG], title=title), URL)
    assert said in article.text
    assert article.notice is None


@pytest.mark.parametrize(
    "asks",
    [
        *(
            "Subscribe to continue reading",
            "To read the full story, subscribe or sign in",
            "Already a subscriber? Sign in",
        ),
        *("Weiterlesen mit Gazette plus", "Dieser Artikel ist exklusiv für Abonnenten"),
        *(
            "Cet article est réservé aux abonnés",
            "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.",
        ),
        *("Suscríbete para seguir leyendo", "Assine para continuar lendo", "Abbonati per continuare a leggere"),
        *("Dit artikel is exclusief voor abonnees", "Artykuł dostępny tylko dla prenumeratorów"),
        *("Чтобы читать дальше, оформите подписку", "Bli abonnent for å lese", "För att läsa vidare, logga in"),
        *("Okumaya devam etmek için abone olun", "هذا المحتوى للمشتركين فقط", "この記事は有料会員限定です。"),
    ],
)
def test_a_text_that_ends_at_a_request_to_pay_is_only_the_beginning(asks: str) -> None:
    article = extract(page(f"<div><h2>{asks}</h2><a href='/pay'>All offers</a></div>"), URL)
    assert article.notice == PAID
    assert PARAGRAPHS[0].strip() in article.text


@pytest.mark.parametrize(
    "head",
    [
        data(story(isAccessibleForFree=False)),
        data(story(isAccessibleForFree="False")),
        data(story(isAccessibleForFree="http://schema.org/False")),
        data(story(hasPart={"@type": "WebPageElement", "isAccessibleForFree": "false", "cssSelector": ".paid"})),
        "<meta property='article:content_tier' content='locked'>",
    ],
)
def test_a_short_text_that_the_publisher_calls_paid_is_only_the_beginning(head: str) -> None:
    assert extract(page(head=head), URL).notice == PAID


def test_a_paid_article_without_any_text_comes_with_its_summary() -> None:
    head = data(story(isAccessibleForFree=False, articleBody="Secret. " * 200, description="The council has decided."))
    article = extract(page(head=head, paragraphs=["Hm."]), URL)
    assert (article.text, article.notice) == ("The council has decided.", PAID)


@pytest.mark.parametrize(
    ("below", "above", "head"),
    [
        ("<p>Subscribe</p><p>Support free journalism and become a member.</p>", "", ""),
        ("<p><a href='/x'>Another story of the day</a></p>" * 30 + "<p>Already a subscriber?</p>", "", ""),
        ("", "<div class=top>Subscribe to continue reading our best stories</div>", ""),
        ("", "", data(story(isAccessibleForFree=True))),
        ("", "", "<meta property='article:content_tier' content='metered'>"),
    ],
)  # fmt: skip
def test_a_free_article_that_advertises_a_subscription_gets_no_notice(below: str, above: str, head: str) -> None:
    assert extract(page(below, head=head, above=above), URL).notice is None


def test_a_paid_part_that_stands_on_the_page_is_no_beginning() -> None:
    head = data(story(hasPart={"isAccessibleForFree": False, "cssSelector": ".paid"}))
    handed_out = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    assert extract(page(head=head, above=f"<div class='text paid'>{handed_out}</div>"), URL).notice is None


REPORTS = [
    {"@type": "BlogPosting", "headline": "The last plank", "datePublished": "2026-11-23T12:15:00+01:00",
     "articleBody": "The carpenters laid the last plank, and everybody on both banks clapped their hands. " * 4},
    {"@type": "BlogPosting", "datePublished": "2026-11-23T11:45:00+01:00",
     "articleBody": "It began to rain.\n\nNobody went home."},
    {"@type": "BlogPosting", "headline": "All ready", "datePublished": "2026-11-22T23:50:00+01:00",
     "articleBody": "Good night."},
]  # fmt: skip


def test_a_live_page_shows_its_reports_under_their_clock_times_newest_first() -> None:
    live = story(liveBlogUpdate=REPORTS, dateModified="2026-11-23T12:20:00+01:00") | {"@type": "LiveBlogPosting"}
    article = extract(page(head=data(live)), URL)
    headings = [block.text for block in article.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["12:15 The last plank", "11:45", "2026-11-22 23:50 All ready"]
    assert [block.text for block in article.blocks][3:5] == ["It began to rain.", "Nobody went home."]
    assert str(article.notice) == "A live page, as it stood at 2026-11-23 11:20 UTC."


def test_a_live_page_without_data_is_told_by_its_timed_sections() -> None:
    sections = "".join(
        f"<section><time datetime='2026-11-23T1{hour}:30:00Z'>1{hour}:30</time><h3>Report {hour}</h3>"
        f"<p>{PARAGRAPHS[0]}</p></section>"
        for hour in (5, 4, 3, 2)
    )
    article = extract(page(f"<div>{sections}</div>", title="Live: the bridge is mended"), URL)
    assert [block.text for block in article.blocks if block.kind is BlockKind.HEADING][:2] == [
        "15:30 Report 5",
        "14:30 Report 4",
    ]
    assert str(article.notice) == "A live page, as it stood at 2026-11-23 15:30."


def test_a_box_of_timed_rows_beside_an_article_makes_no_live_page() -> None:
    rows = "".join(
        f"<li><time datetime='2026-11-23T1{n}:00:00Z'>1{n}:00</time> <a href='/{n}'>Row {n} of the box</a></li>"
        for n in range(9)
    )
    assert extract(page(f"<ul>{rows}</ul>"), URL).notice is None


def test_a_video_gives_its_description_and_its_address() -> None:
    video = {"@type": "VideoObject", "name": "How the bridge was mended",
             "description": "The carpenters at work, in two minutes.",
             "contentUrl": "https://video.gazette.test/bridge.mp4", "uploadDate": "2026-11-23T11:00:00Z"}  # fmt: skip
    article = extract(page(head=data(video), paragraphs=["Share."], title="How the bridge was mended"), URL)
    assert article.text == "The carpenters at work, in two minutes."
    assert str(article.notice).startswith("A video;")
    assert [block.url for block in article.blocks if block.kind is BlockKind.VIDEO] == [
        "https://video.gazette.test/bridge.mp4"
    ]


def test_a_video_without_a_word_still_has_its_title() -> None:
    article = extract(
        page(head="<meta property='og:type' content='video.other'>", paragraphs=[""], title="The bridge"), URL
    )
    assert article.text == "The bridge"
    assert article.blocks[0].url == URL


def test_an_article_with_a_video_is_an_article() -> None:
    head = data([story(), {"@type": "VideoObject", "name": "x", "description": "y"}])
    assert extract(page(head=head), URL).notice is None


def test_where_the_markup_holds_no_text_the_pages_data_is_read() -> None:
    body = "\n\n".join(PARAGRAPHS)
    article = extract(page(head=data(story(articleBody=body)), paragraphs=["Loading …"]), URL)
    assert [block.text for block in article.blocks] == [text.strip() for text in PARAGRAPHS]


def test_a_text_without_line_breaks_is_cut_at_the_ends_of_sentences() -> None:
    article = extract(page(head=data(story(articleBody=" ".join(LONG))), paragraphs=["Loading …"]), URL)
    assert len(article.blocks) > 4
    assert all(block.text.endswith(".") and len(block.text) < 700 for block in article.blocks)


def test_markup_in_the_pages_data_becomes_paragraphs() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    assert len(extract(page(head=data(story(articleBody=body)), paragraphs=["…"]), URL).blocks) == 3


def test_where_only_a_script_knows_the_text_its_state_is_read() -> None:
    state = {
        "menu": ["Home", "Sport"],
        "props": {
            "related": [
                {
                    "title": "Another story",
                    "text": "A short text on something else. It is over already, is it not? Yes, it is.",
                }
            ],
            "article": {"title": "The bridge", "parts": [{"type": "p", "value": text} for text in PARAGRAPHS]},
        },
    }
    script = f"<script type='application/json'>{json.dumps(state)}</script>"
    body = f"<html><head><title>The bridge</title></head><body><div id=app></div>{script}"
    assert [block.text for block in extract(body.encode(), URL).blocks] == [text.strip() for text in PARAGRAPHS]


def test_the_longer_text_of_the_markup_is_never_replaced() -> None:
    assert "Other" not in extract(page(head=data(story(articleBody="Other words. " * 400))), URL).text


@pytest.mark.parametrize(
    "state", ["{", "[" * 100_000, "null", '{"a": ' * 3000 + "1" + "}" * 3000, json.dumps([["x" * 90 + ". y"]] * 30_000)]
)
def test_a_hostile_state_is_survived(state: str) -> None:
    body = f"<html><body><p>{PARAGRAPHS[0]}</p><script type='application/json'>{state}</script></body></html>"
    assert extract(body.encode(), URL).text


def test_real_articles_are_hardly_ever_taken_for_a_beginning_or_a_wall(shared_data: Path) -> None:
    """Of fundus' pages, which a person could read, none gets a notice."""
    for path in sorted((shared_data / "articles" / "fundus").glob("*/*.html.gz"))[::4]:
        assert extract(gzip.decompress(path.read_bytes()), "https://paper.invalid/a/story").notice is None, path.name


@pytest.mark.parametrize(
    "address", ["https://paper.example/", "https://paper.example/fr", "https://paper.example/index.html"]
)
def test_a_front_page_is_shown_with_a_word_that_it_is_one(address: str) -> None:
    assert extract(page(), address).notice == FRONT_PAGE


@pytest.mark.parametrize("address", ["https://paper.example/story", "https://paper.example/de/rain-at-last"])
def test_an_article_is_no_front_page(address: str) -> None:
    assert extract(page(), address).notice is None
