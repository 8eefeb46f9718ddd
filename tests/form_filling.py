"""A unit that fills in our forms: types into the open cells, and nothing else."""

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month
from pipeline.records.record import Record
from pipeline.records.settings import OfficeSettings
from pipeline.tables.reader import read_ledgers
from pipeline.workbooks.blank_form import FormBook, FormSheet, Value
from pipeline.workbooks.compose import unit_form
from pipeline.workbooks.form_columns import choices_of
from pipeline.workbooks.form_workbook import FIRST, HEAD, form_workbook
from pipeline.workbooks.known import UnitKnown
from tests import build

Typed = str | int | float | date | datetime
YEAR = 2027
_TYPED: Mapping[Kind, Callable[[Field], Typed]] = {
    Kind.TEXT: lambda field: f"{field.label}甲",
    Kind.PEOPLE: lambda field: "张某、李某",
    Kind.AMOUNT: lambda field: 1234.56,
    Kind.PERCENT: lambda field: 85,
    Kind.SCORE: lambda field: 90,
    Kind.DAY: lambda field: date(YEAR, 6, 30),
    Kind.SPAN: lambda field: "2026.3-2028.10",
    Kind.CHOICE: lambda field: choices_of(field)[-1],
    Kind.YES_NO: lambda field: choices_of(field)[0],
}


def typed(field: Field) -> Typed:
    """Something valid for a field, as a person types it."""
    if field is f.TEAM_OTHER:
        return "住建：吴某"
    return datetime(YEAR, 3, 27, 10, 30) if field is f.RECEIVED_AT else _TYPED[field.kind](field)  # noqa: DTZ001


def fill_in(book: FormBook, sheets: Mapping[str, int] | None = None) -> tuple[bytes, int]:
    """The workbook with every open cell of the first rows of each sheet filled in; how many cells that were.

    ``sheets`` states how many rows of which sheet (by the ledger's slug); every row that we began, and one more,
    where it is not given.
    """
    file = openpyxl.load_workbook(io.BytesIO(form_workbook(book)))
    count = 0
    for form in book.sheets:
        rows = len(form.rows) + min(1, form.blank_rows) if sheets is None else sheets.get(form.kind.slug, 0)
        for number in range(rows):
            count += _fill_row(file[form.kind.name], form, number)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue(), count


def _fill_row(sheet: Worksheet, form: FormSheet, number: int) -> int:
    count = 0
    for index, column in enumerate(form.columns):
        cell = sheet.cell(FIRST + number + 1, index + 2)
        if not cell.protection.locked and column.field and cell.value is None:
            cell.value = typed(column.field)
            count += 1
    return count


def headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value).replace("\n", "") for cell in sheet[HEAD + 1]]


def read_back(folder: Path, data: bytes, name: str = "报表.xlsx") -> Ledgers:
    """What the real reader makes of one file in the workspace's month."""
    path = folder / "inputs" / str(YEAR) / "收件" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return read_ledgers(folder, YEAR, [path], OfficeSettings())


UNIT, MARCH, OFFICE = build.UNIT, Month(2027, 3), OfficeSettings()
EARLY = "示例前期项目"


def known() -> UnitKnown:
    """Two declared projects, one of them sponsored, with a problem, a permit and a February report."""
    ledgers = build.ledgers(
        build.unit(),
        build.declaration(),
        build.declaration(project_name=EARLY, four_class="前期储备", span=None, row=4),
        build.sponsorship(),
        build.node(),
        build.problem(),
        build.procedure(),
        build.reserve(),
        build.progress(2, year_done=Decimal("1520.5")),
        build.declaration(project_name="别家项目", lead_unit="别的单位", row=5),
        build.problem(project_name="别家项目"),
    )
    return UnitKnown(UNIT, ledgers, Ledgers(2026))


def form(month: Month | None = MARCH, unit: UnitKnown | None = None, office: OfficeSettings = OFFICE) -> FormBook:
    book = unit_form(unit or known(), month, office)
    assert book is not None
    return book


def sheet_of(book: FormBook, slug: str) -> FormSheet:
    return next(sheet for sheet in book.sheets if sheet.kind.slug == slug)


def values(sheet: FormSheet, field: Field) -> list[Value]:
    index = next(i for i, column in enumerate(sheet.columns) if column.field is field)
    return [row.values[index] for row in sheet.rows]


def records_of(ledgers: Ledgers, slug: str) -> list[Record]:
    return list(ledgers.rows(slug))


def sentences(ledgers: Ledgers) -> list[str]:
    return [finding.sentence for finding in ledgers.findings]
