"""Zip packages with the same bytes for the same parts: fixed dates, fixed order, nothing of the machine."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from deflate import deflate_compress

_DOS_DATE = (0 << 9) | (1 << 5) | 1  # 1980-01-01, the first day that a zip can state
_UTF8_NAME = 0x0800
DEFLATED = 8
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")


@dataclass(frozen=True)
class PackedPart:
    """One part as it lies in a package."""

    name: str
    method: int
    crc: int
    size: int  # bytes, unpacked
    packed: bytes
    clock: tuple[int, int] = (0, _DOS_DATE)  # DOS time and date
    attributes: int = 0

    @classmethod
    def of(cls, name: str, content: bytes, compression: int) -> "PackedPart":
        """A new part with the fixed date."""
        # libdeflate, not zlib: faster at the same size, and the same bytes whichever zlib a Python was built with
        packed = bytes(deflate_compress(content, compression))
        return cls(name, DEFLATED, zlib.crc32(content), len(content), packed)


def write_package(parts: Iterable[PackedPart]) -> bytes:
    """The package's bytes, parts in the order given."""
    body: list[bytes] = []
    listing: list[bytes] = []
    end = 0
    for part in parts:
        name = part.name.encode("utf-8")
        common = (_UTF8_NAME, part.method, *part.clock, part.crc, len(part.packed), part.size, len(name), 0)
        body += [_LOCAL.pack(b"PK\3\4", 20, *common), name, part.packed]
        listing += [_CENTRAL.pack(b"PK\1\2", 20, 20, *common, 0, 0, 0, part.attributes, end), name]
        end += _LOCAL.size + len(name) + len(part.packed)
    count, length = len(listing) // 2, sum(map(len, listing))
    return b"".join([*body, *listing, _END.pack(b"PK\5\6", 0, 0, count, count, length, end, 0)])
