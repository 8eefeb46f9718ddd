"""Texts that are longer than any that an honest ledger has: cut before a pattern looks at them, and told."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.ledgers.row import Column
from pipeline.records.field_catalogue import CO_UNIT, LEAD_UNIT, Field
from pipeline.records.finding import Finding, told
from pipeline.records.joint_units import longest_name
from pipeline.records.limits import NAME_CHARACTERS
from pipeline.spreadsheets.cell_making import flawed, too_long
from pipeline.spreadsheets.cell_text import printable
from pipeline.spreadsheets.grid import Cell, address

CODE = "text-too-long"
_UNITS = (LEAD_UNIT, CO_UNIT)  # printed in every paper's tables, a name may not fill a page


def cut_long(rows: Sequence[list[Cell]], columns: Iterable[Column], subject: Field) -> None:
    """Cut in ``rows`` what is longer than its column's field may be; of a name, ``as_name`` says so."""
    for column in columns:
        if column.field is subject:
            continue
        place, longest = column.index, column.field.longest
        for row in rows:
            if len(row[place].text) > longest and not row[place].flaw:
                row[place] = too_long(row[place].text, longest) or row[place]
            if column.field in _UNITS:
                row[place] = as_unit(row[place])


def as_unit(cell: Cell) -> Cell:
    """The cell of a row's units; flawed where one of them has more characters than any name."""
    if cell.flaw or len(cell.text) <= NAME_CHARACTERS or longest_name(cell.text) <= NAME_CHARACTERS:
        return cell
    return flawed("name-too-long", str(len(cell.text)), shown=printable(told(cell.text)))


def untold(rows: Sequence[list[Cell]], findings: Iterable[Finding]) -> Iterator[tuple[str, Cell]]:
    """The cells that were cut and that no finding names: titles, heads, notes, columns of which nothing is read."""
    named = {finding.cell for finding in findings}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.flaw_code == CODE and not cell.covered and (place := address(number, column)) not in named:
                yield place, cell
