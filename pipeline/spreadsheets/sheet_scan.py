"""The sheet's own XML, cell by cell: the first of the two readers of an .xlsx.

It keeps what the fast reader hides (error values, formulas without a result, formats, hidden rows), and stops where
a sheet goes further than the limits.
"""

import re
from dataclasses import dataclass, field

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.grid import Merge, address
from pipeline.spreadsheets.raw_row import RawRow
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.strict_form import parse_sheet

_STRAYS = 10  # more cells beyond the limits are no slip of the hand
_ROW_START = re.compile(rb"<row\b[^<>]*?\sr=[\"'](\d{1,9})[\"']")
_BLANK_TAIL = re.compile(rb"(?:\s*<row\b[^<>]*>(?:\s*<c\b[^<>]*/>)*+\s*</row>|\s*<row\b[^<>]*/>)*+\s*")
_WORTH_CUTTING = 1 << 20  # bytes of blank rows that are cheaper to skip than to parse


@dataclass
class RawSheet:
    """Everything of a sheet that is used; rows and columns are 0-based."""

    rows: list[tuple[int, RawRow]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    strays: list[tuple[int, int]] = field(default_factory=list)  # beyond the limits, not in ``rows``
    blank_rows: int = 0  # formatted rows below the last content

    @property
    def cells(self) -> int:
        """How many have content."""
        return sum(row.filled for _, row in self.rows)


def without_blank_tail(part: bytes) -> tuple[bytes, int]:
    """The sheet without the formatted but blank rows at its end, and their number.

    WPS writes up to a million of them after a column was formatted; parsing them takes seconds.
    """
    end = part.rfind(b"</sheetData>")
    last_cell = part.rfind(b"</c>", 0, end)
    start = part.find(b"</row>", last_cell, end) if last_cell >= 0 else -1
    if start < 0 or end - start < _WORTH_CUTTING:
        return part, 0
    start += len(b"</row>")
    if not _BLANK_TAIL.fullmatch(part, start, end):
        return part, 0
    return part[:start] + part[end:], part.count(b"<row", start, end)


class _Scanner:
    """Takes the rows of one sheet, and stops where they go too far."""

    def __init__(self, sheet: str, limits: ReadingLimits) -> None:
        self.sheet, self.limits = sheet, limits
        self.raw = RawSheet()
        self.count = self.right = 0

    def refuse(self, code: str, row: int, column: int) -> UnreadableFile:
        """The refusal that names a cell."""
        return UnreadableFile(code, sheet=self.sheet, cell=address(row, column))

    def take(self, row: int, cells: RawRow) -> None:
        """One row's cells, the last with content. Raises ``UnreadableFile`` where they go too far."""
        limits = self.limits
        if row >= limits.rows or cells.columns[-1] >= limits.columns:
            cells = self._within(row, cells)
            if not cells.columns:
                return
        self.count += cells.filled
        if self.count > limits.cells:
            raise UnreadableFile("too-many-cells", sheet=self.sheet)
        self.right = max(self.right, cells.columns[-1] + 1)
        if self.right * (row + 1) > limits.area:
            raise self.refuse("sheet-extent", row, cells.columns[-1])
        self.raw.rows.append((row, cells))

    def _within(self, row: int, cells: RawRow) -> RawRow:
        """The cells within the limits; a few beyond are strays, many are a sheet too large."""
        limits, far = self.limits, row >= self.limits.rows
        kept = []
        for place, column in enumerate(cells.columns):
            if not cells.has_content(place):
                continue
            if far and column >= limits.columns:
                raise self.refuse("sheet-extent", row, column)
            if not far and column < limits.columns:
                kept.append(place)
                continue
            self.raw.strays.append((row, column))
            if len(self.raw.strays) > _STRAYS:
                if far:
                    raise UnreadableFile("too-many-rows", sheet=self.sheet)
                raise self.refuse("sheet-extent", row, column)
        return cells.only(kept)


def scan_sheet(part: bytes, sheet: str, limits: ReadingLimits) -> RawSheet:
    """Every cell with content. Raises ``UnreadableFile`` with the reason."""
    scanner = _Scanner(sheet, limits)
    raw = scanner.raw
    lean, raw.blank_rows = without_blank_tail(part)
    parsed = parse_sheet(lean, sheet, scanner.take)
    raw.merges, raw.hidden_columns = parsed.merges, parsed.hidden_columns
    raw.hidden_rows = parsed.hidden_rows
    return raw


def without_far_rows(part: bytes, limits: ReadingLimits) -> bytes:
    """The sheet without the rows beyond the limit: a dense reader would make room for all in between.

    Raises ``UnreadableFile`` where the rows are not written in the plain way that can be cut.
    """
    for match in _ROW_START.finditer(part):
        if int(match[1]) > limits.rows:
            end = part.rfind(b"</sheetData>")
            if end < match.start():
                break
            return part[: match.start()] + part[end:]
    raise UnreadableFile("damaged")
