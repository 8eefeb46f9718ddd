"""Figures on another scale than their column: a percentage as a fraction, a score out of 10 among scores out of 100.

They are read as they stand; a person is asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.ledgers.row import Column
from pipeline.ledgers.values import Unreadable, number, percentage
from pipeline.records.field_catalogue import Kind
from pipeline.spreadsheets.grid import Cell

_TWICE = 2  # 1.2 among fractions is 120 per cent
_TEN, _HIGH = 10, 50  # a score up to 10 is odd in a sheet that has one above 50


class ScaleDoubt(NamedTuple):
    """A cell whose figure may be meant otherwise; ``reason`` goes on from the field's label."""

    row: int  # 0-based
    column: Column
    reason: str


def doubts_of(
    rows: Sequence[Sequence[Cell]], numbers: Iterable[int], columns: Iterable[Column]
) -> Iterator[ScaleDoubt]:
    """Every figure of the rows ``numbers`` that stands on another scale than its column or its sheet."""
    numbers, usable = tuple(numbers), [column for column in columns if not column.trouble]
    for column in usable:
        if column.field.kind is Kind.PERCENT:
            yield from _fractions(rows, numbers, column)
    yield from _other_scores(rows, numbers, [each for each in usable if each.field.kind is Kind.SCORE])


def _fractions(rows: Sequence[Sequence[Cell]], numbers: Sequence[int], column: Column) -> Iterator[ScaleDoubt]:
    """Figures below 1 without a per cent sign, and 1 beside such or where the column has nothing above it.

    Where such figures prevail those up to 2 are on their scale too.
    """
    stated = [(row, cell, _percent(cell)) for row in numbers if not (cell := rows[row][column.index]).covered]
    read = [(row, cell, value) for row, cell, value in stated if value is not None]
    bare = [(row, cell, value) for row, cell, value in read if _is_bare(cell)]
    fractions = sum(1 for _, _, value in bare if 0 < value < 1)
    one_is_odd = fractions or all(value <= 1 for _, _, value in read)
    prevail = fractions > sum(1 for _, _, value in read if value > _TWICE)
    for row, cell, value in bare:
        if 0 < value < 1 or (value == 1 and one_is_odd) or (1 < value <= _TWICE and prevail):
            reason = f"为{cell.text}，按{cell.text}%读取，像是把百分比填成了小数"
            yield ScaleDoubt(row, column, reason)


def _is_bare(cell: Cell) -> bool:
    return not cell.percent_format and not cell.text.rstrip().endswith(("%", "％"))


def _percent(cell: Cell) -> Decimal | None:
    try:
        return percentage(cell)
    except Unreadable:
        return None


def _other_scores(
    rows: Sequence[Sequence[Cell]], numbers: Sequence[int], columns: Sequence[Column]
) -> Iterator[ScaleDoubt]:
    """Scores up to 10 beside scores above 50, or the first where none is above 10; 0 is a score of its own."""
    scores = [
        (row, column, value)
        for row in numbers
        for column in columns
        if (value := _score(rows[row][column.index])) is not None and value > 0
    ]
    highest = max((value for _, _, value in scores), default=Decimal(0))
    if highest > _HIGH:
        for row, column, value in scores:
            if value <= _TEN:
                yield ScaleDoubt(row, column, f"为{value}，本表最高的评分为{highest}，像是按10分制填写")
    elif scores and highest <= _TEN:
        row, column, value = scores[0]
        yield ScaleDoubt(row, column, f"为{value}，本表评分都不超过{_TEN}，像是按10分制填写")


def _score(cell: Cell) -> Decimal | None:
    try:
        return number(cell)
    except Unreadable:
        return None
