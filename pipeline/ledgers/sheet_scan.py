"""What the fast reader does not tell of an .xlsx sheet: error values, formulas without a stored result,
hidden rows, percentage formats.

python-calamine gives an error cell and a never-calculated formula as empty text; taken as blanks they
would be a silent wrong figure, so the sheet's own XML is scanned for them.
"""

import re
import zipfile
from dataclasses import dataclass, field
from posixpath import join, normpath

from lxml import etree

from pipeline.ledgers.grid import address
from pipeline.ledgers.package_guard import MAX_CELLS, MAX_TEXT, UnreadableFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]+)(\d+)")
_BUILT_IN_PERCENT = frozenset({"9", "10"})


@dataclass
class SheetScan:
    """Facts by 0-based (row, column)."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # → "#REF!"
    uncached: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)


def _position(reference: str) -> tuple[int, int]:
    match = _CELL.fullmatch(reference)
    if not match:
        return (-1, -1)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _percent_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """Indices of cell formats that show a percentage."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    root = etree.fromstring(package.read("xl/styles.xml"), _parser())
    formats = {str(item.get("numFmtId")): str(item.get("formatCode")) for item in root.iter(f"{_MAIN}numFmt")}
    cell_formats = root.find(f"{_MAIN}cellXfs")
    found = set()
    for index, item in enumerate(cell_formats if cell_formats is not None else ()):
        number_format = str(item.get("numFmtId"))
        if number_format in _BUILT_IN_PERCENT or "%" in formats.get(number_format, ""):
            found.add(str(index))
    return frozenset(found)


@dataclass
class _Extent:
    """How far the cells of a sheet reach and how much text they show, before a reader makes room for them."""

    lengths: list[int]  # of the shared strings
    height: int = 0
    width: int = 0
    text: int = 0

    def take(self, cell: etree._Element, position: tuple[int, int], stored: str | None) -> None:
        """Raises ``UnreadableFile`` at the cell that goes too far."""
        if stored is None and cell.find(f"{_MAIN}is") is None:
            return
        row, column = position
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        if self.height * self.width > MAX_CELLS:
            raise UnreadableFile(
                f"工作表中{address(row, column)}远离台账，范围过大，请删除多余的行列后重新报送"
            )
        if cell.get("t") == "s" and stored and stored.isdecimal() and int(stored) < len(self.lengths):
            self.text += self.lengths[int(stored)]
            if self.text > MAX_TEXT:
                raise UnreadableFile("工作表的文字过多，请只保留台账后重新报送")


def _string_lengths(package: zipfile.ZipFile) -> list[int]:
    """The length of each shared string."""
    part = "xl/sharedStrings.xml"
    lengths: list[int] = []
    if part in package.namelist():
        with package.open(part) as stream:
            for _, item in etree.iterparse(stream, tag=f"{_MAIN}si", resolve_entities=False, no_network=True):
                lengths.append(sum(len(text.text or "") for text in item.iter(f"{_MAIN}t")))
                item.clear()
    return lengths


def _scan_sheet(
    package: zipfile.ZipFile, part: str, percents: frozenset[str], lengths: list[int]
) -> SheetScan:
    scan, extent = SheetScan(), _Extent(lengths)
    with package.open(part) as stream:
        for _, row in etree.iterparse(stream, tag=f"{_MAIN}row", resolve_entities=False, no_network=True):
            if row.get("hidden") in ("1", "true"):
                scan.hidden_rows.add(int(row.get("r", "0")) - 1)
            for cell in row.iterchildren(f"{_MAIN}c"):
                position = _position(str(cell.get("r", "")))
                stored = cell.findtext(f"{_MAIN}v")
                extent.take(cell, position, stored)
                if cell.get("t") == "e":
                    scan.errors[position] = stored or "#错误"
                elif cell.find(f"{_MAIN}f") is not None and not stored and cell.get("t") != "str":
                    scan.uncached.add(position)
                if cell.get("s", "0") in percents:
                    scan.percents.add(position)
            row.clear()
    return scan


def scan_workbook(path: str) -> dict[str, SheetScan]:
    """Sheet name → its scan.

    Raises ``UnreadableFile`` for a sheet beyond all measure; ``KeyError``, ``BadZipFile``, ``XMLSyntaxError`` or
    ``ValueError`` for a broken package or one whose cells this scan would not see (strict OOXML).
    """
    with zipfile.ZipFile(path) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"), _parser())
        if book.tag != f"{_MAIN}workbook":
            raise ValueError(book.tag)
        relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _parser())
        targets = {str(item.get("Id")): str(item.get("Target")) for item in relations}
        percents, lengths = _percent_styles(package), _string_lengths(package)
        scans = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            target = targets.get(str(sheet.get(_RELATION)), "")
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if part in package.namelist():
                scans[str(sheet.get("name"))] = _scan_sheet(package, part, percents, lengths)
        return scans
