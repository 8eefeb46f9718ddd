"""What a year's documents rest on: the records, their soundness, the settings, indexed once."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from pipeline.checks.soundness import Soundness
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.office import Leader, Unit
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.period import Month
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.records.score import OnSiteScore
from pipeline.records.settings import OfficeSettings

_Key = TypeVar("_Key", bound=Hashable)
_Record = TypeVar("_Record")


def _first(records: Iterable[_Record], key: Callable[[_Record], _Key]) -> Mapping[_Key, _Record]:
    """Index by key; of several the first in the ledgers' order stands (duplicates are findings)."""
    found: dict[_Key, _Record] = {}
    for record in records:
        found.setdefault(key(record), record)
    return MappingProxyType(found)


def _grouped(
    records: Iterable[_Record], key: Callable[[_Record], _Key]
) -> Mapping[_Key, tuple[_Record, ...]]:
    """Group by key, groups and members in the ledgers' order."""
    found: dict[_Key, list[_Record]] = {}
    for record in records:
        found.setdefault(key(record), []).append(record)
    return MappingProxyType({name: tuple(group) for name, group in found.items()})


@dataclass(frozen=True, eq=False)
class Basis:
    """Indexes over one year's ledgers; a key is ``name_key`` of the project's or unit's name.

    An index that groups lacks the keys without a record: ask with ``.get(key, ())``.
    """

    ledgers: Ledgers
    soundness: Soundness
    settings: OfficeSettings

    @property
    def year(self) -> int:
        return self.ledgers.year

    @property
    def december(self) -> Month:
        """The month that the year-end figures stand at."""
        return Month(self.year, 12)

    @cached_property
    def declared(self) -> Mapping[str, Declaration]:
        """Every declared project by key, sound or not."""
        return _first(self.ledgers.declarations, lambda row: row.key)

    @cached_property
    def listed(self) -> tuple[Declaration, ...]:
        """The year's key projects: declared and without declaration errors, in the ledgers' order."""
        return tuple(row for row in self.declared.values() if not self.soundness.declaration_errors(row.key))

    @cached_property
    def listed_by_unit(self) -> Mapping[str, tuple[Declaration, ...]]:
        """Listed projects by the key of their responsible unit, units in order of appearance."""
        return _grouped(self.listed, lambda row: name_key(row.lead_unit))

    @cached_property
    def declaring_units(self) -> Mapping[str, str]:
        """Every unit that declared a project, sound or not: key → name as first declared."""
        named = (row.lead_unit for row in self.ledgers.declarations if name_key(row.lead_unit))
        return _first(named, name_key)

    @cached_property
    def progress(self) -> Mapping[tuple[str, Month], Progress]:
        """Monthly report rows by project and month."""
        return _first(self.ledgers.progress, lambda row: (row.key, row.month))

    @cached_property
    def sponsorships(self) -> Mapping[str, Sponsorship]:
        """Sponsored projects by key."""
        return _first(self.ledgers.sponsorships, lambda row: row.key)

    @cached_property
    def teams(self) -> Mapping[str, ProcedureTeam]:
        """Procedure teams by project."""
        return _first(self.ledgers.teams, lambda row: row.key)

    @cached_property
    def procedures(self) -> Mapping[str, tuple[Procedure, ...]]:
        """Permits by project."""
        return _grouped(self.ledgers.procedures, lambda row: row.key)

    @cached_property
    def problems(self) -> Mapping[str, tuple[Problem, ...]]:
        """Problems by project."""
        return _grouped(self.ledgers.problems, lambda row: row.key)

    @cached_property
    def nodes(self) -> Mapping[str, tuple[WorkNode, ...]]:
        """Work nodes by project."""
        return _grouped(self.ledgers.nodes, lambda row: row.key)

    @cached_property
    def scores(self) -> Mapping[str, tuple[OnSiteScore, ...]]:
        """On-site scores by project."""
        return _grouped(self.ledgers.scores, lambda row: row.key)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The directory's units by key."""
        return _first(self.ledgers.units, lambda row: row.key)

    @cached_property
    def leaders(self) -> Mapping[str, Leader]:
        """The directory's district leaders by ``name_key`` of their names."""
        return _first(self.ledgers.leaders, lambda row: name_key(row.name))

    @cached_property
    def sound_sponsorships(self) -> Mapping[str, Sponsorship]:
        """Sponsored projects whose list entry has no error."""
        entries = self.sponsorships.items()
        return {key: row for key, row in entries if not self.soundness.errors("sponsorship", key)}

    def unit_of(self, project: Declaration) -> str:
        """The project's responsible unit, spelt one way: as the directory has it, else as first declared."""
        key = name_key(project.lead_unit)
        unit = self.units.get(key)
        return unit.name if unit else self.declaring_units.get(key, project.lead_unit)

    def unit(self, name: str) -> Unit | None:
        """The directory's entry of a unit, by its name as written anywhere."""
        return self.units.get(name_key(name))

    def reported(self, key: str, month: Month) -> tuple[Progress, ...]:
        """The project's rows of the month's year up to ``month``, oldest first."""
        months = (Month(month.year, number) for number in range(1, month.month + 1))
        return tuple(row for each in months if (row := self.progress.get((key, each))))

    def standing(self, key: str, month: Month) -> Progress | None:
        """The row that the project's cumulative figures stand on at ``month``.

        That month's row; of a project reported as finished, its last row, since no report is owed after
        completion (K-10), though one of what is still paid is taken. None: the report is missing.
        """
        rows = self.reported(key, month)
        if not rows:
            return None
        return rows[-1] if rows[-1].month == month or any(row.finished_on for row in rows) else None
