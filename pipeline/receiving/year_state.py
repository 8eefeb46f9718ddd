"""A year's ledgers while files are taken in: read once, then one file's records added or another's taken out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from pipeline.checks.case import Case, project_of
from pipeline.forms.draft import digest_of_records
from pipeline.ledgers.form_mark import Draft
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.office import Leader, Unit
from pipeline.records.severity import Severity
from pipeline.workspace.succession import RECORDS, UNANSWERED, records_of

_DIRECTORY = "/名册/"  # read before all others
_ENTRY = "unit"  # the directory of units
_KINDS = {kind.slug: kind for kind in LEDGER_KINDS}


def with_files(ledgers: Ledgers, added: Ledgers) -> Ledgers:
    """Both, in the order in which one reading of all the files would have brought them."""
    return _each(
        ledgers, lambda name, rows: tuple(sorted((*rows, *getattr(added, name)), key=_reading_order))
    )


def without_files(ledgers: Ledgers, files: Collection[str]) -> Ledgers:
    """What is left without the files of these workspace-relative names."""
    return _each(ledgers, lambda _, rows: tuple(row for row in rows if _file_of(row) not in files))


def subjects(case: Case, file: str) -> frozenset[str]:
    """Keys of what a file's rows are about: its projects, or else the units and people that it lists."""
    rows = [row for records in case.records.values() for row in records if row.source.file == file]
    names = (row.name if isinstance(row, Leader | Unit) else project_of(row) for row in rows)
    return frozenset(filter(None, map(name_key, names)))


def answered(part: Ledgers, drafts: Sequence[Draft] = ()) -> tuple[str, ...]:
    """The ledgers of a file in which the unit says something, in the order of its sheets.

    ``drafts`` are the sheets of our own form: one that is as we handed it out says nothing, 无 is an answer.
    """
    told = {name for name, rows in records_of(part).items() if rows}
    told -= {RECORDS[each.ledger] for each in part.findings if each.code == UNANSWERED}
    told -= {RECORDS[draft.ledger] for draft in drafts if _untouched(part, draft)}
    told |= {RECORDS[draft.ledger] for draft in drafts if draft.nothing}
    slugs = dict.fromkeys(slug for file in part.files for slug in file.ledgers)
    return tuple(slug for slug in slugs if RECORDS[slug] in told)


def with_entry(told: tuple[str, ...], part: Ledgers, year: Ledgers) -> tuple[str, ...]:
    """With the unit's entry in the directory, left as our form had it from the year before: this year has no other."""
    known = {unit.key for unit in year.units}
    if all(unit.key in known for unit in part.units):
        return told
    slugs = dict.fromkeys(slug for file in part.files for slug in file.ledgers)
    return tuple(slug for slug in slugs if slug in (*told, _ENTRY))


def _untouched(part: Ledgers, draft: Draft) -> bool:
    """A row that could not be read was still written by the unit."""
    written = any(
        each.ledger == draft.ledger and each.cell and each.severity is Severity.ERROR
        for each in part.findings
    )
    records = getattr(part, RECORDS[draft.ledger])
    return not written and digest_of_records(_KINDS[draft.ledger], records) == draft.digest


def _each(ledgers: Ledgers, change: Any) -> Ledgers:
    return replace(ledgers, **{name: change(name, rows) for name, rows in records_of(ledgers).items()})


def _file_of(row: Any) -> str:
    """Of a file's entry, a finding or a record."""
    return str(row.file if hasattr(row, "file") else row.source.file)


def _reading_order(row: Any) -> tuple[bool, str]:
    file = _file_of(row)
    return _DIRECTORY not in f"/{file}", file
