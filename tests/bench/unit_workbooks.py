"""Declarations of many units for measuring: invented projects, each text and figure its own."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import openpyxl
import xlsxwriter

from pipeline.records.field_catalogue import CLASSES, SECTORS

HEAD = (
    "序号", "项目名称", "责任单位", "四个一批", "所属行业", "项目业主", "具体选址", "主要建设内容和规模", "建设年限",
    "总投资", "已累计完成投资", "当年计划投资", "当年进度目标",
)  # fmt: skip


def unit_name(number: int) -> str:
    return f"示例第{number:03}号镇"


def declared(unit: int, number: int) -> list[object]:
    """One row below ``HEAD``."""
    total, site = 20_000 + 37 * number + unit, f"{unit_name(unit)}产业园{number}号地块"
    return [
        number, f"示例{unit_name(unit)}第{number}号标准厂房建设项目", unit_name(unit), CLASSES[number % 3],
        SECTORS[number % len(SECTORS)], f"示例建设公司{unit}—{number}", site,
        f"建设标准厂房{1000 + number}平方米，配套道路{unit + 1}公里。", "2026—2029年", total, 4000 + number,
        total / 4, f"完成第{number}段主体结构施工。",
    ]  # fmt: skip


def _by_xlsxwriter(path: Path, rows: Sequence[Sequence[object]]) -> None:
    book = xlsxwriter.Workbook(path)
    sheet, framed = book.add_worksheet("申报"), book.add_format({"border": 1, "num_format": "0.00"})
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, framed if number > 1 else None)
    book.close()


def _by_openpyxl(path: Path, rows: Sequence[Sequence[object]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "申报"
    for row in rows:
        sheet.append(list(row))
    book.save(path)


def write_workbooks(folder: Path, count: int, projects: int) -> list[Path]:
    """So many workbooks with so many projects each, in turn as two programs write them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for unit in range(count):
        path = folder / f"{unit_name(unit)}.xlsx"
        rows: list[Sequence[object]] = [("2027年重点项目申报台账（单位：万元）",), HEAD]
        rows += [declared(unit, number) for number in range(1, projects + 1)]
        (_by_openpyxl if unit % 2 else _by_xlsxwriter)(path, rows)
        paths.append(path)
    return paths


def write_wide(path: Path, rows: int = 20_000, columns: int = 25) -> Path:
    """One long sheet: names that are each their own, words that come back, and figures."""
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    sheet = book.add_worksheet("台账")
    headings = [*HEAD, *(f"其他说明{number}" for number in range(len(HEAD), columns))]
    sheet.write_row(0, 0, headings)
    words = [f"其他第{number}种情况" for number in range(40)]
    for number in range(1, rows + 1):
        row = declared(number % 30, number)
        row += [words[(number * column) % 40] if column % 3 else number + column / 2
                for column in range(len(HEAD), columns)]  # fmt: skip
        sheet.write_row(number, 0, row)
    book.close()
    return path


def shares(marks: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """The seconds between moments, each named by the one at its end."""
    return [(name, end - start) for (_, start), (name, end) in pairwise(marks)]
