"""Texts that are longer than any that an honest ledger has: cut before a pattern looks at them, and told."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.ledgers.row import Column
from pipeline.records.field_catalogue import Field
from pipeline.records.finding import Finding
from pipeline.spreadsheets.cell_making import too_long
from pipeline.spreadsheets.grid import Cell, address

CODE = "text-too-long"


def cut_long(rows: Sequence[list[Cell]], columns: Iterable[Column], subject: Field) -> None:
    """Cut in ``rows`` what is longer than its column's field may be; of a name, ``as_name`` says so."""
    for column in columns:
        if column.field is subject:
            continue
        place, longest = column.index, column.field.longest
        for row in rows:
            if len(row[place].text) > longest and not row[place].flaw:
                row[place] = too_long(row[place].text, longest) or row[place]


def untold(rows: Sequence[list[Cell]], findings: Iterable[Finding]) -> Iterator[tuple[str, Cell]]:
    """The cells that were cut and that no finding names: titles, heads, notes, columns of which nothing is read."""
    told = {finding.cell for finding in findings}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.flaw_code == CODE and not cell.covered and (place := address(number, column)) not in told:
                yield place, cell
