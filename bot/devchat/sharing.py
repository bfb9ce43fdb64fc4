"""What people send that is no text: files, pictures, where they are."""

from __future__ import annotations

from bot.devchat.acts import Acts
from bot.devchat.attachments import document, photo, place
from bot.devchat.chats import Object
from bot.devchat.files import MOST_PICTURE, Upload
from bot.devchat.marks import marked
from bot.devchat.pictures import measured


class Sharing(Acts):
    """Files and places."""

    def sends_file(
        self,
        chat: int,
        name: str,
        data: bytes,
        *,
        mime: str = "application/octet-stream",
        caption: str = "",
        person: int | None = None,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Object:
        """Send a file."""
        where = self._chats.find(chat)
        who = self._writer(where, person, "can_send_documents")
        content = document(self._files.add(Upload(name, mime, data))) | _captioned(caption)
        return self._post(where, who, content, thread=thread, reply_to=reply_to)

    def sends_photo(
        self,
        chat: int,
        data: bytes,
        *,
        caption: str = "",
        person: int | None = None,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Object:
        """Send a picture."""
        where = self._chats.find(chat)
        who = self._writer(where, person, "can_send_photos")
        content = photo(self._files.add(Upload("photo.jpg", "image/jpeg", data))) | _captioned(caption)
        return self._post(where, who, content, thread=thread, reply_to=reply_to)

    def shares_location(
        self,
        chat: int,
        latitude: float,
        longitude: float,
        *,
        person: int | None = None,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> Object:
        """Tell where one is, or send any other place on the map."""
        where = self._chats.find(chat)
        who = self._writer(where, person)
        return self._post(where, who, {"location": place(latitude, longitude)}, thread=thread, reply_to=reply_to)


def is_picture(mime: str, data: bytes) -> bool:
    """Whether Telegram's apps would send it as a picture."""
    return mime.startswith("image/") and measured(data) is not None and len(data) <= MOST_PICTURE


def _captioned(text: str) -> Object:
    found = marked(text)
    if not text.strip():
        return {}
    return {"caption": text, **({"caption_entities": found["entities"]} if "entities" in found else {})}
