"""Workbooks read within the test's own process, with a ``Cell`` in every place."""

from dataclasses import replace
from pathlib import Path

from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.spreadsheets.compact import CompactGrid, as_cell
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.workbook_reading import compact_grids, read_compact


def _whole(grid: CompactGrid) -> Grid:
    return replace(grid.about, rows=tuple(tuple(map(as_cell, row)) for row in grid.rows))


def read_data(data: bytes, name: str, suffix: str, limits: ReadingLimits) -> list[Grid]:
    """Every sheet of a workbook's bytes. Raises ``UnreadableFile``."""
    return list(map(_whole, compact_grids(data, name, suffix, limits)))


def read_grids(path: Path, limits: ReadingLimits = DEFAULT_LIMITS) -> list[Grid]:
    """Every sheet of a file that is known to be sound. Raises ``UnreadableFile``."""
    return list(map(_whole, read_compact(path, limits)))
