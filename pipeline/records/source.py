"""Where a record came from, down to the cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.records.field_catalogue import Field

_BETWEEN = "\x7f"  # the one control character that JSON need not escape


@dataclass(frozen=True)
class Seen:
    """One cell as it stood in the unit's workbook."""

    cell: str  # "C7"
    text: str  # what a person sees there; "" for an empty cell
    readable: bool = True  # False: a reading finding says why the value could not be used


class CellPlace(NamedTuple):
    """Where a field's cell stands: in which column, and in which row where it is not the record's own."""

    column: int  # 0-based
    letters: str  # the same as a spreadsheet shows it
    row: int | None = None  # 1-based, on a card


@dataclass(eq=False)
class SeenCells(Mapping[str, Seen]):
    """A record's cells by field slug, each made when it is asked for: most of a year's cells never are."""

    places: Mapping[str, CellPlace]
    row: int
    line: str  # the texts by column, as ``joined`` puts them together: one for a row takes a tenth of the room
    unreadable: frozenset[str]  # slugs

    @staticmethod
    def joined(texts: Sequence[str]) -> str:
        """A row's texts as one; what would divide them is no character that a person sees."""
        line = _BETWEEN.join(texts)
        if line.count(_BETWEEN) < len(texts):
            return line  # no text has one of its own
        return _BETWEEN.join([text.replace(_BETWEEN, "�") for text in texts])

    def __getitem__(self, slug: str) -> Seen:
        column, letters, row = self.places[slug]
        text = self.line.split(_BETWEEN)[column]
        return Seen(f"{letters}{row or self.row}", text, slug not in self.unreadable)

    def __contains__(self, slug: object) -> bool:
        return slug in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


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
