"""How much the sheets of one workbook may hold together: what one file hands over is bounded, however many sheets it has."""

from collections.abc import Iterable, Sequence

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.refusals import UnreadableFile


class WorkbookRoom:
    """Takes sheet after sheet, and refuses the one for which there is no room left."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.cells, self.characters = limits.cells, limits.text

    def take(self, cells: int, characters: int = 0) -> None:
        """A sheet's cells with content and the characters in them. Raises ``UnreadableFile``."""
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0:
            raise UnreadableFile("too-many-cells-in-all")
        if self.characters < 0:
            raise UnreadableFile("too-much-text")

    def take_rows(self, rows: Iterable[Sequence[Cell]]) -> None:
        """The same of a sheet whose cells are made."""
        lengths = [len(cell.text) for row in rows for cell in row if not cell.blank]
        self.take(len(lengths), sum(lengths))
