"""Marking 500 cells of a large ledger inside its package, beside loading and saving it with openpyxl.

Processor time, so that a busy machine changes little.
"""

import io
import time

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from pipeline.records.severity import Severity
from pipeline.workbooks.marked_workbook import Entry, mark_workbook

ROWS, COLUMNS, MARKS, LEAST = 20_000, 25, 500, 4


def _ledger() -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("月报")
    ruled = book.add_format({"border": 1, "num_format": "#,##0.00"})
    for row in range(ROWS):
        for column in range(COLUMNS):
            if column < 5:
                sheet.write_string(row, column, f"示例项目{row % 977}第{column}项", ruled)
            else:
                sheet.write_number(row, column, row * 1.25 + column, ruled)
    book.close()
    return target.getvalue()


def _entries() -> list[Entry]:
    step = ROWS // MARKS
    return [
        Entry("月报", f"{'CFKY'[n % 4]}{2 + n * step}", str(n), "金额不对", "《重点办法》第十条第（一）项", "请核对", Severity.ERROR)
        for n in range(MARKS)
    ]  # fmt: skip


def _with_openpyxl(data: bytes, entries: list[Entry]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    listing = book.create_sheet("问题清单", 0)
    for number, entry in enumerate(entries, 1):
        cell = book["月报"][entry.cell]
        cell.fill = PatternFill("solid", fgColor="FDC5C9")
        cell.comment = Comment(entry.note, "台账检查程序")
        listing.append([number, entry.sheet, entry.cell, entry.seen, entry.problem, entry.basis, entry.action])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_marking_takes_a_fraction_of_loading_and_saving() -> None:
    data, entries = _ledger(), _entries()
    patched = []
    for _ in range(3):
        start = time.process_time()
        returned = mark_workbook(data, "问题清单", "请改正", entries)
        patched.append(time.process_time() - start)
    assert returned.cells == MARKS
    start = time.process_time()
    _with_openpyxl(data, entries)
    loaded = time.process_time() - start
    ratio = loaded / min(patched)
    print(f"\n{ROWS} rows of {COLUMNS}, {MARKS} marks: patched in {min(patched):.2f} s, "
          f"loaded and saved in {loaded:.1f} s, {ratio:.0f} times as long")  # fmt: skip
    assert ratio >= LEAST
