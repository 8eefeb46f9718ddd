"""Declarations of many units for measuring: invented projects, each text and figure its own."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import xlsxwriter

from pipeline.records.field_catalogue import SECTORS

HEAD = (
    "序号", "项目名称", "责任单位", "四个一批", "所属行业", "项目业主", "具体选址", "主要建设内容和规模", "建设年限",
    "总投资", "已累计完成投资", "当年计划投资", "当年计划形象进度", "资金来源", "申报报告", "项目建议书或可研", "批准文件",
    "法人执照或筹建文件",
)  # fmt: skip


def unit_name(number: int) -> str:
    return f"示例第{number:03}号镇"


def declared(unit: int, number: int) -> list[object]:
    """One row below ``HEAD``."""
    total, site = 20_000 + 37 * number + unit, f"{unit_name(unit)}产业园{number}号地块"
    return [
        number, f"{unit_name(unit)}第{number}号标准厂房建设项目", unit_name(unit), "加快建设",
        SECTORS[number % len(SECTORS)], f"示例建设公司{unit}—{number}", site,
        f"建设标准厂房{1000 + number}平方米，配套道路{unit + 1}公里。", "2026—2029年", total, 4000 + number,
        total / 4, f"完成第{number}段主体结构施工", f"企业自筹{total}万元", "有", "有", "有", "有",
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


SPONSORED = (
    "序号",
    "项目名称",
    "所属行业",
    "包联类型",
    "建设任务",
    "总投资（万元）",
    "当年计划投资（万元）",
    "项目业主",
    "责任地区",
    "包联领导",
    "责任单位",
    "项目进展",
    "建设年限",
    "需区领导推动的事项",
)
TEAM = ("序号", "项目名称", "规划", "国土", "环保", "发改", "经信")
NODES = ("序号", "项目名称", "完成时限", "工作内容", "当月计划投资（万元）", "责任人")  # fmt: skip


def write_sponsored(path: Path, units: int, projects: int) -> Path:
    """The sponsored projects with their teams and work: every project that ``write_workbooks`` declares."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    listed, team, nodes = (book.add_worksheet(name) for name in ("包联清单", "手续办理团队", "工作节点"))
    for sheet, head in ((listed, SPONSORED), (team, TEAM), (nodes, NODES)):
        sheet.write_row(0, 0, head)
    everything = [declared(unit, number) for unit in range(units) for number in range(1, projects + 1)]
    for number, row in enumerate(everything, 1):
        _, name, unit, _, sector, owner, _, _, span, total, _, plan, *_ = row
        listed.write_row(
            number, 0,
            (number, name, sector, "重大实施", f"完成第{number}段", total, plan, owner, unit, f"示例领导{number % 9}", unit,
             "正在施工", span, "无"),
        )  # fmt: skip
        team.write_row(number, 0, (number, name, *(f"示例人员{number % 50}{letter}" for letter in "甲乙丙丁戊")))
        nodes.write_row(number, 0, (number, name, "2027年6月", f"完成第{number}段", plan, f"示例人员{number % 50}甲"))
    book.close()
    return path
