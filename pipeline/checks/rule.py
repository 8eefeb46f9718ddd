"""A rule yields remarks; the runner adds what a rule could forget: its name, severity and citation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.facts.case import Case
from pipeline.records.field_catalogue import Field
from pipeline.records.period import Month
from pipeline.records.record import Record
from pipeline.records.source import Source
from pipeline.regulation.provision import Provision

__all__ = ["Case", "Record", "Remark", "Rule", "about_column", "about_row"]


@dataclass(frozen=True)
class Remark:
    """One breach as its rule saw it; message and action carry no final full stop."""

    message: str
    action: str
    source: Source | None = None  # None: nothing was received that could be pointed at
    field: Field | None = None
    whole_sheet: bool = False  # points at the sheet, not at a row
    unit: str = ""
    project: str = ""
    projects: tuple[str, ...] = ()  # for a remark about a whole column
    month: Month | None = None


@dataclass(frozen=True)
class Rule:
    """A check under the provision that asks for it; ``ledger`` is the one that must be mended."""

    slug: str
    provision: Provision[object]
    ledger: str
    check: Callable[[Case], Iterator[Remark]]


def about_row(case: Case, record: Record, field: Field | None, message: str, action: str) -> Remark:
    """A remark on one cell of a record, or on its whole row without a field."""
    return Remark(
        message,
        action,
        source=record.source,
        field=field,
        unit=case.unit_to_mend(record),
        project=record.project,
        month=record.of_month,
    )


def about_column(case: Case, records: Sequence[Record], field: Field, message: str, action: str) -> Remark:
    """One remark for all records of a sheet that lacks a column."""
    units = {case.unit_to_mend(record): None for record in records}
    months = {record.of_month: None for record in records}
    names = {name: None for record in records if (name := record.project)}
    return Remark(
        message,
        action,
        source=records[0].source,
        field=field,
        whole_sheet=True,
        unit=next(iter(units)) if len(units) == 1 else "",
        projects=tuple(names),
        month=next(iter(months)) if len(months) == 1 else None,
    )
