"""PDF files behind a headline: their words as an article, or a sentence on why not; never a crash, never a hang."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime

import pytest
from pypdf import PdfWriter

from bot.ingest.articles import extract
from bot.ingest.reader import Reader
from bot.news.article import Article
from bot.news.errors import NotReadable
from bot.ports import Page

URL = "https://www.gazette.test/bridge.pdf"
LINES = [
    "The bridge is to be mended",
    "The council of the small town decided on Monday evening to mend the old",
    "bridge before the winter comes, and to build a second one for the cycl-",
    "ists.",
    "The mayor thanked the carpenters, who had offered their advice free of",
    "charge, and asked for patience.",
]


def pdf(pages: list[list[str]], **told: str) -> bytes:
    """A small PDF file with these lines on its pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        stream = "BT /F1 12 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects += [f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"]
        contents = len(objects)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} 0 R /Resources << /Font << /F1 "
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ]
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {' '.join(f'/{name} ({value})' for name, value in told.items())} >>")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return f"{body}{head}{table}{trailer}\nstartxref\n{len(body)}\n%%EOF".encode()


def locked(body: bytes, password: str) -> bytes:
    """The file as only those can read it who know the password."""
    writer = PdfWriter(clone_from=io.BytesIO(body))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_the_lines_of_a_pdf_become_paragraphs_and_its_first_line_the_title() -> None:
    article = extract(pdf([LINES]), URL)
    assert article.title == LINES[0]
    assert [block.text[:11] for block in article.blocks] == ["The council", "The mayor t"]
    assert "for the cyclists." in article.blocks[0].text


def test_what_a_pdf_says_of_itself_is_taken_where_it_is_worth_something() -> None:
    told = pdf([LINES], Title="Old bridge", Author="Ada Fern", CreationDate="D:20261123121500+01'00'")
    article = extract(told, URL)
    assert (article.title, article.byline) == ("Old bridge", "Ada Fern")
    assert article.published_at == datetime(2026, 11, 23, 11, 15, tzinfo=UTC)
    assert extract(pdf([LINES], Title="Microsoft Word - bridge_v3.docx"), URL).title == LINES[0]


def test_lines_that_every_page_repeats_are_left_out() -> None:
    pages = [
        ["Gazette, Monday", f"A head {number * 'x'}.", *LINES, "The end.", f"Page {number} of 4"] for number in range(4)
    ]
    text = extract(pdf(pages), URL).text
    assert "A head xxx." in text
    assert "Gazette, Monday" not in text
    assert "Page 2 of" not in text


def test_of_a_book_the_first_pages_are_read_and_it_is_said() -> None:
    pages = [[f"On page {number} there stands a line like this one, which is not very long."] for number in range(80)]
    article = extract(pdf(pages), URL)
    assert "On page 59" in article.text
    assert str(article.notice) == "The first 60 of 80 pages."


def test_a_file_that_a_printer_only_locked_against_changes_is_read() -> None:
    assert extract(locked(pdf([LINES]), ""), URL).title == LINES[0]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (locked(pdf([LINES]), "secret"), "locked with a password"),
        (pdf([[]]), "pictures of its pages"),
        (pdf([LINES])[:300], "broken|pictures"),
        (b"%PDF-1.7\n" + b"\0" * 5000, "broken"),
        (b"%PDF-1.7\n" + b"<<" * 50_000, "broken"),
        (b"%PDF-1.7\n1 0 obj\n" + b"[" * 50_000 + b"\nendobj\ntrailer << /Root 1 0 R >>", "broken"),
    ],
    ids=["locked", "scanned", "cut off", "zeros", "names", "nested"],
)
def test_a_pdf_that_cannot_be_read_is_told_in_a_sentence(body: bytes, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason) as told:
        extract(body, URL)
    assert told.value.url == URL


def read(body: bytes) -> str:
    """The text of a file, or the reason why there is none."""
    try:
        return extract(body, URL).text
    except NotReadable as reason:
        return str(reason)


def test_a_pdf_with_any_bytes_changed_gives_an_article_or_a_reason() -> None:
    whole, chance = pdf([LINES] * 3, Title="Old bridge"), random.Random(7)
    for _ in range(300):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            body[chance.randrange(8, len(body))] = chance.choice(b"<>[]()/ 0R\xff")
        assert read(bytes(body))


async def test_a_pdf_is_read_in_the_reading_process_as_every_page() -> None:
    reader = Reader()
    try:
        article = await reader.read(Page(URL, pdf([LINES])))
    finally:
        await reader.close()
    assert isinstance(article, Article)
    assert article.title == LINES[0]
