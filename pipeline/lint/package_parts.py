"""Any bytes that claim to be a .docx, opened safely: size limits, no entities, a Chinese reason when it can't be."""

import io
import zipfile
import zlib
from collections.abc import Container, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.word.allowed_content import CUSTOM_DATA, MAIN
from pipeline.word.namespaces import R
from pipeline.word.package import NODE_LIMIT, nodes_in
from pipeline.word.package_content import Contents, Reached, Relation, contents
from pipeline.word.strict_xml import BrokenXmlError, parse_xml

MEMBER_LIMIT = 4000
PART_LIMIT = 48 * 1024 * 1024  # bytes of one XML part, unpacked
PACKAGE_LIMIT = 128 * 1024 * 1024  # bytes of all parts, as the archive states them
_OLE = b"\xd0\xcf\x11\xe0"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {  # the ISO strict names of the same vocabulary
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}
_NOT_READ = (CUSTOM_DATA,)  # what other programs keep in the file for themselves
_FAILURES = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip


class UnreadableDocxError(ValueError):
    """The bytes are no .docx that can be checked; the message is the Chinese reason."""


@dataclass(frozen=True)
class Package:
    """The XML parts of a .docx by name, whatever they are called, and how the package and its parts refer to them."""

    main: str
    parts: Mapping[str, etree._Element]
    contents: Contents

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The main part's."""
        return self.contents.parts[self.main].relations

    @property
    def document(self) -> etree._Element:
        return self.parts[self.main]

    def related(self, kind: str) -> etree._Element | None:
        """The first part that the main part refers to as ``kind``."""
        for relation in self.relations:
            if relation.kind == kind and relation.part in self.parts:
                return self.parts[relation.part]
        return None


def read_package(data: bytes) -> Package:
    """The package in ``data``; UnreadableDocxError with a Chinese reason for anything else."""
    if data[:4] == _OLE:
        raise UnreadableDocxError("是旧版.doc或加了密码的文件，请用WPS或Word另存为不加密的.docx")
    if not data:
        raise UnreadableDocxError("是空文件")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _package(archive)
    except BrokenXmlError as error:
        raise UnreadableDocxError("里面的XML不完好，请用WPS或Word打开后另存") from error
    except UnreadableDocxError:
        raise
    except _FAILURES as error:
        raise UnreadableDocxError("不是完好的.docx文件，请用WPS或Word打开后另存") from error


class _Reading:
    """The parts of one archive, as far as there is room for their trees; each tree is built once."""

    def __init__(self, archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> None:
        self.archive, self.entries = archive, entries
        self.trees: dict[str, etree._Element] = {}
        self.room = NODE_LIMIT

    def tree(self, name: str) -> etree._Element:
        """A part's tree. Raises ``UnreadableDocxError`` for one that is too large, before it is built."""
        if name not in self.trees:
            self.trees[name] = self._parse(name)
        return self.trees[name]

    def _parse(self, name: str) -> etree._Element:
        entry = self.entries[name]
        if entry.file_size > PART_LIMIT:
            raise UnreadableDocxError("解压后过大，不予检查")
        with self.archive.open(entry) as stream:
            data = stream.read(PART_LIMIT + 1)
        if len(data) > PART_LIMIT:
            raise UnreadableDocxError("解压后过大，不予检查")
        self.room -= nodes_in(data)
        if self.room < 0:
            raise UnreadableDocxError("内容过多，不予检查")
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        return parse_xml(data)


def _package(archive: zipfile.ZipFile) -> Package:
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
    if len(entries) > MEMBER_LIMIT or sum(entry.file_size for entry in entries.values()) > PACKAGE_LIMIT:
        raise UnreadableDocxError("解压后过大，不予检查")
    reading = _Reading(archive, entries)
    found = contents(list(entries), reading.tree, _NOT_READ)
    main = _main_name(found, entries)
    if main not in found.parts:
        found = contents(list(entries), reading.tree, _NOT_READ, start=(main,))
    parts = {name: reading.tree(name) for name, part in found.parts.items() if name == main or _is_read(part)}
    return Package(main, parts, found)


def _main_name(found: Contents, entries: Container[str]) -> str:
    for relation in found.relations:
        if relation.kind == "officeDocument" and relation.part:
            return relation.part
    if MAIN.place in entries:
        return MAIN.place
    raise UnreadableDocxError("不是Word文档（没有正文部分）")


def _is_read(part: Reached) -> bool:
    is_xml = part.content_type.endswith(("+xml", "/xml")) or part.name.lower().endswith(".xml")
    return bool(part.name) and is_xml
