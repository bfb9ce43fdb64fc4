"""A message as a chat wants to see it."""

from __future__ import annotations

import pytest

from bot.news.looks import as_chosen
from bot.news.message import Message, Rich
from bot.news.preferences import Preferences

MESSAGE = Message("A summit", preview="https://example.org/", rich=Rich(("<img/><img/>A", "<img/>A", "A")))


def test_a_chat_that_chose_nothing_sees_everything() -> None:
    assert as_chosen(MESSAGE, Preferences()) == MESSAGE


def test_without_pictures_an_article_comes_in_the_form_that_has_none() -> None:
    shown = as_chosen(MESSAGE, Preferences(pictures=False))
    assert shown.rich is not None
    assert shown.rich.forms == ("A",)
    assert shown.preview


def test_without_previews_no_link_is_opened() -> None:
    shown = as_chosen(MESSAGE, Preferences(previews=False))
    assert shown.preview == ""
    assert shown.rich == MESSAGE.rich


@pytest.mark.parametrize("chosen", [Preferences(), Preferences(pictures=False, previews=False)])
def test_a_plain_message_stays_as_it_is(chosen: Preferences) -> None:
    assert as_chosen(Message("A"), chosen) == Message("A")
