"""A sheet's rows as its reader hands them on: plain texts and numbers bare, and a ``Cell`` only where more is to be said.

Cells are made by the hundred thousand, most of them plain; bare values are compared, sent and unpacked many at a time.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from pipeline.spreadsheets.grid import BLANK, Cell, Grid, Notice, plain_cell

# "" is a blank; a number is one whose repr is what is stored, so that its text comes back from it
Compact = str | int | float | Cell


class CompactGrid(NamedTuple):
    """A sheet before its cells are made."""

    about: Grid  # all but the rows
    rows: Sequence[Sequence[Compact]]

    @classmethod
    def of(cls, grid: Grid) -> "CompactGrid":
        """The same sheet; its cells stay as they are."""
        return cls(replace(grid, rows=()), grid.rows)

    def with_notices(self, *notices: Notice) -> "CompactGrid":
        """With more to be said of it, first."""
        return self._replace(about=replace(self.about, notices=(*notices, *self.about.notices)))


class Texts(dict[str, Cell]):
    """Text → its plain cell; equal texts share one."""

    def __init__(self) -> None:
        super().__init__({"": BLANK})

    def __missing__(self, text: str) -> Cell:
        cell = self[text] = plain_cell(text, text)
        return cell


class Numbers(dict[str, Cell]):
    """Digits → their plain cell."""

    def __missing__(self, digits: str) -> Cell:
        cell = self[digits] = plain_cell(digits, Decimal(digits))
        return cell


def is_blank(value: Compact) -> bool:
    """Whether nothing stands in the place."""
    return value.blank if isinstance(value, Cell) else value == ""


def as_cell(value: Compact) -> Cell:
    """The cell of one place."""
    if isinstance(value, Cell):
        return value
    return (
        (plain_cell(value, value) if value else BLANK)
        if isinstance(value, str)
        else plain_cell(repr(value), Decimal(repr(value)))
    )
