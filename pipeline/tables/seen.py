"""What a person is shown of a workbook. Rows are numbered from 1, columns go by letter, as on the screen."""

from dataclasses import dataclass
from enum import Enum


class Treatment(Enum):
    """What reading does with a column; the value is shown to users."""

    READ = "读取"
    UNUSABLE = "不能使用"
    SUGGESTED = "待确认"
    ASIDE = "不读取"
    NONE = ""  # the table is no ledger of ours


class Form(Enum):
    """How a table is laid out; the value is shown to users."""

    TABLE = "表格"
    CARD = "卡片"
    HEADLESS = "没有表头"


@dataclass(frozen=True)
class UnitSeen:
    """A unit and where it is stated: 列名, 单位行, 表头上方, 行名, 工作表名, 文件名, or nowhere (the office's default)."""

    unit: str
    where: str


@dataclass(frozen=True)
class ColumnSeen:
    """One column of a table, or one label of a card."""

    letter: str  # of a card: the address of the value
    heading: str  # its levels from top to bottom, joined by —
    path: tuple[str, ...]
    field: str  # label of the field matched or suggested
    treatment: Treatment
    reason: str  # why the column can't be used
    unit: UnitSeen | None
    years: tuple[int, ...]
    months: tuple[int, ...]
    numbers: int  # data rows with a number
    dates: int
    texts: int
    blanks: int


@dataclass(frozen=True)
class TableSeen:
    """One table."""

    ledger: str  # its name, "" where none is recognised
    why_not: str
    form: Form
    title: str
    title_rows: tuple[int, ...]
    head_rows: tuple[int, int] | None
    columns: tuple[ColumnSeen, ...]
    data_span: tuple[int, int] | None
    data_rows: int
    numbered_rows: tuple[int, ...]  # with a serial number and nothing else
    nameless_rows: tuple[int, ...]  # a ledger's rows without the project's name
    child_rows: tuple[int, ...]  # parts of a package
    total_rows: tuple[int, ...]
    section_rows: tuple[int, ...]
    note_rows: tuple[int, ...]
    repeated_heads: tuple[int, ...]
    years: tuple[int, ...]  # that titles, sheet name and file name state
    month: str  # 2027-03, where exactly one is stated
    units: tuple[UnitSeen, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetSeen:
    """One sheet, hidden or not."""

    name: str
    hidden: bool
    rows: int  # down to the last filled one
    columns: int
    tables: tuple[TableSeen, ...]
    merges: int
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    formulas: int
    flaws: tuple[tuple[str, str], ...]  # cell → why its value can't be used
    remarks: tuple[tuple[str, str], ...]  # cell → what a person should confirm, comments among it
    notices: tuple[str, ...]  # about the sheet; those about the file stand on its first sheet


@dataclass(frozen=True)
class BookSeen:
    """One file."""

    file: str
    content: str  # xlsx, xls or csv, by content
    sheets: tuple[SheetSeen, ...]
