"""Grids to files of every kind that units send, with no trace of the time of writing."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from tests.sample_year.grids import Cell, Grid, plain_text

_CREATED = datetime(2026, 11, 2, 9, 0)  # noqa: DTZ001  (a fixed stamp, not a moment)


def _width(grid: Grid, column: int) -> int:
    texts = [str(row[column]) for row in grid.rows[grid.head[0] :] if row[column] is not None]
    return min(36, max(8, *(2 * max(map(len, text.split("\n"))) for text in texts[:12]), 8))


def _put_sheet(book: Any, grid: Grid) -> None:
    sheet = book.add_worksheet(grid.name)
    plain = {"text_wrap": True, "valign": "vcenter", "border": 1, "font_name": "宋体", "font_size": 10}
    body = book.add_format(plain)
    formats: dict[type, Any] = {
        date: book.add_format({**plain, "num_format": "yyyy/m/d"}),
        datetime: book.add_format({**plain, "num_format": "yyyy-mm-dd hh:mm"}),
    }
    head = book.add_format({**plain, "bold": True, "align": "center"})
    for number in range(len(grid.rows[0])):
        sheet.set_column(number, number, _width(grid, number))
    for area in grid.merges:
        sheet.merge_range(*area, "", head if area[0] <= grid.head[1] else body)
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            style = head if r <= grid.head[1] else formats.get(type(cell), body)
            if isinstance(cell, Decimal | int):
                sheet.write_number(r, c, float(cell), style)
            elif isinstance(cell, date):
                sheet.write_datetime(r, c, cell, style)
            elif cell is not None:
                sheet.write_string(r, c, cell, style)


def write_xlsx(path: Path, grids: Sequence[Grid]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _CREATED, "author": "样例数据", "title": "样例数据"})
        for grid in grids:
            _put_sheet(book, grid)


def write_xls(path: Path, grids: Sequence[Grid]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        anchors = {area[:2]: area for area in grid.merges}
        for r, row in enumerate(grid.rows):
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                value = float(cell) if isinstance(cell, Decimal) else cell
                style = day if isinstance(cell, date) else xlwt.Style.default_style
                if (r, c) in anchors:
                    _, _, last_row, last_column = anchors[r, c]
                    sheet.write_merge(r, last_row, c, last_column, value, style)
                else:
                    sheet.write(r, c, value, style)
    book.save(str(path))


def _csv_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return plain_text(cell) if isinstance(cell, Decimal) else str(cell)


def write_csv(path: Path, grid: Grid) -> None:
    """As the spreadsheet programs of a Chinese Windows save it: GB18030, CRLF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows([_csv_text(cell) for cell in row] for row in grid.rows)


def write(path: Path, grids: Sequence[Grid]) -> None:
    """By suffix: .xlsx, .xls or .csv (the first grid only)."""
    if path.suffix == ".xls":
        write_xls(path, grids)
    elif path.suffix == ".csv":
        write_csv(path, grids[0])
    else:
        write_xlsx(path, grids)
