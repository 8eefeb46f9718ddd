"""What is seen in any workbook: sheets, tables, heads, columns, units, rows; a ledger of ours or not.

Where a ledger is recognised, head, columns and rows are those of reading (``find_tables``,
``lines_of``); every other table is found by ``table_shape``, which asks for no field.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.settings import OfficeSettings
from pipeline.spreadsheets.grid import Cell, Grid, address, column_letters
from pipeline.spreadsheets.readers import Readers
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.tables.found_tables import find_tables
from pipeline.tables.head import Block, spread
from pipeline.tables.ledger_look import look_at_block, look_at_card
from pipeline.tables.row_roles import RowRole, lines_of, rows_of
from pipeline.tables.seen import BookSeen, SheetSeen, TableSeen
from pipeline.tables.shifted import shifted_rows
from pipeline.tables.table_look import Sheet, look_at_shape
from pipeline.tables.table_shape import Shape, tables_in

_ROWS_SHOWN = 3
_STARTS = ((b"PK", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"))


@dataclass(frozen=True)
class Look:
    """What became of one file."""

    path: Path
    book: BookSeen | None
    refusal: UnreadableFile | None = None


def _ledgers(sheet: Sheet, blocks: Sequence[Block], shapes: Sequence[Shape]) -> Iterator[tuple[int, TableSeen]]:
    """The ledgers one under another, then the tables that none of them has for its own head."""
    heads: set[int] = set()
    for block in blocks:
        lines = lines_of(block, sheet.rows)
        heads |= set(range(block.head.top, block.head.first_data_row))
        heads.update(rows_of(lines, RowRole.HEAD))
        remarks: tuple[str, ...] = ()
        if block.foreign is not None:
            remarks = (f"第{block.foreign + 1}行像另一张表的表头，它以下各行没有读取",)
        foreign = [shape for shape in shapes if shape.depth and block.head.first_data_row <= shape.top < block.end]
        remarks += tuple(
            f"第{shape.top + 1}行像另一张表的表头，但读取时它以下各行仍算在本表内，请另放一张工作表"
            for shape in foreign
            if not heads & set(range(shape.top, shape.below))
        )
        if sheet.grid.delimited and (shifted := shifted_rows(block.head, sheet.rows, lines)):
            more = f"等{len(shifted)}行" if len(shifted) > _ROWS_SHOWN else ""
            shown = "、".join(f"第{row}行" for row in shifted[:_ROWS_SHOWN])
            remarks += (f"{shown}{more}比表头多出内容，各列可能错位，报送时整份不会读取",)
        yield block.head.top, look_at_block(sheet, block, lines, remarks)
    for shape in shapes:
        if shape.depth and not heads & set(range(shape.top, shape.below)):
            yield shape.top, look_at_shape(sheet, shape)


def _tables(sheet: Sheet) -> Iterator[tuple[int, TableSeen]]:
    """Each table with the row where it begins, 0-based."""
    grid = sheet.grid
    blocks, cards = find_tables(grid, sheet.rows, LEDGER_KINDS, "", sheet.settings.headings)
    for card in cards:
        yield card.pairs[0].row, look_at_card(sheet, card)
    if blocks:
        yield from _ledgers(sheet, blocks, tables_in(grid))
    elif not cards:
        for shape in tables_in(grid):
            yield shape.top, look_at_shape(sheet, shape)


def _cells(grid: Grid) -> Iterator[tuple[str, Cell]]:
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if not cell.blank:
                yield address(row, column), cell


def _sheet(grid: Grid, path: Path, settings: OfficeSettings) -> SheetSeen:
    filled = [row for row, cells in enumerate(grid.rows) if any(not cell.blank for cell in cells)]
    widths = (c + 1 for cells in grid.rows for c, cell in enumerate(cells) if not cell.blank)
    tables = sorted(_tables(Sheet(grid, spread(grid), path, settings)), key=lambda pair: pair[0])
    return SheetSeen(
        name=grid.sheet,
        hidden=grid.hidden,
        rows=filled[-1] + 1 if filled else 0,
        columns=max(widths, default=0),
        tables=tuple(table for _, table in tables),
        merges=len(grid.merges),
        hidden_rows=tuple(sorted(row + 1 for row in grid.hidden_rows)),
        hidden_columns=tuple(map(column_letters, sorted(grid.hidden_columns))),
        formulas=sum(1 for _, cell in _cells(grid) if cell.formula),
        flaws=tuple((place, cell.flaw) for place, cell in _cells(grid) if cell.flaw),
        remarks=tuple((place, each.message) for place, cell in _cells(grid) for each in cell.remarks),
        notices=tuple(f"{each.cell}{each.message}" for each in grid.notices),
    )


def _content(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(8)
    return next((content for magic, content in _STARTS if start.startswith(magic)), "csv")


def look_all(paths: Sequence[Path], settings: OfficeSettings) -> Iterator[Look]:
    """Every file in its turn: what is seen in it, hidden sheets too, or why it can't be read.

    ``settings`` gives the headings that the office confirmed and the limits of reading.
    """
    with Readers(settings.limits) as readers, closing(readers.read_all(paths)) as read:
        for found in read:
            if found.refusal:
                yield Look(found.path, None, found.refusal)
                continue
            sheets = tuple(_sheet(grid, found.path, settings) for grid in found.grids)
            yield Look(found.path, BookSeen(found.path.name, _content(found.path), sheets))


def look(path: Path, settings: OfficeSettings | None = None) -> BookSeen:
    """One file. Raises ``UnreadableFile`` with the reason."""
    (found,) = look_all([path], settings or OfficeSettings())
    if found.refusal or not found.book:
        raise found.refusal or UnreadableFile("damaged")
    return found.book
