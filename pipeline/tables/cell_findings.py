"""Findings about cells that no field's grammar raises: remarks on values that are read, flaws where nothing reads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.ledgers.row import Row
from pipeline.records.field_catalogue import PROJECT_NAME, Kind
from pipeline.records.finding import Finding
from pipeline.records.limits import NAME_CHARACTERS
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Cell, address
from pipeline.spreadsheets.refusals import CELL_REASONS
from pipeline.tables.headings import Heading

_ONE_LINE = (Kind.TEXT, Kind.CHOICE)
# Lost digits and unprintable characters matter in any column: the row's identity may hang on them.
_ANYWHERE = frozenset(("number-too-long", "scientific-text", "control-character", "surrogate", "noncharacter", "private-use", "bidi", "invisible", "lost-character"))  # fmt: skip
_NAMES = re.compile(r"名称|单位|业主|地点|选址")


def remarks_of(row: Row) -> Iterator[Finding]:
    """What a person should confirm in the cells that were read."""
    for column in row.columns:
        cell = row.cells[column.index]
        if cell.covered:
            continue
        for remark in cell.remarks:
            one_line = column.field.kind in _ONE_LINE and bool(_NAMES.search(column.field.label))
            if remark.code == "line-break" and not one_line:
                continue  # a long text may have lines
            if remark.code == "rare-character" and column.field.kind is Kind.YES_NO:
                continue  # a tick is read and never printed
            severity = Severity.ADVICE if remark.code == "formula-text" else Severity.WARNING
            message, project = f"“{column.field.label}”{remark.message}", row.cell(PROJECT_NAME).text
            yield row.facts.finding(
                severity,
                message,
                "请核对",
                row.address_of(column),
                cell.text,
                column.field,
                project,
                remark.code,
            )


def unread_flaws(row: Row, headings: Sequence[Heading]) -> Iterator[Finding]:
    """Flaws in the columns that no field reads; ``headings`` by column."""
    flawed = [(index, cell) for index, cell in enumerate(row.cells) if cell.flaw_code in _ANYWHERE]
    used = {column.index for column in row.columns} if flawed else ()
    for index, cell in flawed:
        if index not in used and not cell.covered:
            heading = headings[index].text if index < len(headings) else ""
            message, place = f"“{heading}”{cell.flaw}", address(row.number, index)
            project = row.cell(PROJECT_NAME).text
            yield row.facts.finding(
                Severity.ERROR, message, "请改正后重新报送", place, cell.text, None, project, cell.flaw_code
            )


def as_name(cell: Cell) -> Cell:
    """The cell of a row's subject; flawed where it holds more than any name does."""
    if cell.flaw or len(cell.text) <= NAME_CHARACTERS:
        return cell
    reason = CELL_REASONS["name-too-long"].format(text=len(cell.text))
    return replace(cell, flaw=reason, flaw_code="name-too-long")
