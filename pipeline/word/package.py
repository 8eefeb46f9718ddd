"""Zip packages with the same bytes for the same parts: fixed dates, fixed order, nothing of the machine."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from deflate import deflate_compress

from pipeline.errors import TemplateError

_DOS_DATE = (0 << 9) | (1 << 5) | 1  # 1980-01-01, the first day that a zip can state
_UTF8_NAME = 0x0800
_DEFLATED = 8
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")

COMPRESSION = 6
PART_LIMIT = 64 * 1024 * 1024  # bytes, unpacked
PACKAGE_LIMIT = 96 * 1024 * 1024
MEMBER_LIMIT = 2000
# Elements and attributes of all parts, of which each takes some 200 bytes in a tree however few it takes in the file; a
# paper of 40,000 paragraphs has some 800,000.
NODE_LIMIT = 1_200_000


@dataclass(frozen=True)
class Member:
    """One file of a package; it is compressed once, however often it is written."""

    name: str
    data: bytes

    @cached_property
    def deflated(self) -> bytes:
        # libdeflate, not zlib: faster at the same size, and the same bytes whichever zlib a Python was built with
        return bytes(deflate_compress(self.data, COMPRESSION))

    @cached_property
    def crc(self) -> int:
        return zlib.crc32(self.data)

    @cached_property
    def entry(self) -> bytes:
        """The member as it stands in a package, with its local header."""
        name = self.name.encode("utf-8")
        sizes = (self.crc, len(self.deflated), len(self.data))
        head = _LOCAL.pack(b"PK\3\4", 20, _UTF8_NAME, _DEFLATED, 0, _DOS_DATE, *sizes, len(name), 0)
        return b"".join((head, name, self.deflated))

    def listing(self, offset: int) -> bytes:
        """Its line in the package's directory; ``offset`` is where its entry begins."""
        name = self.name.encode("utf-8")
        sizes = (self.crc, len(self.deflated), len(self.data), len(name))
        return (
            _CENTRAL.pack(
                b"PK\1\2", 20, 20, _UTF8_NAME, _DEFLATED, 0, _DOS_DATE, *sizes, 0, 0, 0, 0, 0, offset
            )
            + name
        )


def nodes_in(xml: bytes) -> int:
    """How many elements and attributes a part's tree has at most."""
    return xml.count(b"<") + xml.count(b"=")


def pack(members: Iterable[Member]) -> bytes:
    """The package's bytes, members in the order given."""
    entries: list[bytes] = []
    listings: list[bytes] = []
    start = 0
    for member in members:
        entries.append(member.entry)
        listings.append(member.listing(start))
        start += len(member.entry)
    count, length = len(listings), sum(map(len, listings))
    end = _END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0)
    return b"".join([*entries, *listings, end])


def unpack(data: bytes, name: str) -> tuple[Member, ...]:
    """The members of a package as they lie in it; TemplateError for anything that is no sound zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            names = [entry.filename for entry in entries]
            if len(names) > MEMBER_LIMIT or len(set(names)) != len(names):
                raise TemplateError(f"模板“{name}”的压缩包结构不正常，请用WPS或Word另存为.docx后再用。")
            sizes = [entry.file_size for entry in entries]
            if max(sizes, default=0) > PART_LIMIT or sum(sizes) > PACKAGE_LIMIT:
                raise TemplateError(f"模板“{name}”解压后过大，不予使用。")
            members = tuple(Member(entry.filename, archive.read(entry)) for entry in entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise TemplateError(f"模板“{name}”不是完好的.docx文件，请用WPS或Word另存为.docx后再用。") from error
    if sum(nodes_in(member.data) for member in members) > NODE_LIMIT:
        raise TemplateError(f"模板“{name}”内容过多，不予使用。")
    return members
