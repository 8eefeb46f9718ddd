"""What is seen in any workbook: sheets, tables, heads, columns, units, rows; a ledger of ours or not.

Where a ledger is recognised, its head and columns come from ``head``, as in reading. Row and column numbers here
are those that a person sees: rows from 1, columns by letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.ledgers.grid import Grid, address
from pipeline.ledgers.readers import Readers
from pipeline.ledgers.table_look import TableSeen, look_at_tables
from pipeline.records.settings import OfficeSettings

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".et"),
    "xls": (".xls", ".et"),
    "csv": (".csv",),
}


@dataclass(frozen=True)
class SheetSeen:
    """One sheet, hidden or not."""

    name: str
    hidden: bool
    rows: int  # down to the last filled one
    columns: int
    tables: tuple[TableSeen, ...]
    merges: int
    hidden_rows: tuple[int, ...]
    flaws: tuple[tuple[str, str], ...]  # cell → why its value can't be used


@dataclass(frozen=True)
class BookSeen:
    """One file."""

    file: str
    content: str  # xlsx, xls or csv, by content
    suffix_fits: bool  # whether the name says so too
    macros: bool  # there are some; they are never run
    sheets: tuple[SheetSeen, ...]


def _sheet(grid: Grid, path: Path, settings: OfficeSettings) -> SheetSeen:
    filled = [row for row, cells in enumerate(grid.rows) if any(not cell.blank for cell in cells)]
    flaws = tuple(
        (address(row, column), cell.flaw)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if cell.flaw
    )
    return SheetSeen(
        grid.sheet,
        grid.hidden,
        filled[-1] + 1 if filled else 0,
        max((c + 1 for cells in grid.rows for c, cell in enumerate(cells) if not cell.blank), default=0),
        look_at_tables(grid, path, settings),
        len(grid.merges),
        tuple(sorted(row + 1 for row in grid.hidden_rows)),
        flaws,
    )


def look(path: Path, settings: OfficeSettings | None = None) -> BookSeen:
    """Everything that is seen in a file, hidden sheets too. Raises ``UnreadableFile`` with the reason.

    ``settings`` gives the headings that the office confirmed; nothing in it is required.
    """
    office = settings or OfficeSettings()
    with Readers(office.limits) as readers:
        grids = readers.read(path)
    data = path.read_bytes()
    content = "xlsx" if data.startswith(_ZIP) else "xls" if data.startswith(_OLE) else "csv"
    return BookSeen(
        path.name,
        content,
        path.suffix.lower() in _SUFFIXES[content],
        b"vbaProject.bin" in data,
        tuple(_sheet(grid, path, office) for grid in grids),
    )
