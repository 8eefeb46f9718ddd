"""Pictures without what no page shows: who took them, where and with what, notes, small previews, bytes after the end.

Sources: PNG (ISO/IEC 15948, 5 and 11), JPEG (ISO/IEC 10918-1, annex B), GIF89a (section 12 and following).
"""

import re
import struct
from collections.abc import Iterator

_PNG_HEAD, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
_PNG_CHUNKS = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
})  # fmt: skip
_START_OF_SCAN, _END_OF_IMAGE, _JFIF, _ADOBE, _COMMENT = 0xDA, 0xD9, 0xE0, 0xEE, 0xFE
_JFIF_BYTES, _ADOBE_BYTES = 16, 14  # length as the segment states it; a longer one holds a preview
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # the first marker that is no part of the scan itself
_GIF_HEAD = 13  # bytes before the global palette
_GIF_SHOWN = (b"\xf9", b"\x01")  # how a frame is shown, and text that is drawn


class BrokenPictureError(ValueError):
    """The picture is not built as its format asks."""


def without_metadata(data: bytes, content_type: str) -> bytes:
    """The picture with the same pixels; the same bytes where there was nothing to take away.

    Of png, jpeg and gif; others are given back as they are. Raises BrokenPictureError.
    """
    pieces = {"image/png": _png, "image/jpeg": _jpeg, "image/jpg": _jpeg, "image/gif": _gif}.get(content_type)
    if pieces is None:
        return data
    try:
        return b"".join(pieces(data))
    except (IndexError, struct.error):
        raise BrokenPictureError from None


def _piece(data: bytes, start: int, end: int) -> bytes:
    """Raises BrokenPictureError where the picture ends before."""
    if end > len(data):
        raise BrokenPictureError
    return data[start:end]


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_HEAD
    at, kind = len(_PNG_HEAD), b""
    while kind != _PNG_END:
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = _piece(data, at, at + 12 + length)
        if kind in _PNG_CHUNKS:
            yield chunk
        at += len(chunk)


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while True:
        while data[at + 1] == 0xFF:  # padding
            at += 1
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise BrokenPictureError
        if marker == _END_OF_IMAGE:
            yield b"\xff\xd9"
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker == _START_OF_SCAN:
            following = _AFTER_SCAN.search(data, end)
            if following is None:
                raise BrokenPictureError
            end = following.start()
        segment = _piece(data, at, end)
        if _is_drawn(marker, segment, length):
            yield segment
        at = end


def _is_drawn(marker: int, segment: bytes, length: int) -> bool:
    """Whether a segment says how the picture looks: no application's own, but the two that say how colours are meant."""
    if marker == _JFIF:
        return segment[4:9] == b"JFIF\0" and length == _JFIF_BYTES
    if marker == _ADOBE:
        return segment[4:9] == b"Adobe" and length == _ADOBE_BYTES
    return not _JFIF <= marker <= 0xEF and marker != _COMMENT


def _gif(data: bytes) -> Iterator[bytes]:
    at = _after_palette(data, _GIF_HEAD, data[10])
    yield _piece(data, 0, at)
    while (kind := data[at]) != 0x3B:
        if kind == 0x21:
            end = _after_blocks(data, at + 2)
            if data[at + 1 : at + 2] in _GIF_SHOWN:
                yield _piece(data, at, end)
        elif kind == 0x2C:
            end = _after_blocks(data, _after_palette(data, at + 10, data[at + 9]) + 1)
            yield _piece(data, at, end)
        else:
            raise BrokenPictureError
        at = end
    yield b";"


def _after_palette(data: bytes, start: int, flags: int) -> int:
    return start + (3 << (flags & 7) + 1 if flags & 0x80 else 0)


def _after_blocks(data: bytes, at: int) -> int:
    while size := data[at]:
        at += 1 + size
    return at + 1
