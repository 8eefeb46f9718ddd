"""What was read to tell a file's sender, at hand for reading it as a ledger: a large file is not opened twice."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.spreadsheets.cell_text import printable
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.readers import Read, Readers

CELLS_AT_HAND = 2_000_000  # of all files of one receipt, some 200 megabytes; what is beyond is read again


class AtHand(Readers):
    """Takes the place of reading processes for one file that they have read, whatever it is called now."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._at_hand = read

    def read_all(self, paths: Sequence[Path]) -> Generator[Read, None, None]:
        """The same grids for every path; the sheet of a .csv is called as its file is."""
        for path in paths:
            grids = tuple(_renamed(grid, path) for grid in self._at_hand.grids)
            yield replace(self._at_hand, path=path, grids=grids)


def _renamed(grid: Grid, path: Path) -> Grid:
    return replace(grid, sheet=printable(path.stem)) if grid.delimited else grid


def cells_of(read: Read) -> int:
    """How many cells its grids hold."""
    return sum(len(row) for grid in read.grids for row in grid.rows)
