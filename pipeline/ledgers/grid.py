"""One model of a sheet, whatever file it came from."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

CellValue = str | Decimal | date | datetime | bool


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. ``text`` is what a person sees, ``flaw`` why its value cannot be used."""

    text: str = ""
    value: CellValue = ""
    flaw: str = ""  # Chinese: an error value, a formula without a stored result
    percent_format: bool = False
    covered: bool = False  # filled in from a merged range: stated once, not here
    shared: bool = False  # merged over several rows: stated here, but for all of them

    @property
    def blank(self) -> bool:
        return not self.text and not self.flaw


BLANK = Cell()


@dataclass(frozen=True)
class Merge:
    """A merged range, 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet from A1 on; rows may differ in length."""

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()  # 0-based
    delimited: bool = False  # from a .csv: a value too many shifts all that follow it in its row

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def at(self, row: int, column: int) -> Cell:
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return BLANK


def column_letters(column: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """0-based row and column → ``C7``."""
    return f"{column_letters(column)}{row + 1}"
