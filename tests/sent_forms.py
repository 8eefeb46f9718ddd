"""Forms of ours as units send them back: filled in, half filled in, or as they were handed out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.records.period import Period
from pipeline.tables.form_mark import CONFIRMED, UNCHANGED
from pipeline.tasks.hand_out import compose_forms, write_forms
from pipeline.tasks.year import read_year
from pipeline.workbooks.form_workbook import FIRST, HEAD
from pipeline.workspace import Workspace
from tests.form_filling import headings
from tests.intake import PROJECTS, UNIT


def issued(workspace: Workspace, period: str) -> Path:
    when = Period.parse(period)
    (saved,) = write_forms(workspace, when, compose_forms(workspace, when, UNIT))
    return saved.path


def sent_as(blank: Path, target: Path, change: Callable[[Workbook], None] = lambda book: None) -> Path:
    """As another program saves it: other bytes, the same or a changed content."""
    book = openpyxl.load_workbook(blank)
    change(book)
    book.save(target)
    return target


def filled(book: Workbook, done: float = 100) -> None:
    fill_month(book, {"本月完成投资": done, "本年累计完成投资": 300, "形象进度": "主体施工"})


def fill_month(book: Workbook, told: Mapping[str, str | float]) -> None:
    """The same in every row, by the headings' labels."""
    sheet = book["项目月报"]
    for number in range(len(PROJECTS)):
        for index, heading in enumerate(headings(sheet), 1):
            label = heading.strip("*").split("（")[0]
            if label in told:
                sheet.cell(FIRST + 1 + number, index).value = told[label]


def with_problem(text: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        filled(book)
        sheet = book["问题台账"]
        row = next(number for number in range(FIRST + 1, FIRST + 20) if sheet.cell(number, 2).value in (None, "无"))
        sheet.cell(row, 2).value, sheet.cell(row, 3).value = PROJECTS[0], text

    return change


def with_nothing(book: Workbook) -> None:
    filled(book)
    sheet = book["问题台账"]
    sheet.cell(first_free(book), 2).value = "无"


def first_free(book: Workbook) -> int:
    sheet = book["问题台账"]
    return next(number for number in range(FIRST + 1, FIRST + 20) if sheet.cell(number, 2).value is None)


def problems(workspace: Workspace) -> list[tuple[str, str]]:
    ledgers = read_year(workspace, Period(2027)).ledgers
    return [(each.source.file.rsplit("/", 1)[-1], each.problem or "") for each in ledgers.problems]


def with_project(book: Workbook) -> None:
    """A new project below the known ones."""
    sheet = book["申报台账"]
    row = next(number for number in range(FIRST + 1, FIRST + 20) if sheet.cell(number, 2).value is None)
    for index, cell in enumerate(sheet[FIRST + 1], 1):
        if index > 2 and cell.value is not None:
            sheet.cell(row, index).value = cell.value
    sheet.cell(row, 2).value = "丁仓库项目"


def mark_row(sheet: Worksheet) -> int:
    """The row of the line 表式版本."""
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    return next(number for number, row in rows if str(row[0]).startswith("表式版本"))


def without_mark(book: Workbook) -> None:
    """The line 表式版本 emptied in every sheet."""
    for sheet in book.worksheets:
        sheet.cell(mark_row(sheet), 1).value = None


def delete_rows(sheet: Worksheet, first: int, count: int) -> None:
    """As a spreadsheet program does it: merged ranges move with their rows."""
    merged = [each.bounds for each in sheet.merged_cells.ranges]
    for each in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(each))
    sheet.delete_rows(first, count)
    for left, top, right, bottom in merged:
        if not first <= top < first + count:
            up = count if top >= first else 0
            sheet.merge_cells(start_row=top - up, end_row=bottom - up, start_column=left, end_column=right)


def confirm(sheet: Worksheet, answer: str = CONFIRMED) -> None:
    """是 in the cell beside the question above the head."""
    cell = next(cell for row in sheet.iter_rows(max_row=HEAD) for cell in row if cell.value == UNCHANGED)
    merged = [each for each in sheet.merged_cells.ranges if cell.coordinate in each]
    beside = sheet.cell(cell.row, (merged[0].max_col if merged else cell.column) + 1)
    assert not beside.protection.locked
    beside.value = answer
