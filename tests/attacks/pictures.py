"""Pictures that are small to send and giant to show."""

import struct
import zlib

_PIXELS_AT_ONCE = 1 << 20


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A black picture of one bit a pixel; ``rows`` that are really there, all by default."""
    packer, packed = zlib.compressobj(9), b""
    left = (height if rows is None else rows) * (1 + (width + 7) // 8)
    while left:
        piece = min(left, _PIXELS_AT_ONCE)
        packed += packer.compress(bytes(piece))
        left -= piece
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    data = _chunk(b"IDAT", packed + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + header + data + _chunk(b"IEND", b"")


def svg(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99">{inside}</svg>'.encode()


ENTITIES = (
    "<!DOCTYPE svg ["
    + '<!ENTITY a0 "字">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
