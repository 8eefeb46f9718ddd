"""What a file must not be before any reader of workbooks sees it: a bomb, or two things at once.

The fast reader allocates what a file claims to hold, so the claims are checked against what is really there.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

MAX_INFLATED_BYTES = 96 * 1024 * 1024  # all parts of a package together; honest ledgers stay below 5 MB
MAX_PARTS = 2_000
MAX_CELLS = 400_000  # 20,000 rows of 20 columns
MAX_TEXT = 32 * 1024 * 1024  # characters of all cells of a sheet
_BLOCK = 1 << 20
_DECLARED_STRINGS = re.compile(rb'\suniqueCount="(\d+)"')
_SHORTEST_STRING = len(b"<si/>")
_DTD = ("<!DOCTYPE", "<!ENTITY")
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
_DTD_MARKS = tuple(mark.encode(encoding) for mark in _DTD for encoding in _ENCODINGS)


class UnreadableFile(Exception):
    """The file is not a workbook that can be read; the message is a Chinese reason with what to do."""


def _blocks(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(member) as stream:
        while block := stream.read(_BLOCK):
            yield block


def _check_xml(block: bytes) -> None:
    """A document type never stands in an honest part; its entities can blow up or fetch other files."""
    if any(mark in block for mark in _DTD_MARKS):
        raise UnreadableFile("文件内部含有不允许的定义，请用WPS打开后另存为新的xlsx再报送")


def _check_strings(first_block: bytes, size: int) -> None:
    """More strings declared than the part can hold would be allocated all the same."""
    declared = _DECLARED_STRINGS.search(first_block[:4096])
    if declared and int(declared[1]) * _SHORTEST_STRING > size:
        raise UnreadableFile("文件内部的文字个数有误，请用WPS打开后另存为新的xlsx再报送")


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_PARTS:
        raise UnreadableFile("文件内部的部件过多，请另存为新的工作簿，只保留台账后重新报送")
    if len({member.filename for member in members}) < len(members):
        raise UnreadableFile("文件内部有重名部件，请用WPS打开后另存为新的xlsx再报送")


def guard_package(path: Path) -> None:
    """Refuse a package that is encrypted, oversized or contradictory; sizes are counted, not believed.

    Raises ``UnreadableFile`` with the reason, ``zipfile.BadZipFile`` for a damaged package.
    """
    with zipfile.ZipFile(path) as package:
        members = package.infolist()
        _check_names(members)
        total = 0
        for member in members:
            if member.flag_bits & 1:
                raise UnreadableFile("文件已加密，请取消密码后重新报送")
            is_xml = member.filename.endswith((".xml", ".rels"))
            first, size = b"", 0
            for block in _blocks(package, member):
                first = first or block
                size += len(block)
                if total + size > MAX_INFLATED_BYTES:
                    raise UnreadableFile("文件展开后过大，请另存为新的工作簿，只保留台账后重新报送")
                if is_xml and block is first:
                    _check_xml(block)
            total += size
            if member.filename.endswith("sharedStrings.xml"):
                _check_strings(first, size)
