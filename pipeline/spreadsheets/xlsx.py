"""An .xlsx package to grids: our own reading, agreed on by the second reader."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.agreement import SecondReader, Seen, compare_sheet, repackaged
from pipeline.spreadsheets.cell_making import with_note
from pipeline.spreadsheets.compact import Compact, CompactGrid, as_cell, is_blank
from pipeline.spreadsheets.grid import Grid, Notice, address, column_letters, merges_within
from pipeline.spreadsheets.notices import notice
from pipeline.spreadsheets.package_guard import open_package
from pipeline.spreadsheets.package_type import check_type
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.sheet_scan import RawSheet, scan_sheet, without_far_rows
from pipeline.spreadsheets.strict_form import position
from pipeline.spreadsheets.workbook_parts import (
    Book,
    SheetEntry,
    read_book,
    read_notes,
    read_strings,
    read_styles,
    relations_of,
)
from pipeline.spreadsheets.workbook_room import WorkbookRoom
from pipeline.spreadsheets.xlsx_cells import CellMaker

_HEAD = 4096  # bytes of a sheet's part; its dimension stands among the first elements
# What no cell can have for its address: our own reader needs no dimension, the second one stumbles over such a one.
_ODD_DIMENSION = re.compile(
    rb"""(<(?:\w+:)?dimension\s+)ref=(?!["'][A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?["'])(?:"[^"]*"|'[^']*')"""
)


def _with_notes(row: Sequence[Compact], noted: Mapping[int, str]) -> Sequence[Compact]:
    """Another row: what the second reader must see may be the very one that was made."""
    return [
        value if is_blank(value) or column not in noted else with_note(as_cell(value), noted[column])
        for column, value in enumerate(row)
    ]


def _sheet_notices(raw: RawSheet, hidden: frozenset[int]) -> Iterator[Notice]:
    for row, column in raw.strays:
        yield notice("stray-cell", address(row, column))
    if raw.blank_rows:
        yield notice("blank-tail", count=raw.blank_rows)
    if hidden:
        yield notice("hidden-column", columns="、".join(column_letters(column) for column in sorted(hidden)))


def _grid(
    entry: SheetEntry, raw: RawSheet, maker: CellMaker, notes: Mapping[str, str]
) -> tuple[CompactGrid, dict[int, list[Seen]]]:
    made, seen = maker.rows(entry.name, raw.rows)
    rows: list[Sequence[Compact]] = [()] * (raw.rows[-1][0] + 1 if raw.rows else 0)
    for (number, _), line in zip(raw.rows, made, strict=True):
        rows[number] = line
    for number, noted in _placed(notes).items():
        if number < len(rows):
            rows[number] = _with_notes(rows[number], noted)
    width = max(map(len, rows), default=0)
    hidden = frozenset(
        column
        for first, last in raw.hidden_columns
        for column in range(max(first, 0), min(last, width - 1) + 1)
        if any(column < len(row) and not is_blank(row[column]) for row in rows)
    )
    about = Grid(
        entry.name,
        (),
        merges_within(raw.merges, entry.name, len(rows), width),
        entry.hidden,
        frozenset(raw.hidden_rows),
        hidden_columns=hidden,
        notices=tuple(_sheet_notices(raw, hidden)),
    )
    own = {number: values for (number, _), values in zip(raw.rows, seen, strict=True)}
    return CompactGrid(about, rows), own


def _placed(notes: Mapping[str, str]) -> dict[int, dict[int, str]]:
    """The notes by row and column; one that hangs on no cell says nothing of a value."""
    placed: dict[int, dict[int, str]] = {}
    for reference, text in notes.items():
        try:
            row, column = position(reference)
        except ValueError:
            continue
        if text:
            placed.setdefault(row, {})[column] = text
    return placed


def _notes(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for relation in relations_of(parts, part).values():
        if relation.kind == "comments" and not relation.external and relation.target in parts:
            found |= read_notes(parts[relation.target])
    return found


def _part(parts: Mapping[str, bytes], main: str, kind: str) -> bytes | None:
    """The one part of a kind that the workbook points to."""
    targets = [each.target for each in relations_of(parts, main).values() if each.kind == kind]
    if len(targets) > 1 or (targets and targets[0] not in parts):
        raise UnreadableFile("damaged")
    return parts[targets[0]] if targets else None


def read_xlsx(data: bytes, suffix: str, limits: ReadingLimits) -> list[CompactGrid]:
    """Every sheet, hidden ones too. Raises ``UnreadableFile`` with the reason."""
    parts = open_package(data, limits)
    main, macros = check_type(parts, suffix)
    book = read_book(parts, main)
    strings = read_strings(_part(parts, main, "sharedStrings"), limits)
    maker = CellMaker(book, read_styles(_part(parts, main, "styles")), strings, limits)
    grids: list[CompactGrid] = []
    owns: list[dict[int, list[Seen]]] = []
    changed: dict[str, bytes] = {}
    room = WorkbookRoom(limits)
    for entry in book.sheets:
        if entry.kind != "worksheet":
            continue
        raw = scan_sheet(parts[entry.part], entry.name, limits)
        room.take(raw.cells)
        if any(row >= limits.rows for row, _ in raw.strays):
            changed[entry.part] = without_far_rows(parts[entry.part], limits)
        elif odd := _ODD_DIMENSION.search(parts[entry.part][:_HEAD]):
            changed[entry.part] = parts[entry.part].replace(odd[0], odd[1] + b'ref="A1"', 1)
        grid, own = _grid(entry, raw, maker, _notes(parts, entry.part))
        for row, column in raw.strays:
            own[row] = [*own.get(row, []), *[None] * (column + 1 - len(own.get(row, [])))]
        grids.append(grid)
        owns.append(own)
    second = SecondReader(repackaged(parts, changed) if changed else data)
    if second.sheets() != [(entry.name, entry.hidden) for entry in book.sheets]:
        raise UnreadableFile("sheets-differ")
    for grid, own in zip(grids, owns, strict=True):
        compare_sheet(grid.about.sheet, own, second.rows(grid.about.sheet, limits.area))
    return _with_file_notices(grids, book, maker, macros)


def _with_file_notices(grids: list[CompactGrid], book: Book, maker: CellMaker, macros: bool) -> list[CompactGrid]:
    notices = [notice("macros")] if macros else []
    notices += [notice("date-1904")] if book.date_1904 else []
    notices += [notice("manual-calculation")] if book.manual_calculation and maker.formulas else []
    if notices and grids:
        first = next((index for index, grid in enumerate(grids) if not grid.about.hidden), 0)
        grids[first] = grids[first].with_notices(*notices)
    return grids
