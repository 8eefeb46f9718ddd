"""The typed cursor over one data row: asks for a field, gets its value, reports what can't be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from pipeline.ledgers import day_values, values
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import (
    CONTENT,
    FINISHED_ON,
    LEADER_NAME,
    LEADERS,
    LINKED_LEADERS,
    PERMIT_DONE,
    PROJECT_NAME,
    SOLVED_ON,
    STARTED_ON,
    Field,
    Kind,
)
from pipeline.records.finding import Finding
from pipeline.records.period import Month, PartialDay, Span
from pipeline.records.severity import Severity
from pipeline.records.source import CellPlace, SeenCells, Source
from pipeline.spreadsheets.grid import BLANK, Cell, address, column_letters
from pipeline.spreadsheets.unit_words import UNITS

T = TypeVar("T")

# Fields that units split over several columns (建设规模 beside 建设内容); their texts are joined.
COMBINED = frozenset((CONTENT,))


@dataclass(frozen=True, eq=False)  # each its own: it is looked up with every cell
class Column:
    """A matched column. ``unit`` is the money unit that holds for it; ``trouble`` why it can't be used."""

    index: int
    field: Field
    heading: str
    unit: str = ""
    trouble: str = ""
    unit_stated: bool = True  # False: ``unit`` is only the office's default
    place: tuple[int, int] | None = None  # row and column of the value where they are no table's, as on a card

    def place_in(self, row: int) -> tuple[int, int]:
        """Where the column's value of a row stands."""
        return self.place or (row, self.index)


@dataclass(frozen=True)
class SheetFacts:
    """What holds for a whole sheet."""

    file: str
    sheet: str
    ledger: str  # slug
    year: int
    month: Month | None = None
    unit: str = ""  # 责任单位 named above the head or by the file's name
    rates: Mapping[str, Decimal] = field(default_factory=dict)  # foreign currency → 元

    def finding(
        self,
        severity: Severity,
        message: str,
        action: str,
        cell: str,
        seen: str = "",
        field: Field | None = None,
        project: str = "",
        code: str = "",
        citation: Citation | None = None,
    ) -> Finding:
        """What is to be said of the sheet: ``cell`` is where, ``project`` the one whose figures it touches."""
        return Finding(
            severity, "reading", message, action, file=self.file, sheet=self.sheet, cell=cell, seen=seen,
            citation=citation, unit=self.unit, project=project, ledger=self.ledger, field=field, month=self.month,
            code=code,
        )  # fmt: skip


_BAD_VALUE = {
    Kind.AMOUNT: "bad-amount", Kind.PERCENT: "bad-percent", Kind.SCORE: "bad-score", Kind.DAY: "bad-date",
    Kind.SPAN: "bad-span", Kind.CHOICE: "bad-choice", Kind.YES_NO: "bad-choice",
}  # fmt: skip

# What to write, beside the field's name.
_EXAMPLES = {
    Kind.AMOUNT: "，如1200或1200.5", Kind.PERCENT: "，如85或85%", Kind.SCORE: "，如85或85.5",
    Kind.DAY: "，如2027年3月6日或2027-03-06", Kind.SPAN: "，如2026年3月至2028年10月",
}  # fmt: skip
_LOOKED_UP = (LEADERS, LINKED_LEADERS, LEADER_NAME)  # in each other's ledger, by name
_DAYS_OF_EVENTS = (STARTED_ON, FINISHED_ON, SOLVED_ON, PERMIT_DONE)  # 未开工 answers when it started


@lru_cache(maxsize=8)
def _first_columns(columns: tuple[Column, ...]) -> Mapping[Field, Column]:
    """The first column of each field; the rows of one table share it."""
    return {column.field: column for column in reversed(columns)}


@lru_cache(maxsize=8)
def _places(columns: tuple[Column, ...]) -> Mapping[str, CellPlace]:
    """Where the column stands that counts for each field in a record's source; of several the last."""
    return {
        column.field.slug: CellPlace(column.index, column_letters(column.place[1]), column.place[0] + 1)
        if column.place
        else CellPlace(column.index, column_letters(column.index))
        for column in columns
    }


def remedy(column: Column) -> str:
    """What to do about a cell, with an example of what to write."""
    field, unit = column.field, column.unit or column.field.unit
    return f"请核对后改填{field.label}" + (f"（{unit}）" if unit else "") + _EXAMPLES.get(field.kind, "")


def shorten(field: Field) -> str:
    """What to do about a cell that holds more than it may."""
    return f"请精简到{field.longest}字以内，详细情况另附材料"


def _code(field: Field, severity: Severity) -> str:
    return _BAD_VALUE.get(field.kind, "bad-text") if severity is Severity.ERROR else "doubtful-value"


@dataclass
class Row:
    """One data row. Findings gather in ``findings`` while the record is read."""

    facts: SheetFacts
    number: int  # 0-based
    cells: Sequence[Cell]  # by column
    columns: tuple[Column, ...]
    sections: Mapping[Field, str] = field(default_factory=dict)  # what the section rows above state
    findings: list[Finding] = field(default_factory=list)
    _unreadable: set[str] = field(default_factory=set)
    _first: Mapping[Field, Column] = field(init=False)  # what is read of each field

    def __post_init__(self) -> None:
        self._first = _first_columns(self.columns)

    def cell(self, wanted: Field) -> Cell:
        column = self._first.get(wanted)
        return self.cells[column.index] if column else BLANK

    def address_of(self, column: Column) -> str:
        return address(*column.place_in(self.number))

    def _report(self, column: Column, cell: Cell, reason: str, severity: Severity = Severity.ERROR) -> None:
        if severity is Severity.ERROR:
            self._unreadable.add(column.field.slug)
        self.findings.append(
            self.facts.finding(
                severity,
                f"“{column.field.label}”{reason}",
                shorten(column.field) if cell.flaw_code == "text-too-long" else remedy(column),
                self.address_of(column),
                cell.text,
                column.field,
                self.cell(PROJECT_NAME).text,
                cell.flaw_code if cell.flaw and severity is Severity.ERROR else _code(column.field, severity),
            )
        )

    def _read(
        self,
        wanted: Field,
        parse: Callable[[Cell], T],
        severity: Severity = Severity.ERROR,
        column: Column | None = None,
    ) -> T | None:
        """What a field's cell says; of several columns the first or the one that is given."""
        column = column or self._first.get(wanted)
        if column is None:
            return None
        if column.trouble:
            self._unreadable.add(column.field.slug)  # reported once, for the column
            return None
        cell = self.cells[column.index]
        try:
            return parse(cell)
        except values.Unreadable as reason:
            self._report(column, cell, str(reason), severity)
            return None

    def _read_with_doubt(self, wanted: Field, parse: Callable[[Cell], tuple[T | None, str]]) -> T | None:
        """A value that may be read with a reminder of how."""
        found, doubt = self._read(wanted, parse) or (None, "")
        if doubt:
            self._report(self._first[wanted], self.cell(wanted), doubt, Severity.WARNING)
        return found

    def text(self, wanted: Field) -> str | None:
        if wanted not in COMBINED:
            return self._read(wanted, values.text)
        columns = (column for column in self.columns if column.field is wanted)
        parts = [self._read(wanted, values.text, column=column) for column in columns]
        return "；".join(dict.fromkeys(part for part in parts if part)) or None

    def texts(self, wanted: Field) -> tuple[tuple[str, str], ...]:
        """Heading and text of every column of the field that has one, such as those of further departments."""
        columns = [column for column in self.columns if column.field is wanted]
        read = [(column.heading, self._read(wanted, values.text, column=column)) for column in columns]
        return tuple((heading, text) for heading, text in read if text)

    def people(self, wanted: Field) -> tuple[str, ...]:
        """Names of people or units; what stands in brackets beside a leader's is no part of the name."""
        if wanted in _LOOKED_UP:
            return self._read_with_doubt(wanted, values.people_and_doubt) or ()
        return self._read(wanted, values.people) or ()

    def person(self, wanted: Field) -> str | None:
        """All the names of a cell, joined by 、."""
        return "、".join(self.people(wanted)) or None

    def choice(self, wanted: Field) -> str | None:
        """The cell's own choice, or the one of the section row above where the cell is blank or has no column."""
        if stated := self._read(wanted, lambda cell: values.choice(cell, wanted.choices)):
            return stated
        cell = self.cell(wanted)
        blank = cell.text.strip() in values.NIL_MARKS and not cell.flaw
        return self.sections.get(wanted) if blank else None

    def yes_no(self, wanted: Field) -> bool | None:
        return self._read(wanted, values.yes_no)

    def day(self, wanted: Field, *, may_be_open: bool = False) -> PartialDay | None:
        """A date; one of an event states nothing where the event has not come, one that ``may_be_open`` 待定."""
        event = wanted in _DAYS_OF_EVENTS
        if (event and day_values.not_yet(self.cell(wanted))) or (may_be_open and day_values.is_open(self.cell(wanted))):
            return None
        year = self.facts.year
        return self._read_with_doubt(wanted, lambda cell: day_values.day_and_doubt(cell, year, happened=event))

    def moment(self, wanted: Field) -> datetime | None:
        return self._read(wanted, day_values.moment)

    def span(self, wanted: Field, *, may_be_open: bool = False) -> Span | None:
        """建设年限; where it ``may_be_open``, 待定 states nothing."""
        if may_be_open and day_values.is_open(self.cell(wanted)):
            return None
        return self._read_with_doubt(wanted, day_values.span_and_doubt)

    def percent(self, wanted: Field) -> Decimal | None:
        return self._read(wanted, values.percentage)

    def amount(self, wanted: Field, severity: Severity = Severity.ERROR) -> Decimal | None:
        """An amount in 万元; ``severity`` says how much a cell weighs that can't be read."""
        column = self._first.get(wanted)
        if column is None:
            return None
        cell = self.cells[column.index]
        if cell.covered or (cell.shared and not self.cell(PROJECT_NAME).shared):
            if not column.trouble:
                self._report(column, cell, "是合并单元格，无法分到各项目", severity)
            return None
        found = self._read(wanted, lambda cell: values.amount(cell, column.unit, self.facts.rates), severity)
        if found is None:
            return None
        if column.unit_stated and found.stated_unit in UNITS and found.stated_unit != column.unit:
            self._report(
                column,
                cell,
                f"单元格写明{found.stated_unit}，与本列单位{column.unit}不同，已按单元格所写单位读取",
                Severity.WARNING,
            )
        return found.wan

    def scores(self, wanted: Field) -> tuple[Decimal, ...]:
        """Every column of the field, such as the judges' columns."""
        columns = (column for column in self.columns if column.field is wanted)
        read = [self._read(wanted, values.number, column=column) for column in columns]
        return tuple(value for value in read if value is not None)

    def source(self) -> Source:
        """Call after the fields are read: cells that could not be read are marked."""
        line = SeenCells.joined([cell.text for cell in self.cells])
        cells = SeenCells(_places(self.columns), self.number + 1, line, frozenset(self._unreadable))
        return Source(self.facts.file, self.facts.sheet, self.number + 1, cells)
