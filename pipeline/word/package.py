"""The members of a Word package: taken out within limits, put in with the same bytes for the same members."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import TemplateError
from pipeline.files.zip_writing import PackedPart, write_package

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
    def packed(self) -> PackedPart:
        return PackedPart.of(self.name, self.data, COMPRESSION)


def nodes_in(xml: bytes) -> int:
    """How many elements and attributes a part's tree has at most."""
    return xml.count(b"<") + xml.count(b"=")


def pack(members: Iterable[Member]) -> bytes:
    """The package's bytes, members in the order given."""
    return write_package(member.packed for member in members)


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
