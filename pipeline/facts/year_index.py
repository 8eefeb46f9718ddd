"""A year's ledgers indexed: what the rules, the figures and the papers all ask.

A key is ``name_key`` of the project's or unit's name. Of duplicates, which are findings, an index of single records
has the first; an index that groups lacks the keys without a record: ask with ``.get(key, ())``.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import TypeVar

from pipeline.records.field_catalogue import Field
from pipeline.records.grouping import first, grouped
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.nearest import PROJECT, Nearest
from pipeline.records.office import Leader, Unit
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.period import Month
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.record import Record
from pipeline.records.score import OnSiteScore
from pipeline.records.settings import OfficeSettings

_Row = TypeVar("_Row", bound=Record)
_ENOUGH = 4  # so many projects tell a month's order of magnitude


def _first_of(kind: type[_Row]) -> "cached_property[Mapping[str, _Row]]":
    """One ledger's records by project or unit, of several with one key the first."""
    return cached_property(lambda index: first(index.ledgers.of(kind), lambda row: row.key))


def _all_of(kind: type[_Row]) -> "cached_property[Mapping[str, tuple[_Row, ...]]]":
    """All of one ledger's records by project."""
    return cached_property(lambda index: grouped(index.ledgers.of(kind), lambda row: row.key))


@dataclass(frozen=True, eq=False)
class YearIndex:
    """One year's ledgers by project, unit and month, with the office's settings."""

    ledgers: Ledgers
    settings: OfficeSettings

    declared = _first_of(Declaration)  # every declared project, sound or not
    sponsorships = _first_of(Sponsorship)  # settled or only proposed
    teams = _first_of(ProcedureTeam)
    units = _first_of(Unit)
    leaders = _first_of(Leader)
    nodes = _all_of(WorkNode)
    procedures = _all_of(Procedure)
    problems = _all_of(Problem)
    scores = _all_of(OnSiteScore)

    @property
    def year(self) -> int:
        return self.ledgers.year

    @property
    def december(self) -> Month:
        """The month that the year-end figures stand at."""
        return Month(self.year, 12)

    @cached_property
    def declared_twice(self) -> frozenset[str]:
        """Projects that were declared more than once, so that no declaration can be relied on."""
        counts = Counter(row.key for row in self.ledgers.declarations)
        return frozenset(key for key, count in counts.items() if count > 1)

    @cached_property
    def brought_in(self) -> Mapping[str, date]:
        """The day on which a later declaration of its unit brought a project in."""
        return {row.key: row.received_on for row in self.ledgers.changes if not row.dropped}

    @cached_property
    def dropped(self) -> frozenset[str]:
        """Projects that were declared, and that their unit's later declaration no longer lists (K-7(3))."""
        return frozenset(row.key for row in self.ledgers.changes if row.dropped)

    @cached_property
    def declaring_units(self) -> Mapping[str, str]:
        """Every unit that declared a project, sound or not: key → name as first declared."""
        named = (row.lead_unit for row in self.ledgers.declarations if name_key(row.lead_unit))
        return first(named, name_key)

    @cached_property
    def led_by(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the projects that a unit declared or reported, each once, by the unit's key."""
        rows: tuple[Declaration | Progress, ...] = (*self.ledgers.declarations, *self.ledgers.progress)
        led = grouped(rows, lambda row: name_key(row.lead_unit))
        return {unit: tuple(dict.fromkeys(row.key for row in rows)) for unit, rows in led.items()}

    @cached_property
    def sponsored(self) -> Mapping[str, Sponsorship]:
        """The sponsored projects that are settled: they owe team, work list and promotion plan (B-7, B-8)."""
        return first(self.ledgers.sponsored, lambda row: row.key)

    @cached_property
    def portfolios(self) -> Mapping[str, tuple[str, ...]]:
        """Each district leader's portfolios, gathered over all their rows."""
        rows = grouped(self.ledgers.leaders, lambda row: row.key)
        return {key: tuple(part for row in group for part in row.portfolio) for key, group in rows.items()}

    @cached_property
    def progress(self) -> Mapping[str, tuple[Progress, ...]]:
        """Monthly rows by project, in order of month."""
        rows = grouped(self.ledgers.progress, lambda row: row.key)
        return {key: tuple(sorted(group, key=lambda row: row.month)) for key, group in rows.items()}

    @cached_property
    def progress_once(self) -> Mapping[str, tuple[Progress, ...]]:
        """``progress`` without the months that a project reports more than once, of which no row can be relied on."""
        found = {}
        for key, rows in self.progress.items():
            times = Counter(row.month for row in rows)
            found[key] = tuple(row for row in rows if times[row.month] == 1)
        return found

    @cached_property
    def reports(self) -> Mapping[tuple[str, Month], Progress]:
        """Monthly rows by project and month."""
        return first(self.ledgers.progress, lambda row: (row.key, row.month))

    @cached_property
    def month_rows(self) -> Mapping[tuple[str, Month], tuple[Progress, ...]]:
        """Monthly rows by unit and month, in the ledgers' order."""
        return grouped(self.ledgers.progress, lambda row: (name_key(row.lead_unit), row.month))

    @cached_property
    def month_medians(self) -> Mapping[tuple[Month, Field], Decimal]:
        """The middle amount of each column over all reports of a month, where there are enough to tell by."""
        found: dict[tuple[Month, Field], list[Decimal]] = {}
        for row in self.ledgers.progress:
            for field, amount in row.amounts.items():
                if amount > 0:
                    found.setdefault((row.month, field), []).append(amount)
        return {place: median(amounts) for place, amounts in found.items() if len(amounts) >= _ENOUGH}

    def is_completed(self, key: str, month: Month) -> bool:
        """Whether a project was reported complete before the month, so that no report is owed (K-10)."""
        days = (row.finished_on for row in self.progress.get(key, ()))
        return any(day is not None and day.latest < month.first_day for day in days)

    def reported_until(self, key: str, month: Month) -> tuple[Progress, ...]:
        """The project's rows of the month's year up to ``month``, oldest first."""
        months = (Month(month.year, number) for number in range(1, month.month + 1))
        return tuple(row for each in months if (row := self.reports.get((key, each))))

    def standing(self, key: str, month: Month) -> Progress | None:
        """The row that the project's cumulative figures stand on at ``month``.

        That month's row; of a project reported as finished, its last row, since no report is owed after
        completion (K-10), though one of what is still paid is taken. None: the report is missing.
        """
        rows = self.reported_until(key, month)
        if not rows:
            return None
        return rows[-1] if rows[-1].month == month or any(row.finished_on for row in rows) else None

    def unit(self, name: str) -> Unit | None:
        """The directory's entry of a unit, by its name as written anywhere."""
        return self.units.get(name_key(name))

    def unit_of(self, project: Declaration) -> str:
        """The project's responsible unit, spelt one way: as the directory has it, else as first declared."""
        unit = self.unit(project.lead_unit)
        return unit.name if unit else self.declaring_units.get(name_key(project.lead_unit), project.lead_unit)

    def unit_to_mend(self, record: Record) -> str:
        """The unit that must mend a record, as written: its own, else the one that leads its project."""
        if record.own_unit is not None:
            return record.own_unit
        declared, sponsored = self.declared.get(record.key), self.sponsorships.get(record.key)
        return (declared and declared.lead_unit) or (sponsored.lead_unit if sponsored else "")

    def sector_of(self, row: Sponsorship) -> str | None:
        """The sponsored list's own sector, else the declaration's."""
        declared = self.declared.get(row.key)
        return row.sector or (declared.sector if declared else None)

    def nearest_declared(self, name: str) -> str | None:
        """The declared name that a name most resembles, if it is near enough to suggest."""
        near = self._nearest.to(name_key(name))
        return None if near is None else self.declared[near].project_name

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self.declared, PROJECT)
