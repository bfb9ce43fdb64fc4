"""/read, as a person uses it."""

from __future__ import annotations

from bot.devchat.faults import Fault
from bot.devchat.refusals import said
from bot.handlers import COMMANDS
from bot.handlers.context import furnish
from bot.news.message import Style
from bot.news.model import Headline
from bot.store.headlines import Headlines
from bot.store.stories import StoryLog
from bot.tongues import spoken


async def test_read_with_a_number_reads_that_row_of_the_last_list(news, person):
    await news("Rabat hosts a summit")
    await news("Oil falls")
    await person.says("/latest")

    assert "Rabat hosts a summit" in (await person.says("/read 2")).text


async def test_read_alone_reads_the_newest(news, person):
    await news("Rabat hosts a summit")
    await news("Oil falls")

    assert "Oil falls" in (await person.says("/read")).text


async def test_a_button_under_the_list_reads_its_row(news, person):
    await news("Rabat hosts a summit")
    await person.says("/latest")

    article = await person.taps("1")

    assert "Paragraph 1" in article.text
    assert not article.edited


async def test_an_article_is_one_message_as_long_as_it_fits(news, person):
    await news("A long story", paragraphs=40)

    article = await person.says("/read")

    assert "Paragraph 1." in article.text
    assert "Paragraph 40." in article.text
    assert article.labels == ("Plain text", "Original ↗", "Share")


async def test_an_article_longer_than_a_message_is_turned_in_place(news, person):
    await news("A very long story", paragraphs=120)

    first = await person.says("/read")
    second = await person.taps("Part 2 of 2 ›")

    assert second.edited
    assert second.id == first.id
    assert "Paragraph 1." in first.text
    assert "Paragraph 120." in second.text
    assert (await person.taps("‹ Part 1 of 2")).text == first.text


async def test_plain_text_is_said_in_a_new_message_and_turned_in_place(news, person):
    await news("A long story", paragraphs=40)
    article = await person.says("/read")

    plain = await person.taps("Plain text")
    assert plain.id != article.id
    assert "Plain text" not in plain.labels
    assert set(plain.entities) == {"date_time"}

    onward = await person.taps(next(label for label in plain.labels if "›" in label))
    assert onward.edited
    assert onward.id == plain.id


async def test_an_operator_may_want_classic_pages(news, person, talk, desk):
    furnish(talk.house, desk, COMMANDS, frozenset(), Style.PAGES, spoken())
    await news("A long story", paragraphs=40)

    first = await person.says("/read")
    second = await person.taps(next(label for label in first.labels if "›" in label))

    assert first.labels[0].startswith("Page 2 of")
    assert second.edited
    assert "bold" in first.entities


async def test_an_operator_may_want_plain_text(news, person, talk, desk):
    furnish(talk.house, desk, COMMANDS, frozenset(), Style.TEXT, spoken())
    await news("A story", paragraphs=2)

    article = await person.says("/read")

    assert set(article.entities) == {"date_time"}
    assert article.labels == ("Original ↗", "Share")


async def test_a_rich_message_that_is_refused_does_not_cost_the_article(news, person, devchat):
    devchat.breaks(Fault(said("no preview"), "sendRichMessage"))
    await news("A story")

    assert "Paragraph 1." in (await person.says("/read")).text
    assert person.errors == []


async def test_a_server_without_rich_messages_gets_classic_pages_and_is_not_asked_each_time(
    news, person, devchat, clock
):
    devchat.breaks(Fault(said("no method"), "sendRichMessage", lasts=True))
    await news("A long story", paragraphs=40)

    first = await person.says("/read")
    second = await person.taps(next(label for label in first.labels if "›" in label))

    assert first.labels[0].startswith("Page 2 of")
    assert second.edited
    devchat.mends()
    assert (await person.says("/read")).labels[0].startswith("Page 2 of")
    clock.tick(hours=2)
    assert (await person.says("/read")).labels == ("Plain text", "Original ↗", "Share")


async def test_other_sources_of_the_story_are_a_tap_away(database, news, web, person, clock):
    mine, now = await news("Rabat hosts a summit"), clock.now()
    theirs = Headline("theirs", "Summit opens", "https://herald.example/summit", "herald", now, now, lang="en")
    await Headlines(database).add(theirs, now)
    web.pages[theirs.url] = "Summit opens\nThe other paper's words."
    await StoryLog(database).note([(mine, mine.id), (theirs, mine.id)], "0-0")

    assert "Read also: herald" in (await person.says(f"/read {mine.url}")).labels
    other = await person.taps("Read also: herald")

    assert "The other paper's words." in other.text
    assert "Read also: small" in other.labels


async def test_read_as_a_reply_to_a_list_reads_its_headline(news, person):
    await news("Rabat hosts a summit")
    listed = await person.says("/latest")
    await news("Oil falls")

    assert "Rabat hosts a summit" in (await person.says("/read", reply_to=listed.id)).text


async def test_a_link_is_read_with_the_command_and_without(news, person):
    story = await news("Rabat hosts a summit")

    assert "Paragraph 1" in (await person.says(f"/read {story.url}")).text
    assert "Paragraph 1" in (await person.says(f"Look at this: {story.url}")).text


async def test_an_article_that_cannot_be_read_gives_the_reason_the_summary_and_the_link(news, person):
    await news("Rabat hosts a summit", summary="Ministers meet on Monday.", gone=True)

    answer = await person.says("/read")

    assert "404" in answer.text
    assert "Ministers meet on Monday." in answer.text
    assert "Open the original" in answer.labels


async def test_read_with_words_explains_itself(person):
    assert "/read 3" in (await person.says("/read the article")).text


async def test_read_without_a_list_explains_itself(person):
    assert "/latest first" in (await person.says("/read 3")).text


async def test_a_number_alone_is_a_row(news, person):
    await news("Rabat hosts a summit")
    await person.says("/latest")

    assert "Rabat hosts a summit" in (await person.says("1")).text


async def test_a_forwarded_message_is_read_by_the_link_behind_its_words(news, person, talk):
    headline = await news("Rabat hosts a summit")
    entity = {"type": "text_link", "offset": 0, "length": 4, "url": headline.url}
    message = person._message("Look at this") | {"entities": [entity]}
    await talk.handle(message=message)

    assert "The talks went on." in person.texts[-1]


async def test_a_message_is_read_by_the_link_on_its_button(news, person, talk):
    headline = await news("Rabat hosts a summit")
    ours = {"text": "Follow", "url": "https://t.me/somebot?start=t-b2ls"}
    rows = [[ours, {"text": "Open", "url": headline.url}]]
    await talk.handle(message=person._message("Look at this") | {"reply_markup": {"inline_keyboard": rows}})

    assert "The talks went on." in person.texts[-1]


async def test_a_reply_to_an_article_reads_it_again(news, person):
    await news("Rabat hosts a summit")
    shown = await person.says("/read")
    await news("Oil falls")

    assert "Rabat hosts a summit" in (await person.says("/read", reply_to=shown.id)).text
