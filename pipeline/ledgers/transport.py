"""Grids as compact JSON: how they come out of the reading process.

Each distinct cell is sent once; a plain text is its string, a plain number its digits in a list. JSON and not
pickle, so that whatever happened to the reading process, what comes back is only data.
"""

import json
from collections.abc import Callable
from dataclasses import astuple
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pipeline.ledgers.grid import BLANK, Cell, CellValue, Grid, Merge, Notice, Remark, is_plain, plain_cell
from pipeline.records.finding import Severity

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
    if is_plain(cell):
        value = cell.value
        if value.__class__ is str:
            return value
        if value.__class__ is Decimal:
            return [cell.text]
    kind, packed_value = _value(cell.value)
    return [
        kind, packed_value, cell.text, cell.flaw, cell.flaw_code, int(cell.percent_format), cell.formula, cell.number_format,
        cell.note, int(cell.struck), [[each.code, each.message] for each in cell.remarks],
    ]  # fmt: skip


def _unpacked(packed: Any) -> Cell:
    if isinstance(packed, str):
        return plain_cell(packed, packed)
    if len(packed) == 1:
        return plain_cell(packed[0], Decimal(packed[0]))
    kind, value, text, flaw, code, percent, formula, number_format, note, struck, remarks = packed
    return Cell(
        text, _READ[kind](value), flaw, bool(percent), flaw_code=code, formula=formula, number_format=number_format,
        note=note, struck=bool(struck), remarks=tuple(Remark(*each) for each in remarks),
    )  # fmt: skip


def _packed_notice(notice: Notice) -> list[str]:
    return [notice.code, notice.message, notice.action, notice.severity.name, notice.cell]


def pack(grids: list[Grid]) -> bytes:
    """The grids as bytes."""
    by_identity = {id(BLANK): BLANK} | {id(cell): cell for grid in grids for row in grid.rows for cell in row}
    numbers = {identity: number for number, identity in enumerate(by_identity)}
    cells = by_identity.values()
    sheets = []
    for grid in grids:
        rows = [[numbers[id(cell)] for cell in row] for row in grid.rows]
        sheets.append(
            [
                grid.sheet, rows, [astuple(merge) for merge in grid.merges], int(grid.hidden), sorted(grid.hidden_rows),
                int(grid.delimited), sorted(grid.hidden_columns), [_packed_notice(each) for each in grid.notices],
            ]
        )  # fmt: skip
    return json.dumps([[_packed(cell) for cell in cells], sheets], separators=(",", ":")).encode("ascii")


def unpack(data: bytes) -> list[Grid]:
    """The grids that ``pack`` was given."""
    packed, sheets = json.loads(data)
    cells = [BLANK, *map(_unpacked, packed[1:])]
    return [
        Grid(
            name,
            tuple(tuple(map(cells.__getitem__, row)) for row in rows),
            tuple(Merge(*merge) for merge in merges),
            bool(hidden),
            frozenset(hidden_rows),
            bool(delimited),
            frozenset(hidden_columns),
            tuple(
                Notice(code, message, action, Severity[severity], cell)
                for code, message, action, severity, cell in notices
            ),
        )
        for name, rows, merges, hidden, hidden_rows, delimited, hidden_columns, notices in sheets
    ]
