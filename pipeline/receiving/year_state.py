"""A year's ledgers while files are taken in: read once, then one file's records added or another's taken out."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from pipeline.checks.case import Case, project_of
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.office import Leader, Unit
from pipeline.workspace.succession import records_of, without_other_months, without_superseded

_DIRECTORY = "/名册/"  # read before all others


def with_files(ledgers: Ledgers, added: Ledgers) -> Ledgers:
    """Both, in the order in which one reading of all the files would have brought them."""
    return _each(
        ledgers, lambda name, rows: tuple(sorted((*rows, *getattr(added, name)), key=_reading_order))
    )


def without_files(ledgers: Ledgers, files: Collection[str]) -> Ledgers:
    """What is left without the files of these workspace-relative names."""
    return _each(ledgers, lambda _, rows: tuple(row for row in rows if _file_of(row) not in files))


def of_one_month(part: Ledgers, ledgers: Collection[str], month: str) -> Ledgers:
    """What a workbook of several months says in the report of one."""
    narrowed = without_other_months(part, {file.file: month for file in part.files})
    files = tuple(
        replace(file, ledgers=tuple(slug for slug in file.ledgers if slug in ledgers)) for file in part.files
    )
    gone = {(file.file, slug) for file in part.files for slug in file.ledgers if slug not in ledgers}
    return replace(without_superseded(narrowed, gone), files=files)


def subjects(case: Case, file: str) -> frozenset[str]:
    """Keys of what a file's rows are about: its projects, or else the units and people that it lists."""
    rows = [row for records in case.records.values() for row in records if row.source.file == file]
    names = (row.name if isinstance(row, Leader | Unit) else project_of(row) for row in rows)
    return frozenset(filter(None, map(name_key, names)))


def _each(ledgers: Ledgers, change: Any) -> Ledgers:
    return replace(ledgers, **{name: change(name, rows) for name, rows in records_of(ledgers).items()})


def _file_of(row: Any) -> str:
    """Of a file's entry, a finding or a record."""
    return str(row.file if hasattr(row, "file") else row.source.file)


def _reading_order(row: Any) -> tuple[bool, str]:
    file = _file_of(row)
    return _DIRECTORY not in f"/{file}", file
