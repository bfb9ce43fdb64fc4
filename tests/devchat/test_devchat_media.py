"""Files and pictures: the bot's and people's, up and down."""

from __future__ import annotations

import struct
import zlib

import aiohttp
import pytest
from telegram import InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.devchat.faults import Cut, Fault
from bot.devchat.limits import STRICT
from bot.devchat.pictures import measured
from bot.devchat.refusals import Refusal, flood

YOU, GROUP = 1001, -2001
OPML = b"<opml><body><outline xmlUrl='https://news.example/feed'/></body></opml>"


def png(width: int = 40, height: int = 30) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_a_document_goes_up_and_comes_down_again(devchat, ptb) -> None:
    sent = await ptb.send_document(YOU, OPML, filename="sources.opml", caption="<b>Yours</b>", parse_mode="HTML")
    assert (sent.document.file_name, sent.document.file_size) == ("sources.opml", len(OPML))
    assert (sent.caption, sent.caption_entities[0].type) == ("Yours", "bold")
    assert devchat.texts(YOU) == ["Yours"]
    again = await ptb.send_document(YOU, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_the_bot_reads_what_a_person_sends(devchat, api, session, ptb) -> None:
    devchat.people.sends_file(YOU, "my feeds.opml", OPML, mime="text/x-opml", caption="/sources")
    (update,) = await ptb.get_updates(timeout=0)
    document = update.message.document
    assert (document.file_name, document.mime_type) == ("my feeds.opml", "text/x-opml")
    assert update.message.caption_entities[0].type == "bot_command"
    file = (await api.call("getFile", file_id=document.file_id))["result"]
    assert file["file_size"] == len(OPML)
    async with session.get(f"{devchat.url}/file/bot1:for-tests/{file['file_path']}") as answer:
        assert await answer.read() == OPML


async def test_a_file_that_nobody_gave_out_is_not_there(devchat, api, session) -> None:
    path = f"{devchat.url}/file/bot1:for-tests"
    for wrong in (f"{path}/documents/none.txt", f"{path}/../state", f"{devchat.url}/file/bot2:wrong/documents/a"):
        async with session.get(wrong) as answer:
            assert answer.status in {401, 404}
    complaint = await api.complaint("getFile", file_id="none")
    assert complaint == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_a_download_can_go_wrong_like_a_call(devchat, api, session) -> None:
    sent = devchat.people.sends_file(YOU, "a.opml", OPML)
    path = (await api.call("getFile", file_id=sent["document"]["file_id"]))["result"]["file_path"]
    devchat.breaks(Fault(Refusal(502, "Bad Gateway"), "file"), Fault(Cut.HALF, "file"))
    async with session.get(f"{devchat.url}/file/bot1:for-tests/{path}") as answer:
        assert answer.status == 502
    with pytest.raises(aiohttp.ClientPayloadError):
        async with session.get(f"{devchat.url}/file/bot1:for-tests/{path}") as answer:
            await answer.read()
    async with session.get(f"{devchat.url}/file/bot1:for-tests/{path}") as answer:
        assert answer.status == 200


async def test_a_picture_is_measured_and_what_is_none_is_refused(devchat, ptb) -> None:
    sent = await ptb.send_photo(YOU, png(40, 30), caption="Sales")
    assert [(size.width, size.height) for size in sent.photo] == [(40, 30)]
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await ptb.send_photo(YOU, b"no picture")
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await ptb.send_photo(YOU, png(100, 1))


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(7, 5), (7, 5)),
        (b"GIF89a\x07\x00\x05\x00" + b"\0" * 10, (7, 5)),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 9 + b"\xff\xc0\x00\x11\x08\x00\x05\x00\x07\x03", (7, 5)),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x06\0\0\x04\0\0" + b"\0" * 10, (7, 5)),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"", None),
    ],
)
def test_a_picture_tells_its_size(data, size) -> None:
    assert measured(data) == size


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://pictures.example/a.jpg", None),
        ("http://127.0.0.1:1/a.jpg", "failed to get HTTP URL content"),
        ("https://pictures.example/a.svg?b=c", "wrong type of the web page content"),
        ("nothing", "wrong file identifier/HTTP URL specified"),
        ("", "there is no photo in the request"),
    ],
)
async def test_a_picture_from_the_web_is_one_that_telegram_would_fetch(api, url, words) -> None:
    body = await api.call("sendPhoto", chat_id=YOU, photo=url)
    assert body.get("description") == (words and f"Bad Request: {words}")


async def test_a_caption_has_1024_units_at_most(ptb) -> None:
    assert await ptb.send_photo(YOU, png(), caption="a" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await ptb.send_photo(YOU, png(), caption="a" * 1025)


async def test_captions_and_media_are_changed_in_place(devchat, ptb) -> None:
    sent = await ptb.send_photo(YOU, png(), caption="Monday")
    edited = await ptb.edit_message_caption(YOU, sent.message_id, caption="<i>Tuesday</i>", parse_mode="HTML")
    assert (edited.caption, edited.photo[0].file_id) == ("Tuesday", sent.photo[0].file_id)
    edited = await ptb.edit_message_media(InputMediaPhoto(png(9, 9), caption="Friday"), YOU, sent.message_id)
    assert (edited.caption, edited.photo[0].width) == ("Friday", 9)
    edited = await ptb.edit_message_media(InputMediaDocument(OPML, filename="a.opml"), YOU, sent.message_id)
    assert (edited.document.file_name, edited.photo) == ("a.opml", ())
    text = await ptb.send_message(YOU, "a")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await ptb.edit_message_caption(YOU, text.message_id, caption="b")


async def test_pictures_and_files_can_be_made_to_fail(devchat, api) -> None:
    devchat.breaks(Fault(flood(7), "sendPhoto"), Fault(flood(8), "sendDocument", GROUP))
    picture = {"photo": "https://pictures.example/a.jpg"}
    assert (await api.call("sendPhoto", chat_id=YOU, **picture))["parameters"] == {"retry_after": 7}
    assert (await api.call("sendPhoto", chat_id=YOU, **picture))["ok"]
    document = {"document": "https://pictures.example/a.zip"}
    assert (await api.call("sendDocument", chat_id=YOU, **document))["ok"]
    assert (await api.call("sendDocument", chat_id=GROUP, **document))["parameters"] == {"retry_after": 8}
    assert [message["chat"]["id"] for message in devchat.sent] == [YOU, YOU]


async def test_pictures_and_files_count_as_messages(api) -> None:
    for _ in range(STRICT.per_chat_burst):
        await api.call("sendPhoto", chat_id=YOU, photo="https://pictures.example/a.jpg")
    assert (await api.call("sendDocument", chat_id=YOU, document="https://pictures.example/a.zip"))["error_code"] == 429


async def test_what_is_sent_silently_is_marked_for_the_page(devchat, ptb) -> None:
    sent = await ptb.send_photo(GROUP, png(), disable_notification=True)
    event = next(event for event in devchat.chats.events if event["kind"] == "message")
    assert (event["is_silent"], event["message"]["message_id"]) == (True, sent.message_id)
    assert devchat.chats.find(GROUP).silent == [sent.message_id]


async def test_messages_are_copied_and_forwarded_by_the_bot(devchat, ptb) -> None:
    typed = devchat.people.says(YOU, "Look https://news.example/")
    forwarded = await ptb.forward_message(GROUP, YOU, typed["message_id"])
    assert (forwarded.text, forwarded.forward_origin.sender_user.id) == ("Look https://news.example/", YOU)
    copied = await ptb.copy_message(GROUP, YOU, typed["message_id"])
    assert "forward_origin" not in devchat.chats.find(GROUP).messages[copied.message_id]
    photo = await ptb.send_photo(YOU, png(), caption="Old", protect_content=True)
    assert photo.has_protected_content
    with pytest.raises(BadRequest, match=r"Message can.t be copied"):
        await ptb.copy_message(GROUP, YOU, photo.message_id)
    with pytest.raises(BadRequest, match="Message to forward not found"):
        await ptb.forward_message(GROUP, YOU, 999)


async def test_several_messages_are_deleted_at_once_and_old_ones_stay(devchat, ptb, clock) -> None:
    first, second, third = [(await ptb.send_message(YOU, text)).message_id for text in "abc"]
    assert await ptb.delete_messages(YOU, [first, second, 999])
    assert devchat.texts(YOU) == ["c"]
    clock.tick(hours=49)
    with pytest.raises(BadRequest, match=r"Message can.t be deleted for everyone"):
        await ptb.delete_message(YOU, third)
    typed = devchat.people.says(GROUP, "/latest")
    with pytest.raises(BadRequest, match=r"Message can.t be deleted"):
        await ptb.delete_message(GROUP, typed["message_id"])
