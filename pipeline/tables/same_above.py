"""同上 and its marks (〃, ″, "): what a cell takes over from the row above, and where that is no answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.ledgers.row import Column
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.spreadsheets.cell_making import flawed
from pipeline.spreadsheets.grid import Cell
from pipeline.tables.row_roles import PROJECT_ROWS, Line

_MARKS = frozenset((
    "同", "↑", "同上", "仝上", "同左", "“同上”", '"同上"', "ˮ", "`", "..", "同前", "上同", "同上行", "同上一行", "同上栏", "同上格", "同上项", "同上项目", "同上单位", "〃", "〃〃", "″", "″″", '"', '""', "''",
    "“", "”", "„", "〝", "〞", "＂", "′′", "々", "ditto",
))  # fmt: skip
_AROUND = "()（）[]。-—"
# A table has many cells; that most are not meant is seen from the first character or the length.
_FIRST = frozenset(mark[0] for mark in _MARKS) | frozenset(f"D{_AROUND}")
_LONGEST = 10  # characters, with blanks and brackets
# An amount or a day of another project is not this one's; only words are taken over.
_REPEATED = frozenset((Kind.TEXT, Kind.CHOICE, Kind.YES_NO, Kind.PEOPLE))


def means_above(text: str) -> bool:
    """Whether a cell says only that it holds what stands above it."""
    if text[:1] not in _FIRST or len(text) > _LONGEST:
        return False
    return "".join(text.split()).strip(_AROUND).lower() in _MARKS


@dataclass
class TakenOver:
    """A table's rows with 同上 filled in, and which cells of each column were."""

    rows: list[list[Cell]]
    cells: dict[Column, list[int]] = field(default_factory=dict)  # row numbers, 0-based
    any_marked: bool = False


def fill_in(rows: Sequence[list[Cell]], lines: Sequence[Line], columns: Sequence[Column], subject: Field) -> TakenOver:
    """The rows with each 同上 replaced by the nearest project's cell above, or by a flaw where that is no answer."""
    filled = TakenOver(list(rows))
    numbers = [line.number for line in lines if line.role in PROJECT_ROWS]
    for column in columns:
        if column.field in (f.SERIAL, f.REMARK):
            continue
        may_repeat = column.field.kind in _REPEATED and column.field is not subject
        for number, above in _marked(rows, numbers, column.index):
            filled.any_marked = True
            row = filled.rows[number] = list(filled.rows[number])
            row[column.index] = _taken(row[column.index], above, may_repeat)
            if not row[column.index].flaw:
                filled.cells.setdefault(column, []).append(number)
    return filled


def _marked(rows: Sequence[list[Cell]], numbers: Sequence[int], index: int) -> Iterator[tuple[int, Cell | None]]:
    """Each row whose cell means the one above, and the last cell above that does not."""
    cells = [rows[number][index] for number in numbers]
    if _FIRST.isdisjoint([cell.text[:1] for cell in cells]):
        return  # as in most columns: seen in one step, for a table has many cells
    above: Cell | None = None
    for number, cell in zip(numbers, cells, strict=True):
        if not means_above(cell.text):
            above = cell
        elif not cell.flaw:
            yield number, above


def _taken(cell: Cell, above: Cell | None, may_repeat: bool) -> Cell:
    if not may_repeat:
        return flawed("same-above", cell.text)
    if above is None or above.blank or above.flaw:
        return flawed("nothing-above", cell.text)
    return replace(above, covered=False, shared=False)


def without_above(cell: Cell) -> Cell:
    """A cell that stands alone, as on a card: 同上 means nothing there."""
    return flawed("nothing-above", cell.text) if means_above(cell.text) and not cell.flaw else cell
