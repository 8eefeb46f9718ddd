"""What the rules judge: the ledgers of a year, the office's settings and the day, indexed once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import TypeVar

from pipeline.checks.nearest import Nearest
from pipeline.records.field_catalogue import Field
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.office import Unit
from pipeline.records.pairing import Sponsorship
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.record import Record
from pipeline.records.settings import OfficeSettings

_Value = TypeVar("_Value")

_ENOUGH = 4  # so many projects tell a month's order of magnitude
NEAR = 0.75  # names at least this alike are suggested as what was meant


@dataclass(frozen=True, eq=False)
class Case:
    """One year to be judged on the day ``as_of``; project keys are ``name_key`` of the name."""

    ledgers: Ledgers
    settings: OfficeSettings
    as_of: date
    earlier: Ledgers | None = None  # the year before, where it is known

    @property
    def year(self) -> int:
        return self.ledgers.year

    @cached_property
    def elapsed(self) -> tuple[Month, ...]:
        """Months of the year that are over on the day."""
        months = (Month(self.year, number) for number in range(1, 13))
        return tuple(month for month in months if month.last_day <= self.as_of)

    @cached_property
    def year_before(self) -> "Case | None":
        """The year before, indexed alike, as it stood at its end."""
        return Case(self.earlier, self.settings, date(self.year - 1, 12, 31)) if self.earlier else None

    @cached_property
    def declared(self) -> Mapping[str, Declaration]:
        """Declared projects by key; of duplicates the first."""
        return _first((row.key, row) for row in self.ledgers.declarations)

    @cached_property
    def brought_in(self) -> Mapping[str, date]:
        """The day on which a later declaration of its unit brought a project in, by key."""
        return {row.key: row.received_on for row in self.ledgers.changes if not row.dropped}

    @cached_property
    def dropped(self) -> frozenset[str]:
        """Keys of projects that were declared, and that their unit's later declaration no longer lists (K-7(3))."""
        return frozenset(row.key for row in self.ledgers.changes if row.dropped)

    @cached_property
    def declared_twice(self) -> frozenset[str]:
        """Keys of projects that were declared more than once, so that no declaration can be relied on."""
        counts = Counter(row.key for row in self.ledgers.declarations)
        return frozenset(key for key, count in counts.items() if count > 1)

    @cached_property
    def sponsored(self) -> Mapping[str, Sponsorship]:
        """Sponsored projects by key; of duplicates the first."""
        return _first((row.key, row) for row in self.ledgers.sponsorships)

    @cached_property
    def teams(self) -> frozenset[str]:
        """Keys of projects that have a procedure team."""
        return frozenset(row.key for row in self.ledgers.teams)

    @cached_property
    def listed_work(self) -> frozenset[str]:
        """Keys of projects that have a work list."""
        return frozenset(row.key for row in self.ledgers.nodes)

    @cached_property
    def progress(self) -> Mapping[str, tuple[Progress, ...]]:
        """Monthly rows by project, in order of month."""
        found: dict[str, list[Progress]] = {}
        for row in self.ledgers.progress:
            found.setdefault(row.key, []).append(row)
        return {key: tuple(sorted(rows, key=lambda row: row.month)) for key, rows in found.items()}

    def is_completed(self, key: str, month: Month) -> bool:
        """Whether a project was reported complete before the month, so that no report is owed (K-10)."""
        days = (row.finished_on for row in self.progress.get(key, ()))
        return any(day is not None and day.latest < month.first_day for day in days)

    @cached_property
    def progress_once(self) -> Mapping[str, tuple[Progress, ...]]:
        """``progress`` without the months that a project reports more than once, of which no row can be relied on."""
        found = {}
        for key, rows in self.progress.items():
            times = Counter(row.month for row in rows)
            found[key] = tuple(row for row in rows if times[row.month] == 1)
        return found

    @cached_property
    def month_rows(self) -> Mapping[tuple[str, Month], tuple[Progress, ...]]:
        """Monthly rows by the key of their unit and the month, in the ledgers' order."""
        found: dict[tuple[str, Month], list[Progress]] = {}
        for row in self.ledgers.progress:
            found.setdefault((name_key(row.lead_unit), row.month), []).append(row)
        return {place: tuple(rows) for place, rows in found.items()}

    @cached_property
    def led_by(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the projects that a unit declared or reported, by the unit's key."""
        found: dict[str, dict[str, None]] = {}
        rows: tuple[Declaration | Progress, ...] = (*self.ledgers.declarations, *self.ledgers.progress)
        for row in rows:
            found.setdefault(name_key(row.lead_unit), {})[row.key] = None
        return {unit: tuple(keys) for unit, keys in found.items()}

    @cached_property
    def month_medians(self) -> Mapping[tuple[Month, Field], Decimal]:
        """The middle amount of each column over all reports of a month, where there are enough to tell by."""
        found: dict[tuple[Month, Field], list[Decimal]] = {}
        for row in self.ledgers.progress:
            for field, amount in row.amounts.items():
                if amount > 0:
                    found.setdefault((row.month, field), []).append(amount)
        return {place: median(amounts) for place, amounts in found.items() if len(amounts) >= _ENOUGH}

    @cached_property
    def portfolios(self) -> Mapping[str, tuple[str, ...]]:
        """Each district leader's portfolios by key of the name, gathered over all their rows."""
        found: dict[str, list[str]] = {}
        for row in self.ledgers.leaders:
            found.setdefault(name_key(row.name), []).extend(row.portfolio)
        return {key: tuple(parts) for key, parts in found.items()}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The directory's units by key."""
        return _first((row.key, row) for row in self.ledgers.units)

    def unit_of(self, record: Record) -> str:
        """The unit that must mend a record: its own, else the one that leads its project."""
        return self._leading_unit(record.key) if record.own_unit is None else record.own_unit

    def _leading_unit(self, key: str) -> str:
        declared = self.declared.get(key)
        if declared is not None and declared.lead_unit:
            return declared.lead_unit
        sponsored = self.sponsored.get(key)
        return sponsored.lead_unit if sponsored is not None else ""

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
        return Nearest(self.declared, NEAR)


def _first(pairs: Iterable[tuple[str, _Value]]) -> Mapping[str, _Value]:
    found: dict[str, _Value] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found
