"""Reasons that show only after the sheets are read, and that still refuse the whole file."""

import itertools
from collections.abc import Sequence

from pipeline.records.names import name_key
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.tables.table import SheetReading


def _projects(reading: SheetReading) -> frozenset[str]:
    return frozenset(name_key(str(getattr(record, "project_name", ""))) for record in reading.records)


def _refuse_twins(readings: Sequence[SheetReading]) -> None:
    """Two sheets of one ledger and month that list the same projects: a draft and its final form."""
    for first, second in itertools.combinations(readings, 2):
        if first.kind is None or first.kind is not second.kind or first.months != second.months:
            continue
        mine, theirs = _projects(first), _projects(second)
        if first.kind.once and 2 * len(mine & theirs) >= max(1, min(len(mine), len(theirs))):
            raise UnreadableFile("ambiguous-sheet", sheets=f"“{first.sheet}”和“{second.sheet}”")


def refuse_whole(readings: Sequence[SheetReading], grids: Sequence[Grid], *, blank_form: bool) -> None:
    """Raise ``UnreadableFile`` for sheets that contradict each other, shifted columns, and a file without a row.

    ``grids`` are all sheets, also those that were not read. ``blank_form``: it is one of the empty ledgers that a
    new workspace begins with.
    """
    errors = [each for reading in readings for each in reading.findings if each.severity is Severity.ERROR]
    if any(each.code == "csv-width" for each in errors):
        raise UnreadableFile("csv-width")
    _refuse_twins(readings)
    if errors or any(reading.records for reading in readings) or blank_form:
        return
    if any(reading.kind for reading in readings):
        raise UnreadableFile("no-rows")
    written = any(not cell.blank for grid in grids for row in grid.rows for cell in row)
    raise UnreadableFile("no-ledger" if written else "nothing-in-it")
