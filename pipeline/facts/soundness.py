"""What a document may rely on: pure questions about a year's findings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.field_catalogue import (
    FINISHED_ON,
    PERMIT_PROGRESS,
    PHYSICAL,
    PROPOSAL,
    STARTED_ON,
    TROUBLE,
    Field,
)
from pipeline.records.finding import Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.record import ProjectRecord
from pipeline.records.severity import Severity

_Row = tuple[str, str, int]  # file, sheet, row
# Of a month's report: what is told of a project beside its figures.
_BESIDE_THE_FIGURES = (STARTED_ON, FINISHED_ON, PHYSICAL, PERMIT_PROGRESS, TROUBLE, PROPOSAL)
_WITHOUT_PROJECTS = [kind.slug for kind in LEDGER_KINDS if not issubclass(kind.record, ProjectRecord)]


@dataclass(frozen=True)
class Soundness:
    """Errors by ledger and project. Keys are ``name_key`` of the project's name.

    Warnings and advice withhold nothing and are not asked for here.
    """

    findings: tuple[Finding, ...] = ()
    unplaced: frozenset[str] = frozenset()  # ledgers with an error of which nobody can tell the project
    _errors: Mapping[tuple[str, str], tuple[Finding, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, findings: Iterable[Finding], ledgers: Ledgers) -> "Soundness":
        """Attach each error to the projects it touches.

        A rule names its project. A reader may know only the cell: then the record of that row is touched; a
        column's heading, or no cell at all, touches every record of the sheet, and without a sheet of the file.
        """
        kept = tuple(findings)
        rows = _Rows(ledgers)
        errors: dict[tuple[str, str], list[Finding]] = {}
        unplaced = set()
        for finding in kept:
            if finding.severity is Severity.ERROR:
                touched = dict.fromkeys(_touched(finding, rows))
                for key in touched:
                    errors.setdefault((finding.ledger, key), []).append(finding)
                if not touched and finding.ledger not in _WITHOUT_PROJECTS:
                    unplaced.add(finding.ledger)
        return cls(kept, frozenset(unplaced), {key: tuple(group) for key, group in errors.items()})

    def errors(self, ledger: str, key: str, month: Month | None = None) -> tuple[Finding, ...]:
        """Errors of a project in a ledger; with ``month`` those of that month and those of no month."""
        found = self._errors.get((ledger, key), ())
        return tuple(entry for entry in found if month is None or entry.month in (None, month))

    def unread(self, ledger: str) -> tuple[Finding, ...]:
        """Files and sheets of a ledger that could not be read at all."""
        errors = (each for each in self.findings if each.severity is Severity.ERROR and each.ledger == ledger)
        return tuple(each for each in errors if not (each.cell or each.project))

    def declaration_errors(self, key: str) -> tuple[Finding, ...]:
        """Why a declared project can't be listed in the plan (K-8)."""
        return self.errors("declaration", key)

    def sponsorship_errors(self, key: str) -> tuple[Finding, ...]:
        """Why a sponsored project's promotion plan can't be issued: its list entry or its team (B-5, B-7)."""
        return self.errors("sponsorship", key) + self.errors("team", key)

    def progress_error(self, key: str, month: Month) -> Finding | None:
        """Why a project's figures of a month can't be used; the first of several (K-10(1)).

        A day of start or finish or a text that can't be read costs itself alone, not the figures beside it.
        """
        found = self.errors("progress", key, month)
        return next((entry for entry in found if not _costs_only_itself(entry)), None)

    def day_error(self, key: str, month: Month, field: Field) -> Finding | None:
        """Why a month's report does not tell whether a project was started or finished; ``field`` is the day asked."""
        found = filter(_costs_only_itself, self.errors("progress", key, month))
        return next((entry for entry in found if entry.field is field), None)


def _costs_only_itself(finding: Finding) -> bool:
    return finding.rule == "reading" and finding.field in _BESIDE_THE_FIGURES


class _Rows:
    """Which record stands where, as far as records are about projects."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.at: dict[_Row, list[tuple[str, Month | None]]] = {}
        self.first: dict[tuple[str, str], int] = {}
        self.of_file: dict[str, list[tuple[str, str, Month | None]]] = {}
        for record in ledgers.of_projects:
            source, entry = record.source, (record.key, record.of_month)
            sheet = (source.file, source.sheet)
            self.at.setdefault((*sheet, source.row), []).append(entry)
            self.first[sheet] = min(source.row, self.first.get(sheet, source.row))
            self.of_file.setdefault(source.file, []).append((source.sheet, *entry))


def _touched(finding: Finding, rows: _Rows) -> list[str]:
    if finding.project:
        return [name_key(finding.project)]
    if finding.projects:
        return [name_key(name) for name in finding.projects]
    number = re.search(r"\d+", finding.cell)
    sheet = (finding.file, finding.sheet)
    if number is not None:
        row = int(number[0])
        is_heading = finding.field is not None and row < rows.first.get(sheet, 0)
        if not is_heading:
            return [key for key, _ in rows.at.get((*sheet, row), [])]
    return [key for name, key, _ in rows.of_file.get(finding.file, []) if finding.sheet in ("", name)]
