"""Everything that was read of a year, as one object."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import is_
from typing import Generic, TypeVar, cast

from pipeline.records.finding import Finding
from pipeline.records.grouping import grouped
from pipeline.records.office import Leader, Unit
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress, Receipt
from pipeline.records.project import Declaration, DeclaredChange
from pipeline.records.record import ProjectRecord, Record
from pipeline.records.reserve import ReserveProject
from pipeline.records.score import OnSiteScore

_Row = TypeVar("_Row", bound=Record)


@dataclass(frozen=True)
class LedgerFile:
    """One file taken in: which ledgers it held, how many rows, and its SHA-256."""

    file: str
    sha256: str
    ledgers: tuple[str, ...]  # slugs, one for each sheet that was read
    rows: int


class _Named(Generic[_Row]):
    """A ledger's records as an attribute of the year."""

    def __init__(self, kind: type[_Row]) -> None:
        self._kind = kind

    def __get__(self, year: "Ledgers", _: type["Ledgers"]) -> tuple[_Row, ...]:
        return year.of(self._kind)


@dataclass(frozen=True)
class Ledgers:
    """All records of one year, in the order of files and rows, with what could not be read.

    ``of`` gives the records of any ledger. The ledgers that are asked for in many places have a name here besides.
    """

    year: int
    files: tuple[LedgerFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    records: tuple[Record, ...] = ()
    changes: tuple[DeclaredChange, ...] = ()  # between the units' declarations
    # Places that nobody could look at and what is wrong there: with one of them, the year is not all there.
    unseen: tuple[str, ...] = ()

    declarations = _Named(Declaration)
    sponsorships = _Named(Sponsorship)
    teams = _Named(ProcedureTeam)
    nodes = _Named(WorkNode)
    progress = _Named(Progress)
    problems = _Named(Problem)
    procedures = _Named(Procedure)
    leaders = _Named(Leader)
    units = _Named(Unit)
    reserves = _Named(ReserveProject)
    scores = _Named(OnSiteScore)
    receipts = _Named(Receipt)

    @cached_property
    def sponsored(self) -> tuple[Sponsorship, ...]:
        """The sponsored projects that are settled, without those that are only proposed (B-5)."""
        return tuple(row for row in self.sponsorships if not row.proposed)

    @cached_property
    def _by_ledger(self) -> Mapping[str, tuple[Record, ...]]:
        return grouped(self.records, lambda record: record.ledger)

    def rows(self, ledger: str) -> tuple[Record, ...]:
        """The records of a ledger by its slug."""
        return self._by_ledger.get(ledger, ())

    def of(self, kind: type[_Row]) -> tuple[_Row, ...]:
        """The records of a ledger by their class."""
        return cast("tuple[_Row, ...]", self.rows(kind.ledger))

    @property
    def of_projects(self) -> tuple[ProjectRecord, ...]:
        """The records of every ledger whose rows are about projects."""
        return tuple(record for record in self.records if isinstance(record, ProjectRecord))

    def where(self, keeps: Callable[[Record], bool]) -> "Ledgers":
        """The year with these records alone; files and findings stay."""
        kept = tuple(filter(keeps, self.records))
        return self if len(kept) == len(self.records) else replace(self, records=kept)

    def each(self, change: Callable[[Record], Record]) -> "Ledgers":
        """The year with every record changed."""
        changed = tuple(map(change, self.records))
        return self if all(map(is_, changed, self.records)) else replace(self, records=changed)

    def with_findings(self, findings: Iterable[Finding], unseen: Iterable[str] = ()) -> "Ledgers":
        """The year with more findings, and with more places that nobody could look at."""
        more, places = tuple(findings), tuple(unseen)
        if not (more or places):
            return self
        return replace(self, findings=(*self.findings, *more), unseen=(*self.unseen, *places))

    def with_rows(self, kind: type[_Row], rows: Iterable[_Row]) -> "Ledgers":
        """The year with these records in place of a ledger's own."""
        others = (record for record in self.records if not isinstance(record, kind))
        return replace(self, records=(*others, *rows))
