"""The strict parser of a sheet: any well-formed way to write cells, and the refusal of what is ambiguous."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.spreadsheets.grid import Merge, address
from pipeline.spreadsheets.raw_row import LAST_COLUMN, LAST_ROW, RawRow, column_number, raw_row
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.xml_events import MAIN, parse

_DEEPEST = 64
_MOST_MERGES = 50_000  # two in each row of the largest ledger
_TRUE = ("1", "true")
_TOO_LOW = re.compile(r"[01](?:\.[0-9]*)?")  # points: nobody sees what stands in such a row


@dataclass
class ParsedSheet:
    """What a sheet's XML states beside its cells; rows and columns are 0-based."""

    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def position(reference: str) -> tuple[int, int]:
    """``C7`` → (6, 2). Raises ``ValueError`` for what is no address of the format."""
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not (0 < len(letters) < 4 and 0 < len(digits) < 8 and letters.isascii() and letters.isalpha()):
        raise ValueError(reference)
    row, column = int(digits) - 1, column_number(letters) if letters.isupper() else -1
    if not (0 <= row < LAST_ROW and 0 <= column < LAST_COLUMN):
        raise ValueError(reference)
    return row, column


@dataclass
class _Open:
    """The cell that is being read."""

    column: int
    kind: str
    style: str
    stored: str | None = None
    formula: str | None = None
    inline: list[str] | None = None
    struck: bool = False


class _Parser:
    """Takes the events of one sheet."""

    def __init__(self, sheet: str, take: Callable[[int, RawRow], None]) -> None:
        self.sheet, self.take = sheet, take
        self.rows: set[int] = set()  # with content
        self.parsed = ParsedSheet()
        self.depth = 0
        self.inside = self.has_data = False
        self.row = self.column = -1
        self.cells: list[_Open] = []
        self.columns: set[int] = set()  # of the row, blank cells too
        self.digits = ""  # of the row's number
        self.letters: dict[str, int] = {}  # the columns of the sheet that were met
        self.disorder: int | None = None  # a column that stands too late in its row
        self.cell: _Open | None = None
        self.buffer: list[str] | None = None
        self.phonetic = self.run_struck = False

    def refuse(self, code: str, row: int, column: int) -> UnreadableFile:
        return UnreadableFile(code, sheet=self.sheet, cell=address(max(row, 0), max(column, 0)))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnreadableFile("xml")
        if self.depth == 1 and name != MAIN + "worksheet":
            raise UnreadableFile("strict-ooxml" if "purl.oclc.org" in name else "xml")
        if method := _STARTS.get(name):
            method(self, attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        if method := _ENDS.get(name):
            method(self)

    def text(self, data: str) -> None:
        if self.buffer is not None:
            self.buffer.append(data)

    def start_data(self, _: dict[str, str]) -> None:
        if self.has_data:
            raise UnreadableFile("xml")
        self.inside = self.has_data = True

    def end_data(self) -> None:
        self.inside = False

    def start_row(self, attributes: dict[str, str]) -> None:
        if not self.inside or self.cell:
            raise UnreadableFile("xml")
        before, number = self.row, attributes.get("r")
        self.row = before + 1 if number is None else _number(number) - 1
        if self.row >= 0 and (self.row == before or self.row in self.rows):
            raise UnreadableFile("duplicate-cell", sheet=self.sheet, cell=f"第{self.row + 1}行")
        if not before < self.row < LAST_ROW:
            raise self.refuse("cell-order", self.row, 0)
        self.column, self.disorder, self.digits = -1, None, str(self.row + 1)
        self.columns.clear()
        if attributes.get("hidden") in _TRUE or _TOO_LOW.fullmatch(attributes.get("ht", "")):
            self.parsed.hidden_rows.add(self.row)

    def end_row(self) -> None:
        if self.disorder is not None:
            raise self.refuse("cell-order", self.row, self.disorder)
        if self.cells:
            self.rows.add(self.row)
            cells, self.cells = self.cells, []
            self.take(
                self.row,
                raw_row(
                    [cell.column for cell in cells],
                    [cell.kind for cell in cells],
                    [cell.style for cell in cells],
                    [cell.stored or "" for cell in cells],
                    [cell.formula for cell in cells],
                    [place for place, cell in enumerate(cells) if cell.struck],
                ),
            )

    def start_cell(self, attributes: dict[str, str]) -> None:
        if not self.inside or self.row < 0 or self.cell:
            raise UnreadableFile("xml")
        reference, before = attributes.get("r"), self.column
        self.column = before + 1 if reference is None else self.column_of(reference)
        if self.column in self.columns:
            raise self.refuse("duplicate-cell", self.row, self.column)
        if self.column < before:
            self.disorder = self.column
        self.columns.add(self.column)
        self.cell = _Open(self.column, attributes.get("t", ""), attributes.get("s", ""))

    def column_of(self, reference: str) -> int:
        """The column of an address in the row; a sheet has many cells and few columns."""
        letters = reference.removesuffix(self.digits)
        if letters in self.letters:
            return self.letters[letters]
        try:
            row, column = position(reference)
        except ValueError:
            raise UnreadableFile("cell-order", sheet=self.sheet, cell=f"第{self.row + 1}行") from None
        if row != self.row:
            raise self.refuse("cell-order", row, column)
        if letters.isalpha():  # else the number is written with leading zeros
            self.letters[letters] = column
        return column

    def end_cell(self) -> None:
        cell = self.cell
        if cell is None:
            return
        if cell.inline is not None:
            if cell.kind != "inlineStr":
                raise self.refuse("readers-differ", self.row, cell.column)
            cell.stored = "".join(cell.inline)
        if cell.kind == "s" and cell.stored == "":
            raise self.refuse("string-index", self.row, cell.column)
        if cell.stored or cell.formula is not None or cell.kind == "e":
            self.cells.append(cell)
        self.cell = None

    def start_value(self, _: dict[str, str]) -> None:
        if self.cell:
            self.buffer = []

    def end_value(self) -> None:
        if self.cell and self.buffer is not None:
            if self.cell.stored is not None or self.cell.inline is not None:
                raise self.refuse("duplicate-cell", self.row, self.cell.column)
            self.cell.stored = "".join(self.buffer)
        self.buffer = None

    def end_formula(self) -> None:
        if self.cell and self.buffer is not None:
            if self.cell.formula is not None:
                raise self.refuse("duplicate-cell", self.row, self.cell.column)
            self.cell.formula = "=" + "".join(self.buffer)
        self.buffer = None

    def start_inline(self, _: dict[str, str]) -> None:
        if self.cell:
            if self.cell.inline is not None or self.cell.stored is not None:
                raise self.refuse("duplicate-cell", self.row, self.cell.column)
            self.cell.inline = []

    def start_run(self, _: dict[str, str]) -> None:
        self.run_struck = False

    def start_strike(self, attributes: dict[str, str]) -> None:
        self.run_struck = attributes.get("val", "1") in _TRUE

    def start_phonetic(self, _: dict[str, str]) -> None:
        self.phonetic = True

    def end_phonetic(self) -> None:
        self.phonetic = False

    def start_text(self, _: dict[str, str]) -> None:
        if self.cell and self.cell.inline is not None and not self.phonetic:
            self.buffer = []

    def end_text(self) -> None:
        if self.cell and self.cell.inline is not None and self.buffer is not None:
            text = "".join(self.buffer)
            self.cell.inline.append(text)
            self.cell.struck = self.cell.struck or (self.run_struck and bool(text.strip()))
        self.buffer = None

    def start_merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        try:
            (top, left), (bottom, right) = position(first), position(last or first)
        except ValueError:
            raise UnreadableFile("xml") from None
        if bottom < top or right < left:
            raise UnreadableFile("xml")
        if len(self.parsed.merges) >= _MOST_MERGES:
            raise UnreadableFile("merge-area", sheet=self.sheet)
        self.parsed.merges.append(Merge(top, left, bottom, right))

    def start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
            if len(self.parsed.hidden_columns) >= LAST_COLUMN:
                raise UnreadableFile("xml")
            first, last = _number(attributes.get("min", "")), _number(attributes.get("max", ""))
            self.parsed.hidden_columns.append((first - 1, min(last, LAST_COLUMN) - 1))


def _number(text: str) -> int:
    """A row or column number; 0 for what is none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 8 else 0


_STARTS = {
    MAIN + name: method
    for name, method in {
        "sheetData": _Parser.start_data, "row": _Parser.start_row, "c": _Parser.start_cell, "v": _Parser.start_value,
        "f": _Parser.start_value, "is": _Parser.start_inline, "t": _Parser.start_text, "r": _Parser.start_run,
        "strike": _Parser.start_strike, "rPh": _Parser.start_phonetic, "mergeCell": _Parser.start_merge,
        "col": _Parser.start_column,
    }.items()
}  # fmt: skip
_ENDS = {
    MAIN + name: method
    for name, method in {
        "sheetData": _Parser.end_data, "row": _Parser.end_row, "c": _Parser.end_cell, "v": _Parser.end_value,
        "f": _Parser.end_formula, "t": _Parser.end_text, "rPh": _Parser.end_phonetic,
    }.items()
}  # fmt: skip


def parse_sheet(part: bytes, sheet: str, take: Callable[[int, RawRow], None]) -> ParsedSheet:
    """``take`` gets each row's cells with content. Raises ``UnreadableFile`` with the reason, and what ``take`` raises."""
    parser = _Parser(sheet, take)
    parse(part, parser.start, parser.end, parser.text)
    return parser.parsed
