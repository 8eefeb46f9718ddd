"""Everything that was read of a year, as one object."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.records.finding import Finding
from pipeline.records.office import Leader, Unit
from pipeline.records.pairing import ProcedureTeam, Sponsorship, WorkNode
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress, Receipt
from pipeline.records.project import Declaration, DeclaredChange
from pipeline.records.reserve import ReserveProject
from pipeline.records.score import OnSiteScore


@dataclass(frozen=True)
class LedgerFile:
    """One file taken in: which ledgers it held, how many rows, and its SHA-256."""

    file: str
    sha256: str
    ledgers: tuple[str, ...]  # slugs, one for each sheet that was read
    rows: int


@dataclass(frozen=True)
class Ledgers:
    """All records of one year, in the order of files and rows, with what could not be read."""

    year: int
    files: tuple[LedgerFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    sponsorships: tuple[Sponsorship, ...] = ()
    teams: tuple[ProcedureTeam, ...] = ()
    nodes: tuple[WorkNode, ...] = ()
    progress: tuple[Progress, ...] = ()
    problems: tuple[Problem, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    leaders: tuple[Leader, ...] = ()
    units: tuple[Unit, ...] = ()
    reserves: tuple[ReserveProject, ...] = ()
    scores: tuple[OnSiteScore, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    changes: tuple[DeclaredChange, ...] = ()  # between the units' declarations
    # Places that nobody could look at and what is wrong there: with one of them, the year is not all there.
    unseen: tuple[str, ...] = ()


# The attribute of ``Ledgers`` that holds a ledger's records, by the ledger's slug
RECORDS: Mapping[str, str] = {
    "declaration": "declarations", "sponsorship": "sponsorships", "team": "teams", "node": "nodes",
    "progress": "progress", "problem": "problems", "procedure": "procedures", "leader": "leaders", "unit": "units",
    "reserve": "reserves", "score": "scores", "receipt": "receipts",
}  # fmt: skip
