"""Two articles built by hand, one read from the left and one from the right, with everything an article can hold.

Here: the values. Not here: what is looked at in them (tests, screenshots).
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.news.article import Article, Block, BlockKind, Mark, MarkKind
from bot.news.model import Headline, Telling
from bot.news.said import Said

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def marked(kind: BlockKind, text: str, *marks: tuple[MarkKind, str, str], number: int = 0) -> Block:
    """A block whose marks are named by the words that they mark."""
    places = [(mark, text.index(words), len(words), url) for mark, words, url in marks]
    found = sorted((Mark(mark, start, start + length, url) for mark, start, length, url in places), key=_start)
    return Block(kind, text, tuple(found), number=number)


def _start(mark: Mark) -> int:
    return mark.start


def table(*rows: tuple[str, ...]) -> Block:
    """A table with a head."""
    text = "\n".join(" | ".join(row) for row in rows)
    return Block(BlockKind.TABLE, text, cells=rows, headed=True)


def headline(article: Article, *others: str) -> Headline:
    """The headline of an article, whose story others tell, too."""
    tellings = [Telling("courier", "courier.example", AT, "h-1")]
    tellings += [Telling(name, f"{name}.example", AT, f"h-{name}") for name in others]
    return Headline("h-1", article.title, article.url, "courier", AT, AT, story="h-1", tellings=tuple(tellings))


def from_the_left(picture: str, page: str = "https://courier.example/harbour") -> Article:
    """An English article; `picture` is the address of its lead picture."""
    p, h, item = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM
    return Article(
        page,
        "Night ferry returns to the old harbour after eleven years",
        (
            marked(
                p,
                "The first crossing was sold out within an hour. At ten in the evening the ferry left the old harbour "
                "with 240 people, 31 bicycles and a piano on board, as the port authority announced on Thursday.",
                (MarkKind.BOLD, "sold out within an hour", ""),
                (MarkKind.LINK, "port authority", "https://port.example/ferry"),
            ),
            Block(h, "Why it stopped"),
            marked(
                p,
                "The line was closed when the road tunnel opened. Few expected it to come back; the timetable of "
                "that year still hangs in the waiting room. The accounts are public at www.port.example.",
                (MarkKind.ITALIC, "Few expected it to come back", ""),
                (MarkKind.LINK, "www.port.example", "https://accounts.example/ferry"),
            ),
            Block(BlockKind.QUOTE, "“A tunnel takes you there. A ferry lets you arrive.”"),
            Block(h, "What changes"),
            Block(item, "Two crossings a night, one on Sundays."),
            Block(item, "Bicycles travel free of charge until spring."),
            table(
                ("Crossing", "Leaves", "Arrives"), ("Northbound", "22:00", "05:40"), ("Southbound", "23:15", "06:50")
            ),
            Block(h, "How to get a place"),
            Block(item, "Book on the day before, from six in the morning.", number=1),
            Block(item, "Show the ticket at gate three.", number=2),
            Block(p, "A second ship is being painted in the dock. It is to sail from March, weather permitting."),
        ),
        byline="Amina Idrissi",
        published_at=AT,
        language="en",
        site="The Corniche Courier",
        image=picture,
        caption="The harbour at dusk, seen from the lighthouse",
        credit="Drawing: Courier",
        notice=Said("Only the beginning: the rest stands behind the paper's paywall."),
    )


def from_the_right(picture: str, page: str = "https://courier.example/ar/harbour") -> Article:
    """An Arabic article with Latin words in it."""
    p, h, item = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM
    return Article(
        page,
        "عودة العبارة الليلية إلى الميناء القديم بعد أحد عشر عاما",
        (
            marked(
                p,
                "نفدت تذاكر الرحلة الأولى في أقل من ساعة. غادرت العبارة الميناء القديم في العاشرة مساء وعلى متنها 240 "
                "راكبا و31 دراجة وبيانو، كما أعلنت سلطة الميناء يوم الخميس.",
                (MarkKind.BOLD, "في أقل من ساعة", ""),
                (MarkKind.LINK, "سلطة الميناء", "https://port.example/ferry"),
            ),
            Block(h, "لماذا توقفت"),
            Block(
                p, "Ferry Line 7 هو الاسم الذي كتب على السفينة، وقد أغلق الخط حين افتتح النفق، ولم يتوقع كثيرون عودته."
            ),
            Block(BlockKind.QUOTE, "«النفق يوصلك إلى هناك، أما العبارة فتجعلك تصل»."),
            Block(h, "ما الذي يتغير"),
            Block(item, "رحلتان كل ليلة، وواحدة يوم الأحد."),
            Block(item, "الدراجات مجانا حتى الربيع."),
            table(("الرحلة", "المغادرة", "الوصول"), ("شمالا", "22:00", "05:40"), ("جنوبا", "23:15", "06:50")),
            Block(h, "كيف تحجز مكانا"),
            Block(item, "احجز في اليوم السابق ابتداء من السادسة صباحا.", number=1),
            Block(item, "أظهر التذكرة عند البوابة الثالثة.", number=2),
            Block(p, "وتطلى سفينة ثانية في الحوض، وينتظر أن تبحر في مارس إذا سمح الطقس."),
        ),
        byline="Amina Idrissi",
        published_at=AT,
        language="ar",
        site="The Corniche Courier",
        image=picture,
        caption="الميناء عند الغروب كما يرى من المنارة",
        credit="رسم: Courier",
    )
