"""A district on its first day: the office's own lists, the forms made of them, and what three units send back."""

import contextlib
import csv
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner, Result
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.cli import main, register_commands
from pipeline.workbooks.form_workbook import FIRST
from pipeline.workspace import Workspace
from pipeline.workspace.office_toml_writing import office_toml_text
from tests.form_filling import headings
from tests.sent_forms import confirm, sent_as

FACTORY, ROAD, WATER = "甲厂房项目", "乙道路项目", "丙水厂项目"  # the first two are sponsored
UNITS = {"区工信局": FACTORY, "区住建局": ROAD, "区水务局": WATER}
LEADER = "王某甲"
ROSTER, NODES, TEAMS = "名册/责任单位名册.csv", "包联/工作节点.csv", "包联/手续办理团队.csv"
_WORK = (("2027-03-31", "基础施工", "4000"), ("2027-06-30", "主体封顶", "5000"),
         ("2027-09-30", "设备安装", "6000"), ("2027-12-31", "竣工验收", "5000"))  # fmt: skip
_PLAN = "20000"
_DECLARED = (
    "加快建设", "基础设施", "示例公司", "示例路", "道路", "2026年3月—2028年10月", "50000", "10000", _PLAN, "主体完工",
    "企业自筹", "", "服务", "孙某丙", "有", "有", "有", "有",
)  # fmt: skip
_DECLARATION = (
    "项目名称", "责任单位", "四个一批", "所属行业", "项目单位", "建设地点", "建设内容及规模", "建设年限", "总投资（万元）",
    "已累计完成投资（万元）", "当年计划投资（万元）", "当年计划形象进度", "资金来源", "协办单位", "具体任务", "责任人",
    "申报报告", "项目建议书或可研", "批准文件", "营业执照或筹建文件",
)  # fmt: skip


def gongwen(workspace: Workspace, *args: str) -> Result:
    """The command line at the end of the year: what is received lies in the past."""
    with patch.object(register_commands, "_now", lambda: datetime(2028, 1, 31, 12, 0)):  # noqa: DTZ001 - local
        return CliRunner().invoke(main, [*args, "-C", str(workspace.root)])


def write_table(path: Path, *rows: Iterable[str]) -> Path:
    """Title and rows as a .csv file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def office_of(root: Path) -> Workspace:
    """The workspace as the office has filled it in: directory, leaders, sponsored projects, four nodes each, teams."""
    (root / "inputs").mkdir(parents=True)
    (root / "outputs").mkdir()
    (root / "inputs" / "office.toml").write_text(office_toml_text(), "utf-8")
    shutil.copytree(Path(__file__).parents[1] / "templates", root / "templates")
    year, sponsored = root / "inputs" / "2027", {FACTORY: "区工信局", ROAD: "区住建局"}
    write_table(
        year / ROSTER,
        ["2027年责任单位名册"],
        ["单位名称", "分管领导", "责任科室", "责任人", "联络员", "联系电话"],
        *([unit, "钱某乙", "项目科", "孙某丙", "李某丁", "0000-0000000"] for unit in UNITS),
    )
    write_table(
        year / "名册" / "区领导名册.csv",
        ["2027年区领导名册"], ["姓名", "职务", "分管领域"], [LEADER, "副区长", "城市建设、工业"],
    )  # fmt: skip
    write_table(
        year / "包联" / "包联项目清单.csv",
        ["2027年包联项目清单"],
        ["项目名称", "所属行业", "包联类型", "建设任务", "总投资（万元）", "当年投资（万元）", "项目单位", "所属区域",
         "包联领导", "责任单位", "项目进展", "建设年限", "需协调事项"],
        *([name, "基础设施", "重大实施", "完成主体工程", "50000", _PLAN, "示例公司", "示例街道", LEADER, unit, "正在施工",
           "2026年3月—2028年10月", "无"] for name, unit in sponsored.items()),
    )  # fmt: skip
    write_table(
        year / NODES,
        ["2027年工作节点"],
        ["项目名称", "完成时限", "工作内容", "当月计划投资（万元）", "责任人"],
        *([name, *work, "孙某丙"] for name in sponsored for work in _WORK),
    )
    write_table(
        year / TEAMS,
        ["2027年手续办理团队"],
        ["项目名称", "规划", "国土", "环保", "发改", "经信"],
        *([name, "赵某甲", "钱某乙", "孙某丙", "李某丁", "周某戊"] for name in sponsored),
    )
    return Workspace.open(root)


def declaration(folder: Path, unit: str, *names: str) -> Path:
    """A unit's declaration in a table of its own."""
    rows = ([name, unit, *_DECLARED] for name in names or (UNITS[unit],))
    return write_table(folder / f"{unit}申报.csv", [f"{unit}2027年重点项目申报表"], _DECLARATION, *rows)


def blank(workspace: Workspace, unit: str, period: str) -> Path:
    """The unit's form of a period, as it was handed out."""
    name = f"{period[:4]}年{int(period[5:])}月" if "-" in period else f"{period}年"
    return workspace.outputs / "空白台账" / period / f"{unit}{name}台账.xlsx"


def returned(
    workspace: Workspace, unit: str, target: Path, change: Callable[[Workbook], None] = lambda book: None
) -> Path:
    """The year's form, every sheet of it that can be confirmed as unchanged, after a ``change``."""

    def answer(book: Workbook) -> None:
        change(book)
        for name in ("申报台账", "包联项目清单", "手续办理团队", "工作节点", "责任单位名册"):
            if name in book.sheetnames:
                confirm_if_asked(book[name])

    return sent_as(blank(workspace, unit, "2027"), target, answer)


def confirm_if_asked(sheet: Worksheet) -> None:
    with contextlib.suppress(StopIteration):
        confirm(sheet)


def fill(sheet: Worksheet, number: int, told: Mapping[str, str | float]) -> None:
    """Type into the ``number``th row below the example, by the headings' labels."""
    for index, heading in enumerate(headings(sheet), 1):
        label = heading.strip("*").split("（")[0]
        if label in told:
            sheet.cell(FIRST + number, index).value = told[label]
