"""Whatever the server knows or refuses, the article is sent in the best form that it takes."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.delivery.forms import Form, Forms
from bot.news.message import Button, Message, Rich

RICH = Rich(("<p>all pictures</p>", "<p>lead picture</p>", "<p>no picture</p>"), buttons=((Button("Rich", "r"),),))
MESSAGE = Message("classic", ((Button("Classic", "c"),),), rich=RICH)


class Server:
    """Answers a call with the refusals that it is given, then takes everything."""

    def __init__(self, *refusals: TelegramError) -> None:
        self.refusals = list(refusals)
        self.asked: list[str] = []

    async def send(self, form: Form) -> str:
        said = form.content.get("rich_message", {}).get("html") or form.content["text"]
        self.asked.append(said.removeprefix("<p>").removesuffix("</p>"))
        if self.refusals:
            raise self.refusals.pop(0)
        return said


async def test_the_best_form_is_sent_where_it_is_taken(clock):
    server = Server()

    assert await Forms(clock).tried(MESSAGE, server.send) == "<p>all pictures</p>"
    assert server.asked == ["all pictures"]


@pytest.mark.parametrize(
    "reason",
    [
        *("WEBPAGE_CURL_FAILED", "wrong file identifier/HTTP URL specified", "RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND"),
        *("wrong type of the web page content", "not enough rights to send photos to the chat"),
        "CHAT_SEND_PHOTOS_FORBIDDEN",
    ],
)
async def test_a_picture_that_is_refused_does_not_cost_the_article(clock, reason):
    server, forms = Server(BadRequest(reason)), Forms(clock)
    await forms.tried(MESSAGE, server.send)
    assert server.asked == ["all pictures", "lead picture"]

    server = Server(BadRequest(reason), BadRequest(reason))
    await forms.tried(MESSAGE, server.send)
    assert server.asked == ["all pictures", "lead picture", "no picture"]


async def test_what_telegram_finds_malformed_in_every_form_is_sent_as_a_classic_page_and_tried_again_next_time(clock):
    refusal, forms = BadRequest("RICH_MESSAGE_CONTENT_REQUIRED"), Forms(clock)
    server = Server(refusal, refusal, refusal)

    assert await forms.tried(MESSAGE, server.send) == "classic"
    assert await forms.tried(MESSAGE, server.send) == "<p>all pictures</p>"


@pytest.mark.parametrize(
    "refusal",
    [InvalidToken("Not Found"), BadRequest("unknown method sendRichMessage"), BadRequest("message text is empty")],
)
async def test_a_server_that_knows_no_rich_messages_is_asked_once_an_hour(clock, refusal):
    server, forms = Server(refusal), Forms(clock)

    assert await forms.tried(MESSAGE, server.send) == "classic"
    assert server.asked == ["all pictures", "classic"]
    clock.tick(minutes=59)
    assert await forms.tried(MESSAGE, server.send) == "classic"
    clock.tick(minutes=2)
    assert await forms.tried(MESSAGE, server.send) == "<p>all pictures</p>"


async def test_a_revoked_token_says_nothing_about_rich_messages(clock):
    server, forms = Server(InvalidToken("Unauthorized"), InvalidToken("Unauthorized")), Forms(clock)

    with pytest.raises(InvalidToken):
        await forms.tried(MESSAGE, server.send)
    assert await forms.tried(MESSAGE, server.send) == "<p>all pictures</p>"


@pytest.mark.parametrize(
    "refusal",
    [
        *(BadRequest("chat not found"), BadRequest("not enough rights to send text messages to the chat")),
        *(BadRequest("message is not modified"), BadRequest("message to edit not found"), Forbidden("bot was blocked")),
    ],
)
async def test_what_no_other_form_would_change_is_not_tried_again(clock, refusal):
    server = Server(refusal)

    with pytest.raises(type(refusal)):
        await Forms(clock).tried(MESSAGE, server.send)
    assert server.asked == ["all pictures"]


async def test_each_form_has_its_own_buttons_and_nothing_in_an_article_is_a_command(clock):
    calls: list[Form] = []

    async def send(form: Form) -> None:
        calls.append(form)

    await Forms(clock).tried(MESSAGE, send)
    await Forms(clock).tried(Message("classic", MESSAGE.buttons), send)

    rich, classic = (form.content for form in calls)
    assert rich["rich_message"] == {"html": "<p>all pictures</p>", "skip_entity_detection": True}
    assert rich["reply_markup"]["inline_keyboard"] == [[{"text": "Rich", "callback_data": "r"}]]
    assert classic["reply_markup"]["inline_keyboard"] == [[{"text": "Classic", "callback_data": "c"}]]
