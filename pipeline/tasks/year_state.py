"""A year's ledgers while files are taken in: read once, then one file's records added or another's taken out."""

from collections.abc import Collection
from dataclasses import replace

from pipeline.facts.succession import without_other_months, without_superseded
from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.project import DeclaredChange
from pipeline.records.record import Record

_DIRECTORY = "/名册/"  # read before all others
_PARTS = ("files", "findings", "records", "changes")  # of the year, each thing in them from one file


def with_files(ledgers: Ledgers, added: Ledgers) -> Ledgers:
    """Both, in the order in which one reading of all the files would have brought them."""
    both = {name: (*getattr(ledgers, name), *getattr(added, name)) for name in _PARTS}
    return Ledgers(ledgers.year, **{name: tuple(sorted(rows, key=_reading_order)) for name, rows in both.items()})


def without_files(ledgers: Ledgers, files: Collection[str]) -> Ledgers:
    """What is left without the files of these workspace-relative names."""
    left = {name: tuple(row for row in getattr(ledgers, name) if _file_of(row) not in files) for name in _PARTS}
    return Ledgers(ledgers.year, **left)


def of_one_month(part: Ledgers, ledgers: Collection[str], month: str) -> Ledgers:
    """What a workbook of several months says in the report of one."""
    narrowed = without_other_months(part, {file.file: month for file in part.files})
    files = tuple(replace(file, ledgers=tuple(slug for slug in file.ledgers if slug in ledgers)) for file in part.files)
    gone = {(file.file, slug) for file in part.files for slug in file.ledgers if slug not in ledgers}
    return replace(without_superseded(narrowed, gone), files=files)


def subjects(ledgers: Ledgers, file: str) -> frozenset[str]:
    """Keys of what a file's rows are about: its projects, or else the units and people that it lists."""
    return frozenset(filter(None, (row.key for row in ledgers.records if row.source.file == file)))


def _file_of(row: LedgerFile | Finding | Record | DeclaredChange) -> str:
    return row.file if isinstance(row, LedgerFile | Finding) else row.source.file


def _reading_order(row: LedgerFile | Finding | Record | DeclaredChange) -> tuple[bool, str]:
    file = _file_of(row)
    return _DIRECTORY not in f"/{file}", file
