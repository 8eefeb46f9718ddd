"""One model of a sheet, whatever file it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from pipeline.records.severity import Severity
from pipeline.spreadsheets.refusals import UnreadableFile

CellValue = str | Decimal | date | datetime | bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A value is read, but a person should confirm it. ``code`` is a key of ``CELL_REMARKS``."""

    code: str
    message: str  # Chinese


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. ``text`` is what a person sees, ``flaw`` why its value cannot be used."""

    text: str = ""
    value: CellValue = ""
    flaw: str = ""  # Chinese: an error value, a formula without a stored result
    percent_format: bool = False
    covered: bool = False  # filled in from a merged range: stated once, not here
    shared: bool = False  # merged over several rows: stated here, but for all of them
    flaw_code: str = ""  # key of CELL_REASONS
    formula: str = ""  # with its =; the value is the stored result
    number_format: str = ""  # of a number that does not show as it is stored
    note: str = ""  # what a comment on the cell says
    struck: bool = False  # all or part of it is struck out
    remarks: tuple[Remark, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.text and not self.flaw


def plain_cell(text: str, value: CellValue) -> Cell:
    """A cell of which nothing else is to be said.

    Cells are made by the hundred thousand: the other fields stay what the class says, and the frozen __init__, which
    takes four times as long, is passed by.
    """
    cell = object.__new__(Cell)
    own = cell.__dict__
    own["text"], own["value"] = text, value
    return cell


def is_plain(cell: Cell) -> bool:
    """Whether ``plain_cell`` made it."""
    return len(cell.__dict__) == 2


BLANK = plain_cell("", "")


def own_cells(cells: Iterable[Cell]) -> list[Cell]:
    """The filled cells of a row, each merged range once."""
    return [cell for cell in cells if not cell.blank and not cell.covered]


def own_texts(cells: Iterable[Cell]) -> list[str]:
    """What stands in a row, as it is written; each merged range once."""
    return [cell.text for cell in cells if cell.text and not cell.covered]


@dataclass(frozen=True)
class Merge:
    """A merged range, 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Notice:
    """Something about a file or sheet that its reader should know; what it touches is read all the same."""

    code: str
    message: str  # Chinese
    action: str
    severity: Severity = Severity.WARNING
    cell: str = ""


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet from A1 on; rows may differ in length."""

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()  # 0-based
    delimited: bool = False  # from a .csv: a value too many shifts all that follow it in its row
    hidden_columns: frozenset[int] = frozenset()  # 0-based
    notices: tuple[Notice, ...] = ()  # about the file stand on its first sheet

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def at(self, row: int, column: int) -> Cell:
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return BLANK


@lru_cache(maxsize=1024)
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


def merges_within(merges: Iterable[Merge], sheet: str, height: int, width: int) -> tuple[Merge, ...]:
    """The merged ranges that touch the content. Raises ``UnreadableFile`` where they must overlap."""
    inside = tuple(merge for merge in merges if merge.top < height and merge.left < width)
    area = sum(
        (min(merge.bottom, height - 1) - merge.top + 1) * (min(merge.right, width - 1) - merge.left + 1)
        for merge in inside
    )
    if area > height * width:
        raise UnreadableFile("merge-area", sheet=sheet)
    return inside
