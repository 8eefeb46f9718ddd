"""A year's ledgers while files are taken in: read once, then one file's records added or another's taken out."""

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from pipeline.facts.succession import without_other_months, without_superseded
from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.project import DeclaredChange
from pipeline.records.record import Record

_DIRECTORY = "/名册/"  # read before all others
_Told = TypeVar("_Told", bound=LedgerFile | Finding | Record | DeclaredChange)


def with_files(ledgers: Ledgers, added: Ledgers) -> Ledgers:
    """Both, in the order in which one reading of all the files would have brought them."""

    def both(rows: tuple[_Told, ...], more: tuple[_Told, ...]) -> tuple[_Told, ...]:
        return tuple(sorted((*rows, *more), key=_reading_order))

    return Ledgers(
        ledgers.year,
        both(ledgers.files, added.files),
        both(ledgers.findings, added.findings),
        both(ledgers.records, added.records),
        both(ledgers.changes, added.changes),
    )


def without_files(ledgers: Ledgers, files: Collection[str]) -> Ledgers:
    """What is left without the files of these workspace-relative names."""

    def others(rows: tuple[_Told, ...]) -> tuple[_Told, ...]:
        return tuple(row for row in rows if _file_of(row) not in files)

    return Ledgers(
        ledgers.year,
        others(ledgers.files),
        others(ledgers.findings),
        others(ledgers.records),
        others(ledgers.changes),
    )


def of_one_month(part: Ledgers, ledgers: Collection[str], month: str) -> Ledgers:
    """What a workbook of several months says in the report of one."""
    narrowed = without_other_months(part, {file.file: month for file in part.files})
    files = tuple(
        replace(file, ledgers=tuple(slug for slug in file.ledgers if slug in ledgers)) for file in part.files
    )
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
