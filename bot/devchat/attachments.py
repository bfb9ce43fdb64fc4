"""What a message shows of a file, a picture or a place, whoever sends it. Refusals are Telegram's."""

from __future__ import annotations

from typing import Any

from bot.devchat.files import MOST_PICTURE, File
from bot.devchat.pictures import measured
from bot.devchat.refusals import bad

Object = dict[str, Any]
MOST_SIDES = 10_000
FLATTEST = 20


def photo(file: File) -> Object:
    """A message's photo. Raises Telegram's refusal of what is no picture."""
    size = (1280, 720) if file.url else measured(file.data)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    if len(file.data) > MOST_PICTURE:
        raise bad("file is too big")
    if sum(size) > MOST_SIDES or max(size) > FLATTEST * min(size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    known = {"file_id": file.id, "file_unique_id": file.id[:16], "width": size[0], "height": size[1]}
    return {"photo": [known | ({"file_size": len(file.data)} if file.data else {})]}


def document(file: File) -> Object:
    """A message's document."""
    known = {"file_id": file.id, "file_unique_id": file.id[:16], "file_name": file.name, "mime_type": file.mime}
    return {"document": known | {"file_size": len(file.data)}}


def place(latitude: float, longitude: float) -> Object:
    """A Location. Raises Telegram's refusal."""
    if not (-90 <= float(latitude) <= 90 and -180 <= float(longitude) <= 180):
        raise bad("invalid location specified")
    return {"latitude": float(latitude), "longitude": float(longitude)}
