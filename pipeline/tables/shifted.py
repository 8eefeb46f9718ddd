"""Rows of a .csv that hold more values than the head has columns: any of their values may have shifted."""

from collections.abc import Sequence

from pipeline.spreadsheets.grid import Cell
from pipeline.tables.head import Head
from pipeline.tables.row_roles import READ_ROWS, Line


def filled_beyond(head: Head, cells: Sequence[Cell]) -> int:
    """The last filled column, counted from 1, where it stands beyond the head's; else 0."""
    width = max(index for index, heading in enumerate(head.headings) if heading.path) + 1
    last = max((index for index, cell in enumerate(cells) if not cell.blank), default=0) + 1
    return last if last > width else 0


def shifted_rows(head: Head, rows: Sequence[Sequence[Cell]], lines: Sequence[Line]) -> tuple[int, ...]:
    """The rows of projects, counted from 1, that have shifted."""
    return tuple(line.number + 1 for line in lines if line.role in READ_ROWS and filled_beyond(head, rows[line.number]))
