"""Rows that say the same are one row, wherever they stand: nothing is counted or printed twice."""

from collections.abc import Collection, Hashable
from dataclasses import fields, replace
from typing import Any

from pipeline.records.citation import Citation
from pipeline.records.finding import Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.office import Unit
from pipeline.records.record import Record
from pipeline.records.severity import Severity

# What the office fills in before the units do, so that a form brings the same rows back.
_OF_THE_OFFICE = {"unit": Citation("K", 9, 2), "team": Citation("B", 7), "node": Citation("B", 8)}
# Here the same row twice in one file stays a mistake of that file.
_ACROSS_FILES = ("sponsorship", "reserve", "problem", "procedure")


def contents(row: Record) -> Hashable:
    """What a record says, without its place; white space, width and case of letters make no difference.

    A cell that could not be read says what stands in it.
    """
    said = tuple(_folded(getattr(row, each.name)) for each in fields(row) if each.name != "source")
    return said, tuple(seen.text for seen in row.source.cells.values() if not seen.readable)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return name_key(value)
    return tuple(map(_folded, value)) if isinstance(value, tuple) else value


def said_once(ledgers: Ledgers) -> Ledgers:
    """The year with every row once. The same row in another file is no mistake, twice in one file it is said."""
    repeated: list[Record] = []
    findings: list[Finding] = []
    for ledger in (*_OF_THE_OFFICE, *_ACROSS_FILES):
        first: dict[Hashable, Record] = {}
        for row in ledgers.rows(ledger):
            earlier = first.setdefault(contents(row), row)
            in_one_file = earlier.source.file == row.source.file
            if earlier is row or (in_one_file and ledger in _ACROSS_FILES):
                continue
            repeated.append(row)
            if in_one_file:
                findings.append(_repeated(row, earlier))
    left = without_rows(ledgers, repeated)
    return left.with_findings(findings)


def _repeated(row: Record, earlier: Record) -> Finding:
    found = about_whole_row(
        row,
        "repeated-row",
        f"“{row.subject}”的这一行与第{earlier.source.row}行完全相同，按一行计",
        "请删去重复的一行",
    )
    unit = row.name if isinstance(row, Unit) else ""
    return replace(found, severity=Severity.ADVICE, citation=_OF_THE_OFFICE[row.ledger], unit=unit)


def about_whole_row(row: Record, rule: str, message: str, action: str) -> Finding:
    """A reminder about a row of a ledger, without its article."""
    return Finding(
        Severity.WARNING,
        rule,
        message,
        action,
        file=row.source.file,
        sheet=row.source.sheet,
        cell=f"第{row.source.row}行",
        project=row.project,
        ledger=row.ledger,
    )


def without_rows(ledgers: Ledgers, gone: Collection[Record]) -> Ledgers:
    """The year without some rows and what reading found in them; all else stays."""
    if not gone:
        return ledgers
    rows = {(row.ledger, row.source) for row in gone}
    cells = {
        (row.ledger, row.source.file, row.source.sheet, cell)
        for row in gone
        for cell in (f"第{row.source.row}行", *(seen.cell for seen in row.source.cells.values()))
    }
    findings = tuple(each for each in ledgers.findings if (each.ledger, each.file, each.sheet, each.cell) not in cells)
    left = ledgers.where(lambda row: (row.ledger, row.source) not in rows)
    return replace(left, findings=findings)
