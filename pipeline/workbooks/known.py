"""What the ledgers tell of one unit already, as the rows of its forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from pipeline.records.field_catalogue import Field
from pipeline.records.field_values import value_of
from pipeline.records.grouping import first
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.office import Unit
from pipeline.records.pairing import Sponsorship
from pipeline.records.period import Month, PartialDay, Span
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.record import Record
from pipeline.workbooks.blank_form import FormColumn, FormRow, KnownProject, Value
from pipeline.workbooks.form_columns import choices_of

_Named = TypeVar("_Named", Declaration, Sponsorship)


def shown(field: Field, value: object) -> Value:
    """A record's value as the form shows it and the reader takes it back; None for an empty cell."""
    if isinstance(value, bool):
        return choices_of(field)[0 if value else 1]
    if isinstance(value, tuple):
        return "、".join(value) or None
    if isinstance(value, PartialDay):
        return value.earliest if value.day else value.chinese
    if isinstance(value, Span):
        return value.chinese if value.start.day or value.finish.day else value.short
    assert value is None or isinstance(value, str | Decimal | date | datetime), (field.slug, value)
    return value


def known_row(columns: Sequence[FormColumn], record: Record, locked: Iterable[Field] = ()) -> FormRow:
    """A record as a row; a locked field that the record lacks stays open to the unit."""
    values = tuple(shown(column.field, value_of(record, column.field)) if column.field else None for column in columns)
    fixed = set(locked)
    return FormRow(
        values,
        frozenset(i for i, column in enumerate(columns) if column.field in fixed and values[i] is not None),
    )


@dataclass(frozen=True)
class UnitKnown:
    """One unit's part of a year's ledgers; ``earlier`` are the ledgers of the year before."""

    name: str
    ledgers: Ledgers
    earlier: Ledgers

    def _mine(self, unit: str) -> bool:
        return name_key(unit) == name_key(self.name)

    @property
    def declared(self) -> tuple[Declaration, ...]:
        """The unit's declared projects of the year, each once."""
        return _once(row for row in self.ledgers.declarations if self._mine(row.lead_unit))

    @property
    def sponsorships(self) -> tuple[Sponsorship, ...]:
        """The unit's projects on the year's sponsored list, settled or only proposed, each once."""
        return _once(row for row in self.ledgers.sponsorships if any(map(self._mine, row.lead_units)))

    @property
    def sponsored(self) -> tuple[Sponsorship, ...]:
        """Those that are settled."""
        return tuple(row for row in self.sponsorships if not row.proposed)

    @property
    def continuing(self) -> tuple[Declaration, ...]:
        """Projects of the year before that go on and are not declared yet, with what was invested meanwhile."""
        present = {row.key for row in self.ledgers.declarations}
        finished = {row.key for row in self.earlier.progress if row.finished_on}
        mine = _once(row for row in self.earlier.declarations if self._mine(row.lead_unit))
        return tuple(
            row
            for row in mine
            if row.key not in present | finished
            and (row.span is None or row.span.finish.latest.year >= self.ledgers.year)
        )

    @property
    def entry(self) -> Unit | None:
        """The unit's line in the directory of this year, else of the year before."""
        lines = (*self.ledgers.units, *self.earlier.units)
        return next((line for line in lines if line.key == name_key(self.name)), None)

    @property
    def reserves(self) -> tuple[Record, ...]:
        return tuple(row for row in self.ledgers.reserves if self._mine(row.lead_unit))

    @property
    def nodes(self) -> tuple[Record, ...]:
        sponsored = {row.key for row in self.sponsored}
        return tuple(node for node in self.ledgers.nodes if node.key in sponsored)

    def of_its_projects(self, records: Iterable[Record]) -> tuple[Record, ...]:
        """Those about a project that the unit declared or sponsors."""
        keys = {row.key for row in (*self.declared, *self.sponsorships)}
        return tuple(record for record in records if record.key in keys)

    def finished(self, key: str, month: Month) -> PartialDay | None:
        """The day of completion, if a report said before the month that the project was complete (K-10)."""
        days = (row.finished_on for row in self.ledgers.progress if row.key == key)
        return next((day for day in days if day is not None and day.latest < month.first_day), None)

    def reported(self, key: str, month: Month) -> Progress | None:
        """A project's row of the month before; of a finished project the last row before the month."""
        rows = [row for row in self.ledgers.progress if row.key == key and row.month < month]
        last = max(rows, key=lambda row: row.month, default=None)
        stands = last and (last.month == month.shifted(-1) or self.finished(key, month))
        return last if stands else None

    def projects(self) -> tuple[KnownProject, ...]:
        """Every project that the unit may name, in the ledgers' order."""
        listed = [
            KnownProject(row.project_name, row.four_class or "", row.total_investment, row.year_plan)
            for row in self.declared
        ]
        # Last year's class and plan say nothing of this year.
        listed += [KnownProject(row.project_name, "", row.total_investment, None) for row in self.continuing]
        present = {name_key(project.name) for project in listed}
        listed += [
            KnownProject(row.project_name, "", row.total_investment, row.year_plan)
            for row in self.sponsorships
            if row.key not in present
        ]
        return tuple(listed)


def _once(records: Iterable[_Named]) -> tuple[_Named, ...]:
    return tuple(first(records, lambda record: record.key).values())
