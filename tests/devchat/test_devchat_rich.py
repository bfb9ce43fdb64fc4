"""Rich messages at the small Telegram: what it makes of them, and what it refuses as Telegram does."""

from __future__ import annotations

from typing import Any

import pytest

from bot.devchat.server import DevChat
from tests.devchat.conftest import TOKEN, YOU, Api

PHOTO = "https://pictures.example/a.jpg"


async def sent(api: Api, **rich: Any) -> dict[str, Any]:
    """The rich message as it stands in the chat."""
    answer = await api.call("sendRichMessage", chat_id=YOU, rich_message=rich)
    assert answer["ok"], answer
    return answer["result"]["rich_message"]


async def refused(api: Api, **rich: Any) -> str:
    return await api.complaint("sendRichMessage", chat_id=YOU, rich_message=rich)


async def test_html_becomes_blocks(api):
    html = (
        "<h1>Title</h1><p>One <b>bold <i>both</i></b> <a href='https://x.example/a'>link</a></p>"
        '<ul><li>first</li><li>second</li></ul><ol start="3"><li>third</li></ol>'
        "<blockquote>Said<cite>Who</cite></blockquote><hr/><footer>End</footer>"
    )

    assert await sent(api, html=html) == {
        "blocks": [
            {"type": "heading", "text": "Title", "size": 1},
            {
                "type": "paragraph",
                "text": [
                    "One ",
                    {"type": "bold", "text": ["bold ", {"type": "italic", "text": "both"}]},
                    " ",
                    {"type": "url", "text": "link", "url": "https://x.example/a"},
                ],
            },
            {
                "type": "list",
                "items": [
                    {"label": "•", "blocks": [{"type": "paragraph", "text": text}]} for text in ("first", "second")
                ],
            },
            {
                "type": "list",
                "items": [
                    {"label": "3.", "blocks": [{"type": "paragraph", "text": "third"}], "value": 3, "type": "1"},
                ],
            },
            {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "Said"}], "credit": "Who"},
            {"type": "divider"},
            {"type": "footer", "text": "End"},
        ]
    }


async def test_blocks_and_html_say_the_same(api):
    html = f'<figure><img src="{PHOTO}"/><figcaption>Dusk<cite>AFP</cite></figcaption></figure>'
    block = {"type": "photo", "photo": {"type": "photo", "media": PHOTO}, "caption": {"text": "Dusk", "credit": "AFP"}}

    assert await sent(api, html=html) == await sent(api, blocks=[block])


async def test_a_table_and_details_and_direction(api):
    html = "<table bordered><tr><th>A</th><td></td></tr></table><details open><summary>More</summary>Words</details>"
    found = await sent(api, html=html, is_rtl=True)

    table, details = found["blocks"]
    assert found["is_rtl"]
    assert table["is_bordered"]
    assert table["cells"][0][0] == {"text": "A", "align": "left", "valign": "middle", "is_header": True}
    assert "text" not in table["cells"][0][1]
    assert details["is_open"]
    assert details["summary"] == "More"


async def test_a_rich_message_is_edited_into_another_and_into_text(api):
    answer = await api.call("sendRichMessage", chat_id=YOU, rich_message={"html": "<p>One</p>"})
    place = {"chat_id": YOU, "message_id": answer["result"]["message_id"]}

    changed = await api.call("editMessageText", **place, rich_message={"html": "<p>Two</p>"})
    assert changed["result"]["rich_message"]["blocks"][0]["text"] == "Two"
    same = await api.complaint("editMessageText", **place, rich_message={"html": "<p>Two</p>"})
    assert "message is not modified" in same
    assert "rich_message" not in (await api.call("editMessageText", **place, text="Three"))["result"]


async def test_the_words_of_a_rich_message_can_be_seen(api, devchat):
    await sent(api, html="<h1>Title</h1><ul><li>One</li></ul><table><tr><td>Two</td></tr></table>")

    assert devchat.texts(YOU) == ["Title\nOne\nTwo"]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<script>x</script>", 'can\'t parse InputRichMessage: Unsupported start tag "script"'),
        ("<p>One", "can't parse InputRichMessage: Can't find end tag corresponding to start tag \"p\""),
        ("<p>One</b>", 'can\'t parse InputRichMessage: Unmatched end tag, expected "</p>", found "</b>"'),
        (" ", "RICH_MESSAGE_CONTENT_REQUIRED"),
        ("<h1></h1>", "RICH_MESSAGE_CONTENT_REQUIRED"),
        ("<p>One<ul><li>Two</li></ul></p>", "RICH_MESSAGE_CONTENT_REQUIRED"),
        ("<ul><li></li></ul>", "RICH_MESSAGE_CONTENT_REQUIRED"),
        ('<p><a href="/relative">x</a></p>', "RICH_MESSAGE_URL_INVALID"),
        ('<p><a href="http://localhost/">x</a></p>', "RICH_MESSAGE_URL_INVALID"),
        ('<img src="http://localhost:8000/a.png"/>', "RICH_MESSAGE_PHOTO_URL_INVALID"),
        ('<img src="http://192.168.1.1/a.png"/>', "RICH_MESSAGE_PHOTO_URL_INVALID"),
        ('<img src="ftp://pictures.example/a.png"/>', "RICH_MESSAGE_PHOTO_URL_INVALID"),
        ('<img src="https://pictures.example/a.svg"/>', "RICH_MESSAGE_PHOTO_NO_MEDIA_FOUND"),
        (f"<p>{'x' * 32_769}</p>", "RICH_MESSAGE_TEXT_TOO_LONG"),
        ("<p>x</p>" * 501, "RICH_MESSAGE_BLOCKS_TOO_MANY"),
        (f"<ul>{'<li>x</li>' * 251}</ul>", "RICH_MESSAGE_BLOCKS_TOO_MANY"),
        (f'<img src="{PHOTO}"/>' * 51, "RICH_MESSAGE_MEDIA_TOO_MANY"),
        (f"<table><tr>{'<td>x</td>' * 21}</tr></table>", "RICH_MESSAGE_TABLE_COLS_TOO_MANY"),
        (f"{'<blockquote>' * 17}x{'</blockquote>' * 17}", "RICH_MESSAGE_DEPTH_INVALID"),
    ],
)
async def test_what_telegram_would_not_take_is_refused(api, html, reason):
    assert await refused(api, html=html) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ({"type": "riddle"}, 'can\'t parse InputRichBlock: Unsupported block type "riddle"'),
        ({"type": "heading", "text": "x", "size": 7}, "Invalid section heading size specified"),
        ({"type": "list", "items": []}, "List must be non-empty"),
        ({"type": "paragraph", "text": {"type": "riddle"}}, 'can\'t parse RichText: Unsupported text type "riddle"'),
        ({"type": "paragraph", "text": 7}, "can't parse parameters of the request"),
    ],
)
async def test_a_block_that_telegram_does_not_know_is_refused(api, block, reason):
    assert await refused(api, blocks=[block]) == f"Bad Request: {reason}"


async def test_exactly_one_source_is_wanted(api):
    assert "non-empty" in await refused(api)
    assert "too many" in await refused(api, html="<p>x</p>", blocks=[{"type": "divider"}])


async def test_pictures_of_what_runs_beside_are_taken_and_may_be_loaded_by_the_page(session):
    near = "http://127.0.0.1:8082"
    devchat = DevChat(token=TOKEN, near=[near])
    await devchat.start()
    api = Api(devchat.url, session)

    await sent(api, html=f'<img src="{near}/a.png"/>')
    assert await refused(api, html='<img src="http://127.0.0.1:8083/a.png"/>')
    async with session.get(devchat.url) as page:
        policy = page.headers["Content-Security-Policy"]
    assert f"img-src 'self' data: https: {near};" in policy
    await devchat.stop()
