"""What is told of a ledger's cells that show something else than they store, and of the notes on them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.records.severity import Severity
from pipeline.tables.table import SheetReading
from tests.ledger_sheets import HEAD, UNIT_LINE, declarations, project, read_file

TOTAL, NAME = (2, 5), (2, 1)


def read(folder: Path, change: Callable[[Any, Any], object]) -> SheetReading:
    """A declaration of one project, after ``change`` to the sheet of the book."""
    path = folder / "台账.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Sheet1")
    for number, row in enumerate((("申报表", UNIT_LINE), HEAD, project("甲项目"))):
        sheet.write_row(number, 0, row)
    change(book, sheet)
    book.close()
    return read_file(path)


def told(reading: SheetReading) -> list[tuple[Severity, str, str]]:
    return [(each.severity, each.cell, each.code) for each in reading.findings]


def test_an_amount_that_shows_another_number_is_an_error(tmp_path: Path) -> None:
    shape = {"num_format": "0!.0000"}
    reading = read(tmp_path, lambda book, sheet: sheet.write(*TOTAL, 500000000, book.add_format(shape)))
    assert told(reading) == [(Severity.ERROR, "F3", "shown-otherwise")]
    (finding,) = reading.findings
    assert "存放的数是500000000，按数字格式显示为“50000.0000”" in finding.message
    assert declarations(reading)[0].total_investment is None


def test_an_amount_in_a_unit_of_its_format_is_read_in_it(tmp_path: Path) -> None:
    shape = {"num_format": '0"."0000"万元"'}
    reading = read(tmp_path, lambda book, sheet: sheet.write(*TOTAL, 500000000, book.add_format(shape)))
    assert told(reading) == [(Severity.WARNING, "F3", "scaled-format")]
    assert declarations(reading)[0].total_investment == 50000


def test_a_picture_is_no_name(tmp_path: Path) -> None:
    picture = '=_xlfn.DISPIMG("ID_0A1B",1)'
    reading = read(tmp_path, lambda _, sheet: sheet.write_formula(*NAME, picture, None, '=DISPIMG("ID_0A1B",1)'))
    assert told(reading) == [(Severity.ERROR, "B3", "picture")]
    assert declarations(reading) == []
    assert "DISPIMG" not in reading.findings[0].message + reading.findings[0].seen


def test_a_figure_of_another_workbook_is_read_and_to_be_confirmed(tmp_path: Path) -> None:
    reading = read(tmp_path, lambda _, sheet: sheet.write_formula(*TOTAL, "=[1]Sheet1!$A$1", None, 50000))
    assert told(reading) == [(Severity.WARNING, "F3", "other-workbook")]
    assert declarations(reading)[0].total_investment == 50000


def test_a_note_on_a_cell_that_is_read_is_to_be_confirmed(tmp_path: Path) -> None:
    def noted(_: Any, sheet: Any) -> None:
        sheet.write_comment("F3", "实际为1.8亿，待核")
        sheet.write_comment("J9", "别处")

    reading = read(tmp_path, noted)
    assert told(reading) == [(Severity.WARNING, "F3", "note")]
    assert "实际为1.8亿，待核" in reading.findings[0].message
