"""/read, as a person uses it."""

from __future__ import annotations


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


async def test_a_long_article_is_paged_in_place(news, person):
    await news("A long story", paragraphs=40)

    first = await person.says("/read")
    onward = next(label for label in first.labels if "›" in label or "Next" in label or "2" in label)
    second = await person.taps(onward)

    assert second.edited
    assert second.text != first.text


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
