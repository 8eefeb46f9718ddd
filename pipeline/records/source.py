"""Where a record came from, down to the cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.records.field_catalogue import Field


@dataclass(frozen=True)
class Seen:
    """One cell as it stood in the unit's workbook."""

    cell: str  # "C7"
    text: str  # what a person sees there; "" for an empty cell
    readable: bool = True  # False: a reading finding says why the value could not be used


@dataclass(frozen=True)
class Source:
    """A row of a ledger. ``cells`` holds the columns that the sheet has, by field slug."""

    file: str  # workspace-relative, with forward slashes
    sheet: str
    row: int  # 1-based, as the spreadsheet shows it
    cells: Mapping[str, Seen] = field(default_factory=dict, compare=False, hash=False, repr=False)

    def has_column(self, wanted: Field) -> bool:
        return wanted.slug in self.cells

    def seen(self, wanted: Field) -> str:
        found = self.cells.get(wanted.slug)
        return found.text if found else ""

    def cell(self, wanted: Field) -> str:
        """The address of the field's cell, or of the row where the sheet lacks the column."""
        found = self.cells.get(wanted.slug)
        return found.cell if found else f"第{self.row}行"

    def readable(self, wanted: Field) -> bool:
        found = self.cells.get(wanted.slug)
        return found.readable if found else True
