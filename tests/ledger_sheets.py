"""Small real workbooks, written as units write them, and the real reader on them."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.finding import Finding
from pipeline.records.project import Declaration
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.tables.table import SheetReading, Surroundings, read_sheet
from tests.grids_read import read_grids

YEAR = 2027
DECLARED = "inputs/2027/申报/台账.xlsx"
HEAD = ("序号", "项目名称", "四个一批", "项目业主", "具体选址", "总投资", "当年计划投资")
UNIT_LINE = "单位：万元"

Row = Sequence[object]
Area = tuple[int, int, int, int]  # first row, first column, last row, last column; 0-based


def project(name: object, total: object = 50000, plan: object = 20000, number: object = 1) -> Row:
    """A data row below ``HEAD``."""
    return (number, name, "加快建设", "示例公司", "示例园区", total, plan)


def write(
    folder: Path,
    rows: Sequence[Row],
    merges: Sequence[Area] = (),
    name: str = "台账.xlsx",
    sheet_name: str = "Sheet1",
) -> Path:
    """A workbook of one sheet; a merged range shows the value of its first cell."""
    path = folder / name
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(sheet_name)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return path


def read_file(
    path: Path,
    file: str = DECLARED,
    settings: OfficeSettings | None = None,
    units: tuple[str, ...] = (),
) -> SheetReading:
    """The first sheet of a workbook that lies at ``file`` in the workspace."""
    return read_sheet(read_grids(path)[0], Surroundings(file, YEAR, settings or OfficeSettings(), LEDGER_KINDS, units))


def read_rows(
    folder: Path,
    rows: Sequence[Row],
    merges: Sequence[Area] = (),
    file: str = DECLARED,
    settings: OfficeSettings | None = None,
    units: tuple[str, ...] = (),
    sheet: str = "Sheet1",
) -> SheetReading:
    return read_file(write(folder, rows, merges, sheet_name=sheet), file, settings, units)


def declarations(reading: SheetReading) -> list[Declaration]:
    records = [record for record in reading.records if isinstance(record, Declaration)]
    assert len(records) == len(reading.records)
    return records


def findings(reading: SheetReading, severity: Severity = Severity.ERROR) -> list[tuple[str, str]]:
    """(cell, message) of the findings of one severity."""
    return [(f.cell, f.message) for f in reading.findings if f.severity is severity]


def only(reading: SheetReading) -> Finding:
    assert len(reading.findings) == 1, [finding.sentence for finding in reading.findings]
    return reading.findings[0]
