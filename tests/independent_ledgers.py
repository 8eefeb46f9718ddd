"""The sample year read a second time, without the pipeline: each unit's own headings, looked up one by one.

Amounts come back in 万元 as Decimal. Knowing this sample's layouts by heart is the point: nothing here is shared
with the readers under test.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

INPUTS = Path(__file__).parents[1] / "inputs" / "2027"
CLASSES = ("促进开工", "加快建设", "竣工投产", "前期储备")
SECTORS = ("工业", "能源", "基础设施", "商贸流通", "农牧林水", "社会事业")
UNITS = (
    "区工信局", "经开区管委会", "区住建局", "区交通局", "区水务局", "区农业农村局", "区商务局", "区文旅局", "区教育局",
    "区卫健局", "东岭镇", "西河镇", "南坪街道办", "北桥街道办",
)  # fmt: skip

# name, class, sector, 总投资, 已累计, 当年计划
_DECLARED = {
    "区工信局": "项目名称 四个一批 所属行业 总投资 已累计完成投资 当年计划投资",
    "经开区管委会": "项目全称 四个一批类别 行业类别 计划总投资 截至2026年底累计完成投资 2027年计划投资",
    "区住建局": "项目名称 - 行业 总投资 至2026年底累计完成投资 2027年度计划投资",
    "区交通局": "建设项目名称 项目类别 所属行业 总投资（亿元） 自开工至上年底累计完成投资（万元） 年度计划投资（万元)",
    "区水务局": "工程名称 批次 行业分类 投资总额 以前年度累计完成投资 2027年投资计划",
    "区农业农村局": "项目名称 类别 行业 总投资额 累计已完成投资 本年计划投资",
    "区商务局": "项目名称 四个一批分类 产业类别 总投资（万元） 已累计完成投资（万元） 当年计划投资额（万元）",
    "区文旅局": "项目名称 四个一批范畴 项目行业 项目总投资 预计至2026年底累计完成投资 今年计划投资",
    "区教育局": "项目名称 四个一批 所属行业 总投资 截至上年底累计完成投资 本年度计划投资",
    "区卫健局": "项目名称 四个一批 所属行业 概算总投资 截至2026年底已完成投资 当年投资计划",
    "东岭镇": "项目名称 四个一批 行业 总投资 已累计完成投资 年计划投资",
    "西河镇": "项目名称 四个一批 所属行业 估算总投资 到上年底累计完成投资 年度投资计划",
    "南坪街道办": "项目名称 四个一批 所属行业 总投资 已累计完成投资 当年投资",
    "北桥街道办": "项目名称 四个一批 所属行业 总投资 已累计完成投资 当年计划投资",
}
# name, 本月完成, 本年累计; M is the month
_MONTHLY = {
    "区工信局": "项目名称 本月完成投资 本年累计完成投资",
    "经开区管委会": "项目全称 M月完成投资 2027年1-M月累计完成投资",
    "区住建局": "项目名称 本月完成投资 本年累计完成投资",
    "区交通局": "建设项目名称 当月完成投资（万元） 年初至今累计完成投资（万元）",
    "区水务局": "工程名称 本月实际完成投资 当年累计完成投资",
    "区农业农村局": "项目名称 本月投资完成额 自年初累计完成投资",
    "区商务局": "项目名称 本月完成投资（万元） 今年累计完成投资（万元）",
    "区文旅局": "项目名称 本月完成投资 年度累计完成投资",
    "区教育局": "项目名称 M月完成投资 1-M月完成投资",
    "区卫健局": "项目名称 当月已完成投资 当年已完成投资",
    "东岭镇": "项目名称 本月完成投资 本年完成投资",
    "西河镇": "项目名称 本月完成投资 本年累计完成投资",
    "南坪街道办": "项目名称 本月完成投资 本年累计完成投资",
    "北桥街道办": "项目名称 本月完成投资 本年累计完成投资",
}
_IN_YI = {("经开区管委会", None), ("区交通局", "总投资（亿元）")}  # unit, and the one heading or every one

# Not in the plan: their declarations are wrong
UNLISTED = (
    "农产品批发市场迁建项目", "肉羊屠宰冷链一体化项目", "古街文旅综合体项目", "城区幼儿园扩容项目", "农村公路提质工程项目",
    "动力电池回收拆解项目",
)  # fmt: skip
# Not counted in one month: no report, or a figure that can't be relied on; by unit or by project
UNCOUNTED = {
    4: "西河镇",
    5: "集中供热管网改造项目",
    7: "城乡供水一体化项目",
    9: "北桥街道办",
}


@dataclass(frozen=True)
class Declared:
    unit: str
    name: str
    four_class: str
    sector: str
    total: Decimal
    before: Decimal
    plan: Decimal


@dataclass(frozen=True)
class Reported:
    month_done: Decimal
    year_done: Decimal
    known: bool


def _rows(path: Path) -> list[list[object]]:
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", newline="") as stream:
            return [list(row) for row in csv.reader(stream)]
    if path.suffix == ".xls":
        return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]
    book = load_workbook(path)
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _text(cell: object) -> str:
    return "" if cell is None else re.sub(r"\s", "", str(cell))


def _heads(rows: Sequence[Sequence[object]], name: str) -> tuple[int, list[str]]:
    """Where the data start, and each column's own heading (the lower one of two)."""
    first = next(i for i, row in enumerate(rows) if name in map(_text, row))
    upper, lower = [_text(c) for c in rows[first]], [_text(c) for c in rows[first + 1]]
    if lower[upper.index(name)] or lower[0]:  # a second head row is empty below both
        return first + 1, upper
    return first + 2, [below or above for above, below in zip(upper, lower, strict=True)]


def _amount(cell: object, scale: int) -> Decimal:
    plain = unicodedata.normalize("NFKC", _text(cell)).replace(",", "").removesuffix("万元")
    return Decimal(plain) * scale


def _scale(unit: str, heading: str) -> int:
    return 10000 if {(unit, None), (unit, heading)} & _IN_YI else 1


def _declared_by(unit: str) -> Iterator[Declared]:
    (path,) = (INPUTS / "申报").glob(f"{unit}*")
    name, four_class, sector, *amounts = _DECLARED[unit].split()
    rows = _rows(path)
    start, heads = _heads(rows, name)
    section = ""
    for row in rows[start:]:
        if found := re.match(r"[一二三四]、(\w{4})（", _text(row[0])):
            section = found[1]
        label = _text(row[heads.index(name)])
        if not label or label in UNLISTED:
            continue
        total, before, plan = (_amount(row[heads.index(h)], _scale(unit, h)) for h in amounts)
        own_class = section if four_class == "-" else _text(row[heads.index(four_class)])
        yield Declared(unit, label, own_class, _text(row[heads.index(sector)]), total, before, plan)


@cache
def listed() -> tuple[Declared, ...]:
    """Every project that belongs in the plan."""
    return tuple(project for unit in UNITS for project in _declared_by(unit))


@cache
def reported(month: int) -> dict[str, Reported]:
    """What each listed project reported for the month; zero where it is not counted."""
    names = {project.name for project in listed()}
    found = {project.name: Reported(Decimal(0), Decimal(0), known=False) for project in listed()}
    for unit in UNITS:
        if UNCOUNTED.get(month) == unit:
            continue
        (path,) = (INPUTS / "月报" / f"2027-{month:02d}").glob(f"{unit}*")
        name, done, year = _MONTHLY[unit].replace("M月", f"{month}月").split()
        rows = _rows(path)
        start, heads = _heads(rows, name)
        for row in rows[start:]:
            label = _text(row[heads.index(name)])
            if label in names and UNCOUNTED.get(month) != label:
                in_month, in_year = (_amount(row[heads.index(h)], _scale(unit, h)) for h in (done, year))
                found[label] = Reported(in_month, in_year, known=True)
    return found
