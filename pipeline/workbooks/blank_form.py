"""What a blank ledger is, before anything is written: workbook, sheets, columns, rows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pipeline.ledgers.kind import LedgerKind
from pipeline.records.field_catalogue import Field

Value = str | Decimal | date | datetime | None  # amounts in 万元


@dataclass(frozen=True)
class FormColumn:
    """A column. ``field`` is None where it only tells the unit something (``heading`` ends in 参考)."""

    heading: str
    field: Field | None
    star: str = ""  # "*" always required, "**" of some rows only, as the hint says
    hint: str = ""  # shown beside the chosen cell; at most 255 characters
    example: Value = None
    title: str = ""  # of the hint
    choices: tuple[str, ...] = ()  # what the cell may hold; () where the list is open


@dataclass(frozen=True)
class FormRow:
    """A row that we fill in, value by value in the order of the columns; the unit can't change ``locked`` ones."""

    values: tuple[Value, ...]
    locked: frozenset[int] = frozenset()


@dataclass(frozen=True)
class FormSheet:
    """One ledger to fill in."""

    kind: LedgerKind
    title: str
    instruction: str
    mark: str
    columns: tuple[FormColumn, ...]
    unit: str = ""  # "" where the unit still has to write its name
    rows: tuple[FormRow, ...] = ()
    blank_rows: int = 0
    confirmable: bool = False  # it may be confirmed as a whole that nothing has changed
    draft: str = ""  # digest of the rows, "" where the form was not made for one unit


@dataclass(frozen=True)
class KnownProject:
    """A line of the list of projects from which the unit chooses a name; amounts in 万元."""

    name: str
    four_class: str
    total_investment: Decimal | None
    year_plan: Decimal | None


@dataclass(frozen=True)
class Notes:
    """The sheet of instructions: ``ledgers`` are (name, articles, deadline)."""

    title: str
    mark: str
    lines: tuple[str, ...]
    ledgers: tuple[tuple[str, str, str], ...]
    projects: tuple[KnownProject, ...]


@dataclass(frozen=True)
class FormBook:
    """One unit's workbook."""

    unit: str
    sheets: tuple[FormSheet, ...]
    notes: Notes | None = None
