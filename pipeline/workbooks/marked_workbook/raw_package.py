"""A zip package whose parts are carried over compressed as they lie, unless they are replaced."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from pipeline.files.zip_writing import DEFLATED, PackedPart
from pipeline.word.package import MEMBER_LIMIT, PART_LIMIT
from pipeline.workbooks.marked_workbook.entry import UnmarkableError

_START = b"PK\3\4"
_COMPRESSION = 5  # a large sheet comes out no larger than at 6, and sooner
_STORED = 0
_ENCRYPTED = 0x0001
_LOCAL_SIZE = 30  # of a local header without its name and extra field
_LOCAL_LENGTHS = struct.Struct("<HH")
_LENGTHS_AT = 26  # in a local header: length of the name, length of the extra field


def new_part(name: str, content: bytes) -> PackedPart:
    return PackedPart.of(name, content, _COMPRESSION)


def content_of(part: PackedPart) -> bytes:
    """The unpacked bytes. Raises ``UnmarkableError`` where they are not what the package states."""
    if part.size > PART_LIMIT:
        raise UnmarkableError("文件内部的部件过大")
    try:
        stored = part.method == _STORED
        data = part.packed if stored else zlib.decompressobj(-15).decompress(part.packed, part.size + 1)
    except zlib.error:
        raise UnmarkableError("文件内部已损坏") from None
    if len(data) != part.size or zlib.crc32(data) != part.crc:
        raise UnmarkableError("文件内部已损坏")
    return data


def read_package(data: bytes) -> dict[str, PackedPart]:
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


def _raw(data: bytes, info: zipfile.ZipInfo) -> PackedPart:
    if info.flag_bits & _ENCRYPTED or info.compress_type not in (_STORED, DEFLATED):
        raise UnmarkableError("文件已加密或用了不常见的压缩方式")
    try:
        lengths = _LOCAL_LENGTHS.unpack_from(data, info.header_offset + _LENGTHS_AT)
    except struct.error:
        raise UnmarkableError("文件内部已损坏") from None
    start = info.header_offset + _LOCAL_SIZE + sum(lengths)
    year, month, day, hour, minute, second = info.date_time
    clock = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
    packed = data[start : start + info.compress_size]
    return PackedPart(info.filename, info.compress_type, info.CRC, info.file_size, packed, clock, info.external_attr)


def free_name(parts: Mapping[str, PackedPart], pattern: str) -> str:
    """The first of ``pattern`` with 1, 2, 3… in it that no part has, whatever the case."""
    taken = {name.casefold() for name in parts}
    number = 1
    while pattern.format(number).casefold() in taken:
        number += 1
    return pattern.format(number)
