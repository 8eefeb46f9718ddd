"""Grids as compact JSON: how they come out of the reading process.

One line for what is known of the sheets, one for their rows. In the rows a plain text is its string and a plain
number its digits. JSON and not pickle, so that whatever happened to the reading process, what comes back is only data.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pipeline.records.severity import Severity
from pipeline.spreadsheets.collecting import without_collecting
from pipeline.spreadsheets.compact import CompactGrid, Numbers, Texts
from pipeline.spreadsheets.grid import Cell, CellValue, Grid, Merge, Notice, Remark, is_plain, plain_cell

_READ: dict[str, Callable[[Any], CellValue]] = {
    "s": str, "n": Decimal, "d": date.fromisoformat, "t": datetime.fromisoformat, "b": bool,
}  # fmt: skip


def _value(value: CellValue) -> tuple[str, object]:
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, Decimal):
        return "n", str(value)
    if isinstance(value, datetime):
        return "t", value.isoformat()
    return ("d", value.isoformat()) if isinstance(value, date) else ("s", value)


def _packed(cell: Cell) -> object:
    """What JSON cannot write by itself. No number may stand in it: in the rows each number is a cell."""
    if is_plain(cell):
        value = cell.value
        if value.__class__ is str:
            return value
        if value.__class__ is Decimal:
            return [cell.text]
    kind, packed_value = _value(cell.value)
    return [
        kind, packed_value, cell.text, cell.flaw, cell.flaw_code, cell.percent_format, cell.formula, cell.number_format,
        cell.note, cell.struck, [[each.code, each.message] for each in cell.remarks],
    ]  # fmt: skip


def _unpacked(packed: Any) -> Cell:
    if len(packed) == 1:
        return plain_cell(packed[0], Decimal(packed[0]))
    kind, value, text, flaw, code, percent, formula, number_format, note, struck, remarks = packed
    return Cell(
        text, _READ[kind](value), flaw, percent, flaw_code=code, formula=formula, number_format=number_format,
        note=note, struck=struck, remarks=tuple(Remark(*each) for each in remarks),
    )  # fmt: skip


def _packed_about(grid: Grid) -> list[object]:
    return [
        grid.sheet, [astuple(merge) for merge in grid.merges], int(grid.hidden), sorted(grid.hidden_rows), int(grid.delimited),
        sorted(grid.hidden_columns), [[each.code, each.message, each.action, each.severity.name, each.cell] for each in grid.notices],
    ]  # fmt: skip


_write = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=_packed).encode


def pack(grids: Sequence[CompactGrid]) -> bytes:
    """The grids as bytes."""
    about, rows = [_packed_about(grid.about) for grid in grids], [grid.rows for grid in grids]
    # what a reader could not decode must still arrive to be told
    return f"{_write(about)}\n{_write(rows)}".encode("utf-8", "surrogatepass")


def _row(packed: list[Any], texts: Texts) -> tuple[Cell, ...]:
    """A row's cells: of a plain text its string, of a plain number the cell already, of any other what tells it."""
    return tuple([
        texts[each] if each.__class__ is str else each if each.__class__ is Cell else _unpacked(each)
        for each in packed
    ])  # fmt: skip


def _grid(about: list[Any], rows: tuple[tuple[Cell, ...], ...]) -> Grid:
    """The counterpart of ``_packed_about``."""
    name, merges, hidden, hidden_rows, delimited, hidden_columns, notices = about
    return Grid(
        name,
        rows,
        merges=tuple(Merge(*merge) for merge in merges),
        hidden=bool(hidden),
        hidden_rows=frozenset(hidden_rows),
        delimited=bool(delimited),
        hidden_columns=frozenset(hidden_columns),
        notices=tuple(
            Notice(code, message, action, Severity[severity], cell)
            for code, message, action, severity, cell in notices
        ),
    )


@without_collecting()
def unpack(data: bytes) -> list[Grid]:
    """The grids that ``pack`` was given, with all their cells."""
    end = data.index(b"\n")
    texts, digits = Texts(), Numbers()
    rows = str(memoryview(data)[end + 1 :], "utf-8", "surrogatepass")  # which may be long: never there twice
    sheets = json.loads(rows, parse_int=digits.__getitem__, parse_float=digits.__getitem__)
    return [
        _grid(about, tuple(_row(row, texts) for row in sheet))
        for about, sheet in zip(json.loads(data[:end]), sheets, strict=True)
    ]
