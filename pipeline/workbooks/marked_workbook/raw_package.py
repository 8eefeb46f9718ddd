"""A zip package whose parts are carried over compressed as they lie, unless they are replaced."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deflate import deflate_compress

from pipeline.word.package import MEMBER_LIMIT, PART_LIMIT
from pipeline.workbooks.marked_workbook.entry import UnmarkableError

_START = b"PK\3\4"
_COMPRESSION = 5  # a large sheet comes out no larger than at 6, and sooner
_STORED, _DEFLATED = 0, 8
_UTF8_NAME, _ENCRYPTED = 0x0800, 0x0001
_DOS_DATE = (0 << 9) | (1 << 5) | 1  # 1980-01-01, the first day that a zip can state
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_LOCAL_LENGTHS = struct.Struct("<HH")
_LENGTHS_AT = 26  # in a local header: length of the name, length of the extra field


@dataclass(frozen=True)
class RawPart:
    """One part as it lies in a package."""

    name: str
    method: int
    crc: int
    size: int  # bytes, unpacked
    packed: bytes
    clock: tuple[int, int] = (0, _DOS_DATE)  # DOS time and date
    attributes: int = 0

    @classmethod
    def of(cls, name: str, content: bytes) -> "RawPart":
        """A new part with a fixed date."""
        packed = bytes(deflate_compress(content, _COMPRESSION))
        return cls(name, _DEFLATED, zlib.crc32(content), len(content), packed)

    @property
    def content(self) -> bytes:
        """The unpacked bytes. Raises ``UnmarkableError`` where they are not what the package states."""
        if self.size > PART_LIMIT:
            raise UnmarkableError("文件内部的部件过大")
        try:
            data = (
                self.packed
                if self.method == _STORED
                else zlib.decompressobj(-15).decompress(self.packed, self.size + 1)
            )
        except zlib.error:
            raise UnmarkableError("文件内部已损坏") from None
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise UnmarkableError("文件内部已损坏")
        return data


def read_package(data: bytes) -> dict[str, RawPart]:
    """Every part by name, in the package's order. Raises ``UnmarkableError`` for what is no plain package."""
    if not data.startswith(_START):  # an old .xls may hold a zip somewhere inside
        raise UnmarkableError("文件不是xlsx工作簿")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UnmarkableError("文件不是完好的xlsx工作簿") from None
    if len(infos) > MEMBER_LIMIT or len({info.filename for info in infos}) < len(infos):
        raise UnmarkableError("文件内部的部件过多或重名")
    return {info.filename: _raw(data, info) for info in infos}


def _raw(data: bytes, info: zipfile.ZipInfo) -> RawPart:
    if info.flag_bits & _ENCRYPTED or info.compress_type not in (_STORED, _DEFLATED):
        raise UnmarkableError("文件已加密或用了不常见的压缩方式")
    try:
        lengths = _LOCAL_LENGTHS.unpack_from(data, info.header_offset + _LENGTHS_AT)
    except struct.error:
        raise UnmarkableError("文件内部已损坏") from None
    start = info.header_offset + _LOCAL.size + sum(lengths)
    year, month, day, hour, minute, second = info.date_time
    clock = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
    packed = data[start : start + info.compress_size]
    return RawPart(
        info.filename, info.compress_type, info.CRC, info.file_size, packed, clock, info.external_attr
    )


def write_package(parts: Iterable[RawPart]) -> bytes:
    """The package's bytes, parts in the order given."""
    body, directory, count = io.BytesIO(), io.BytesIO(), 0
    for part in parts:
        name, offset = part.name.encode("utf-8"), body.tell()
        common = (_UTF8_NAME, part.method, *part.clock, part.crc, len(part.packed), part.size, len(name), 0)
        body.write(_LOCAL.pack(b"PK\3\4", 20, *common) + name)
        body.write(part.packed)
        directory.write(_CENTRAL.pack(b"PK\1\2", 20, 20, *common, 0, 0, 0, part.attributes, offset) + name)
        count += 1
    start, listing = body.tell(), directory.getvalue()
    body.write(listing + _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), start, 0))
    return body.getvalue()


def free_name(parts: Mapping[str, RawPart], pattern: str) -> str:
    """The first of ``pattern`` with 1, 2, 3… in it that no part has, whatever the case."""
    taken = {name.casefold() for name in parts}
    number = 1
    while pattern.format(number).casefold() in taken:
        number += 1
    return pattern.format(number)
