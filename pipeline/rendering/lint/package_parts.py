"""Any bytes that claim to be a .docx, opened safely: size limits, no entities, a Chinese reason when it can't be."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.rendering.namespaces import RELATIONSHIPS, R
from pipeline.rendering.strict_xml import BrokenXmlError, parse_xml

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
_FAILURES = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip


class UnreadableDocxError(ValueError):
    """The bytes are no .docx that can be checked; the message is the Chinese reason."""


@dataclass(frozen=True)
class Relation:
    """A reference from a part; ``target`` is a part's name, or an address outside."""

    identifier: str
    kind: str  # last word of its type: header, footer, styles …
    target: str
    outside: bool


@dataclass(frozen=True)
class Package:
    """The XML parts of a .docx by name, and how the main part refers to them."""

    main: str
    parts: Mapping[str, etree._Element]
    relations: tuple[Relation, ...]
    names: tuple[str, ...]

    @property
    def document(self) -> etree._Element:
        return self.parts[self.main]

    def related(self, kind: str) -> etree._Element | None:
        """The first part that the main part refers to as ``kind``."""
        for relation in self.relations:
            if relation.kind == kind and relation.target in self.parts:
                return self.parts[relation.target]
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


def _package(archive: zipfile.ZipFile) -> Package:
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
    if len(entries) > MEMBER_LIMIT or sum(entry.file_size for entry in entries.values()) > PACKAGE_LIMIT:
        raise UnreadableDocxError("解压后过大，不予检查")
    main = _main_name(archive, entries)
    relations = _relations(archive, entries, main)
    wanted = [main, *(relation.target for relation in relations if not relation.outside)]
    wanted += [name for name in entries if name.startswith("docProps/")]
    parts = {
        name: _parse(archive, entries[name])
        for name in dict.fromkeys(wanted)
        if name in entries and name.endswith(".xml")
    }
    return Package(main, parts, relations, tuple(entries))


def _main_name(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> str:
    for relation in _relations(archive, entries, ""):
        if (
            relation.kind == "officeDocument"
            and relation.target in entries
            and relation.target.endswith(".xml")
        ):
            return relation.target
    if "word/document.xml" in entries:
        return "word/document.xml"
    raise UnreadableDocxError("不是Word文档（没有正文部分）")


def _relations(
    archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], part: str
) -> tuple[Relation, ...]:
    folder, base = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    if name not in entries:
        return ()
    found = []
    for element in _parse(archive, entries[name]).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
        if not outside:
            target = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        found.append(
            Relation(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target, outside)
        )
    return tuple(found)


def _parse(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> etree._Element:
    if entry.file_size > PART_LIMIT:
        raise UnreadableDocxError("解压后过大，不予检查")
    with archive.open(entry) as stream:
        data = stream.read(PART_LIMIT + 1)
    if len(data) > PART_LIMIT:
        raise UnreadableDocxError("解压后过大，不予检查")
    if _STRICT in data:
        for strict, name in _TRANSITIONAL.items():
            data = data.replace(strict, name)
    return parse_xml(data)
