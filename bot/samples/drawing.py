"""The sample newspaper's pictures: hills and a sun, drawn as PNG.

Here: a picture from a number and three colours.
Not here: which story has which (pages).

Telegram takes no SVG for a photo, and a drawing library would be a large dependency for four shapes.
"""

from __future__ import annotations

import math
import struct
import zlib
from itertools import chain

WIDTH, HEIGHT = 960, 480
_SUN_COLOUR = "#fffdf5"
# The numbers of the colours: the sky, the sun, the hill behind, the hill in front; then the shades of three edges.
_SKY, _SUN, _BACK, _FRONT = range(4)
_EDGES = ((_SKY, _SUN), (_SKY, _BACK), (_BACK, _FRONT))
# An edge is smooth where a pixel that it crosses has a shade between its two colours.
_SHADES = 7


def drawing(seed: int, dark: str, middle: str, light: str) -> bytes:
    """A PNG of two hills under a sun; another one for each seed."""
    plain = [tuple(bytes.fromhex(colour[1:])) for colour in (light, _SUN_COLOUR, middle, dark)]
    shades = [_mixed(plain[one], plain[other], shade) for one, other in _EDGES for shade in range(1, _SHADES + 1)]
    columns = b"".join(_column(seed, x) for x in range(WIDTH))
    rows = b"".join(b"\0" + columns[y::HEIGHT] for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)  # a byte a pixel: the number of its colour
    colours = bytes(chain.from_iterable([*plain, *shades]))
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _column(seed: int, x: int) -> bytes:
    """The pixels of one column, from the top: sky, perhaps the sun, the hill behind, the hill in front."""
    turn = x / WIDTH * math.tau
    back = 250 + 46 * math.sin(turn * 0.9 + seed) + 18 * math.sin(turn * 2.3 + seed * 2)
    front = 385 + 40 * math.sin(turn * 0.7 + seed * 3) + 14 * math.sin(turn * 1.9 + seed)
    middle, height, radius = 170 + seed * 97 % 640, 80 + seed * 13 % 36, 40 + seed % 22  # never behind a hill
    half = math.sqrt(max(radius**2 - (x - middle) ** 2, 0))
    borders = [(height - half, _SKY, _SUN), (height + half, _SUN, _SKY)] if half > 1 else []
    return _stacked([*borders, (back, _SKY, _BACK), (front, _BACK, _FRONT)])


def _stacked(borders: list[tuple[float, int, int]]) -> bytes:
    """A column of colours: each border says where it is, what stands above it and what below."""
    pixels, y = bytearray(), 0
    for border, above, below in borders:
        whole = int(border)
        pixels += bytes([above]) * (whole - y)
        pixels.append(_shade(above, below, border - whole))
        y = whole + 1
    return bytes(pixels) + bytes([borders[-1][2]]) * (HEIGHT - y)


def _shade(above: int, below: int, share: float) -> int:
    """The number of the colour of a pixel of which `share` belongs to what is above."""
    if (above, below) not in _EDGES:
        above, below, share = below, above, 1 - share
    step = round((1 - share) * (_SHADES + 1))
    if step == 0:
        return above
    return below if step > _SHADES else 4 + _EDGES.index((above, below)) * _SHADES + step - 1


def _mixed(one: tuple[int, ...], other: tuple[int, ...], shade: int) -> tuple[int, ...]:
    return tuple((a * (_SHADES + 1 - shade) + b * shade) // (_SHADES + 1) for a, b in zip(one, other, strict=True))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
