"""Sheets of ``layout_maker`` as real files, and the layouts of thirty units."""

import csv
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import xlsxwriter
import xlwt

from tests.layout_maker import Layout, Sheet, Value


def _plain(value: Value) -> str | float | None:
    return float(value) if isinstance(value, Decimal) else value


def _xlsx(sheet: Sheet, path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Sheet1")
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if value is not None:
                page.write(number, column, _plain(value))
    for m in sheet.merges:
        page.merge_range(m.top, m.left, m.bottom, m.right, _plain(sheet.rows[m.top][m.left]))
    book.close()


def _xls(sheet: Sheet, path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1", cell_overwrite_ok=True)
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if value is not None:
                page.write(number, column, _plain(value))
    for m in sheet.merges:
        page.write_merge(m.top, m.bottom, m.left, m.right, _plain(sheet.rows[m.top][m.left]))
    book.save(str(path))


def _csv(sheet: Sheet, path: Path) -> None:
    """A .csv has no merged cells: what a range covers is blank, so it suits layouts without them."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([_plain(value) for value in row] for row in sheet.rows)


WRITERS: dict[str, Callable[[Sheet, Path], None]] = {".xlsx": _xlsx, ".xls": _xls, ".csv": _csv}


def write_sheet(sheet: Sheet, path: Path) -> Path:
    """Write the sheet in the form that the path's suffix names."""
    WRITERS[path.suffix](sheet, path)
    return path


# --- thirty units -----------------------------------------------------------------------------------------

_PLAIN = Layout()
SHAPES: tuple[tuple[str, Layout], ...] = (
    (".xlsx", _PLAIN),
    (".xlsx", replace(_PLAIN, titles=3, notes=3)),
    (".xlsx", replace(_PLAIN, titles=0, unit_place="heading")),
    (".xlsx", replace(_PLAIN, unit="亿元", plan_unit="万元", unit_place="heading", totals="bottom")),
    (".xlsx", replace(_PLAIN, unit="元", unit_place="line", text_figures=True)),
    (".xlsx", replace(_PLAIN, unit_place="brackets", totals="top")),
    (".xlsx", replace(_PLAIN, unit_place="row", column_numbers=True)),
    (".xlsx", replace(_PLAIN, head="merged", unit_place="parent")),
    (".xlsx", replace(_PLAIN, head="merged", split_span=True, totals="bottom")),
    (".xlsx", replace(_PLAIN, head="unmerged", split_span=True)),
    (".xlsx", replace(_PLAIN, head="unmerged", unit_place="heading", unit="亿元")),
    (".xlsx", replace(_PLAIN, classes="sentence", totals="parts")),
    (".xlsx", replace(_PLAIN, classes="numbered", totals="parts", notes=2)),
    (".xlsx", replace(_PLAIN, classes="serial", totals="bottom")),
    (".xlsx", replace(_PLAIN, classes="serial", pages=True)),
    (".xlsx", replace(_PLAIN, pages=True, titles=2, gaps=True)),
    (".xlsx", replace(_PLAIN, indent=1, merged_unit=True)),
    (".xlsx", replace(_PLAIN, serial=False, classes="sentence", order=5)),
    (".xlsx", replace(_PLAIN, head="merged", classes="numbered", pages=True, column_numbers=True, order=8)),
    (".xlsx", replace(_PLAIN, merged_unit=True, totals="parts", classes="sentence", gaps=True)),
    (".xls", _PLAIN),
    (".xls", replace(_PLAIN, head="merged", totals="bottom", notes=1)),
    (".xls", replace(_PLAIN, unit="亿元", unit_place="row", serial=False)),
    (".xls", replace(_PLAIN, classes="sentence", merged_unit=True)),
    (".xls", replace(_PLAIN, split_span=True, text_figures=True, order=3)),
    (".csv", _PLAIN),
    (".csv", replace(_PLAIN, titles=3, notes=2)),
    (".csv", replace(_PLAIN, unit_place="heading", unit="亿元", totals="bottom")),
    (".csv", replace(_PLAIN, head="unmerged", classes="serial")),
    (".csv", replace(_PLAIN, text_figures=True, serial=False, classes="numbered", totals="parts", order=4)),
)
