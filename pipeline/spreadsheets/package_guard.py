"""What a package must not be before any reader of workbooks sees it: a bomb, or two things at once.

Readers allocate what a file claims to hold and differ in which of two claims they believe, so every claim is
checked here against what is really there. Sizes are counted while inflating, never believed.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.refusals import UnreadableFile

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of an .xls, and of an encrypted .xlsx
_LOCAL, _CENTRAL, _END = ZIP_START, b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_CHUNK = 1 << 20
_SMALL = 32 * 1024  # bytes of a part, and characters of names, that are worth remembering
_DECLARED_STRINGS = re.compile(rb'\suniqueCount\s*=\s*["\'](\d+)["\']')
_SHORTEST_STRING = len(b"<si/>")
_DTD = ("<!DOCTYPE", "<!ENTITY")
_DTD_MARKS = tuple(mark.encode(encoding) for mark in _DTD for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_DECLARED_ENCODING = re.compile(rb'<\?xml[^<>]*?\sencoding\s*=\s*["\']([^"\']+)', re.IGNORECASE)
_UTF8 = frozenset((b"utf-8", b"utf8", b"ascii", b"us-ascii"))
_NOT_XML = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".bmp", ".tif", ".tiff", ".wdp")
_BAD_PATH = re.compile(r"(^|/)\.\.?(/|$)|[\\:\x00-\x1f\x7f]|^/|//|%2e|%2f|%5c", re.IGNORECASE)


def _check_end(data: bytes) -> int:
    """Offset of the central directory; nothing may stand before, between or after the zip's own structures."""
    end = data.rfind(_END)
    if end < 0:
        raise UnreadableFile("truncated")
    if len(data) < end + 22:
        raise UnreadableFile("truncated")
    size, offset, comment = struct.unpack("<LLH", data[end + 12 : end + 22])
    if end + 22 + comment != len(data):
        raise UnreadableFile("junk-around")
    if 0xFFFFFFFF not in (size, offset) and offset + size != end:
        raise UnreadableFile("junk-around")
    return int(offset)


def _check_names(names: tuple[str, ...]) -> None:
    if any(not name or _BAD_PATH.search(name) for name in names):
        raise UnreadableFile("part-path")
    if len({name.casefold().rstrip("/") for name in names}) < len(names):
        raise UnreadableFile("duplicate-part")


_check_few_names = lru_cache(maxsize=64)(_check_names)  # the ledgers of thirty units share one form


def _compressed(data: bytes, member: zipfile.ZipInfo, directory: int) -> tuple[int, int]:
    """Where a member's bytes lie. The local header must say what the directory says."""
    at = member.header_offset
    header = data[at : at + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or not header.startswith(_LOCAL):
        raise UnreadableFile("damaged")
    _, _, flags, method, _, _, _, _, _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    name = data[at + 30 : at + 30 + name_length]
    stated = member.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace")
    if method != member.compress_type or name != stated or (flags ^ member.flag_bits) & 0x801:
        raise UnreadableFile("header-conflict")
    start = at + 30 + name_length + extra_length
    if start + member.compress_size > directory:
        raise UnreadableFile("overlapping-parts")
    return start, start + member.compress_size


def _whole(compressed: bytes, method: int, size: int, checksum: int, room: int) -> bytes:
    """A member's bytes; at most ``room`` and a chunk are ever made. Raises for a wrong size or checksum."""
    if method == zipfile.ZIP_STORED:
        whole = compressed[: room + 1]
        complete = True
    else:
        inflater = zlib.decompressobj(-15)
        pieces, made = [], 0
        for at in range(0, len(compressed), _CHUNK):
            rest = compressed[at : at + _CHUNK]
            while made <= room and not inflater.eof:
                piece = inflater.decompress(rest, _CHUNK)
                pieces.append(piece)
                made += len(piece)
                rest = inflater.unconsumed_tail
                if not rest and len(piece) < _CHUNK:
                    break
            if made > room:
                raise UnreadableFile("part-too-large")
        whole = b"".join(pieces)
        complete = inflater.eof and not inflater.unused_data
    if len(whole) > room:
        raise UnreadableFile("part-too-large")
    if not complete:
        raise UnreadableFile("checksum")
    if zlib.crc32(whole) != checksum:
        raise UnreadableFile("checksum")
    if len(whole) != size:
        raise UnreadableFile("size-lie")
    return whole


def _xml(compressed: bytes, method: int, size: int, checksum: int, room: int) -> bytes:
    """``_whole`` of a part that is XML."""
    part = _whole(compressed, method, size, checksum, room)
    _check_xml(part)
    return part


_small_xml = lru_cache(maxsize=64)(_xml)  # styles and theme of the form


def _check_xml(part: bytes) -> None:
    """A document type never stands in an honest part; its entities can blow up or fetch other files."""
    if b"!" in part and any(mark in part for mark in _DTD_MARKS):
        raise UnreadableFile("document-type")
    declared = _DECLARED_ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:4]:
        raise UnreadableFile("xml-encoding")
    if declared and declared[1].lower() not in _UTF8:
        raise UnreadableFile("xml-encoding")


def _check_strings(part: bytes) -> None:
    """More strings declared than the part can hold would be allocated all the same."""
    declared = _DECLARED_STRINGS.search(part[:4096])
    if declared and int(declared[1]) * _SHORTEST_STRING > len(part):
        raise UnreadableFile("string-count-lie")


def open_package(data: bytes, limits: ReadingLimits) -> Mapping[str, bytes]:
    """Every XML part of a zip package by its name.

    Raises ``UnreadableFile`` with the reason, ``zipfile.BadZipFile``, ``zlib.error`` or ``struct.error`` for a damaged package.
    """
    if data.count(_CENTRAL) > limits.parts:
        raise UnreadableFile("too-many-parts")
    directory = _check_end(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
        directory = min(directory, package.start_dir)
    if not members or min(member.header_offset for member in members) != 0:
        raise UnreadableFile("junk-around")
    names = tuple(member.orig_filename for member in members)
    check = _check_few_names if sum(map(len, names)) < _SMALL else _check_names
    check(names)
    if any(member.flag_bits & 0x41 for member in members):
        raise UnreadableFile("encrypted")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise UnreadableFile("compression")
    places = [_compressed(data, member, directory) for member in members]
    _check_overlap(members, places)
    parts: dict[str, bytes] = {}
    room = limits.inflated_bytes
    for member, (start, end) in zip(members, places, strict=True):
        name = member.orig_filename
        is_xml = not name.lower().endswith(_NOT_XML)
        is_small = max(member.file_size, member.compress_size) < _SMALL  # both are remembered
        read = _whole if not is_xml else _small_xml if is_small else _xml
        part = read(data[start:end], member.compress_type, member.file_size, member.CRC, min(room, limits.part_bytes))
        room -= len(part)
        if name.lower().endswith("sharedstrings.xml"):
            _check_strings(part)
        parts[name] = part if is_xml else b""
    return parts


def _check_overlap(members: list[zipfile.ZipInfo], places: list[tuple[int, int]]) -> None:
    """Two members that share bytes multiply what a small file inflates to (CVE-2024-0450)."""
    last = 0
    for start, end in sorted((member.header_offset, end) for member, (_, end) in zip(members, places, strict=True)):
        if start < last:
            raise UnreadableFile("overlapping-parts")
        last = end
