"""Packed bodies -> plain bytes, counted while they grow. Owns the bound on what a small answer may become.

Here: gzip and deflate, the two that we say we understand.
Not here: how bodies arrive (connection).
"""

from __future__ import annotations

import zlib

from bot.news.errors import FetchFailed
from bot.news.said import said

# What a request says that it understands; servers choose among these.
UNDERSTOOD = "gzip, deflate"
_PLAIN = {"", "identity"}
_GZIP = {"gzip", "x-gzip"}
# zlib's words for "a gzip or zlib header, whichever it is" and "none"; some servers call the latter deflate.
_WITH_HEADER, _BARE = 47, -15
# A gzip file may be several, one behind the other. Whoever sends more wants to keep us busy.
_MOST_MEMBERS = 20
_MEMBER = b"\x1f\x8b"


class Body:
    """A body that arrives in pieces."""

    def __init__(self, encoding: str, most: int) -> None:
        """`encoding` is the Content-Encoding, `most` what the body may become, in bytes. Raises FetchFailed."""
        encoding = encoding.strip().lower()
        if encoding not in _PLAIN | _GZIP | {"deflate"}:
            raise FetchFailed(
                said("The server packs its answer in a way that we did not ask for ({way}).", way=encoding[:20])
            )
        self._unpacker = None if encoding in _PLAIN else zlib.decompressobj(_WITH_HEADER)
        self._maybe_bare = encoding == "deflate"
        self._begun = False
        self._members = 1
        self._behind = b""
        self._most = most
        self._whole = bytearray()

    def add(self, piece: bytes) -> None:
        """One more piece as it came; what is beyond the bound is not kept. Raises FetchFailed where it is broken."""
        if self._unpacker is None:
            self._whole += piece[: self._most + 1 - len(self._whole)]
        else:
            self._unpack(self._unpacker, piece)

    @property
    def is_too_large(self) -> bool:
        """Whether there is more of it than we take."""
        return len(self._whole) > self._most

    def beginning(self) -> bytes:
        """As much of it as we take."""
        return bytes(self._whole[: self._most])

    def whole(self) -> bytes:
        """All of it. Raises FetchFailed where the packing ends too early."""
        if self._unpacker is not None and not self._unpacker.eof and self._begun:
            raise FetchFailed(said("What the server packed breaks off."))
        return bytes(self._whole)

    def _unpack(self, unpacker: zlib._Decompress, piece: bytes) -> None:
        self._begun = True
        piece, self._behind = self._behind + piece, b""
        if self._maybe_bare:
            self._maybe_bare = False
            if piece[0] & 0x0F != zlib.DEFLATED:  # no zlib header
                unpacker = zlib.decompressobj(_BARE)
        try:
            while piece and len(self._whole) <= self._most:
                if unpacker.eof:
                    if not self._is_member(piece):
                        break
                    unpacker = zlib.decompressobj(_WITH_HEADER)
                self._whole += unpacker.decompress(piece, self._most + 1 - len(self._whole))
                piece = unpacker.unused_data
        except zlib.error:
            raise FetchFailed(said("What the server packed cannot be unpacked.")) from None
        self._unpacker = unpacker

    def _is_member(self, behind: bytes) -> bool:
        """Whether one more gzip file begins; else it is padding, as some servers leave it, or too short to tell yet."""
        if _MEMBER.startswith(behind):
            self._behind = behind
            return False
        if not behind.startswith(_MEMBER):
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise FetchFailed(said("The server packs its answer in too many parts."))
        return True
