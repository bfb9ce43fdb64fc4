"""`headline-bot read`: the article at an address or in a file."""

from __future__ import annotations

from pathlib import Path

from tests.verbs.conftest import Operator, Site, Typed

SENTENCE = "The talks went on until late in the evening, and both sides said that they would meet again. "
PAGE = f"""<html lang="en"><head><title>Rain at last</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>Rain at last</h1><p>First. {SENTENCE * 3}</p><p>Second. {SENTENCE * 3}</p></article></body></html>"""


def test_an_article_is_read_with_everything_that_the_page_tells(operator: Operator, site: Site) -> None:
    site.pages["/rain"] = (200, "text/html", PAGE)
    article = operator.types("read", f"{site.url}/rain", "--json").json
    assert (article["title"], article["language"]) == ("Rain at last", "en")
    assert article["text"].split("\n\n")[1].startswith("Second.")
    assert [block["kind"] for block in article["blocks"]] == ["p", "p"]
    assert article.keys() >= {"byline", "published_at", "site", "image"}


def test_the_further_pages_of_an_article_are_read_too(operator: Operator, site: Site) -> None:
    site.pages["/rain"] = (200, "text/html", PAGE.replace("</body>", "<a href='/rain/2'>2</a></body>"))
    site.pages["/rain/2"] = (200, "text/html", PAGE.replace("First.", "Third.").replace("Second.", "Fourth."))
    text = operator.types("read", f"{site.url}/rain", "--json").json["text"]
    assert [part.split()[0] for part in text.split("\n\n")] == ["First.", "Second.", "Third.", "Fourth."]


def test_a_page_that_could_not_be_had_is_said_above_the_text(operator: Operator, site: Site) -> None:
    site.pages["/rain"] = (200, "text/html", PAGE.replace("</body>", "<a href='/rain/2'>2</a></body>"))
    said = operator.types("read", f"{site.url}/rain")
    assert "Page 2 and what follows it could not be fetched." in said.lines[:4]


def test_a_file_is_read_as_plain_text_for_a_pipe(operator: Operator, tmp_path: Path) -> None:
    (tmp_path / "rain.html").write_text(PAGE, encoding="utf-8")
    said = operator.types("read", str(tmp_path / "rain.html"))
    assert said.lines[0] == "Rain at last"
    assert said.lines[3].startswith("First. The talks")
    assert "\x1b" not in said.out


def test_a_page_without_an_article_is_told_in_a_sentence(operator: Operator, site: Site) -> None:
    site.pages["/empty"] = (200, "text/html", "<html><body></body></html>")
    assert operator.types("read", f"{site.url}/empty", code=1).err == "I found no article text on this page.\n"


def test_a_file_that_is_not_there_is_wrong_use(typed: Typed) -> None:
    assert typed("read", "no-such-file").err.startswith("There is no file no-such-file")
