"""What each column of a head was taken for, for a person to see, and which hold something else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.ledgers.row import Column
from pipeline.ledgers.values import Unreadable, choice
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.nearest import CHOICE, nearest
from pipeline.spreadsheets.grid import Cell
from pipeline.tables.head import Head
from pipeline.tables.headings import Heading, fold, meaning, suggest


@dataclass(frozen=True)
class ColumnView:
    """What a column was taken for. ``field`` is the ledger's own; ``known`` what the heading means besides."""

    index: int
    heading: Heading
    field: Field | None
    known: Field | None
    suggestions: tuple[Field, ...] = ()  # of which the office may confirm one


def views_of(head: Head, confirmed: Mapping[str, str]) -> tuple[ColumnView, ...]:
    """Every column with a heading, for a person to see how it was understood."""
    unused = tuple(field for field in head.kind.fields if field not in head.fields)
    views = []
    for index, (heading, field) in enumerate(zip(head.headings, head.fields, strict=True)):
        if heading.path:
            known = field or meaning(heading, head.kind.recognised, confirmed)
            views.append(ColumnView(index, heading, field, known, () if known else suggest(heading, unused)))
    return tuple(views)


def holds_something_else(column: Column, cells: Iterable[Cell]) -> bool:
    """Whether no cell of a column is, or resembles, a choice of its field.

    A heading such as 项目类别 names several things; where it is not the field's own label, the content decides.
    """
    field = column.field
    if field.kind is not Kind.CHOICE or column.heading.rpartition("—")[2] == field.label:
        return False
    texts = {fold(cell.text) for cell in cells if not cell.blank}
    return bool(texts) and not any(_resembles(text, field) for text in texts)


def _resembles(text: str, field: Field) -> bool:
    try:
        known = choice(Cell(text, text), field.choices)
    except Unreadable:
        return nearest(text, field.choices, CHOICE) is not None
    return known is not None
