"""Grids as compact JSON: how they come out of the reading process.

One line for what is known of the sheets, one for their rows. In the rows a plain text is its string and a plain
number its digits. JSON and not pickle, so that whatever happened to the reading process, what comes back is only data.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from pipeline.records.plain_data import as_plain, from_plain
from pipeline.spreadsheets.collecting import without_collecting
from pipeline.spreadsheets.compact import CompactGrid, Numbers, Texts
from pipeline.spreadsheets.grid import Cell, CellValue, Grid, Merge, Notice, Remark, is_plain, plain_cell

_READ: dict[str, Callable[[Any], CellValue]] = {
    "s": str, "n": Decimal, "d": date.fromisoformat, "t": datetime.fromisoformat, "b": bool,
}  # fmt: skip


# What is known of a sheet beside its rows.
_ABOUT = ("sheet", "merges", "hidden", "hidden_rows", "delimited", "hidden_columns", "notices")
_About = tuple[str, tuple[Merge, ...], bool, frozenset[int], bool, frozenset[int], tuple[Notice, ...]]


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


_write = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=_packed).encode


def pack(grids: Sequence[CompactGrid]) -> bytes:
    """The grids as bytes."""
    about = as_plain(_About, [attrgetter(*_ABOUT)(grid.about) for grid in grids])
    rows = [grid.rows for grid in grids]
    # what a reader could not decode must still arrive to be told
    return f"{_write(about)}\n{_write(rows)}".encode("utf-8", "surrogatepass")


def _row(packed: list[Any], texts: Texts) -> tuple[Cell, ...]:
    """A row's cells: of a plain text its string, of a plain number the cell already, of any other what tells it."""
    return tuple([
        texts[each] if each.__class__ is str else each if each.__class__ is Cell else _unpacked(each)
        for each in packed
    ])  # fmt: skip


@without_collecting()
def unpack(data: bytes) -> list[Grid]:
    """The grids that ``pack`` was given, with all their cells."""
    end = data.index(b"\n")
    texts, digits = Texts(), Numbers()
    rows = str(memoryview(data)[end + 1 :], "utf-8", "surrogatepass")  # which may be long: never there twice
    sheets = json.loads(rows, parse_int=digits.__getitem__, parse_float=digits.__getitem__)
    return [
        Grid(rows=tuple(_row(row, texts) for row in sheet), **dict(zip(_ABOUT, about, strict=True)))
        for about, sheet in zip(from_plain(_About, json.loads(data[:end])), sheets, strict=True)
    ]
